import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnsFor, oneServer} from '../../source/view/columns.js';
import {comparedWords, fieldWords, filterHelp} from '../../source/view/filter-language.js';
import {filteredHelp, helpLines, helpOf} from '../../source/view/help.js';
import {bindings} from '../../source/view/keys.js';
import {textOf} from '../helpers/sessions.js';

const headings = (place: 'list' | 'detail') => helpLines(place).filter(([span]) => span?.tone === 'strong').map(cell => textOf(cell));

const others = [
	' LOG OF A SESSION',
	' SEARCH PROMPT',
	' FILTER PROMPT',
	' COMMAND LINE',
	' CHOICE OF COLUMNS',
	' WHAT CHANGED',
	' HELP',
	' SEARCH IN THE HELP',
	' TEXT TO COPY',
	' PASSWORD PROMPT',
	' KEEP THE PASSWORD?',
	' COMMANDS',
	' COLUMNS',
	' FILTER',
];

test('the place that is open comes first', () => {
	assert.deepEqual(headings('list'), [' LIST', ' DETAIL', ...others]);
	assert.deepEqual(headings('detail'), [' DETAIL', ' LIST', ...others]);
});

test('every key is told, in each place that it works in', () => {
	// While the sign-in runs the bottom line says all there is.
	const amount = bindings.reduce((sum, {places}) => sum + places.filter(place => place !== 'signing-in').length, 0);
	const lines = helpLines('list').map(cell => textOf(cell));
	// Each place but the first has an empty line before its name.
	const places = headings('list').indexOf(' COMMANDS');
	assert.equal(lines.indexOf(' COMMANDS'), amount + places + places);
	assert.deepEqual(bindings.filter(({label}) => lines.every(line => !line.endsWith(label))), []);
});

test('after the keys every column is told, in the order of the list', () => {
	for (const [place, watching] of [['list', oneServer], ['detail', oneServer], ['list', {servers: 2}]] as const) {
		const columns = columnsFor(watching);
		const lines = helpLines(place, watching);
		const from = lines.findIndex(cell => textOf(cell) === ' COLUMNS');
		assert.equal(textOf(lines[from - 1]!).trim(), '');
		assert.deepEqual(lines.slice(from + 1, from + 1 + columns.length), columns.map(({heading, label}) => [{text: `  ${heading.padEnd(16)} `, tone: 'active'}, {text: label}]));
	}
});

test('after the columns every word of the filter is told', () => {
	const lines = helpLines('list').map(cell => textOf(cell));
	const told = lines.slice(lines.indexOf(' FILTER') + 1);
	assert.deepEqual(told, filterHelp.map(({word, label}) => `  ${word.padEnd(16)} ${label}`));
	for (const {prefix, example} of fieldWords) {
		assert.ok(told.some(line => line.startsWith(`  ${prefix}:${example} `)), prefix);
	}

	for (const {names, example} of comparedWords) {
		assert.ok(names.every(name => told.some(line => line.includes(`${name}${name === names[0] ? example : '>'}`))), names.join(' '));
	}
});

test('keys are in one column, words in the next', () => {
	const lines = helpLines('list').map(cell => textOf(cell));
	assert.ok(lines.includes('  j Down           Down'));
	assert.ok(lines.includes('  PgDn Space       A page down'));
	assert.ok(lines.includes('  Ctrl-C           Quit at once'));
	assert.ok(lines.includes('  START            when it was created'));
	assert.deepEqual(lines.filter(line => line.length > 83), []);
});

test('a key\'s help is that of its place', () => {
	const keyOf = (place: 'list' | 'detail', key: string) => helpOf(place).find(({keys}) => keys === key)?.label;
	assert.deepEqual([keyOf('list', 'q'), keyOf('detail', 'q'), keyOf('list', 'J')], ['Quit', 'Back', undefined]);
});

test('words leave the lines that have all of them, below their headings', () => {
	const lines = filteredHelp(helpLines('list'), 'NEXT prob').map(cell => textOf(cell).trimEnd());
	assert.deepEqual(lines, [' LIST', '  n                Next problem']);
	assert.equal(filteredHelp(helpLines('list'), '  ').length, helpLines('list').length);
	assert.deepEqual(filteredHelp(helpLines('list'), 'no such words').map(cell => textOf(cell)), [' No line has all of these words.']);
});
