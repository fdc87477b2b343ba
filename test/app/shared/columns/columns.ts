import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import {bottleneckWord, columns, columnsFor, oneServer, type Column} from '../../../../source/app/shared/columns/columns.js';
import type {Row} from '../../../../source/app/shared/rows/rows.js';
import type {Cell} from '../../../../source/ui/text/spans.js';
import {textWidth} from '../../../../source/ui/text/text.js';
import {hour, later, minute, now, row, running, second, textOf, type SessionOptions} from '../../../helpers/sessions.js';
import {usual, verdict} from '../../../helpers/verdicts.js';

const columnOf = (id: string): Column => columns.find(column => column.id === id)!;

function cellOf(id: string, fields: SessionOptions = {}, names: Partial<Row> = {}, at = now): Cell {
	const column = columnOf(id);
	return column.cell(row(fields, names), {now: at, zone: 'UTC', width: column.width});
}

const shown = (...given: Parameters<typeof cellOf>) => textOf(cellOf(...given));

type Put = (value: unknown) => readonly [fields: SessionOptions, names?: Partial<Row>];

const field = (name: string): Put => value => [{[name]: value}];
const statistic = (name: string): Put => value => [{statistics: {[name]: value}}];
const name = (of: string): Put => value => [{}, {[of]: value}];

const cases: ReadonlyArray<readonly [id: string, put: Put, absent: string, values: ReadonlyArray<readonly [value: unknown, text: string]>]> = [
	['status', field('status'), '-', [['Success', 'Success'], ['NotConfigured', 'Not configured'], ['Hibernating', 'Hibernating']]],
	['organization', name('organization'), '-', [['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com']]],
	['type', name('jobType'), '-', [['Backup', 'Backup'], ['Copy', 'Copy'], ['Restore', 'Restore']]],
	['start', field('createdAt'), '-', [[now.server - hour, '01:14'], [Date.UTC(2026, 10, 20, 22), '20 Nov']]],
	['elapsed', field('endedAt'), '-', [[now.server - hour + (9 * second), '9s'], [now.server, '1h00']]],
	['objects', field('progress'), '-', [[0, '0'], [2981, '2,981'], [912_442, '912k']]],
	['items', statistic('processedItems'), '-', [[0, '0'], [912_442, '912,442'], [9_999_999, '9,999,999'], [12_345_678, '12M']]],
	['transferred', statistic('transferredBytes'), '-', [[0, '0 B'], [36_924, '36.1 KB']]],
	['rate', statistic('processingRateBytesPerSecond'), '-', [[0, '0 B/s'], [2484, '2.4 KB/s']]],
	['item-rate', statistic('processingRateItemsPerSecond'), '-', [[0, '0'], [63, '63']]],
	['read', statistic('readRateBytesPerSecond'), '-', [[797_001_305, '760.1 MB/s']]],
	['write', statistic('writeRateBytesPerSecond'), '-', [[41, '41 B/s']]],
	['bottleneck', statistic('bottleneck'), '-', [['Source', 'Source'], ['Target', 'Target'], ['Detecting', 'Detecting'], ['NA', 'N/A'], ['Moon', 'Moon']]],
	['retry', field('retryCount'), '-', [[0, '0'], [3, '3'], [99, '99'], [100, '>9']]],
	['details', field('details'), '', [['Some objects were processed with warnings', 'Some objects were processed with warnings']]],
];

// Every row has names of job and server; what is found out of a job is no field.
const others = new Set(['job', 'server', 'versus-usual', 'needs']);

test('each column of a field has its cases here', () => {
	assert.deepEqual(cases.map(([id]) => id), columns.map(({id}) => id).filter(id => !others.has(id)));
});

