import {test, type TestContext} from 'node:test';
import {tableTabWindow, type TableTab} from '../../../source/app/detail/table-tab.js';
import {textOf} from '../../helpers/sessions.js';

const tab = (above: number, rowCount: number): TableTab => ({
	above: Array.from({length: above}, (_, index) => [{text: `a${index}`}]),
	heading: [[{text: 'H'}]],
	rowCount,
	rowAt: index => [[{text: `r${index}`}]],
});

function lines(shown: TableTab, top: number, height: number): string {
	const {above, table} = tableTabWindow(shown, {top, height});
	return [...above.map(cell => textOf(cell)), ...(table ? [table.heading, ...table.rows].map(cells => textOf(cells[0]!)) : [])].join(' ');
}

test('the table stands below the lines, and as much of both as fits', (t: TestContext) => {
	t.assert.strictEqual(lines(tab(2, 3), 0, 10), 'a0 a1 H r0 r1 r2');
	t.assert.strictEqual(lines(tab(2, 3), 0, 4), 'a0 a1 H r0');
	t.assert.strictEqual(lines(tab(2, 3), 0, 3), 'a0 a1 H');
	t.assert.strictEqual(lines(tab(2, 3), 0, 2), 'a0 a1');
	t.assert.strictEqual(lines(tab(2, 0), 0, 4), 'a0 a1');
});

test('each step scrolls by one line, and the heading stays over the rows', (t: TestContext) => {
	t.assert.deepStrictEqual([0, 1, 2, 3, 4, 5].map(top => lines(tab(2, 5), top, 4)), [
		'a0 a1 H r0', 'a1 H r0 r1', 'H r0 r1 r2', 'H r1 r2 r3', 'H r2 r3 r4', 'H r2 r3 r4',
	]);
});

test('the end is where the last row is on screen, and below it is nothing', (t: TestContext) => {
	const {end, below} = tableTabWindow(tab(2, 5), {top: 0, height: 4});
	t.assert.deepStrictEqual([end, below], [4, 4]);
	t.assert.strictEqual(tableTabWindow(tab(2, 5), {top: 99, height: 4}).below, 0);
	t.assert.strictEqual(tableTabWindow(tab(2, 5), {top: 0, height: 20}).end, 0);
});

test('of many rows those on screen alone are asked for', (t: TestContext) => {
	const asked: number[] = [];
	tableTabWindow({...tab(2, 100_000), rowAt(index) {
		asked.push(index);
		return [];
	}}, {top: 500, height: 4});
	t.assert.deepStrictEqual(asked, [498, 499, 500]);
});
