import {test, type TestContext} from 'node:test';
import {afterFirst, afterOlder, afterOnward, firstLimit, onwardStart, rechecks} from '../../source/live/log-policy.js';

const page = {isLast: false, fresh: 100, end: 100};
const last = {...page, isLast: true};
const repeated = {...page, fresh: 0};

test('a finished log is asked for all at once, another one a little at first', (t: TestContext) => {
	t.assert.deepStrictEqual([firstLimit(true), firstLimit(false)], [10_000, 1000]);
});

test('what is left after the first page', (t: TestContext) => {
	t.assert.deepStrictEqual(
		[afterFirst(page), afterFirst(last), afterFirst(repeated)],
		[{isCut: false, reading: 'older'}, {isCut: false, reading: undefined}, {isCut: true, reading: undefined}],
	);
});

const older: ReadonlyArray<readonly [what: string, read: typeof page, items: number, pages: number, isCut: boolean, reading: 'older' | undefined]> = [
	['more is there', page, 200, 2, false, 'older'],
	['it was the last page', last, 200, 2, false, undefined],
	['nothing in it was new', repeated, 200, 2, true, undefined],
	['a hundred thousand items are read', page, 100_000, 12, true, undefined],
	['a hundred thousand items are all', last, 100_000, 12, false, undefined],
	['two hundred pages were read', page, 200, 200, true, undefined],
];

test('what is left after a page of older items', (t: TestContext) => {
	for (const [what, read, items, pages, isCut, reading] of older) {
		t.assert.deepStrictEqual(afterOlder(read, {isCut: false, items, pages}), {isCut, reading}, what);
	}

	t.assert.strictEqual(afterOlder(last, {isCut: true, items: 1, pages: 1}).isCut, true);
});

test('a log is read on from the first line of its tail that still ran, and from its end while there are pages left', (t: TestContext) => {
	for (const [reading, total, open, expected] of [
		[undefined, 0, [], 0],
		[undefined, 500, [], 500],
		[undefined, 500, [3, 450, 420], 420],
		[undefined, 500, [399], 500],
		[undefined, 500, [400], 400],
		['newer', 500, [420], 500],
	] as const) {
		t.assert.strictEqual(onwardStart(reading, total, open), expected);
	}
});

const onward: ReadonlyArray<readonly [what: string, read: typeof page, pages: number, reading: 'newer' | undefined, total: number]> = [
	['more is there', page, 1, 'newer', 100],
	['it was the last page', last, 0, undefined, 100],
	['nothing new, though it is not the last page', repeated, 1, undefined, 50],
	['nothing new in the last page', {...last, fresh: 0}, 0, undefined, 100],
	['two hundred pages were read', page, 200, undefined, 100],
	['two hundred thousand rows were read', {...page, end: 200_000}, 1, undefined, 200_000],
	['what was read again ends before what was read', {...last, end: 40}, 0, undefined, 50],
];

test('what is left after a page of newer items', (t: TestContext) => {
	for (const [what, read, pages, reading, total] of onward) {
		t.assert.deepStrictEqual(afterOnward(read, {total: 50, pages}), {reading, total}, what);
	}
});

test('lines that still ran are read again now and then, and once more of them at the end', (t: TestContext) => {
	t.assert.deepStrictEqual([1, 9, 10, 11, 20].map(polls => rechecks(polls, {isUpToDate: true, isWhole: false})), [0, 0, 3, 0, 3]);
	t.assert.strictEqual(rechecks(1, {isUpToDate: true, isWhole: true}), 20);
	t.assert.strictEqual(rechecks(10, {isUpToDate: false, isWhole: true}), 0);
});
