import {test, type TestContext} from 'node:test';
import {apiVersions} from '../../../source/api/server-api.js';
import {versions} from '../../../source/api/wire/versions.js';
import {parsePage} from '../../../source/api/wire/wire.js';
import {unreadable} from '../../../source/model/field.js';
import type {JobType} from '../../../source/model/job.js';
import {fixture} from '../../helpers/fixture.js';

const asked = {offset: 0, limit: 30};
const job1 = '3d000000-0000-4000-8000-000000000001';
const copyJob1 = '4e000000-0000-4000-8000-000000000001';
const session = (ending: string) => `aa000000-0000-4000-8000-0000000000${ending}`;

async function sessionsIn(version: 'v6' | 'v7' | 'v8', name: string) {
	return parsePage(await fixture(`${version}/${name}`), asked, entry => versions[version].session(entry, 'vb1'));
}

test('v6: the seed page', async (t: TestContext) => {
	const page = await sessionsIn('v6', 'job-sessions.json');
	t.assert.deepStrictEqual([page.offset, page.limit, page.dropped, page.isLast], [0, 30, 0, false]);
	t.assert.deepStrictEqual(page.entries[2], {
		serverId: 'vb1',
		id: 'd5f34eeb-17cc-48f9-bab0-4fc5cee225b5',
		jobId: '1f6f7c97-0df4-4866-8c37-309fda301894',
		jobType: undefined,
		kind: undefined,
		status: 'Success',
		createdAt: Date.UTC(2022, 0, 31, 16, 8, 19, 636),
		endedAt: Date.UTC(2022, 0, 31, 16, 11, 55, 726),
		retryCount: 0,
		willBeRetried: undefined,
		mainSessionId: undefined,
		progress: 76,
		details: 'Transferred: 36.1 KB (6 items) at 2.4 KB/s (0 items/s)',
		repositoryId: undefined,
		proxyId: undefined,
		proxyPoolId: undefined,
		eTag: undefined,
		statistics: {
			processingRateBytesPerSecond: 2484,
			processingRateItemsPerSecond: 0,
			readRateBytesPerSecond: 0,
			writeRateBytesPerSecond: 17,
			transferredBytes: 36_924,
			processedItems: 6,
			bottleneck: 'Source',
		},
	});
});

test('v6: the filler end of active sessions is absent, also of a copy job\'s', async (t: TestContext) => {
	const {entries} = await sessionsIn('v6', 'active-sessions.json');
	t.assert.deepStrictEqual(
		entries.map(({status, endedAt, jobId}) => ({status, endedAt, jobId})),
		[
			{status: 'Running', endedAt: undefined, jobId: job1},
			{status: 'Queued', endedAt: undefined, jobId: copyJob1},
			{status: 'Warning', endedAt: Date.UTC(2026, 2, 2, 7, 52, 31, 665), jobId: job1},
		],
	);
});

test('v7: type, retry chain and repository are fields, the job is a link', async (t: TestContext) => {
	const {entries} = await sessionsIn('v7', 'job-sessions.json');
	t.assert.deepStrictEqual(
		entries.map(({id, ...rest}) => [id, rest.jobId, rest.jobType, rest.mainSessionId, rest.willBeRetried, rest.repositoryId, rest.kind]),
		[
			[session('12'), job1, 'Backup', session('11'), false, '1b000000-0000-4000-8000-000000000001', undefined],
			[session('11'), job1, 'Backup', undefined, true, '1b000000-0000-4000-8000-000000000001', undefined],
		],
	);
});

test('v8: job, kind, eTag, proxy and pool are fields', async (t: TestContext) => {
	const page = await sessionsIn('v8', 'job-sessions.json');
	t.assert.strictEqual(page.isLast, false);
	t.assert.deepStrictEqual(
		page.entries.map(({jobId, kind, eTag, proxyId, proxyPoolId, endedAt, details}) => [jobId, kind, eTag, proxyId, proxyPoolId, endedAt, details]),
		[
			[job1, 'Incremental', '118', '2c000000-0000-4000-8000-000000000001', undefined, undefined, undefined],
			[copyJob1, 'Incremental', '117', undefined, '5f000000-0000-4000-8000-000000000001', Date.UTC(2026, 2, 2, 7, 5, 9, 900), String.raw`Stopped by CONTOSO\admin`],
		],
	);
});

