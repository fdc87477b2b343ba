import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../source/model/field.js';
import type {LogItem} from '../../source/model/log-item.js';
import {detailContent, type DetailContent} from '../../source/view/detail-content.js';
import {cellWidth} from '../../source/view/fit-cell.js';
import {logItem, now, row, running, second, textOf, type SessionOptions} from '../helpers/sessions.js';

const items = (amount: number) => Array.from({length: amount}, (_, index) => logItem({id: `l${index}`, usn: index, text: `Step ${index + 1}`, createdAt: now.server + (index * second), endedAt: undefined}));

type Given = {
	readonly width?: number;
	readonly height?: number;
	readonly top?: number;
	readonly log?: readonly LogItem[];
	readonly isCut?: boolean;
	readonly failure?: string;
	readonly fields?: SessionOptions;
	readonly isGone?: boolean;
};

function content({width = 79, height = 30, top = 0, log, isCut = false, failure, fields = {}, isGone = false}: Given = {}): DetailContent {
	const its = row(fields);
	return detailContent({row: its, session: its.session!, version: 'v8', lacks: new Set(), now, zone: 'UTC', isGone}, {items: log, isCut, failure}, width, {top, height});
}

const blockHeight = ({isSideBySide, facts, statistics: {rows}}: DetailContent) =>
	isSideBySide ? Math.max(facts.length, rows.length + 1) : facts.length + rows.length + 1;
const linesOf = (given: Given = {}) => content(given).more.map(cell => textOf(cell).trimEnd());
const logOf = (given: Given = {}) => {
	const lines = linesOf(given);
	return lines.slice(lines.findIndex(line => line.startsWith(' LOG')));
};

/** The lines of steps, the first and the last of them counted from 1. */
const steps = (first: number, last: number) => items(last).slice(first - 1).map(({text, createdAt}) =>
	` ${new Date(createdAt as number).toISOString().slice(11, 19)} Success  ${String(text)}`);

test('facts stand beside the statistics from 74 columns on', () => {
	assert.deepEqual([39, 73, 74, 199].map(width => content({width, height: 19}).isSideBySide), [false, false, true, true]);
});

test('facts and statistics fill the width', () => {
	for (const width of [74, 79, 90]) {
		const {facts, statistics: {heading, rows}} = content({width, height: 19});
		const tableWidths = [heading, ...rows].map(cells => cellWidth(cells.flat()));
		assert.deepEqual([...new Set([...facts.map(cell => cellWidth(cell)), ...tableWidths])].toSorted((a, b) => b - a), [width - 33, 32]);
	}
});

test('every line below has the width', () => {
	for (const width of [39, 74, 119]) {
		for (const height of [30, 60]) {
			const {more} = content({width, height, log: items(9), fields: {details: '東京 '.repeat(60)}});
			assert.deepEqual([...new Set(more.map(cell => cellWidth(cell)))], [width]);
		}
	}
});

test('the height is that of the whole, whatever part of it is on screen', () => {
	for (const [width, height] of [[60, 37], [79, 27]] as const) {
		const whole = content({width, height: 99, log: items(9)});
		assert.equal(whole.height, height);
		assert.equal(blockHeight(whole) + whole.more.length, height);
		for (const [room, top] of [[10, 0], [10, 5], [20, 0], [20, 99], [height, 0]] as const) {
			assert.equal(content({width, height: room, top, log: items(9)}).height, height, `${room} lines from line ${top}`);
		}
	}
});

const heights: ReadonlyArray<readonly [what: string, given: Given, height: number]> = [
	['is being read', {}, 18],
	['is empty', {log: []}, 18],
	['could not be read', {failure: 'no answer in time'}, 19],
	['has an item', {log: items(1)}, 19],
	['has 316 items', {log: items(316)}, 334],
];

for (const [what, given, height] of heights) {
	test(`a detail whose log ${what} has ${height} lines`, () => {
		const whole = content({...given, height: 400});
		assert.equal(whole.height, height);
		assert.equal(blockHeight(whole) + whole.more.length, height);
	});
}

