import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import type {Snapshot} from '../../../../source/model/snapshot.js';
import {changedSince, elapsedMs, keyIn, mergedRows, rowOfJob, rowOpens, rowsOf, searchText, type Row} from '../../../../source/app/shared/rows/rows.js';
import {byId, hour, job, minute, now, running, session, snapshot, type SessionOptions} from '../../../helpers/sessions.js';

const rowOf = (fields: SessionOptions = {}, rest: Partial<Snapshot> = {}): Row => rowsOf(snapshot({sessions: [session(fields)], ...rest}))[0]!;

test('a row has the names of what its session is of', () => {
	const {key, serverName, jobName, jobType, organization, repository, proxy} = rowOf();
	assert.deepEqual({key, serverName, jobName, jobType, organization, repository, proxy}, {
		key: 'vb1/s1', serverName: 'vb365-prod', jobName: 'Contoso Mail', jobType: 'Backup', organization: 'contoso.onmicrosoft.com', repository: 'repo-01', proxy: 'vbp-01',
	});
});

const source = job({id: 'j0', name: 'Fabrikam Exchange', organizationId: 'o1'});
const copyOf = (name: string | undefined, backupJobId = 'j0') => byId(source, job({id: 'j1', type: 'Copy', name, organizationId: undefined, backupJobId}));
const jobId = '3d000000-1111-2222-3333-444444444444';

const jobNames: ReadonlyArray<readonly [what: string, jobName: string, fields: SessionOptions, jobs: Snapshot['jobs']]> = [
	['of a job', 'Contoso Mail', {}, byId(job())],
	['of a job that is gone', '3d000000 (job gone)', {jobId}, byId(job())],
	['of a job without a name', '3d000000', {jobId}, byId(job({id: jobId, name: undefined}))],
	['of a job with an unreadable name', '3d000000', {jobId}, byId(job({id: jobId, name: unreadable}))],
	['of a copy job with a name', 'Copy to obj-archive', {}, copyOf('Copy to obj-archive')],
	['of a copy job with an empty name', 'Fabrikam Exchange (copy)', {}, copyOf('')],
	['of a copy job without a name', 'Fabrikam Exchange (copy)', {}, copyOf(undefined)],
	['of a copy job whose source is gone', '3d000000', {jobId}, byId(job({id: jobId, type: 'Copy', name: '', backupJobId: 'j9'}))],
	['without a job id', 'session 8b92cfa3', {id: '8b92cfa3-6b94', jobId: undefined}, byId(job())],
	['with an unreadable job id', '?', {jobId: unreadable}, byId(job())],
];

for (const [what, jobName, fields, jobs] of jobNames) {
	test(`a session ${what} is ${jobName}`, () => {
		assert.equal(rowOf(fields, {jobs}).jobName, jobName);
	});
}

test('a copy job is of its source\'s organization', () => {
	assert.equal(rowOf({}, {jobs: copyOf('Copy')}).organization, 'contoso.onmicrosoft.com');
});

test('a session that does not say its type has that of the collection its job is in', () => {
	assert.equal(rowOf({jobType: undefined}, {jobs: copyOf('Copy')}).jobType, 'Copy');
	assert.equal(rowOf({jobType: undefined}).jobType, 'Backup');
	assert.equal(rowOf({jobType: undefined, jobId}).jobType, undefined);
	assert.equal(rowOf({jobType: unreadable}).jobType, unreadable);
	assert.equal(rowOf({jobType: 'Restore'}).jobType, 'Restore');
});

test('a thing without a name is shown by the start of its id', () => {
	const empty = byId({id: 'a1b2c3d4-e5f6', name: ''});
	assert.equal(rowOf({proxyId: 'a1b2c3d4-e5f6'}).proxy, 'a1b2c3d4');
	assert.equal(rowOf({proxyId: 'a1b2c3d4-e5f6'}, {proxies: empty}).proxy, 'a1b2c3d4');
	assert.equal(rowOf({proxyId: unreadable}).proxy, unreadable);
	assert.equal(rowOf({proxyId: undefined}).proxy, undefined);
});

test('a session of a pool of proxies has the pool\'s name', () => {
	assert.equal(rowOf({proxyId: undefined, proxyPoolId: 'pp1'}, {proxies: byId({id: 'pp1', name: 'pool-linux'})}).proxy, 'pool-linux');
});

test('a session without a repository has that of its job', () => {
	assert.equal(rowOf({repositoryId: undefined}).repository, 'repo-01');
});