test('v8: a build without jobId still has the link', (t: TestContext) => {
	const parsed = versions.v8.session({id: 's', _links: {job: {href: '/v8/jobs/j'}}}, 'vb1');
	t.assert.strictEqual(parsed?.jobId, 'j');
});

for (const version of apiVersions) {
	const {session: parse, job: parseJob, capabilities} = versions[version];

	test(`${version}: a session of nothing but an id has all else absent`, (t: TestContext) => {
		const parsed = parse({id: 's'}, 'vb1')!;
		const {serverId, id, statistics, ...rest} = parsed;
		t.assert.deepStrictEqual({serverId, id}, {serverId: 'vb1', id: 's'});
		t.assert.ok([...Object.values(rest), ...Object.values(statistics)].every(value => value === undefined));
	});

	test(`${version}: fields of the wrong type are unreadable, those it lacks absent`, (t: TestContext) => {
		const texts = ['jobId', 'repositoryId', 'mainSessionId', 'details', 'jobType', 'jobSessionConfigType', 'status', 'eTag', 'proxyId', 'proxyPoolId'];
		const names = [...texts, 'creationTime', 'endTime', 'retryCount', 'jobWillBeRetried', 'progress'];
		const wire = {...Object.fromEntries(names.map(name => [name, {}])), statistics: 7, _links: 7};
		const {serverId, id, statistics, ...rest} = parse({...wire, id: 's'}, 'vb1')!;
		t.assert.ok(Object.values(statistics).every(value => value === unreadable));
		const read = Object.entries(rest).filter(([, value]) => value !== undefined);
		t.assert.ok(read.every(([, value]) => value === unreadable));
		t.assert.deepStrictEqual(new Set(Object.keys(rest)).difference(capabilities.lacks), new Set(read.map(([name]) => name)));
	});

	test(`${version}: unknown words are kept as sent, numbers may be texts`, (t: TestContext) => {
		const parsed = parse({id: 's', status: 'Updating', statistics: {bottleneck: 'Moon', transferredDataBytes: '5368709120'}, progress: '41'}, 'vb1')!;
		t.assert.deepStrictEqual([parsed.status, parsed.statistics.bottleneck, parsed.statistics.transferredBytes, parsed.progress], ['Updating', 'Moon', 5_368_709_120, 41]);
	});

	test(`${version}: a main session that is none`, (t: TestContext) => {
		const none = [undefined, null, '00000000-0000-0000-0000-000000000000', session('11'), session('11').toUpperCase()];
		const parsed = none.map(mainSessionId => parse({id: session('11'), mainSessionId}, 'vb1'));
		t.assert.ok(parsed.every(found => found && found.mainSessionId === undefined));
	});

	test(`${version}: without an id there is no session and no job`, (t: TestContext) => {
		const nameless = [null, 'x', 7, [], {}, {id: null}, {id: ''}, {id: 7}];
		t.assert.deepStrictEqual(nameless.flatMap(wire => [parse(wire, 'vb1'), parseJob(wire, 'Backup')]).filter(Boolean), []);
	});

	test(`${version}: jobs and copy jobs`, async (t: TestContext) => {
		const jobs = parsePage(await fixture(`${version}/jobs.json`), asked, entry => parseJob(entry, 'Backup'));
		t.assert.strictEqual(jobs.isLast, true);
		t.assert.deepStrictEqual(jobs.entries, [{
			id: job1,
			type: 'Backup',
			name: 'Mail – all users',
			organizationId: '0a000000-0000-4000-8000-000000000001',
			repositoryId: '1b000000-0000-4000-8000-000000000001',
			backupJobId: undefined,
			isEnabled: true,
			lastStatus: 'Running',
			lastRunAt: Date.UTC(2026, 2, 2, 8, 10, 0, 447),
			nextRunAt: Date.UTC(2026, 2, 2, 12, 10),
			lastBackupAt: version === 'v6' ? undefined : Date.UTC(2026, 2, 2, 6, 27, 55, 720),
			schedule: version === 'v8' ? 'daily' : 'periodic',
			everyMs: (version === 'v8' ? 72 : 4) * 3_600_000,
			windowHours: undefined,
			windowOffsetMinutes: undefined,
			retryTimes: 3,
			retryWaitMs: 600_000,
		}]);
		const copies = parsePage(await fixture(`${version}/copy-jobs.json`), asked, entry => parseJob(entry, 'Copy'));
		t.assert.deepStrictEqual(copies.entries, [{
			id: copyJob1,
			type: 'Copy',
			name: version === 'v8' ? 'Mail – archive copy' : '',
			organizationId: version === 'v8' ? '0a000000-0000-4000-8000-000000000001' : undefined,
			repositoryId: '1b000000-0000-4000-8000-000000000002',
			backupJobId: job1,
			isEnabled: false,
			lastStatus: 'Stopped',
			lastRunAt: Date.UTC(2026, 2, 2, 7, 0, 0, 10),
			nextRunAt: undefined,
			lastBackupAt: undefined,
			schedule: 'immediate',
			everyMs: undefined,
			windowHours: undefined,
			windowOffsetMinutes: undefined,
			retryTimes: undefined,
			retryWaitMs: undefined,
		}]);
	});

	test(`${version}: its capabilities name it`, (t: TestContext) => {
		t.assert.strictEqual(capabilities.version, version);
	});
}

