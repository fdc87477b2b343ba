import {test, type TestContext} from 'node:test';
import {noEvidence, readKey} from '../../source/model/evidence.js';
import {compareNeed, jobKey, triageOf, type Triage} from '../../source/triage/triage.js';
import type {Verdict} from '../../source/triage/verdicts/verdict.js';
import type {Facts} from '../../source/triage/findings.js';
import {byId, hour, job, minute, now, running, session} from '../helpers/sessions.js';
import {evidence, facts, line, nightly, problems, verdict} from '../helpers/verdicts.js';

const at = now.server;
const ordered = (anchors: Triage['anchors'], ...verdicts: readonly Verdict[]) => verdicts.toSorted((a, b) => compareNeed(a, b, anchors));

const needs = [
	'failed missed stuck disconnected notConfigured throttled late wontFit waiting behind retrying newWarning recovered',
	'running other queued warning healed success stopped',
].join(' ').split(' ') as ReadonlyArray<Verdict['kind']>;

test('the order of need', (t: TestContext) => {
	for (const shuffled of [needs.toReversed(), needs.toSorted()]) {
		const found = ordered(new Map(), ...shuffled.map(kind => verdict(kind)));
		t.assert.deepStrictEqual(found.map(({kind}) => kind), needs);
	}
});

/** A verdict on a job of that id. */
const of = (jobId: string, kind: Verdict['kind'], fields: Partial<Verdict> = {}) => verdict(kind, {jobId, ...fields});
const ended = (ago: number) => session({createdAt: at - (20 * hour), endedAt: at - ago});
const began = (ago: number, status = 'Running') => running({status, createdAt: at - ago});
const anchors = new Map([['vb1/job a', at + (2 * hour)], ['vb1/job b', at + hour]]);

const within: ReadonlyArray<readonly [what: string, verdicts: readonly Verdict[], jobs: string]> = [
	['failures: the newest first', [of('a', 'failed', {session: ended(hour)}), of('b', 'failed', {session: ended(minute)})], 'b a'],
	['successes: the newest first', [of('a', 'success', {session: ended(hour)}), of('b', 'success', {session: ended(minute)})], 'b a'],
	['missed runs: the one that was due first', [of('a', 'missed', {missedAt: at}), of('b', 'missed', {missedAt: at - hour})], 'b a'],
	['queued ones: the one that waits for longest', [of('a', 'queued', {session: began(minute, 'Queued')}), of('b', 'queued', {session: began(hour, 'Queued')})], 'b a'],
	['stuck ones: the oldest first', [of('a', 'stuck', {session: began(hour)}), of('b', 'stuck', {session: began(2 * hour)})], 'b a'],
	['running ones: by their ends, those without last', [of('c', 'running', {session: began(9 * hour)}), of('a', 'running', {session: began(hour)}), of('b', 'running', {session: began(hour)})], 'b a c'],
	['equal ones: by their keys', [of('b', 'failed'), of('a', 'failed')], 'a b'],
];

for (const [what, verdicts, jobs] of within) {
	test(`of ${what}`, (t: TestContext) => {
		t.assert.strictEqual(ordered(anchors, ...verdicts).map(({jobId}) => jobId).join(' '), jobs);
	});
}

test('a job is known by server and id, a session without one by itself', (t: TestContext) => {
	t.assert.deepStrictEqual(
		[verdict('failed'), verdict('failed', {serverId: 'vb2'}), verdict('failed', {jobId: undefined}), verdict('missed', {session: undefined})].map(one => jobKey(one)),
		['vb1/job j1', 'vb2/job j1', 'vb1/job s1', 'vb1/job j1'],
	);
});

type Given = Parameters<typeof triageOf>[0];

const triaged = (given: Partial<Facts>, before?: Triage) => triageOf({...facts(given), repositories: new Map(), proxies: new Map()} satisfies Given, before);

