import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnsFor, oneServer, type Column} from '../../../../source/app/shared/columns/columns.js';
import {fitColumns, type FittedColumn} from '../../../../source/app/shared/columns/fit-columns.js';

const markAndMargin = 3;
const columns = columnsFor(oneServer);
const ofSeveral = columnsFor({servers: 2});
const widths = Array.from({length: 241}, (_, index) => index + 20);
const fittedAt = (width: number) => fitColumns(columns, width - markAndMargin, width);
const idsAt = (width: number) => fittedAt(width).map(({column}) => column.id);
const taken = (fitted: readonly FittedColumn[]) => fitted.map(({width}) => ' '.repeat(width)).join(' ').length;

test('columns fill the room and never exceed it, at any width', () => {
	assert.deepEqual(widths.map(width => taken(fittedAt(width))), widths.map(width => width - markAndMargin));
});

test('each column has at least one character', () => {
	assert.deepEqual(widths.filter(width => fittedAt(width).some(entry => entry.width < 1)), []);
});

test('status, job and elapsed are there at any width', () => {
	assert.deepEqual(widths.filter(width => ['status', 'job', 'elapsed'].some(id => !idsAt(width).includes(id))), []);
});

test('from the least terminal on, status and elapsed are whole and the name readable', () => {
	const widthsOf = (width: number) => Object.fromEntries(fittedAt(width).map(entry => [entry.column.id, entry.width]));
	assert.deepEqual(widthsOf(40), {status: 14, job: 16, elapsed: 5});
	assert.deepEqual(widths.filter(width => width >= 40).filter(width => widthsOf(width)['status'] !== 14 || widthsOf(width)['elapsed']! < 5 || widthsOf(width)['job']! < 16), []);
});

test('columns stand in the order of the table', () => {
	const order = columns.map(({id}) => id);
	for (const width of widths) {
		assert.deepEqual(idsAt(width), order.filter(id => idsAt(width).includes(id)));
	}
});

test('what is left out has no room beside those of a higher rank', () => {
	const wideEnough = widths.filter(candidate => candidate >= 60);
	for (const width of wideEnough) {
		const own = (column: Column) => 1 + (width >= 100 ? column.wide ?? column.width : column.width);
		const shown = fittedAt(width).map(({column}) => column);
		const leftOut = columns.filter(column => (column.from ?? 0) <= width && !shown.includes(column));
		for (const left of leftOut) {
			const needed = [...shown.filter(({rank}) => rank > left.rank), left].map(column => own(column)).reduce((a, b) => a + b, -1);
			assert.ok(needed > width - markAndMargin, `${left.id} at ${width} columns`);
		}
	}
});

test('no column has less than its own width, but the type', () => {
	for (let width = 45; width <= 260; width++) {
		const narrow = fittedAt(width).filter(({column, width: given}) => given < column.width).map(({column}) => column.id);
		assert.deepEqual(narrow, width < 52 && width >= 47 ? ['type'] : [], `at ${width} columns`);
	}
});

const shown: ReadonlyArray<readonly [width: number, ids: string]> = [
	[40, 'status job elapsed'],
	[46, 'status job elapsed'],
	[47, 'status job type elapsed'],
	[60, 'status job type start elapsed'],
	[68, 'status job type start elapsed objects'],
	[77, 'status job type start elapsed objects transferred'],
	[80, 'status job type start elapsed objects transferred retry'],
	[120, 'status job organization type start elapsed objects transferred rate retry'],
	[160, 'status job organization type start elapsed objects items transferred rate retry details'],
	[240, 'status job organization type start elapsed objects items transferred rate item-rate read write bottleneck retry details'],
];

for (const [width, ids] of shown) {
	test(`${width} columns show ${ids}`, () => {
		assert.equal(idsAt(width).join(' '), ids);
	});
}

test('the type is a letter before it leaves', () => {
	const typeAt = (width: number) => fittedAt(width).find(({column}) => column.id === 'type')?.width;
	assert.deepEqual([46, 47, 51, 52, 60].map(width => typeAt(width)), [undefined, 1, 1, 6, 6]);
});

const shownOfSeveral: ReadonlyArray<readonly [width: number, ids: string]> = [
	[40, 'status job elapsed'],
	[60, 'status job server type elapsed'],
	[72, 'status job server type start elapsed'],
	[80, 'status job server type start elapsed objects'],
	[92, 'status job server type start elapsed objects transferred retry'],
	[120, 'status job server organization type start elapsed objects transferred'],
	[200, 'status job server organization type start elapsed objects items transferred rate item-rate bottleneck retry details'],
];

for (const [width, ids] of shownOfSeveral) {
	test(`of several servers ${width} columns show ${ids}`, () => {
		const fitted = fitColumns(ofSeveral, width - markAndMargin, width);
		assert.equal(fitted.map(({column}) => column.id).join(' '), ids);
		assert.equal(taken(fitted), width - markAndMargin);
	});
}

test('of several servers the name of each has six characters and more from 52 columns on, eleven and more from 57', () => {
	const serverAt = (width: number) => fitColumns(ofSeveral, width - markAndMargin, width).find(({column}) => column.id === 'server')?.width ?? 0;
	assert.deepEqual(widths.filter(width => serverAt(width) < 6), widths.filter(width => width < 52));
	assert.deepEqual(widths.filter(width => serverAt(width) < 11), widths.filter(width => width < 57));
});

test('details are a column from 140 columns on', () => {
	assert.deepEqual(widths.filter(width => width < 140 && idsAt(width).includes('details')), []);
});

test('room that is left goes to the details, and where there are none to the name', () => {
	assert.equal(fittedAt(220).find(({column}) => column.id === 'details')!.width > columns.find(({id}) => id === 'details')!.width, true);
	assert.equal(fittedAt(101).find(({column}) => column.id === 'job')!.width, fittedAt(100).find(({column}) => column.id === 'job')!.width + 1);
});
