import {test, type TestContext} from 'node:test';
import type {Triage} from '../../../../source/triage/triage.js';
import type {Verdict} from '../../../../source/triage/verdicts/verdict.js';
import {parseFilter} from '../../../../source/app/shared/filters/filter-language.js';
import {jobRows, verdictIn} from '../../../../source/app/shared/rows/job-rows.js';
import {hour, job, minute, now, row, running, session, snapshot} from '../../../helpers/sessions.js';
import {verdict} from '../../../helpers/verdicts.js';

const nobody = () => false;

function triage(serverId: string, verdicts: readonly Verdict[], anchors: Triage['anchors'] = new Map()): Triage {
	return {serverId, verdicts, shared: [], pendingReads: [], anchors};
}

const of = (jobId: string, kind: Verdict['kind'], fields: Partial<Verdict> = {}) => verdict(kind, {jobId, job: job({id: jobId, name: `Job ${jobId}`}), session: session({id: `s-${jobId}`, jobId}), ...fields});

test('there is a row for each verdict, in the order of need, with its place', (t: TestContext) => {
	const verdicts = [of('j2', 'failed'), of('j1', 'success')];
	const rows = jobRows([triage('vb1', verdicts)], [snapshot()], nobody);
	t.assert.deepStrictEqual(rows.map(({key, jobName, rank, session: its}) => [key, jobName, rank, its?.id]), [
		['vb1/job j2', 'Job j2', 0, 's-j2'],
		['vb1/job j1', 'Job j1', 1, 's-j1'],
	]);
	t.assert.deepStrictEqual(rows.map(one => one.verdict), verdicts);
});

test('a run that did not come has no session, though the job has one', (t: TestContext) => {
	const [missed, behind] = jobRows([triage('vb1', [of('j1', 'missed'), of('j2', 'behind')])], [snapshot()], nobody);
	t.assert.deepStrictEqual([missed?.session, missed?.jobName, behind?.session?.id], [undefined, 'Job j1', 's-j2']);
});

test('a search finds a job by its verdict, where that is a problem', (t: TestContext) => {
	const rows = jobRows([triage('vb1', [of('j1', 'stuck'), of('j2', 'late'), of('j3', 'wontFit'), of('j4', 'success')])], [snapshot()], nobody);
	const found = (text: string) => rows.filter(one => parseFilter(text).test(one, now)).map(({jobName}) => jobName).join(', ');
	t.assert.deepStrictEqual(['stuck', 'LATE', '"past window"', '/^stu/'].map(text => found(text)), ['Job j1', 'Job j2', 'Job j3', 'Job j1']);
	t.assert.strictEqual(found('-late -stuck'), 'Job j3, Job j4');
});

test('a problem is marked, and whether somebody has seen it', (t: TestContext) => {
	const verdicts = [of('j1', 'failed'), of('j2', 'late'), of('j3', 'success')];
	const rows = jobRows([triage('vb1', verdicts)], [snapshot()], ({jobId}) => jobId !== 'j1');
	t.assert.deepStrictEqual(rows.map(({isProblem, isAcknowledged}) => [isProblem, isAcknowledged]), [[true, false], [true, true], [false, false]]);
});

test('the jobs of several servers stand in one order of need, each named by its own server', (t: TestContext) => {
	const names = [snapshot({serverName: 'vb-here'}), snapshot({serverId: 'vb2', serverName: 'vb-there'})];
	const there = {serverId: 'vb2'};
	const runs = {session: running({createdAt: now.server - hour})};
	const rows = jobRows([
		triage('vb1', [of('j1', 'late'), of('j2', 'running', runs)], new Map([['vb1/job j2', now.server + hour]])),
		triage('vb2', [of('j1', 'failed', there), of('j2', 'running', {...there, ...runs})], new Map([['vb2/job j2', now.server + minute]])),
	], names, nobody);
	t.assert.deepStrictEqual(rows.map(({key, serverName, rank}) => `${rank} ${key} ${serverName}`), [
		'0 vb2/job j1 vb-there', '1 vb1/job j1 vb-here', '2 vb2/job j2 vb-there', '3 vb1/job j2 vb-here',
	]);
	t.assert.ok(rows[0]!.haystack.includes('vb-there'));
});

test('what is known of a session\'s job is found by the job', (t: TestContext) => {
	const lone = session({id: 'lone', jobId: undefined});
	const verdicts = [of('j1', 'failed'), verdict('stopped', {jobId: undefined, job: undefined, session: lone})];
	const jobs = jobRows([triage('vb1', verdicts)], [snapshot()], nobody);
	const found = [row({id: 'older', jobId: 'j1'}, {job: job()}), row({id: 'older', jobId: 'j1'}), row({id: 'lone', jobId: undefined}), row({jobId: 'j9'}), row({serverId: 'vb2'})];
	t.assert.deepStrictEqual(found.map(one => verdictIn(jobs, one)?.kind), ['failed', 'failed', 'stopped', undefined, undefined]);
});
