import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable, type Field} from '../../../source/model/field.js';
import type {Statistics} from '../../../source/model/session.js';
import {detailsLines, factLine, idleJobFacts, logLine, sessionFacts, sessionIds, sessionInfrastructure, type DetailOptions, type Fact} from '../../../source/app/shared/session-facts.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {rowsOf} from '../../../source/app/shared/rows/rows.js';
import {sessionStatistics} from '../../../source/app/detail/summary/statistics.js';
import {byId, day, hour, job, later, logItem, minute, now, row, running, second, seedNow, seedSnapshot, session, textOf, v6Lacks, type SessionOptions} from '../../helpers/sessions.js';
import {motion, usual, verdict} from '../../helpers/verdict.js';

const optionsOf = (fields: SessionOptions = {}, rest: Partial<DetailOptions> = {}): DetailOptions => {
	const its = row(fields);
	return {row: its, session: its.session!, version: 'v8', lacks: new Set(), now, zone: 'UTC', isGone: false, ...rest};
};

const toldIds = (...given: Parameters<typeof optionsOf>) => told(sessionIds(optionsOf(...given)));
const told = (facts: readonly Fact[]) => Object.fromEntries(facts.map(({label, value}) => [label, textOf(value)]));
const runOf = (...given: Parameters<typeof optionsOf>) => told(sessionFacts(optionsOf(...given)));
const placesOf = (...given: Parameters<typeof optionsOf>) => told(sessionInfrastructure(optionsOf(...given)));
const factsOf = (...given: Parameters<typeof optionsOf>) => ({...runOf(...given), ...placesOf(...given)});

test('the facts of a finished session', () => {
	assert.deepEqual(runOf(), {
		Status: 'Success',
		Started: 'Mon 23 Nov 01:14:37',
		Ended: 'Mon 23 Nov 01:44:37',
		Duration: '30m00s',
		Usual: 'history not read yet',
		Window: '-',
		Retry: '0 (first run)',
	});
	assert.deepEqual(placesOf(), {
		Job: 'Contoso Mail',
		'Job type': 'Backup',
		Kind: 'Incremental',
		Organization: 'contoso.onmicrosoft.com',
		Repository: 'repo-01',
		Proxy: 'vbp-01',
		Schedule: '-',
		'Next run': '-',
		'Retried next': 'no',
	});
});

test('where several servers are watched, a session says which one it is of', () => {
	const places = placesOf({}, {watching: {servers: 2}});
	assert.deepEqual(Object.entries(places).slice(0, 2), [['Server', 'vb365-prod'], ['Job', 'Contoso Mail']]);
});

const usuals: ReadonlyArray<readonly [what: string, fields: Parameters<typeof verdict>[0], kind: string, words: string]> = [
	['a baseline', {baseline: usual()}, 'Incremental', '2h00 (p90 3h00, 14 runs)'],
	['big runs left out', {baseline: usual({kind: undefined, leftOut: 2})}, 'Incremental', '2h00 (p90 3h00, 14 runs, 2 big ones left out)'],
	['too few runs', {}, 'Incremental', 'no baseline: fewer than 5 runs'],
	['a Full run among Incremental ones', {incremental: usual()}, 'Full', 'no baseline for Full; Incremental 2h00'],
	['a baseline of another kind', {baseline: usual()}, 'Full', 'no baseline: fewer than 5 runs'],
	['no history', {isHistoryRead: false}, 'Incremental', 'history not read yet'],
];

for (const [what, fields, kind, words] of usuals) {
	test(`usual with ${what}: ${words}`, () => {
		assert.equal(runOf({kind}, {verdict: verdict(fields)})['Usual'], words);
	});
}