test('details and ids stand above the log', () => {
	assert.deepEqual(linesOf({log: items(2)}), [
		' Details       Transferred: 3.4 GB (51000 items) at 1.9 MB/s (28 items/s)',
		' Session id    s1',
		' Job id        j1',
		' Retry of      -',
		' LOG 2 items, newest last',
		...steps(1, 2),
	]);
});

test('the log fills the height, the newest last', () => {
	const {more, height, top} = content({log: items(50)});
	assert.deepEqual([13 + more.length, height, top], [30, 68, 0]);
	assert.deepEqual(logOf({log: items(50)}), [' LOG newest 12 of 50, G for all, newest last', ...steps(39, 50)]);
});

test('a log that fits but for a line has all but its oldest item', () => {
	assert.deepEqual(logOf({height: 21, log: items(3)}), [' LOG 3 items, newest last', ...steps(1, 3)]);
	assert.deepEqual(logOf({height: 27, log: items(10)}), [' LOG newest 9 of 10, G for all, newest last', ...steps(2, 10)]);
	assert.deepEqual(logOf({height: 28, log: items(10)}), [' LOG 10 items, newest last', ...steps(1, 10)]);
});

const above = [' Details', ' Session id', ' Job id', ' Retry of'];

const rooms: ReadonlyArray<readonly [height: number, kept: number, shown: number]> = [
	[23, 4, 5],
	[22, 4, 4],
	[21, 3, 4],
	[20, 2, 4],
	[19, 1, 4],
	[18, 0, 4],
	[17, 0, 3],
	[15, 0, 1],
	[14, 0, 0],
];

for (const [height, kept, shown] of rooms) {
	test(`on ${height} lines ${shown} items are there, and ${kept} lines above them`, () => {
		const lines = linesOf({height, log: items(316)});
		assert.deepEqual(lines.slice(0, kept).map(line => line.slice(0, 15).trimEnd()), above.slice(0, kept));
		assert.deepEqual(lines.slice(kept), [` LOG newest ${shown} of 316, G for all, newest last`, ...steps(317 - shown, 316)]);
		assert.equal(13 + lines.length, height);
	});
}

test('the log has five lines below facts and statistics that stand one below the other', () => {
	const lines = linesOf({width: 60, height: 28, log: items(50)});
	assert.deepEqual(lines.map(line => line.slice(0, 15).trimEnd()).slice(0, 1), [' Details']);
	assert.deepEqual(lines.slice(1), [' LOG newest 4 of 50, G for all, newest last', ...steps(47, 50)]);
});

const shortLogs: ReadonlyArray<readonly [what: string, height: number, given: Given, kept: number]> = [
	['that fits leaves all that stands above', 18, {log: []}, 4],
	['without items needs its heading alone', 17, {log: []}, 3],
	['of one item needs two lines', 17, {log: items(1)}, 2],
	['of two items needs three lines', 19, {log: items(2)}, 3],
	['of four items needs five lines', 19, {log: items(4)}, 1],
	['that could not be read needs two lines', 17, {failure: 'no answer in time'}, 2],
	['that is being read has its five lines reserved', 17, {}, 0],
];

for (const [what, height, given, kept] of shortLogs) {
	test(`a log ${what}: ${kept} lines stand above it on ${height}`, () => {
		const lines = linesOf({...given, height});
		assert.deepEqual(lines.slice(0, kept).map(line => line.slice(0, 15).trimEnd()), above.slice(0, kept));
		assert.deepEqual(lines.slice(kept), logOf({...given, height: 99}));
	});
}

test('scrolled, it is one text with every item; lines outside the window are empty', () => {
	const whole = linesOf({height: 99, log: items(50)});
	assert.deepEqual(whole.slice(4), [' LOG 50 items, newest last', ...steps(1, 50)]);
	for (const top of [1, 12, 20, 38]) {
		const lines = linesOf({height: 30, top, log: items(50)});
		// What stands above the items is always there: five lines below the thirteen of the facts.
		assert.deepEqual(lines, whole.map((line, index) => index < 5 || (index + 13 >= top && index + 13 < top + 30) ? line : ''), `from line ${top}`);
	}
});

