import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnsFor, oneServer, type Watching} from '../../../source/app/shared/columns/columns.js';
import {drawings} from '../../../source/ui/drawing.js';
import {comparedWords, fieldWords, filterHelp} from '../../../source/app/shared/filters/filter-language.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {filteredHelp, foldedHelp, helpLines, helpOf} from '../../../source/app/help/help.js';
import {bindings} from '../../../source/app/keymap.js';
import {helpTables as tables} from '../../../source/app/tables.js';
import {windowHelp} from '../../../source/app/window/legend.js';
import {textOf} from '../../helpers/sessions.js';

const bars = windowHelp(drawings.ascii);
const help = (focus: 'list' | 'detail' = 'list', watching: Watching = oneServer) => helpLines({focus, watching, tables, bars});
const headings = (...given: Parameters<typeof help>) => help(...given).filter(([span]) => span?.tone === 'strong').map(cell => textOf(cell));

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
	' BARS OF WINDOW',
];

test('what is read below comes first', () => {
	assert.deepEqual(headings('list'), [' LIST', ' DETAIL', ...others]);
	assert.deepEqual(headings('detail'), [' DETAIL', ' LIST', ...others]);
	assert.deepEqual(headings('list', {servers: 1, list: 'window'}), [' LIST', ' BARS OF WINDOW', ' DETAIL', ...others.slice(0, -1)]);
});

test('every key is told, wherever it works', () => {
	// While the sign-in runs the bottom line says all there is.
	const amount = bindings.reduce((sum, {focuses}) => sum + focuses.filter(focus => focus !== 'signing-in').length, 0);
	const lines = help().map(cell => textOf(cell));
	// Each part but the first has an empty line before its name.
	const parts = headings('list').indexOf(' COMMANDS');
	assert.equal(lines.indexOf(' COMMANDS'), amount + parts + parts);
	assert.deepEqual(bindings.filter(({label}) => lines.every(line => !line.endsWith(label))), []);
});

test('after the keys every column is told, in the order of the list', () => {
	for (const [focus, watching] of [['list', oneServer], ['detail', oneServer], ['list', {servers: 2}]] as const) {
		const columns = columnsFor(watching);
		const lines = help(focus, watching);
		const from = lines.findIndex(cell => textOf(cell) === ' COLUMNS');
		assert.equal(textOf(lines[from - 1]!).trim(), '');
		assert.deepEqual(lines.slice(from + 1, from + 1 + columns.length), columns.map(({heading, label}) => [{text: `  ${heading.padEnd(16)} `, tone: 'active'}, {text: label}]));
	}
});

test('after the columns every word of the filter is told', () => {
	const lines = help().map(cell => textOf(cell));
	const from = lines.indexOf(' FILTER') + 1;
	const told = lines.slice(from, lines.indexOf(' ', from));
	assert.deepEqual(told, filterHelp.map(({word, label}) => `  ${word.padEnd(16)} ${label}`));
	for (const {prefix, example} of fieldWords) {
		assert.ok(told.some(line => line.startsWith(`  ${prefix}:${example} `)), prefix);
	}

	for (const {names, example} of comparedWords) {
		assert.ok(names.every(name => told.some(line => line.includes(`${name}${name === names[0] ? example : '>'}`))), names.join(' '));
	}
});

test('every piece of a bar is told', () => {
	const lines = help().map(cell => textOf(cell));
	const told = lines.slice(lines.indexOf(' BARS OF WINDOW') + 1);
	assert.deepEqual(told, bars.map(({word, label}) => `  ${word.padEnd(16)} ${label}`));
});

for (const width of [39, 59, 79, 119]) {
	test(`in ${width} columns every line is whole, and no word is lost`, () => {
		const folded = foldedHelp(help(), width);
		assert.deepEqual(folded.filter(cell => cellWidth(cell) > width), []);
		const words = (cells: ReturnType<typeof help>) => cells.map(cell => textOf(cell)).join(' ').split(/\s+/v);
		assert.deepEqual(words(folded), words(help()));
	});
}

test('what does not fit goes on below the words', () => {
	const lines = foldedHelp(help().filter(cell => /Enter|status all/v.test(textOf(cell))), 39).map(cell => textOf(cell));
	assert.deepEqual(lines.slice(0, 3), ['  Enter            Open the session:', '                   statistics, details,', '                   log']);
	assert.deepEqual(lines.slice(-3), ['  finished', '                   rows in such a', '                   status only']);
});

test('keys are in one column, words in the next', () => {
	const lines = new Set(help().map(cell => textOf(cell)));
	const expected = ['  j Down           Down', '  PgDn Space       A page down', '  Ctrl-C           Quit at once', '  START            when it was created'];
	assert.deepEqual(expected.filter(line => !lines.has(line)), []);
});

test('a key\'s help is that of where it is pressed', () => {
	const keyOf = (focus: 'list' | 'detail', key: string) => helpOf(tables.keys, focus).find(({keys}) => keys === key)?.label;
	assert.deepEqual([keyOf('list', 'q'), keyOf('detail', 'q'), keyOf('list', 'J')], ['Quit', 'Back', undefined]);
});

test('words leave the lines that have all of them, below their headings', () => {
	const lines = filteredHelp(help(), 'NEXT prob').map(cell => textOf(cell).trimEnd());
	assert.deepEqual(lines, [' LIST', '  n                Next problem']);
	assert.equal(filteredHelp(help(), '  ').length, help().length);
	const found = filteredHelp(help(), 'bars win').map(cell => textOf(cell).trimEnd());
	assert.deepEqual([found[0], found.length], [' BARS OF WINDOW', bars.length + 1]);
	assert.deepEqual(filteredHelp(help(), 'no such words').map(cell => textOf(cell)), [' No line has all of these words.']);
});