const at = now.server;
const endsAt = at + (17 * minute);
const estimates: ReadonlyArray<readonly [what: string, fields: Parameters<typeof verdict>[0], status: string, words: string]> = [
	['one moment', {kind: 'running', estimate: {endsAt, band: undefined, basis: 'usual'}}, 'Running', '~02:32, by its usual runs'],
	['a band', {kind: 'running', estimate: {endsAt, band: {from: at + (9 * minute), until: at + (40 * minute)}, basis: 'found'}}, 'Running', '~02:32 (~02:24 to ~02:55), by the objects found'],
	['a stuck run', {kind: 'stuck'}, 'Running', 'none while stuck'],
	['a throttled one', {kind: 'throttled'}, 'Running', 'none while throttled'],
	['a queued one', {kind: 'queued'}, 'Queued', 'none while queued'],
	['no baseline', {kind: 'running'}, 'Running', 'none without baseline'],
	['a silent one', {kind: 'running', baseline: usual(), motion: motion(38 * minute)}, 'Running', 'none while nothing moves'],
	['a retry, which no usual run is like', {kind: 'running', baseline: usual(), motion: motion(0)}, 'Running', 'none yet'],
	['no history', {kind: 'running', isHistoryRead: false}, 'Running', 'none: history not read yet'],
	['a verdict on another session', {kind: 'running', session: session({id: 's9'}), estimate: {endsAt, band: undefined, basis: 'usual'}}, 'Running', 'none: history not read yet'],
];

for (const [what, fields, status, words] of estimates) {
	test(`estimate of ${what}: ${words}`, () => {
		const its = running({status});
		assert.equal(runOf(running({status}), {verdict: verdict({session: its, ...fields})})['Estimate'], words);
	});
}

// Sundays and Mondays from midnight to 6.
const hours = Array.from({length: 168}, (_, index) => index < 48 && index % 24 < 6 ? '1' : '0').join('');
const windows: ReadonlyArray<readonly [what: string, fields: Parameters<typeof job>[0], past: number | undefined, words: string]> = [
	['open', {windowHours: hours, windowOffsetMinutes: 0}, undefined, 'open until 06:00, 3h45 left'],
	['open, and too short', {windowHours: hours, windowOffsetMinutes: 0}, 40 * minute, 'until 06:00, ends ~40m past it'],
	['closed', {windowHours: hours, windowOffsetMinutes: 600}, undefined, 'closed, opens Sat 14:00'],
	['always open', {windowHours: '1'.repeat(168), windowOffsetMinutes: 0}, undefined, 'always open'],
	['never open', {windowHours: '0'.repeat(168), windowOffsetMinutes: 0}, undefined, 'never open'],
	['none', {}, undefined, 'none'],
];

for (const [what, fields, pastWindowMs, words] of windows) {
	test(`a window that is ${what}: ${words}`, () => {
		const its = row(running(), {job: job(fields)});
		const window = {isOpen: true, closesAt: Date.UTC(2026, 10, 23, 6), opensAt: undefined};
		assert.equal(runOf(running(), {row: its, verdict: verdict({session: its.session, window, pastWindowMs})})['Window'], words);
	});
}

test('a value that does not fit is told in its short words', () => {
	const options = optionsOf({}, {verdict: verdict({baseline: usual()})});
	const fact = sessionFacts(options).find(({label}) => label === 'Usual');
	assert.deepEqual([40, 35].map(width => textOf(factLine(fact!, 13, width)).trimEnd()), [' Usual         2h00 (p90 3h00, 14 runs)', ' Usual         2h00 (p90 3h00)']);
});

test('a job without a run in range: what was due, what ran last, what comes next', () => {
	const copied = job({id: 'j0', name: 'Contoso Mail', lastBackupAt: at - hour});
	const its = job({
		id: 'j2', name: 'Mail copy', type: 'Copy', backupJobId: 'j0', schedule: 'daily', everyMs: day, nextRunAt: at - (44 * minute),
		lastRunAt: at - (2 * day), lastStatus: 'Success', lastBackupAt: at - (2 * day) + hour,
	});
	const {session: _, ...without} = row({}, {job: its, jobName: 'Mail copy', jobType: 'Copy'});
	const options = {...optionsOf(), row: {...without, session: undefined}, jobs: byId(copied), verdict: verdict({kind: 'missed', session: undefined, missedAt: at - (44 * minute)})};
	assert.deepEqual(told(idleJobFacts(options)), {
		Due: 'Mon 23 Nov 01:30:37',
		'Last began': 'Sat 21 Nov 02:14:37 Success',
		'Last good end': 'Sat 21 Nov 03:14:37',
		Usual: 'no baseline: fewer than 5 runs',
		Window: 'none',
	});
	const {Copies, 'Source good': source, 'Copy good': copy, Schedule, 'Next run': next, Kind} = told(sessionInfrastructure(options));
	assert.deepEqual([Copies, source, copy, Schedule, next, Kind], ['Contoso Mail', 'Mon 23 Nov 01:14:37', 'Sat 21 Nov 03:14:37', 'daily', 'Mon 23 Nov 01:30:37, 44m ago', undefined]);
	assert.deepEqual(told(sessionIds(options)), {'Job id': 'j2'});
});

