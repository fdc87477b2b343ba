import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layoutOf, leastSize} from '../../../source/app/shared/layout.js';
import type {ListName} from '../../../source/app/shared/rows/lists.js';

const plain = (listColumns: number) => ({listColumns, hasProblems: false, canPreview: false, previewWidth: 0});

test('a list takes what eight lines around it leave, detail and help what five do', () => {
	assert.deepEqual(layoutOf(80, 24), {...plain(80), isTooSmall: false, width: 79, listRows: 16, detailRows: 19, helpRows: 19});
	assert.deepEqual(layoutOf(200, 60), {...plain(200), canPreview: true, isTooSmall: false, width: 199, listRows: 52, detailRows: 55, helpRows: 55});
});

const sizes: ReadonlyArray<readonly [columns: number, rows: number, isTooSmall: boolean]> = [
	[40, 10, false],
	[39, 10, true],
	[40, 9, true],
	[1, 1, true],
];

for (const [columns, rows, isTooSmall] of sizes) {
	test(`${columns}x${rows} is ${isTooSmall ? 'too small' : 'enough'}`, () => {
		assert.equal(layoutOf(columns, rows).isTooSmall, isTooSmall);
	});
}

const lists: ReadonlyArray<readonly [list: ListName, rows: number, hasProblems: boolean, listRows: number]> = [
	['now', 24, true, 15],
	['now', 23, false, 15],
	['now', 60, true, 51],
	['sessions', 24, false, 16],
	['window', 24, true, 15],
];

for (const [list, rows, hasProblems, listRows] of lists) {
	test(`${list} on ${rows} rows has ${hasProblems ? 'a line of its problems and ' : ''}${listRows} rows`, () => {
		const layout = layoutOf(80, rows, list);
		assert.deepEqual([layout.hasProblems, layout.listRows], [hasProblems, listRows]);
	});
}

test('nothing is ever less than one', () => {
	assert.deepEqual(layoutOf(0, 0), {...plain(0), isTooSmall: true, width: 1, listRows: 1, detailRows: 1, helpRows: 1});
	assert.deepEqual(leastSize, {columns: 40, rows: 10});
});

test('Now and Window have a line more above their rows from 24 lines on', () => {
	for (const list of ['now', 'window'] as const) {
		assert.deepEqual([layoutOf(80, 24, list).listRows, layoutOf(80, 23, list).listRows], [15, 15]);
	}
});

const previews: ReadonlyArray<readonly [columns: number, rows: number, listColumns: number, previewWidth: number]> = [
	[109, 60, 109, 0],
	[200, 31, 200, 0],
	[110, 32, 70, 39],
	[120, 40, 80, 39],
	[160, 40, 107, 52],
	[200, 60, 140, 59],
];

for (const [columns, rows, listColumns, previewWidth] of previews) {
	test(`a preview ${previewWidth > 0 ? 'stands beside the list' : 'finds no room'} at ${columns}x${rows}`, () => {
		const layout = layoutOf(columns, rows, 'now', true);
		assert.deepEqual([layout.listColumns, layout.previewWidth, layout.canPreview], [listColumns, previewWidth, previewWidth > 0]);
		assert.equal(layoutOf(columns, rows, 'now').listColumns, columns);
	});
}
