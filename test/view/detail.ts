import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable, type Field} from '../../source/model/field.js';
import type {Statistics} from '../../source/model/session.js';
import {detailsLines, factLine, logLine, sessionFacts, sessionIds, sessionStatistics, type DetailOptions, type Fact} from '../../source/view/detail.js';
import {cellWidth} from '../../source/view/fit-cell.js';
import {rowsOf} from '../../source/view/rows.js';
import {later, logItem, minute, now, row, running, second, seedNow, seedSnapshot, session, textOf, v6Lacks, type SessionOptions} from '../helpers/sessions.js';

const optionsOf = (fields: SessionOptions = {}, rest: Partial<DetailOptions> = {}): DetailOptions => {
	const its = row(fields);
	return {row: its, session: its.session!, version: 'v8', lacks: new Set(), now, zone: 'UTC', isGone: false, ...rest};
};

const toldIds = (...given: Parameters<typeof optionsOf>) => told(sessionIds(optionsOf(...given)));
const told = (facts: readonly Fact[]) => Object.fromEntries(facts.map(({label, value}) => [label, textOf(value)]));
const factsOf = (...given: Parameters<typeof optionsOf>) => told(sessionFacts(optionsOf(...given)));

test('the facts of a finished session', () => {
	assert.deepEqual(factsOf(), {
		Status: 'Success',
		Job: 'Contoso Mail',
		'Job type': 'Backup',
		Kind: 'Incremental',
		Organization: 'contoso.onmicrosoft.com',
		Repository: 'repo-01',
		Proxy: 'vbp-01',
		Started: 'Mon 23 Nov 01:14:37',
		Ended: 'Mon 23 Nov 01:44:37',
		Duration: '30m00s',
		Retry: '0 (first run)',
		'Retried next': 'no',
	});
});

test('where several servers are watched, a session says which one it is of', () => {
	const facts = Object.entries(factsOf({}, {watching: {servers: 2}}));
	assert.deepEqual(facts.slice(0, 3), [['Status', 'Success'], ['Server', 'vb365-prod'], ['Job', 'Contoso Mail']]);
	assert.deepEqual(facts.length, Object.keys(factsOf()).length + 1);
});

test('the facts of an active session go on by the clock of its server', () => {
	const clocks = new Map([['vb2', 5 * minute]]);
	assert.deepEqual(['vb1', 'vb2'].map(serverId => factsOf(running({serverId}), {now: {...now, clocks}})['Duration']), ['1h00m00s', '1h05m00s']);
});

test('the facts of an active session go on', () => {
	const fields = running({endedAt: now.server - minute, retryCount: 2, willBeRetried: true});
	const {Status, Ended, Duration, Retry, 'Retried next': next} = factsOf(fields, {now: later(9 * second)});
	assert.deepEqual([Status, Ended, Duration, Retry, next], ['Running', 'still active', '1h00m09s', '2', 'yes, announced']);
});

test('a session that left the list is told as it was last seen', () => {
	const rest = {isGone: true};
	assert.deepEqual([factsOf(running(), rest), factsOf({status: 'Queued', endedAt: undefined}, rest)].map(facts => facts['Ended']), ['was active when last seen', 'was active when last seen']);
	assert.equal(factsOf({}, rest)['Ended'], 'Mon 23 Nov 01:44:37');
	assert.equal(factsOf({endedAt: undefined}, rest)['Ended'], '-');
});

test('what v6 does not know is said to be not in v6', () => {
	const rest = {version: 'v6', lacks: v6Lacks};
	const facts = {...factsOf({}, rest), ...toldIds({}, rest)};
	assert.deepEqual(Object.keys(facts).filter(label => facts[label] === 'not in v6'), ['Kind', 'Proxy', 'Retried next', 'Retry of']);
});

test('what is absent is a dash', () => {
	const bare = {
		status: undefined, jobType: undefined, kind: undefined, createdAt: undefined, endedAt: undefined, retryCount: undefined, willBeRetried: undefined,
	};
	const names = {jobType: undefined, organization: undefined, repository: undefined, proxy: undefined};
	const its = row(bare, names);
	const {Job, ...facts} = factsOf({}, {row: its, session: its.session!});
	assert.equal(Job, 'Contoso Mail');
	assert.deepEqual(new Set(Object.values(facts)), new Set(['-']));
});

test('what cannot be read is ?', () => {
	const garbled = {
		status: unreadable, jobType: unreadable, kind: unreadable, createdAt: unreadable,
		endedAt: unreadable, retryCount: unreadable, willBeRetried: unreadable,
	} as const;
	const its = row(garbled, {organization: unreadable, repository: unreadable, proxy: unreadable});
	const {Job, ...facts} = factsOf({}, {row: its, session: its.session!});
	assert.equal(Job, 'Contoso Mail');
	assert.deepEqual(new Set(Object.values(facts)), new Set(['?']));
});

test('a pool of proxies stands in for a proxy', () => {
	const pooled = row({proxyId: undefined, proxyPoolId: 'pp1'}, {proxy: 'pool-linux'});
	assert.equal(factsOf({}, {row: pooled, session: pooled.session!})['Proxy'], 'pool-linux (pool)');
});

test('the ids are whole', () => {
	const ids = {id: 'fcb1c775-edbb-4beb-830f-fb051ef9ab1b', jobId: '1f6f7c97-0df4-4866-8c37-309fda301894', mainSessionId: '8b92cfa3-6b94-4f62-b40a-7ecfa988ae08'};
	assert.deepEqual(toldIds(ids), {'Session id': ids.id, 'Job id': ids.jobId, 'Retry of': ids.mainSessionId});
});