for (const [id, put, absent, values] of cases) {
	for (const [value, text] of values) {
		test(`${id} of ${String(value)} is ${text}`, () => {
			assert.equal(shown(id, ...put(value)), text);
		});
	}

	test(`${id} that is absent is ${absent === '' ? 'empty' : absent}`, () => {
		assert.equal(shown(id, ...put(undefined)), absent);
	});

	test(`${id} that cannot be read is ?, never a figure`, () => {
		assert.deepEqual(cellOf(id, ...put(unreadable)), [{text: '?', tone: 'warning'}]);
	});

	test(`${id} of a row without a session does not throw`, () => {
		assert.doesNotMatch(shown(id, {}, {session: undefined, organization: undefined, jobType: undefined}), /\d|NaN|undefined/v);
	});

	test(`${id} that is absent or unreadable is sorted as having no value`, () => {
		const keys = [undefined, unreadable].map(value => columnOf(id).sortBy?.(row(...put(value)), now));
		assert.deepEqual(keys, [undefined, undefined]);
	});
}

test('a job is shown by its name', () => {
	assert.equal(shown('job', {}, {jobName: 'Contoso Mail'}), 'Contoso Mail');
});

const servers: ReadonlyArray<readonly [serverName: string, width: number, text: string]> = [
	['vb-here', 11, 'vb-here'],
	['VB365-PROD-01', 13, 'VB365-PROD-01'],
	['VB365-PROD-01', 11, 'VB365..D-01'],
	['vb365-a.contoso.example', 11, 'vb365-a.c..'],
	['10.0.0.14', 11, '10.0.0.14'],
	['vb365-a.contoso.example', 6, 'vb36..'],
];

for (const [serverName, width, text] of servers) {
	test(`server ${serverName} in ${width} columns is ${text}`, () => {
		const cell = columnOf('server').cell(row({}, {serverName}), {now, zone: 'UTC', width});
		assert.equal(textOf(cell), text);
	});
}

test('the server is a column only where there are several', () => {
	const ids = (amount: number) => columnsFor({servers: amount}).map(({id}) => id);
	assert.deepEqual([ids(1).includes('server'), ids(2).includes('server'), columnsFor(oneServer).length], [false, true, columns.length - 3]);
});

test('figures fit into their columns, however large', () => {
	const largest = {
		progress: 2 ** 53, retryCount: 2 ** 31,
		statistics: {
			processingRateBytesPerSecond: 2 ** 63, processingRateItemsPerSecond: 2 ** 53, readRateBytesPerSecond: 2 ** 63,
			writeRateBytesPerSecond: 1000 * (1024 ** 2), transferredBytes: 1023 * (1024 ** 3), processedItems: 2 ** 53,
		},
	};
	const tooWide = columns.filter(({align}) => align === 'right').filter(({id, width}) => textWidth(shown(id, largest)) > width);
	assert.deepEqual(tooWide.map(({id}) => id), []);
});

test('headings fit into their columns', () => {
	assert.deepEqual(columns.filter(({heading, width}) => heading.length > width).map(({heading}) => heading), []);
});

test('a zero is a figure, yet dim', () => {
	assert.deepEqual(cellOf('objects', {progress: 0}), [{text: '0', tone: 'dim'}]);
	assert.deepEqual(cellOf('objects', {progress: 1}), [{text: '1', tone: 'plain'}]);
});

const tones: ReadonlyArray<readonly [status: string, tone: string]> = [
	['Running', 'active'],
	['Queued', 'active'],
	['Success', 'good'],
	['Warning', 'warning'],
	['Failed', 'bad'],
	['Disconnected', 'bad'],
	['NotConfigured', 'warning'],
	['Stopped', 'dim'],
	['Hibernating', 'plain'],
];

test('a status has the tone of its meaning', () => {
	assert.deepEqual(tones.map(([status]) => cellOf('status', {status})[0]!.tone), tones.map(([, tone]) => tone));
});

test('elapsed ticks while a session is active', () => {
	const active = running({createdAt: now.server - (4 * minute)});
	assert.deepEqual([0, 1000, minute].map(ms => shown('elapsed', active, {}, later(ms))), ['4m00', '4m01', '5m00']);
});

test('elapsed of a queued session is how long it waits', () => {
	assert.equal(shown('elapsed', {status: 'Queued', createdAt: now.server - (277 * second), endedAt: undefined}), '4m37');
});

test('elapsed stands still once a session has ended', () => {
	assert.deepEqual([0, hour].map(ms => shown('elapsed', {}, {}, later(ms))), ['30m00', '30m00']);
});