const policies: ReadonlyArray<readonly [what: string, policy: unknown, times: unknown, waitMs: unknown]> = [
	['numbers of its own', {retryEnabled: true, retryNumber: 5, retryWaitInterval: 2}, 5, 120_000],
	['the defaults where it sends no number', {retryEnabled: true}, 3, 600_000],
	['none where retries are off', {retryEnabled: false, retryNumber: 3, retryWaitInterval: 10}, 0, undefined],
	['nothing where it says nothing', {}, undefined, undefined],
	['nothing where there is no schedule', undefined, undefined, undefined],
	['unreadable numbers', {retryEnabled: true, retryNumber: -1, retryWaitInterval: {}}, unreadable, unreadable],
	['an unreadable switch', {retryEnabled: 'maybe'}, unreadable, undefined],
	['no schedule but a text', 'daily', unreadable, undefined],
];

for (const [what, schedulePolicy, times, waitMs] of policies) {
	test(`the retries of a schedule: ${what}`, (t: TestContext) => {
		const found = versions.v8.job({id: job1, schedulePolicy}, 'Backup');
		t.assert.deepStrictEqual([found?.retryTimes, found?.retryWaitMs], [times, waitMs]);
	});
}

const hours = 3_600_000;
const schedules: ReadonlyArray<readonly [what: string, policy: unknown, schedule: unknown, everyMs: unknown]> = [
	['a period of minutes', {scheduleEnabled: true, type: 'Periodically', periodicallyEvery: 'Minutes15'}, 'periodic', hours / 4],
	['a period of hours', {type: 'Periodically', periodicallyEvery: 'Hours12'}, 'periodic', 12 * hours],
	['a period that is not known', {type: 'Periodically', periodicallyEvery: 'Moons1'}, 'periodic', undefined],
	['every day, where it says no day', {type: 'DailyAtTime', dailyTime: '02:00:00'}, 'daily', 24 * hours],
	['workdays leave a weekend', {type: 'Daily', dailyType: 'Workdays'}, 'daily', 72 * hours],
	['weekends leave the rest', {type: 'Daily', dailyType: 'Weekends'}, 'daily', 144 * hours],
	['one day of the week', {type: 'Daily', dailyType: 'Tuesday'}, 'daily', 168 * hours],
	['a schedule that is off', {scheduleEnabled: false, type: 'Daily', dailyType: 'Everyday'}, 'manual', undefined],
	['by hand', {type: 'ManualOnly'}, 'manual', undefined],
	['as a restore point appears', {type: 'Immediate'}, 'immediate', undefined],
	['a kind that is not known', {type: 'Lunar'}, undefined, undefined],
	['no schedule but a text', 'daily', unreadable, undefined],
];