test('no more lines of a log are made than are on screen', () => {
	for (const top of [0, 1, 500, 5000]) {
		const filled = content({height: 19, top, log: items(2000)}).more.filter(cell => cell.length > 0);
		assert.ok(filled.length <= 19 + 5, `${filled.length} lines from line ${top}`);
	}
});

const tops: ReadonlyArray<readonly [height: number, asked: number, top: number]> = [
	[30, 0, 0],
	[30, 1, 1],
	[30, 38, 38],
	[30, 39, 38],
	[30, 9999, 38],
	[67, 9999, 1],
	[68, 9999, 0],
	[99, 5, 0],
];

for (const [height, asked, top] of tops) {
	test(`of 68 lines ${height} are on screen: scrolled to ${asked} it begins at ${top}`, () => {
		assert.equal(content({height, top: asked, log: items(50)}).top, top);
	});
}

test('a log that is short is shown whole', () => {
	assert.deepEqual(logOf({log: items(2)}), [' LOG 2 items, newest last', ...steps(1, 2)]);
	assert.deepEqual(logOf({log: items(1)}), [' LOG 1 item, newest last', ...steps(1, 1)]);
});

const followed: ReadonlyArray<readonly [what: string, fields: SessionOptions, isGone: boolean, follows: boolean]> = [
	['that runs', running(), false, true],
	['that waits', {status: 'Queued', endedAt: undefined}, false, true],
	['in a status that is not known', {status: 'Hibernating'}, false, true],
	['without a status', {status: undefined}, false, true],
	['in a status that cannot be read', {status: unreadable}, false, true],
	['that is finished', {}, false, false],
	['that failed without an end', {status: 'Failed', endedAt: undefined}, false, false],
	['that ran and is gone', running(), true, false],
	['in a status that is not known, and gone', {status: 'Hibernating'}, true, false],
];

for (const [what, fields, isGone, follows] of followed) {
	test(`the log of a session ${what} is ${follows ? '' : 'not '}followed`, () => {
		const end = follows ? ', following' : '';
		assert.equal(logOf({log: items(2), fields, isGone})[0], ` LOG 2 items, newest last${end}`);
		assert.equal(logOf({log: items(316), height: 19, fields, isGone})[0], ` LOG newest 4 of 316, G for all, newest last${end}`);
		assert.equal(logOf({log: items(316), height: 19, top: 1, fields, isGone})[0], ` LOG 316 items, newest last${end}`);
	});
}

test('a session that is gone was active when last seen', () => {
	const endOf = (isGone: boolean) => content({fields: running(), isGone}).facts.map(cell => textOf(cell).trimEnd()).find(line => line.startsWith(' Ended'));
	assert.deepEqual([endOf(false), endOf(true)], [' Ended         still active', ' Ended         was active when last seen']);
});

test('a log that is not there says why', () => {
	for (const [height, top] of [[30, 0], [18, 0], [18, 1], [12, 3]] as const) {
		assert.deepEqual(logOf({height, top}), [' LOG is being read ...']);
		assert.deepEqual(logOf({height, top, log: []}), [' LOG has no items yet']);
		assert.deepEqual(logOf({height, top, failure: 'no answer in time'}), [' LOG could not be read', ' no answer in time']);
	}
});

test('details take four lines at the most', () => {
	const details = linesOf({fields: {details: 'word '.repeat(200)}}).slice(0, -4);
	assert.equal(details.length, 4);
	assert.match(details[0]!, /^ Details {7}word word/v);
	assert.match(details[3]!, /^ {15}word.*\.\.$/v);
	assert.match(linesOf({fields: {details: undefined}})[0]!, /^ Details {7}-$/v);
});

test('items that are not held any longer are said', () => {
	assert.equal(logOf({log: items(3), isCut: true})[0], ' LOG 3 items, older not held, newest last');
	assert.equal(logOf({log: items(50), isCut: true})[0], ' LOG newest 12 of 50, G for all, older not held, newest last');
	assert.equal(logOf({log: items(50), isCut: true, top: 1, fields: running()})[0], ' LOG 50 items, older not held, newest last, following');
	assert.equal(logOf({log: items(3)})[0], ' LOG 3 items, newest last');
});