test('a search looks through the status, all names and the details, in lower case', () => {
	const {haystack} = rowOf({details: 'Access is DENIED'});
	assert.deepEqual(['success', 'contoso mail', 'contoso.onmicrosoft.com', 'repo-01', 'vbp-01', 'access is denied'].filter(words => !haystack.includes(words)), []);
	assert.doesNotMatch(rowOf({details: unreadable, proxyId: undefined, status: unreadable}).haystack, /undefined|symbol/iv);
	assert.doesNotMatch(rowOf({status: undefined}).haystack, /undefined|success/v);
});

test('a search compares letters, not how they are written', () => {
	const {haystack} = rowOf({details: 'Zoe\u{308} ΚΑΦΈΣ'});
	assert.ok(haystack.includes(searchText('ZO\u{CB} καφές')));
	assert.ok(haystack.includes(searchText('καφέσ')));
});

test('a search finds a status by the word on screen', () => {
	const firstLine = (status: SessionOptions['status']) => rowOf({status}).haystack.split('\n', 1)[0];
	assert.deepEqual(['NotConfigured', 'Running', 'Hibernating', undefined, unreadable].map(status => firstLine(status as SessionOptions['status'])), ['not configured', 'running', 'hibernating', '', '']);
});

test('rows stand in the order of the snapshot', () => {
	const sessions = ['s2', 's3', 's1'].map(id => session({id}));
	const rows = rowsOf(snapshot({sessions}));
	assert.deepEqual(rows.map(({key}) => key), ['vb1/s2', 'vb1/s3', 'vb1/s1']);
});

test('rows are the same objects while nothing changes', () => {
	const before = snapshot();
	assert.equal(rowsOf({...before}), rowsOf(before));
});

test('a session\'s row is the same object while others change', () => {
	const kept = session({id: 's1'});
	const before = snapshot({sessions: [kept, running({id: 's2'})]});
	const after = {...before, sessions: [running({id: 's3'}), kept, running({id: 's2', progress: 311})]};
	const [first] = rowsOf(before);
	const [, second, third] = rowsOf(after);
	assert.equal(second, first);
	assert.equal(third!.session!.progress, 311);
});

test('a job with another name gives its sessions another row', () => {
	const before = snapshot();
	assert.equal(rowsOf(before)[0]!.jobName, 'Contoso Mail');
	const jobs = byId(job({name: 'Contoso Mail 2'}));
	assert.equal(rowsOf({...before, jobs})[0]!.jobName, 'Contoso Mail 2');
});

const sessionOn = (serverId: string, id: string, minutesAgo: number) => session({serverId, id, createdAt: now.server - (minutesAgo * minute)});
const here = snapshot({serverId: 'a', serverName: 'vb-here', sessions: [sessionOn('a', 's1', 10), sessionOn('a', 's2', 30)]});
const there = snapshot({
	serverId: 'b', serverName: 'VB-There', jobs: byId(job({name: 'Restored Mail'})), sessions: [sessionOn('b', 's9', 5), sessionOn('b', 's1', 10), sessionOn('b', 's2', 40)],
});

test('the rows of several servers are one list, newest first', () => {
	assert.deepEqual(mergedRows([here, there]).map(({key}) => key), ['b/s9', 'a/s1', 'b/s1', 'a/s2', 'b/s2']);
	assert.deepEqual(mergedRows([there, here]).map(({key}) => key), mergedRows([here, there]).map(({key}) => key));
	assert.deepEqual(mergedRows([here, snapshot({serverId: 'c', sessions: []})]).map(({key}) => key), ['a/s1', 'a/s2']);
});

test('a row has its names from its own server, whatever ids another one uses', () => {
	const names = mergedRows([here, there]).map(({serverId, serverName, jobName}) => `${serverId} ${serverName} ${jobName}`);
	assert.deepEqual(new Set(names), new Set(['a vb-here Contoso Mail', 'b VB-There Restored Mail']));
});

test('asked again, the merged rows are the same ones until a snapshot changes', () => {
	const rows = mergedRows([here, there]);
	assert.equal(mergedRows([here, there]), rows);
	assert.equal(mergedRows([{...here}, {...there, isLoading: true}]), rows);
	const changed = mergedRows([here, {...there, sessions: there.sessions.slice(1)}]);
	assert.deepEqual(changed.map(({key}) => key), ['a/s1', 'b/s1', 'a/s2', 'b/s2']);
	// The rows of the server that did not change are not made anew.
	assert.equal(changed[0], rows[1]);
	const renamed = mergedRows([here, {...there, jobs: byId(job({name: 'Other Mail'}))}]);
	assert.deepEqual(new Set(renamed.map(({jobName}) => jobName)), new Set(['Contoso Mail', 'Other Mail']));
});