for (const [what, schedulePolicy, schedule, everyMs] of schedules) {
	test(`the schedule: ${what}`, (t: TestContext) => {
		const found = versions.v8.job({id: job1, schedulePolicy}, 'Backup');
		t.assert.deepStrictEqual([found?.schedule, found?.everyMs], [schedule, everyMs]);
	});
}

const scenario = Array.from({length: 168}, (_, hour) => hour % 24 < 6);
const windows: ReadonlyArray<readonly [what: string, type: JobType, policy: unknown, hours: unknown, offset: unknown]> = [
	['of a backup job', 'Backup', {backupWindowEnabled: true, backupWindowSettings: {backupWindow: scenario, minuteOffset: -330}}, '111111000000000000000000'.repeat(7), -330],
	['of a copy job', 'Copy', {backupCopyWindowEnabled: true, backupCopyWindowSettings: {backupWindow: scenario}}, '111111000000000000000000'.repeat(7), undefined],
	['that is off', 'Backup', {backupWindowEnabled: false, backupWindowSettings: {backupWindow: scenario}}, undefined, undefined],
	['of another length', 'Backup', {backupWindowEnabled: true, backupWindowSettings: {backupWindow: scenario.slice(1), minuteOffset: 0}}, unreadable, 0],
	['of words', 'Backup', {backupWindowEnabled: true, backupWindowSettings: {backupWindow: scenario.map(String), minuteOffset: 1.5}}, unreadable, unreadable],
];

for (const [what, type, schedulePolicy, windowHours, windowOffsetMinutes] of windows) {
	test(`the backup window ${what}`, (t: TestContext) => {
		const found = versions.v8.job({id: job1, schedulePolicy}, type);
		t.assert.deepStrictEqual([found?.windowHours, found?.windowOffsetMinutes], [windowHours, windowOffsetMinutes]);
	});
}

const ends: ReadonlyArray<readonly [status: string, endTime: unknown, endedAt: unknown]> = [
	['Running', '2026-03-02T09:00:00Z', undefined],
	['Queued', '2026-03-02T09:00:00Z', undefined],
	['Running', {}, undefined],
	['Success', '2026-03-02T09:00:00Z', Date.UTC(2026, 2, 2, 9)],
	['Success', '2026-03-02T08:00:00Z', Date.UTC(2026, 2, 2, 8)],
	['Success', '2026-03-02T07:59:59Z', undefined],
	['Success', '9999-12-31T23:59:59.9999999Z', undefined],
	['Success', '9999-12-31T23:59:59.9999999', undefined],
	['Success', '0001-01-01T00:00:00', undefined],
	['Success', '0001-01-01T00:00:00Z', undefined],
	['Success', null, undefined],
	['Success', undefined, undefined],
	['Success', {}, unreadable],
	['Success', 'soon', unreadable],
	['Updating', '2026-03-02T09:00:00Z', Date.UTC(2026, 2, 2, 9)],
	['Updating', '9999-12-31T23:59:59Z', undefined],
];

for (const [status, endTime, endedAt] of ends) {
	test(`the end of a session that is ${status} with ${JSON.stringify(endTime)} is ${String(endedAt)}`, (t: TestContext) => {
		const parsed = apiVersions.map(version => versions[version].session({id: 's', status, creationTime: '2026-03-02T08:00:00Z', endTime}, 'vb1'));
		t.assert.deepStrictEqual(parsed.map(found => found?.endedAt), [endedAt, endedAt, endedAt]);
	});
}
