import {test, type TestContext} from 'node:test';
import {readKey, type LogEvidence} from '../../source/model/evidence.js';
import {verdictsOf} from '../../source/triage/verdicts/verdicts.js';
import type {Facts} from '../../source/triage/findings.js';
import {pendingReadsOf} from '../../source/triage/pending-reads.js';
import {byId, hour, job, minute, now, running, second, session} from '../helpers/sessions.js';
import {evidence, facts, line, longestQuiet, newest, nightly, problems, seen} from '../helpers/verdicts.js';

const at = now.server;

function wanted(given: Partial<Facts>) {
	const all = facts(given);
	return pendingReadsOf(verdictsOf(all), all.evidence, {...all.scope, now: at});
}

/** What is wanted, an urgent one with a mark. */
const keysOf = (given: Partial<Facts>) => wanted(given).reads.map(want => `${want.urgency === 'problem' ? '!' : ''}${readKey(want)}`);

const ended = (status: string) => [session({status})];
const active = (age: number, fields = {}) => [running({createdAt: at - age, progress: 100, ...fields})];
const observed = (ago: number): Pick<Facts, 'observations'> => ({observations: new Map([['vb1/s1', [seen(ago)]]])});

const denied = problems(line(hour, 'Access is denied', 'Warning'));
const full = problems(line(hour, 'The repository is out of disk space', 'Warning'));
const warned = nightly(4, hour, {status: 'Warning'});
const slow = nightly(5, 5 * hour);
const spells = (amount: number) => Object.fromEntries(slow.slice(0, amount).map(({id}) => [id, longestQuiet(minute)]));
const readMidRun: LogEvidence = {longestQuiet: {ms: minute, readAt: slow[1]!.createdAt as number}};
const opening: LogEvidence = {opening: {items: [], readAt: at}};
const quietFor = (minutes: number): LogEvidence => ({...newest(line(minutes * minute)), ...opening});

const cases: ReadonlyArray<readonly [what: string, given: Partial<Facts>, wants: readonly string[]]> = [
	['of a job that missed its run', {jobs: byId(job({schedule: 'daily', nextRunAt: at - hour}))}, []],
	['of a success', {sessions: ended('Success')}, []],
	['of a run that was stopped', {sessions: ended('Stopped')}, []],
	['of a run in the queue', {sessions: active(hour, {status: 'Queued'})}, []],

	['of a failure', {sessions: ended('Failed')}, ['!problems s1', '!history j1']],
	['of a status that is not known', {sessions: ended('Updating')}, ['!problems s1', '!history j1']],
	['of a failure without a job', {sessions: [session({status: 'Failed', jobId: undefined})]}, ['!problems s1']],
	['of a failure after successes, once all is read', {sessions: ended('Failed'), evidence: evidence(nightly(3, hour), {s1: full})}, []],

	['of a warning', {sessions: ended('Warning')}, ['!problems s1', '!history j1']],
	['of a warning whose log is read', {sessions: ended('Warning'), evidence: evidence(undefined, {s1: denied})}, ['!history j1']],
	['of a warning with three logs to compare with: one at a time', {sessions: ended('Warning'), evidence: evidence(warned, {s1: denied})}, ['!problems n1']],
	['of a warning that the last run did not have', {sessions: ended('Warning'), evidence: evidence(warned, {s1: denied, n1: full})}, ['!problems n2']],
	['of a warning that the last run had', {sessions: ended('Warning'), evidence: evidence(warned, {s1: denied, n1: denied})}, []],
	['of a warning that is new', {sessions: ended('Warning'), evidence: evidence(warned, {s1: denied, n1: full, n2: full, n3: full})}, []],
	['of a warning with successes before it, which warn of nothing', {sessions: ended('Warning'), evidence: evidence([...nightly(2, hour), ...warned.slice(2)], {s1: denied})}, ['!problems n3']],

	['of a young run', {sessions: active(10 * minute), ...observed(minute)}, ['history j1']],
	['of an older run that moves', {sessions: active(hour), ...observed(second)}, ['history j1']],
	['of an older run that is quiet', {sessions: active(hour), ...observed(minute)}, ['!newest s1', 'history j1']],
	['of a run with a baseline', {sessions: active(hour), ...observed(second), evidence: evidence(slow)}, ['opening s1']],
	['of a run without a baseline', {sessions: active(hour), ...observed(second), evidence: evidence(nightly(4, hour))}, []],
	['of a late run', {sessions: active(6 * hour), ...observed(second), evidence: evidence(nightly(5, hour), {s1: opening})}, ['!newest s1']],
	['of a run quiet for 24 min with its log read', {sessions: active(hour), ...observed(24 * minute), evidence: evidence(slow, {s1: quietFor(24)})}, []],
	[
		'of a run quiet for 25 min with its log read',
		{sessions: active(hour), ...observed(25 * minute), evidence: evidence(slow, {s1: quietFor(25)})},
		['!longestQuiet n1', '!longestQuiet n2', '!longestQuiet n3'],
	],
	['of the same with two of the last logs read', {sessions: active(hour), ...observed(25 * minute), evidence: evidence(slow, {s1: quietFor(25), ...spells(2)})}, ['!longestQuiet n3']],
	['of the same with all of them read', {sessions: active(hour), ...observed(25 * minute), evidence: evidence(slow, {s1: quietFor(25), ...spells(3)})}, []],
	[
		'of a run quiet for 25 min with one of the last logs read while it ran',
		{sessions: active(hour), ...observed(25 * minute), evidence: evidence(slow, {s1: quietFor(25), ...spells(3), n2: readMidRun})},
		['!longestQuiet n2'],
	],
	[
		'of the same with one of them that cannot be read: it stays wanted',
		{sessions: active(hour), ...observed(40 * minute), evidence: {...evidence(slow, {s1: quietFor(40), ...spells(2)}), failed: new Set(['longestQuiet n3'])}},
		['!longestQuiet n3'],
	],
];

