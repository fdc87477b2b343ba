import {test, type TestContext} from 'node:test';
import {lineOf} from '../../../source/ui/text/line-of.js';
import type {Cell} from '../../../source/ui/text/spans.js';

const rows: ReadonlyArray<readonly [what: string, row: readonly Cell[], line: Cell]> = [
	['no cell', [], []],
	['cells of one tone are one span', [[{text: 'a '}], [{text: 'b ', tone: 'plain'}], [{text: 'c'}]], [{text: 'a b c'}]],
	['cells of different tones stay apart', [[{text: 'a ', tone: 'bad'}], [{text: 'b', tone: 'good'}]], [{text: 'a ', tone: 'bad'}, {text: 'b', tone: 'good'}]],
	[
		'spans within cells too',
		[[{text: 'a', tone: 'dim'}, {text: 'b'}], [{text: 'c'}, {text: 'd', tone: 'dim'}], [{text: 'e', tone: 'dim'}]],
		[{text: 'a', tone: 'dim'}, {text: 'bc'}, {text: 'de', tone: 'dim'}],
	],
	['a cell without spans is a space', [[{text: 'a', tone: 'bad'}], [], [{text: 'b'}]], [{text: 'a', tone: 'bad'}, {text: ' b'}]],
];

for (const [what, row, line] of rows) {
	test(`a row as one line: ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual(lineOf(row), line);
		t.assert.strictEqual(lineOf(row), lineOf(row));
	});
}
