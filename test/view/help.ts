import assert from 'node:assert/strict';
import {test} from 'node:test';
import {helpLines, helpOf} from '../../source/view/help.js';
import {bindings} from '../../source/view/keys.js';
import {textOf} from '../helpers/sessions.js';

const headings = (place: 'list' | 'detail') => helpLines(place).filter(([span]) => span?.tone === 'strong').map(cell => textOf(cell));

test('the place that is open comes first', () => {
	assert.deepEqual(headings('list'), [' LIST', ' DETAIL', ' FILTER PROMPT', ' HELP']);
	assert.deepEqual(headings('detail'), [' DETAIL', ' LIST', ' FILTER PROMPT', ' HELP']);
});

test('every key is told, in each place that it works in', () => {
	const amount = bindings.reduce((sum, {places}) => sum + places.length, 0);
	assert.equal(helpLines('list').length, amount + 4 + 3);
	const lines = helpLines('list').map(cell => textOf(cell));
	assert.deepEqual(bindings.filter(({label}) => lines.every(line => !line.endsWith(label))), []);
});

test('keys are in one column, words in the next', () => {
	const lines = helpLines('list').map(cell => textOf(cell));
	assert.ok(lines.includes('  j Down           Down'));
	assert.ok(lines.includes('  PgDn Space       A page down'));
	assert.ok(lines.includes('  Ctrl-C           Quit at once'));
	const longest = Math.max(...lines.map(line => line.length));
	assert.ok(longest <= 83, `${longest} columns`);
});

test('a key\'s help is that of its place', () => {
	const keyOf = (place: 'list' | 'detail', key: string) => helpOf(place).find(({keys}) => keys === key)?.label;
	assert.deepEqual([keyOf('list', 'q'), keyOf('detail', 'q'), keyOf('list', 'J')], ['Quit', 'Back', undefined]);
});