for (const [what, given, wants] of cases) {
	test(`wanted ${what}: ${wants.length === 0 ? 'nothing' : wants.join(', ')}`, (t: TestContext) => {
		t.assert.deepStrictEqual(keysOf(given).join(', '), wants.join(', '));
	});
}

test('what may be a problem is read first, then what makes an estimate, then the rest', (t: TestContext) => {
	const all: Partial<Facts> = {
		jobs: byId(...['j1', 'j2', 'j3', 'j4', 'j5'].map(id => job({id}))),
		sessions: [
			running({id: 'usual', jobId: 'j1', createdAt: at - hour, progress: 100}),
			running({id: 'young', jobId: 'j2', createdAt: at - minute}),
			session({id: 'failed', jobId: 'j3', status: 'Failed'}),
			session({id: 'warned', jobId: 'j4', status: 'Warning'}),
			running({id: 'quiet', jobId: 'j5', createdAt: at - hour}),
		],
		observations: new Map([['vb1/usual', [seen(second)]], ['vb1/young', [seen(second)]], ['vb1/quiet', [seen(minute)]]]),
		evidence: evidence(slow),
	};
	t.assert.deepStrictEqual(keysOf(all), [
		'!newest quiet', '!problems warned', '!history j4', '!problems failed', '!history j3', 'history j2', 'history j5', 'opening usual',
	]);
});

test('each verdict says how much it waits for, one that waits for nothing is not in it', (t: TestContext) => {
	const jobs = byId(job(), job({id: 'j2'}));
	const {pending} = wanted({jobs, sessions: [session({status: 'Failed'}), session({id: 's2', jobId: 'j2'})]});
	t.assert.deepStrictEqual([...pending].map(([{session: of}, amount]) => [of?.id, amount]), [['s1', 2]]);
});

test('a history is read again before it leaves a gap behind the range, and nothing waits for that', (t: TestContext) => {
	const read = (age: number) => {
		const held = evidence(nightly(3, hour), {s1: full});
		return wanted({sessions: ended('Failed'), evidence: {...held, histories: new Map([['j1', {...held.histories.get('j1')!, readAt: at - age}]])}});
	};

	const all = [21, 22, 25].map(hours => read(hours * hour));
	t.assert.deepStrictEqual(all.map(({reads}) => reads.map(want => `${readKey(want)} ${want.urgency}`).join(', ')), ['', 'history j1 rest', 'history j1 problem']);
	t.assert.deepStrictEqual(all.map(({pending}) => [...pending.values()].join(', ')), ['', '', '1']);
});

test('the history of a copy job is asked for as one, also where the job is gone', (t: TestContext) => {
	const typeOf = (given: Partial<Facts>) => wanted(given).reads.map(want => want.kind === 'history' ? want.jobType : '').join('');
	const copyJob = byId(job({type: 'Copy'}));
	t.assert.strictEqual(typeOf({sessions: [session({status: 'Failed', jobType: undefined})], jobs: copyJob}), 'Copy');
	t.assert.strictEqual(typeOf({sessions: [session({status: 'Failed', jobType: 'Copy'})], jobs: new Map()}), 'Copy');
	t.assert.strictEqual(typeOf({sessions: [session({status: 'Failed', jobType: undefined})], jobs: new Map()}), 'Backup');
});