test('a run that did not come shares no cause with others: what the run before warned of is not why', (t: TestContext) => {
	const [first, second] = ['j1', 'j2'].map(id => job({id, schedule: 'daily', nextRunAt: at - (11 * minute)}));
	const warned = (id: string, jobId: string) => session({id, jobId, status: 'Warning', details: 'OneDrive was not found'});
	const {verdicts, shared} = triaged({jobs: byId(first!, second!), sessions: [warned('s1', 'j1'), warned('s2', 'j2')]});
	t.assert.deepStrictEqual([verdicts.map(({kind}) => kind), shared.length], [['missed', 'missed'], 0]);
});

/** Two runs of jobs that take 5 h: the second one began four minutes after the first. */
const two: Partial<Facts> = {
	jobs: byId(job(), job({id: 'j2'})),
	sessions: [running({createdAt: at - hour, progress: 0}), running({id: 's2', jobId: 'j2', createdAt: at - (56 * minute), progress: 0})],
	evidence: {
		...noEvidence,
		histories: new Map(['j1', 'j2'].map(jobId => [jobId, {sessions: nightly(5, 5 * hour, {jobId, progress: undefined}), readAt: at}])),
	},
};

const jobsOf = ({verdicts}: Triage) => verdicts.map(({jobId}) => jobId).join(' ');

test('runs stand in the order of their ends', (t: TestContext) => {
	const found = triaged(two);
	t.assert.strictEqual(jobsOf(found), 'j1 j2');
	t.assert.deepStrictEqual([...found.anchors], [['vb1/job j1', at + (4 * hour)], ['vb1/job j2', at + (4 * hour) + (4 * minute)]]);
});

const moved: ReadonlyArray<readonly [what: string, byMs: number, jobs: string]> = [
	['a little less than five minutes', (5 * minute) - 1, 'j2 j1'],
	['five minutes', 5 * minute, 'j1 j2'],
];

for (const [what, byMs, jobs] of moved) {
	test(`an estimate that differs by ${what} from the one it stands by ${jobs === 'j1 j2' ? 'moves its row' : 'moves nothing'}`, (t: TestContext) => {
		const before = triaged(two);
		const stoodAt = before.anchors.get('vb1/job j1')! + byMs;
		const found = triaged(two, {...before, anchors: new Map([...before.anchors, ['vb1/job j1', stoodAt]])});
		t.assert.strictEqual(jobsOf(found), jobs);
		t.assert.strictEqual(found.anchors.get('vb1/job j1'), jobs === 'j1 j2' ? stoodAt - byMs : stoodAt);
	});
}

test('a run that ended has no place among those that run', (t: TestContext) => {
	const before = triaged(two);
	const found = triaged({...two, sessions: [session(), two.sessions![1]!]}, before);
	t.assert.deepStrictEqual([...found.anchors.keys()], ['vb1/job j2']);
});

const denied = problems(line(hour, 'Access is denied', 'Error'));

test('what is wanted is the same array while nothing of it changed', (t: TestContext) => {
	const failed: Partial<Facts> = {sessions: [session({status: 'Failed'})]};
	const first = triaged(failed);
	t.assert.deepStrictEqual(first.pendingReads.map(want => readKey(want)), ['problems s1', 'history j1']);
	t.assert.strictEqual(triaged({...failed, now: at + minute}, first).pendingReads, first.pendingReads);
	t.assert.notStrictEqual(triaged(failed).pendingReads, first.pendingReads, 'a new one is made without the one before');
	const second = triaged({...failed, evidence: evidence(undefined, {s1: denied})}, first);
	t.assert.deepStrictEqual(second.pendingReads.map(want => readKey(want)), ['history j1']);
});

test('a verdict says how much is still to be read for it', (t: TestContext) => {
	const failed: Partial<Facts> = {sessions: [session({status: 'Failed'})]};
	const read = evidence(nightly(3, hour), {s1: denied});
	t.assert.deepStrictEqual([triaged(failed), triaged({...failed, evidence: read})].map(({verdicts}) => verdicts[0]?.pending), [2, 0]);
});