const schedules: ReadonlyArray<readonly [fields: Parameters<typeof job>[0], words: string]> = [
	[{schedule: 'manual'}, 'none: started by hand'],
	[{schedule: 'immediate'}, 'at each new restore point of its source'],
	[{schedule: 'periodic', everyMs: hour}, 'every 1h00'],
	[{schedule: 'daily', everyMs: 3 * day}, 'on some days, at most 3d0h apart'],
];

for (const [fields, words] of schedules) {
	test(`a schedule: ${words}`, () => {
		const its = row({}, {job: job(fields)});
		assert.equal(placesOf({}, {row: its})['Schedule'], words);
	});
}

test('a disabled job has no next run', () => {
	const disabled = row({}, {job: job({isEnabled: false, nextRunAt: at})});
	assert.equal(placesOf({}, {row: disabled})['Next run'], 'none: the job is disabled');
});

test('the facts of an active session go on by the clock of its server', () => {
	const clocks = new Map([['vb2', 5 * minute]]);
	assert.deepEqual(['vb1', 'vb2'].map(serverId => factsOf(running({serverId}), {now: {...now, clocks}})['Elapsed']), ['1h00m00s', '1h05m00s']);
});

test('the facts of an active session go on', () => {
	const fields = running({endedAt: now.server - minute, retryCount: 2, willBeRetried: true});
	const {Status, Ended, Elapsed, Retry, 'Retried next': next} = factsOf(fields, {now: later(9 * second)});
	assert.deepEqual([Status, Ended, Elapsed, Retry, next], ['Running', 'still active', '1h00m09s', '2', 'yes, announced']);
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
	const {Job, Usual, ...facts} = factsOf({}, {row: its, session: its.session!});
	assert.deepEqual([Job, Usual], ['Contoso Mail', 'history not read yet']);
	assert.deepEqual(new Set(Object.values(facts)), new Set(['-']));
});

test('what cannot be read is ?', () => {
	const garbled = {
		status: unreadable, jobType: unreadable, kind: unreadable, createdAt: unreadable,
		endedAt: unreadable, retryCount: unreadable, willBeRetried: unreadable,
	} as const;
	const its = row(garbled, {organization: unreadable, repository: unreadable, proxy: unreadable});
	const {Job, Usual, Window, Schedule, 'Next run': next, ...facts} = factsOf({}, {row: its, session: its.session!});
	assert.deepEqual([Job, Usual, Window, Schedule, next], ['Contoso Mail', 'history not read yet', '-', '-', '-']);
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

test('only a retry says of which run it is one', () => {
	assert.equal('Retry of' in toldIds(), false);
	assert.equal(toldIds({mainSessionId: unreadable})['Retry of'], '?');
});

test('the eight statistics have their units', () => {
	const statistics = {
		processingRateBytesPerSecond: 5_138_022, processingRateItemsPerSecond: 1063, readRateBytesPerSecond: 5_452_595, writeRateBytesPerSecond: 41,
		transferredBytes: 76_663_999_078, processedItems: 912_442, bottleneck: 'NA',
	};
	const facts = told(sessionStatistics(session({progress: 2981, statistics})));
	assert.deepEqual(facts, {
		'Processing rate': '4.9 MB/s',
		'Item rate': '1,063 /s',
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
