import {test, type TestContext} from 'node:test';
import {v6} from '../../source/api/wire/v6.js';
import {v7} from '../../source/api/wire/v7.js';
import {v8} from '../../source/api/wire/v8.js';
import {columns} from '../../source/app/shared/columns/columns.js';
import {logLine, sessionFacts} from '../../source/app/shared/session-facts.js';
import {rowsOf} from '../../source/app/shared/rows/rows.js';
import {sessionStatistics} from '../../source/app/detail/summary/statistics.js';
import {textWidth} from '../../source/ui/text/text.js';
import {now, snapshot, textOf} from '../helpers/sessions.js';

type Wire = Readonly<Record<string, unknown>>;

const versions = [v6, v7, v8] as const;
const iso = (ms: number) => new Date(ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const ended = {status: 'Success', creationTime: iso(now.server - hour), endTime: iso(now.server)};

/** Every cell and fact of a session as it came over the wire, by the column's id or the fact's label. */
function figuresOf({session, capabilities}: typeof versions[number], wire: Wire): Readonly<Record<string, string>> {
	const parsed = session({id: 's1', ...wire}, 'vb1')!;
	const row = rowsOf(snapshot({sessions: [parsed]}))[0]!;
	const cells = columns.map(({id, width, cell}): [string, string] => [id, textOf(cell(row, {now, zone: 'UTC', width}))]);
	const options = {row, session: parsed, version: capabilities.version, lacks: capabilities.lacks, now, zone: 'UTC', isGone: false};
	const facts = [...sessionFacts(options), ...sessionStatistics(parsed)].map(({label, value}): [string, string] => [label, textOf(value)]);
	return Object.fromEntries([...cells, ...facts]);
}

const figures = (value: unknown): Wire => ({
	...ended, retryCount: value, progress: value,
	statistics: {
		processingRateBytesPS: value, processingRateItemsPS: value, readRateBytesPS: value,
		writeRateBytesPS: value, transferredDataBytes: value, processedObjects: value,
	},
});

const counted = ['objects', 'items', 'item-rate', 'Objects', 'Items processed', 'Item rate'];
const sized = ['transferred', 'rate', 'read', 'write', 'Transferred', 'Processing rate', 'Read rate', 'Write rate'];
const numbers = [...counted, ...sized, 'retry', 'Retry'];

const unreadable = [-1, -0.5, 1e300, 2 ** 53, '9007199254740993', 'NaN', 'Infinity', '1e5', '0x10', '', ' ', '٣', {}, [], [7], true];

const told: ReadonlyArray<readonly [value: unknown, texts: Readonly<Record<string, string>>]> = [
	[0, {objects: '0', transferred: '0 B', retry: '0', Retry: '0 (first run)', 'Item rate': '0 items/s'}],
	[1e9, {objects: '1.0G', items: '1.0G', transferred: '953.7 MB', retry: '>9', Retry: '1000000000', Objects: '1.0G', 'Item rate': '1.0G /s'}],
	[1e12, {objects: '1.0T', transferred: '931.3 GB', Objects: '1.0T', 'Item rate': '1.0T /s'}],
	['999999', {objects: '1.0M', items: '999,999', transferred: '976.6 KB', Objects: '999,999', 'Item rate': '999,999 /s'}],
	[Number.MAX_SAFE_INTEGER, {objects: '9e+15', items: '9e+15', transferred: '8.0 PB', rate: '8.0 PB/s', retry: '>9', Objects: '9e+15', 'Item rate': '9e+15 /s'}],
	[37.5, {objects: '38', transferred: '38 B', retry: '?', Retry: '?'}],
];

/** Cells that the column cuts, and what no cell may hold. */
function faultsOf(found: Readonly<Record<string, string>>): readonly string[] {
	const cut = columns.filter(({id, width, align}) => align === 'right' && textWidth(found[id]!) > width).map(({id}) => `${id} is cut: ${found[id]}`);
	const statistics = Object.entries(found).filter(([label, text]) => [...counted, ...sized].includes(label) && textWidth(text) > 10).map(([label]) => `${label} is cut`);
	const wrong = Object.entries(found).filter(([, text]) => /NaN|Infinity|undefined|null|-\d+[a-z]|object/iv.test(text)).map(([label, text]) => `${label} is ${text}`);
	return [...cut, ...statistics, ...wrong];
}

for (const version of versions) {
	const {version: name} = version.capabilities;
	for (const value of unreadable) {
		test(`${name}: ${JSON.stringify(value)} where a number belongs is ? everywhere`, (t: TestContext) => {
			const found = figuresOf(version, figures(value));
			t.assert.deepStrictEqual(numbers.filter(label => found[label] !== '?'), []);
			t.assert.deepStrictEqual(faultsOf(found), []);
		});
	}

	for (const [value, texts] of told) {
		test(`${name}: the number ${JSON.stringify(value)} is right, and whole in its cell`, (t: TestContext) => {
			const found = figuresOf(version, figures(value));
			t.assert.deepStrictEqual(Object.fromEntries(Object.keys(texts).map(label => [label, found[label]])), texts);
			t.assert.deepStrictEqual(faultsOf(found), []);
		});
	}

	test(`${name}: numbers that are null or not there are not told`, (t: TestContext) => {
		const found = figuresOf(version, figures(null));
		t.assert.deepStrictEqual(numbers.filter(label => found[label] !== '-'), []);
		t.assert.deepStrictEqual(figuresOf(version, {...ended, statistics: null}), figuresOf(version, ended));
	});

	const times: ReadonlyArray<readonly [what: string, wire: Wire, start: string, elapsed: string, duration: string]> = [
		['of year 1', {creationTime: '0001-01-01T00:00:00Z', endTime: '0001-01-01T00:00:00Z'}, '-', '-', '-'],
		['of year 9999', {creationTime: '9999-12-31T23:59:59.9999999Z', endTime: '9999-12-31T23:59:59.9999999Z'}, '-', '-', '-'],
		['that lie 7,000 years apart', {creationTime: '2000-01-01T00:00:00Z', endTime: '8999-12-31T00:00:00Z'}, '2000-01', '6999y', '2556697d0h00m00s'],
		['that lie 27 years apart', {creationTime: '2000-01-01T00:00:00Z', endTime: '2027-05-19T00:00:00Z'}, '2000-01', '27y', '10000d0h00m00s'],
		['with the end before the start', {creationTime: iso(now.server), endTime: iso(now.server - hour)}, '02:14', '-', '-'],
		['in numbers', {creationTime: 1e12, endTime: -1}, '?', '?', '?'],
		['in words', {creationTime: 'yesterday', endTime: 'NaN'}, '?', '?', '?'],
		['that are no days', {creationTime: '2026-02-30T00:00:00Z', endTime: {}}, '?', '?', '?'],
		['that began, and ended nobody knows when', {creationTime: iso(now.server - hour), endTime: []}, '01:14', '?', '?'],
		['that are still to come, and it runs', {status: 'Running', creationTime: '2100-01-01T00:00:00Z'}, '2100-01', '0s', '0s'],
		['of a clock that is a second ahead, and it runs', {status: 'Running', creationTime: iso(now.server + 1000)}, '02:14', '0s', '0s'],
		['of year 2000, and it runs', {status: 'Running', creationTime: '2000-01-01T00:00:00Z', endTime: '9999-12-31T00:00:00Z'}, '2000-01', '9823d', '9823d2h14m37s'],
	];

	for (const [what, wire, start, elapsed, duration] of times) {
		test(`${name}: times ${what}`, (t: TestContext) => {
			const found = figuresOf(version, {status: 'Success', ...wire});
			t.assert.deepStrictEqual([found['start'], found['elapsed'], found['Duration'] ?? found['Elapsed']], [start, elapsed, duration]);
			t.assert.deepStrictEqual(faultsOf(found), []);
		});
	}

	const lines: ReadonlyArray<readonly [what: string, wire: Wire, line: RegExp]> = [
		['of year 1', {creationTime: '0001-01-01T00:00:00Z', endTime: '9999-12-31T23:59:59Z'}, /^ {10}Success {2}Text *$/v],
		['that lie 7,000 years apart', {creationTime: '2000-01-01T00:00:00Z', endTime: '8999-12-31T00:00:00Z'}, /^ 00:00:00 Success {2}Text +6999y$/v],
		['with the end before the start', {creationTime: iso(now.server), endTime: iso(now.server - hour)}, /^ 02:14:37 Success {2}Text *$/v],
		['in numbers', {creationTime: 1e300, endTime: -1}, /^ {8}\? Success {2}Text *$/v],
	];

	for (const [what, wire, line] of lines) {
		test(`${name}: a log item with times ${what}`, (t: TestContext) => {
			const item = version.logItem({id: 'l', usn: 2 ** 60, type: 'Success', message: 'Text', title: '[Success] Text', ...wire})!;
			const text = textOf(logLine(item, 'UTC', 60));
			t.assert.match(text, line);
			t.assert.ok(textWidth(text) <= 60);
		});
	}
}