test('the eight statistics have their units', () => {
	const statistics = {
		processingRateBytesPerSecond: 5_138_022, processingRateItemsPerSecond: 1063, readRateBytesPerSecond: 5_452_595, writeRateBytesPerSecond: 41,
		transferredBytes: 76_663_999_078, processedItems: 912_442, bottleneck: 'NA',
	};
	const facts = told(sessionStatistics(session({progress: 2981, statistics})));
	assert.deepEqual(facts, {
		'Processing rate': '4.9 MB/s',
		'Item rate': '1,063 items/s',
		'Read rate': '5.2 MB/s',
		'Write rate': '41 B/s',
		Transferred: '71.4 GB',
		Objects: '2,981',
		'Items processed': '912,442',
		Bottleneck: 'N/A',
	});
});

const unknowns: ReadonlyArray<readonly [value: Field<never>, text: string]> = [[undefined, '-'], [unreadable, '?']];

for (const [value, text] of unknowns) {
	test(`statistics that are ${String(value)} are ${text}`, () => {
		const none: Statistics = {
			processingRateBytesPerSecond: value, processingRateItemsPerSecond: value, readRateBytesPerSecond: value, writeRateBytesPerSecond: value,
			transferredBytes: value, processedItems: value, bottleneck: value,
		};
		assert.deepEqual(sessionStatistics(session({progress: value, statistics: none})).map(fact => textOf(fact.value)), Array.from({length: 8}, () => text));
	});
}

const seed: ReadonlyArray<readonly [started: string, ended: string, ran: string, retry: string, statistics: readonly string[]]> = [
	['Mon 31 Jan 16:39:24', 'Mon 31 Jan 16:39:33', '9s', '0 (first run)', ['0 B/s', '0 items/s', '760.1 MB/s', '41 B/s', '0 B', '1', '0', 'Target']],
	['Mon 31 Jan 16:38:59', 'Mon 31 Jan 16:39:23', '24s', '3', ['29.7 KB/s', '0 items/s', '320.0 KB/s', '0 B/s', '351.0 KB', '0', '0', 'Target']],
	['Mon 31 Jan 16:08:19', 'Mon 31 Jan 16:11:55', '3m36s', '0 (first run)', ['2.4 KB/s', '0 items/s', '0 B/s', '17 B/s', '36.1 KB', '76', '6', 'Source']],
];

for (const [index, [started, ended, ran, retry, statistics]] of seed.entries()) {
	test(`the seed's session ${index + 1}: ${ran}, ${statistics.join(', ')}`, () => {
		const its = rowsOf(seedSnapshot())[index]!;
		const facts = factsOf({}, {row: its, session: its.session!, version: 'v6', lacks: v6Lacks, now: seedNow});
		assert.deepEqual([facts['Started'], facts['Ended'], facts['Duration'], facts['Retry']], [started, ended, ran, retry]);
		assert.deepEqual(sessionStatistics(its.session!).map(({value}) => textOf(value)), statistics);
	});
}

test('a fact is a line of the width, its value cut at the end', () => {
	const line = factLine({label: 'Job', value: [{text: '東京メールボックス毎日バックアップ'}]}, 13, 40);
	assert.equal(textOf(line), ' Job           東京メールボックス毎日.. ');
	assert.equal(cellWidth(line), 40);
});

test('details are broken into lines, and said to be unreadable where they are', () => {
	assert.deepEqual(detailsLines(session({details: 'Some objects were processed with warnings'}), 20, 4), ['Some objects were', 'processed with', 'warnings']);
	assert.deepEqual(detailsLines(session({details: undefined}), 20, 4), []);
	assert.deepEqual(detailsLines(session({details: ''}), 20, 4), []);
	assert.deepEqual(detailsLines(session({details: unreadable}), 20, 4), ['?']);
});

const items: ReadonlyArray<readonly [what: string, fields: Parameters<typeof logItem>[0], line: string]> = [
	['done', {}, ' 01:14:37 Success  Found 310 objects 9s'],
	['within a second', {endedAt: now.server - (60 * minute) + 999}, ' 01:14:37 Success  Found 310 objects'],
	['still running', {type: 'Running', endedAt: undefined}, ' 01:14:37 Running  Found 310 objects'],
	['of a long type', {type: 'Informational', endedAt: undefined}, ' 01:14:37 Inform.. Found 310 objects'],
	['of a type in CJK', {type: '情報', endedAt: undefined}, ' 01:14:37 情報     Found 310 objects'],
	['without a type', {type: undefined, endedAt: undefined}, ' 01:14:37 -        Found 310 objects'],
	['without a time', {createdAt: undefined}, '          Success  Found 310 objects'],
	['unreadable', {type: unreadable, text: unreadable, createdAt: unreadable, endedAt: unreadable}, '        ? ?        ?'],
];

for (const [what, fields, line] of items) {
	test(`a log item ${what}`, () => {
		const cell = logLine(logItem(fields), 'UTC', 60);
		assert.equal(textOf(cell).replaceAll(/(?<=objects) +/gv, ' ').trimEnd(), line);
		assert.equal(cellWidth(cell), 60);
	});
}

test('a long log text is cut before the time that it took', () => {
	const line = textOf(logLine(logItem({text: 'Failed to access mailbox j.ortiz@contoso.example', type: 'Error'}), 'UTC', 50));
	assert.equal(line, ' 01:14:37 Error    Failed to access mailbox j.. 9s');
});