test('a search finds the server\'s name where several are watched, and only there', () => {
	const found = (rows: readonly Row[]) => rows.filter(({haystack}) => haystack.includes('vb-there')).length;
	assert.deepEqual([found(mergedRows([there])), found(mergedRows([here, there]))], [0, 3]);
	assert.equal(mergedRows([there]), rowsOf(there));
	assert.deepEqual(mergedRows([]), []);
});

const spans: ReadonlyArray<readonly [what: string, fields: SessionOptions, ms: number | undefined]> = [
	['a finished session', {}, 30 * minute],
	['a running session', running(), hour],
	['a running session with a filler end', running({endedAt: 0}), hour],
	['a session that ended before it began', {endedAt: now.server - (2 * hour)}, 0],
	['a session without an end', {endedAt: undefined}, undefined],
	['a session with an unreadable start', {createdAt: unreadable}, undefined],
	['a session of a status that is not known, without an end', {status: 'Hibernating', endedAt: undefined}, hour],
	['a session of a status that is not known, with an end', {status: 'Hibernating'}, 30 * minute],
	['a session without a status or an end', {status: undefined, endedAt: undefined}, hour],
];

for (const [what, fields, ms] of spans) {
	test(`${what} has run for ${ms} ms`, () => {
		assert.equal(elapsedMs(session(fields), now), ms);
	});
}

test('a session has run for as long as its own server\'s clock says', () => {
	const clocks = new Map([['ahead', 5 * minute], ['behind', -2 * hour]]);
	const ranOn = (serverId: string, fields: SessionOptions) => elapsedMs(session({...fields, serverId}), {...now, clocks});
	assert.deepEqual(['vb1', 'ahead', 'behind'].map(id => ranOn(id, running())), [hour, hour + (5 * minute), 0]);
	assert.deepEqual(['vb1', 'ahead', 'behind'].map(id => ranOn(id, {})), [30 * minute, 30 * minute, 30 * minute]);
});

test('what changed between two snapshots is counted by session', () => {
	const [a, b, c, d] = [session({id: 'a'}), session({id: 'b'}), session({id: 'c'}), session({id: 'd'})] as const;
	const before = snapshot({sessions: [a, b, c]});
	assert.equal(changedSince(before, {...before}), 0);
	assert.equal(changedSince(before, {...before, sessions: [a, b, c]}), 0);
	assert.equal(changedSince(before, {...before, sessions: [d, {...a, progress: 1}, b]}), 3);
});

test('a row of a job without a session has the job\'s names, and says nothing of a status', () => {
	const {jobName, jobType, organization, repository, proxy, session: its, haystack} = rowOfJob(job({type: 'Copy'}), undefined, snapshot(), false);
	assert.deepEqual([jobName, jobType, organization, repository, proxy, its], ['Contoso Mail', 'Copy', 'contoso.onmicrosoft.com', 'repo-01', undefined, undefined]);
	assert.doesNotMatch(haystack, /undefined|success/v);
	assert.equal(rowOfJob(job({name: ''}), undefined, snapshot(), false).jobName, 'j1');
});

test('a row of a session whose job is gone is told by the job\'s id', () => {
	assert.equal(rowOfJob(undefined, session({jobId}), snapshot(), false).jobName, '3d000000 (job gone)');
	assert.equal(rowOfJob(undefined, session({jobId}), snapshot(), true).haystack.includes('vb365-prod'), true);
});

const [ran] = rowsOf(snapshot());
const ofJob: Row = {...ran!, key: 'vb1/job j1'};
const missed: Row = {...ofJob, session: undefined};
const lone: Row = {...ran!, job: undefined, session: session({id: 's9', jobId: undefined}), key: 'vb1/s9'};

test('Enter opens the session of a row, or the job that has none', () => {
	assert.deepEqual([ran!, ofJob, missed].map(row => rowOpens(row)), ['vb1/s1', 'vb1/s1', 'vb1/job j1']);
});

test('a row is found in another list by its session, in Now by its job', () => {
	assert.deepEqual([ran!, ofJob, missed, lone].map(row => keyIn('now', row)), ['vb1/job j1', 'vb1/job j1', 'vb1/job j1', 'vb1/job s9']);
	assert.deepEqual([ran!, ofJob, missed, lone].map(row => keyIn('sessions', row)), ['vb1/s1', 'vb1/s1', 'vb1/job j1', 'vb1/s9']);
	assert.deepEqual([ran!, missed].map(row => keyIn('window', row)), ['vb1/job j1', 'vb1/job j1']);
	assert.equal(keyIn('now', {...ran!, job: undefined}), 'vb1/job j1', 'the job is gone');
});
