import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cellWidth, fitCell, splitLine} from '../../../source/ui/text/fit-cell.js';
import type {Cell, Tone} from '../../../source/ui/text/spans.js';
import {textOf} from '../../helpers/sessions.js';

const cases: ReadonlyArray<readonly [what: string, cell: Cell, width: number, align: 'left' | 'right', seen: string]> = [
	['one span', [{text: '41'}], 5, 'left', '41'.padEnd(5)],
	['one span at the right', [{text: '41'}], 5, 'right', '41'.padStart(5)],
	['two spans', [{text: 'Failed '}, {text: '2'}], 10, 'left', 'Failed 2  '],
	['two spans at the right', [{text: 'Failed '}, {text: '2'}], 10, 'right', '  Failed 2'],
	['nothing', [], 4, 'left', ' '.repeat(4)],
	['nothing at the right', [], 4, 'right', ' '.repeat(4)],
	['a span that is cut', [{text: 'Contoso Mail'}], 8, 'left', 'Contos..'],
	['a second span that is cut', [{text: 'Job '}, {text: 'Contoso Mail'}], 12, 'left', 'Job Contos..'],
	['a span cut at a space, nothing of the next one behind it', [{text: 'hello world'}, {text: 'Check the port.'}], 8, 'left', 'hello.. '],
	['a span cut at a wide character, nothing of the next one behind it', [{text: '東京メール'}, {text: 'Check'}], 7, 'left', '東京.. '],
	['no width', [{text: 'abc'}], 0, 'left', ''],
];

for (const [what, cell, width, align, seen] of cases) {
	test(`a cell of ${what}`, () => {
		assert.equal(textOf(fitCell(cell, width, {align})), seen);
	});
}

test('a span keeps its tone, cut or filled', () => {
	assert.deepEqual(fitCell([{text: 'Failed', tone: 'bad'}], 8), [{text: 'Failed  ', tone: 'bad'}]);
	assert.deepEqual(fitCell([{text: 'Disconnected', tone: 'bad'}], 8), [{text: 'Discon..', tone: 'bad'}]);
});

const text = fc.oneof(fc.string({unit: 'grapheme', maxLength: 12}), fc.string({unit: 'grapheme-ascii', maxLength: 12}));
const cell: fc.Arbitrary<Cell> = fc.array(fc.record({text, tone: fc.constantFrom<Tone>('plain', 'bad')}), {maxLength: 5});
const width = fc.integer({min: 1, max: 40});
const fit = fc.record({align: fc.constantFrom('left', 'right'), cut: fc.constantFrom('end', 'middle')});

test('a fitted cell has exactly its width', () => {
	fc.assert(fc.property(cell, width, fit, (found, columns, how) => cellWidth(fitCell(found, columns, how)) === columns), {numRuns: 1000});
});

test('a split line has exactly its width', () => {
	fc.assert(fc.property(cell, cell, width, (left, right, columns) => cellWidth(splitLine(left, right, columns)) === columns), {numRuns: 1000});
});

const lines: ReadonlyArray<readonly [width: number, seen: string]> = [
	[24, ' vb365-prod v8   LIVE 4s'],
	[22, ' vb365-prod v8 LIVE 4s'],
	[18, ' vb365-p.. LIVE 4s'],
	[8, ' LIVE 4s'],
	[7, ' LIVE..'],
];

test('the left of a split line gives way to the right', () => {
	const left = [{text: ' vb365-prod v8'}];
	assert.deepEqual(lines.map(([columns]) => textOf(splitLine(left, [{text: 'LIVE 4s'}], columns))), lines.map(([, seen]) => seen));
	assert.equal(textOf(splitLine(left, [], 18)), ' vb365-prod v8    ');
});