test('the end that a server fills in for an active session is ignored', () => {
	const fillers = [now.server - hour, Date.UTC(9999, 11, 31), Date.UTC(1, 0, 1), unreadable] as const;
	assert.deepEqual(fillers.map(endedAt => shown('elapsed', running({endedAt}))), ['1h00', '1h00', '1h00', '1h00']);
});

test('a start in the future, by clocks that differ, has not elapsed', () => {
	assert.equal(shown('elapsed', running({createdAt: now.server + hour})), '0s');
});

test('elapsed without a start is told by why there is none', () => {
	assert.equal(shown('elapsed', running({createdAt: undefined})), '-');
	assert.equal(shown('elapsed', running({createdAt: unreadable})), '?');
});

test('the bottleneck is named as in the console', () => {
	assert.deepEqual(['NA', 'Source'].map(word => bottleneckWord(word)), ['N/A', 'Source']);
});

test('each column has an id of its own and words for the help', () => {
	assert.equal(new Set(columns.map(({id}) => id)).size, columns.length);
	assert.deepEqual(columns.filter(({label}) => label.trim() === ''), []);
});

const inNow = (id: string) => columnsFor({servers: 1, list: 'now'}).find(column => column.id === id);

test('what a job needs, and how long it takes against its usual, is told in Now alone', () => {
	for (const id of ['needs', 'versus-usual']) {
		const lists = [undefined, 'sessions', 'window', 'now'] as const;
		assert.deepEqual(lists.map(list => columnsFor({servers: 1, list}).some(column => column.id === id)), [false, false, false, true]);
	}
});

test('in Now columns give way to what a job needs', () => {
	assert.deepEqual(['retry', 'details'].map(id => inNow(id)), [undefined, undefined]);
	assert.deepEqual([inNow('start')?.width, inNow('start')?.wide, columnOf('start').width], [6, 9, 7]);
	assert.deepEqual([inNow('objects')?.from, columnOf('objects').from], [100, undefined]);
	assert.equal(inNow('needs')?.rank, Infinity);
	const columnsOfNow = columnsFor({servers: 1, list: 'now'});
	assert.deepEqual(columnsOfNow.filter(column => 'inNow' in column), []);
});

test('needs are said in words that fit, and sorted by their place', () => {
	const late = verdict('late', {late: {limitMs: hour, byMs: minute, pastUsualMs: 16 * minute}});
	const words = (width: number) => textOf(columnOf('needs').cell(row({}, {verdict: late}), {now, zone: 'UTC', width}));
	assert.deepEqual([words(34), words(20), shown('needs')], ['late, 16m over usual', 'late, 16m over usual', '']);
	assert.deepEqual([columnOf('needs').sortBy?.(row({}, {rank: 7}), now), columnOf('needs').sortBy?.(row(), now)], [7, undefined]);
});

test('needs are told by the clock of their own server', () => {
	const missed = verdict('missed', {serverId: 'ahead', missedAt: now.server - (3 * hour)});
	const words = (aheadMs: number) => shown('needs', {serverId: 'ahead'}, {verdict: missed}, {...now, clocks: new Map([['ahead', aheadMs]])});
	assert.deepEqual([words(0), words(-3 * hour)], ['missed Sun 23:14', 'missed, due 23:14']);
});

test('the share of the usual length is marked from one and a half on', () => {
	const share = (minutes: number) => cellOf('versus-usual', running({createdAt: now.server - (minutes * minute)}), {verdict: verdict('running', {baseline: usual()})});
	assert.deepEqual([share(30), share(90), share(91)], [[{text: '0.5x', tone: 'plain'}], [{text: '1.5x', tone: 'plain'}], [{text: '1.5x', tone: 'warning'}]]);
	const none = [{}, {verdict: verdict('running')}, {verdict: verdict('running', {baseline: usual({durationMs: {median: 0, p90: 0}})})}, {verdict: verdict('missed', {baseline: usual()}), session: undefined}];
	assert.deepEqual(none.map(names => shown('versus-usual', {}, names)), ['-', '-', '-', '-']);
	const half = row({}, {verdict: verdict('success', {baseline: usual()})});
	assert.deepEqual([half, row()].map(one => columnOf('versus-usual').sortBy?.(one, now)), [0.5, undefined]);
});
