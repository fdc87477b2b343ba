import {test, type TestContext} from 'node:test';
import {readKey, type LogEvidence} from '../../../source/model/evidence.js';
import {unreadable} from '../../../source/model/field.js';
import type {Job} from '../../../source/model/job.js';
import type {Session} from '../../../source/model/session.js';
import type {Observation} from '../../../source/model/snapshot.js';
import {causesOf} from '../../../source/triage/causes/causes.js';
import type {VerdictKind} from '../../../source/triage/verdicts/verdict.js';
import {verdictsOf} from '../../../source/triage/verdicts/verdicts.js';
import {problemItems} from '../../../source/triage/causes/log-causes.js';
import {comparedRuns, lastRuns} from '../../../source/triage/earlier-runs.js';
import {isUnderWatch} from '../../../source/triage/silence.js';
import type {Facts} from '../../../source/triage/findings.js';
import {byId, day, hour, job, minute, now, running, session, v6Lacks, type SessionOptions} from '../../helpers/sessions.js';
import {evidence, facts, line, longestQuiet, newest, nightly, problems, seen} from '../../helpers/verdicts.js';

const at = now.server;

type Case = readonly [what: string, kind: VerdictKind, given: Partial<Facts>];

const ended = (fields: SessionOptions): Pick<Facts, 'sessions'> => ({sessions: [session(fields)]});
const withJob = (fields: Partial<Job>, ...sessions: readonly Session[]): Pick<Facts, 'jobs' | 'sessions'> => ({jobs: byId(job(fields)), sessions});
const retried = {retryTimes: 3, retryWaitMs: 10 * minute};

const failures: readonly Case[] = [
	['a run that failed', 'failed', ended({status: 'Failed'})],
	['one that will be retried', 'retrying', withJob(retried, session({status: 'Failed', willBeRetried: true, endedAt: at - (3 * minute)}))],
	['one whose retry is nine minutes late', 'retrying', withJob(retried, session({status: 'Failed', willBeRetried: true, endedAt: at - (19 * minute)}))],
	['one whose retry lapsed', 'failed', withJob(retried, session({status: 'Failed', willBeRetried: true, endedAt: at - (21 * minute)}))],
	['one of v6 with a retry left', 'retrying', {...withJob(retried, session({status: 'Failed', willBeRetried: undefined, retryCount: 2, endedAt: at - (3 * minute)})), lacks: v6Lacks}],
	['one of v6 with none left', 'failed', {...withJob(retried, session({status: 'Failed', willBeRetried: undefined, retryCount: 3, endedAt: at - (3 * minute)})), lacks: v6Lacks}],
	['a run that was disconnected', 'disconnected', ended({status: 'Disconnected'})],
	['the same with a retry to come', 'retrying', withJob(retried, session({status: 'Disconnected', willBeRetried: true, endedAt: at - (3 * minute)}))],
	['a run that was not configured', 'notConfigured', ended({status: 'NotConfigured'})],
	['a retry that succeeded', 'healed', {sessions: [session({id: 's2', retryCount: 1, mainSessionId: 's1'}), session({status: 'Failed', createdAt: at - (2 * hour), endedAt: at - (90 * minute)})]}],
	['a run that succeeded after another one had failed', 'recovered', {sessions: [session({id: 's2'}), session({status: 'Failed', createdAt: at - (8 * hour), endedAt: at - (7 * hour)})]}],
	['one that succeeded after another one had warned', 'success', {sessions: [session({id: 's2'}), session({status: 'Warning', createdAt: at - (8 * hour), endedAt: at - (7 * hour)})]}],
	['one that ended with warnings after another one had failed', 'recovered', {sessions: [session({id: 's2', status: 'Warning'}), session({status: 'Failed', createdAt: at - (8 * hour), endedAt: at - (7 * hour)})]}],
	['a failure that is older than the range', 'success', {...ended({}), evidence: evidence(nightly(3, hour, {status: 'Failed'}))}],
	['a run under way after a failure', 'running', {sessions: [running({id: 's2'}), session({status: 'Failed', createdAt: at - (8 * hour), endedAt: at - (7 * hour)})]}],
	['a run that succeeded', 'success', ended({})],
	['a run that was stopped', 'stopped', ended({status: 'Stopped'})],
	['a status that is not known', 'other', ended({status: 'Updating'})],
	['a status that cannot be read', 'other', ended({status: unreadable})],
	['a status that is absent', 'other', ended({status: undefined})],
];

const due = {schedule: 'daily', nextRunAt: at - (11 * minute)} as const;

const schedules: readonly Case[] = [
	['a run that was due eleven minutes ago', 'missed', withJob(due, session())],
	['one that never ran in range', 'missed', withJob(due)],
	['one that was due ten minutes ago', 'success', withJob({...due, nextRunAt: at - (10 * minute)}, session())],
	['one that came', 'success', withJob(due, session({createdAt: at - (11 * minute), endedAt: at - minute}))],
	['a job without a clock', 'success', withJob({...due, schedule: 'manual'}, session())],
	['a job that is disabled', 'success', withJob({...due, isEnabled: false}, session())],
	['a job that still runs', 'running', withJob(due, running())],
	['a run that failed and was missed since', 'failed', withJob(due, session({status: 'Failed'}))],
	['a queue of thirty-one minutes', 'waiting', {sessions: [running({status: 'Queued', createdAt: at - (31 * minute)})]}],
	['a queue of thirty minutes', 'queued', {sessions: [running({status: 'Queued', createdAt: at - (30 * minute)})]}],
	['a queue since nobody knows when', 'queued', {sessions: [running({status: 'Queued', createdAt: unreadable})]}],
];

type Silence = {
	readonly runs?: readonly Session[] | undefined;
	readonly spells?: readonly number[];
	readonly observations?: readonly Observation[];
	readonly logs?: Readonly<Record<string, LogEvidence>>;
};

/** A run of 3 h of a job that takes 5 h, last seen to change that long ago. */
const silent = (sawAgo: number, log: LogEvidence | undefined, fields: Silence = {}): Partial<Facts> => {
	const {runs = nightly(5, 5 * hour), spells = [3, 3, 3], observations = [seen(sawAgo)]} = fields;
	const logs = Object.fromEntries(spells.map((minutes, index) => [`n${index + 1}`, longestQuiet(minutes * minute)]));
	return {
		sessions: [running({createdAt: at - (3 * hour), progress: 100})],
		observations: new Map([['vb1/s1', observations]]),
		evidence: evidence('runs' in fields ? fields.runs : runs, {...logs, ...(log && {s1: log}), ...fields.logs}),
	};
};

const quiet38 = newest(line(hour), line(38 * minute));
const busy = (ago: number, type = 'Warning') => line(ago, 'Server busy, retry after 120 s', type);

const unreadSpell = readKey({kind: 'log', sessionId: 'n3', part: 'longestQuiet'});
const unreadHistory = readKey({kind: 'history', jobId: 'j1'});
const failing = (given: Partial<Facts>, ...failed: readonly string[]): Partial<Facts> => ({...given, evidence: {...given.evidence!, failed: new Set(failed)}});
// The log of the last run was read half an hour after it had begun.
const readMidRun: LogEvidence = {longestQuiet: {ms: minute, readAt: at - day + (30 * minute)}};

const silences: readonly Case[] = [
	['38 quiet minutes with one of the last logs read while it ran', 'running', silent(40 * minute, quiet38, {spells: [3, 3, 3], logs: {n1: readMidRun}})],
	['38 quiet minutes with one of the last logs that cannot be read', 'stuck', failing(silent(40 * minute, quiet38, {spells: [3, 3]}), unreadSpell)],
	['38 quiet minutes with a history that cannot be read', 'stuck', failing(silent(40 * minute, quiet38, {runs: undefined}), unreadHistory)],
	['38 quiet minutes of a run that does not say its job', 'stuck', {
		sessions: [running({createdAt: at - (3 * hour), progress: 100, jobId: undefined})],
		observations: new Map([['vb1/s1', [seen(40 * minute)]]]),
		evidence: evidence(undefined, {s1: quiet38}),
	}],
	['38 quiet minutes with the log read', 'stuck', silent(40 * minute, quiet38)],
	['the same of a job that never ran before', 'stuck', silent(40 * minute, quiet38, {runs: [], spells: []})],
	['30 quiet minutes', 'running', silent(40 * minute, newest(line(30 * minute)))],
	['38 quiet minutes with the log not read', 'running', silent(38 * minute, undefined)],
	['38 quiet minutes with the log read before the last change', 'running', silent(0, {newest: {items: [], readAt: at - (39 * minute)}}, {observations: [seen(hour), seen(38 * minute)]})],
	['38 quiet minutes by the log of a run seen a minute ago', 'running', silent(minute, quiet38)],
	['the same of a run seen two minutes ago', 'stuck', silent(2 * minute, quiet38)],
	['38 quiet minutes of a job that is quiet for 13 at times', 'running', silent(40 * minute, quiet38, {spells: [3, 3, 13]})],
	['38 quiet minutes of a job that was quiet for 13 four runs ago', 'stuck', silent(40 * minute, quiet38, {spells: [3, 3, 3, 13]})],
	['38 quiet minutes with one of the last logs not read', 'running', silent(40 * minute, quiet38, {spells: [3, 3]})],
	['38 quiet minutes with the history not read', 'running', silent(40 * minute, quiet38, {runs: undefined})],
	['38 quiet minutes with throttling in the log', 'throttled', silent(40 * minute, newest(busy(40 * minute), line(38 * minute)))],
	['38 quiet minutes with throttling an hour ago', 'stuck', silent(40 * minute, newest(busy(hour), line(38 * minute)))],
	['38 quiet minutes with the words in a line that warns of nothing', 'stuck', silent(40 * minute, newest(busy(40 * minute, 'Success'), line(38 * minute)))],
	['throttling in a run that moves', 'running', silent(40 * minute, newest(busy(4 * minute), line(2 * minute)))],
];

const fullWindow = (openHours: number): Partial<Job> => ({windowHours: `${'1'.repeat(openHours)}${'0'.repeat(168 - openHours)}`, windowOffsetMinutes: 0});
const slow = (ago: number, fields: SessionOptions = {}) => running({createdAt: at - ago, progress: 100, ...fields});
const hourly = evidence(nightly(5, hour));

const ends: readonly Case[] = [
	['76 minutes of a job that takes 60', 'late', {sessions: [slow(76 * minute)], evidence: hourly}],
	['75 minutes of a job that takes 60', 'running', {sessions: [slow(75 * minute)], evidence: hourly}],
	['the same without a baseline', 'running', {sessions: [slow(76 * minute)], evidence: evidence(nightly(4, hour))}],
	['the same of a Full run, where Incremental ones are known', 'running', {sessions: [slow(20 * hour, {kind: 'Full'})], evidence: hourly}],
	['76 minutes in v6, which knows no kind', 'late', {sessions: [slow(76 * minute, {kind: undefined, jobType: undefined})], lacks: v6Lacks, evidence: evidence(nightly(5, hour, {kind: undefined}))}],
	['a late run that is throttled', 'throttled', {sessions: [slow(76 * minute)], evidence: evidence(nightly(5, hour), {s1: newest(busy(4 * minute), line(minute))})}],
	['a run that ends after its window', 'wontFit', {...withJob(fullWindow(27), slow(hour)), evidence: evidence(nightly(5, 5 * hour))}],
	['a run that ends in its window', 'running', {...withJob(fullWindow(40), slow(hour)), evidence: evidence(nightly(5, 5 * hour))}],
	['a run whose window is closed', 'running', {...withJob(fullWindow(20), slow(hour)), evidence: evidence(nightly(5, 5 * hour))}],
];

const copies = (sourceAgo: number, copy: Partial<Job> = {}): Partial<Facts> => ({
	jobs: byId(job({id: 'j0', name: 'Source'}), job({type: 'Copy', backupJobId: 'j0', schedule: 'immediate', ...copy})),
	sessions: [
		session({id: 'source', jobId: 'j0', createdAt: at - sourceAgo - hour, endedAt: at - sourceAgo}),
		session({jobType: 'Copy', createdAt: at - (21 * hour), endedAt: at - (20 * hour)}),
	],
});

const copying: readonly Case[] = [
	['a copy whose source succeeded seven hours ago', 'behind', copies(7 * hour)],
	['a copy whose source succeeded five hours ago', 'success', copies(5 * hour)],
	['a copy that is run by hand', 'success', copies(7 * hour, {schedule: 'manual'})],
	['a copy whose source is not known', 'success', copies(7 * hour, {backupJobId: 'j9'})],
];

const denied = line(hour, 'Failed to access mailbox j.ortiz@contoso.example: access is denied', 'Warning');
const full = line(hour, 'The repository is out of disk space', 'Warning');
const warned = nightly(3, hour, {status: 'Warning'});
const succeeded = nightly(3, hour);
const warning = (logs: Readonly<Record<string, LogEvidence>>, runs: readonly Session[] | undefined = warned): Partial<Facts> => ({...ended({status: 'Warning'}), evidence: evidence(runs, logs)});
const all = (log: LogEvidence) => ({n1: log, n2: log, n3: log});
const before = all(problems(full));
const [deniedCause] = causesOf([denied]);

const older = (given: Partial<Facts>, age: number): Partial<Facts> => ({
	...given, evidence: {...given.evidence!, histories: new Map([['j1', {...given.evidence!.histories.get('j1')!, readAt: at - age}]])},
});
const warnedMidRun: LogEvidence = {problems: {items: [], isCut: false, readAt: at - day + minute}};

const warnings: readonly Case[] = [
	['a cause, with a history that was read before the range begins', 'warning', older(warning({s1: problems(denied), ...before}), 25 * hour)],
	['a cause, with a history that was read in the range', 'newWarning', older(warning({s1: problems(denied), ...before}), 23 * hour)],
	['a cause, with an earlier log that was read while it was written', 'warning', warning({s1: problems(denied), ...before, n1: warnedMidRun})],
	['a cause that the last three runs did not have', 'newWarning', warning({s1: problems(denied, full), ...before})],
	['a cause that the last run had', 'warning', warning({s1: problems(denied), ...before, n1: problems(denied)})],
	['a cause that one of three runs had', 'warning', warning({s1: problems(denied), ...before, n3: problems(denied)})],
	['a cause that is ignored', 'warning', {...warning({s1: problems(denied), ...before}), ignored: new Set([deniedCause!.key])}],
	['a cause, with one of the earlier logs not read', 'warning', warning({s1: problems(denied), n1: problems(full), n2: problems(full)})],
	['a cause, with its own log not read', 'warning', warning(before)],
	['a cause after runs that succeeded', 'newWarning', warning({s1: problems(denied)}, succeeded)],
	['a cause of a job that never ran before', 'newWarning', warning({s1: problems(denied)}, [])],
	['a cause, with the history not read', 'warning', {...ended({status: 'Warning'}), evidence: evidence(undefined, {s1: problems(denied)})}],
];

for (const [what, kind, given] of [...failures, ...schedules, ...silences, ...ends, ...copying, ...warnings]) {
	test(`${what}: ${kind}`, (t: TestContext) => {
		const found = verdictsOf(facts(given));
		t.assert.deepStrictEqual(found.find(({jobId}) => jobId === 'j1' || jobId === undefined)?.kind, kind);
	});
}

const only = (given: Partial<Facts>) => verdictsOf(facts(given))[0]!;

test('a job that is idle has no verdict, nor has one of a type that is not watched', (t: TestContext) => {
	t.assert.strictEqual(verdictsOf(facts()).length, 0);
	const missed = withJob({...due, type: 'Copy'});
	const watching = (jobType: 'Backup' | 'Copy') => verdictsOf(facts({...missed, scope: {jobType, rangeMs: day}}));
	t.assert.deepStrictEqual([watching('Backup').length, watching('Copy').length], [0, 1]);
});

test('a job has one verdict, of its newest session; each session without a job has its own', (t: TestContext) => {
	const found = verdictsOf(facts({sessions: [session({id: 's3'}), session({id: 's2', status: 'Failed'}), session({id: 'x', jobId: undefined}), session({id: 'y', jobId: unreadable, status: 'Failed'})]}));
	t.assert.deepStrictEqual(found.map(({session: of, jobId, kind}) => [of?.id, jobId, kind]), [['s3', 'j1', 'recovered'], ['x', undefined, 'success'], ['y', undefined, 'failed']]);
});

test('a session whose job is gone has a verdict', (t: TestContext) => {
	const {jobId, job: its, kind} = only({...ended({status: 'Failed', jobId: 'gone'})});
	t.assert.deepStrictEqual([jobId, its, kind], ['gone', undefined, 'failed']);
});

test('what a verdict was said from is in it', (t: TestContext) => {
	const unwatched = only(silent(minute, quiet38));
	t.assert.deepStrictEqual([unwatched.kind, unwatched.estimate], ['running', undefined], 'what may be stuck has no end that can be told');
	const idle = only({...withJob(due), evidence: evidence(nightly(6, hour))});
	t.assert.deepStrictEqual([idle.kind, idle.baseline?.durationMs.median], ['missed', hour]);
	const stuck = only(silent(40 * minute, quiet38));
	t.assert.deepStrictEqual([stuck.motion?.quietMs, stuck.stuckAfterMs, stuck.estimate], [38 * minute, 30 * minute, undefined]);
	const wary = only(silent(40 * minute, quiet38, {spells: [3, 3, 13]}));
	t.assert.deepStrictEqual([wary.stuckAfterMs, wary.estimate === undefined], [39 * minute, false]);
	t.assert.strictEqual(only({sessions: [running({status: 'Queued', createdAt: at - (31 * minute)})]}).waitedMs, 31 * minute);
	t.assert.strictEqual(only(withJob(due)).missedAt, at - (11 * minute));
	const fullRun = only({sessions: [slow(20 * hour, {kind: 'Full'})], evidence: hourly});
	t.assert.deepStrictEqual([fullRun.baseline, fullRun.incremental?.durationMs.median, fullRun.late], [undefined, hour, undefined]);
});

test('the history is joined to what is held, each session once, the held one', (t: TestContext) => {
	const held = [session({id: 's1'}), session({id: 'n1', createdAt: at - day, endedAt: at - day + minute})];
	const {earlier, isHistoryRead} = only({sessions: held, evidence: evidence([...nightly(3, hour), running({id: 'then', createdAt: at - (9 * day)})])});
	t.assert.deepStrictEqual([earlier.map(({id}) => id), earlier[0], isHistoryRead], [['n1', 'n2', 'n3'], held[1], true]);
});

test('until its log is read a failure has the cause that its details name, a success none', (t: TestContext) => {
	const texts = (status: string, details: string) => only(ended({status, details})).causes.map(({text}) => text);
	t.assert.deepStrictEqual(texts('Failed', 'Access is denied'), ['Access is denied']);
	t.assert.strictEqual(texts('Success', 'Access is denied').length, 0);
	t.assert.strictEqual(texts('Warning', 'Some objects were processed with warnings').length, 0);
});

test('an active run has the causes of what was read of its log, and of what came since', (t: TestContext) => {
	const lines = {problems: {items: [denied], isCut: false, readAt: at - hour}, newest: {items: [denied, line(minute, 'Processing', 'Success'), full], readAt: at - minute}};
	const causes = (log: LogEvidence) => only({sessions: [running()], evidence: evidence(undefined, {s1: log})}).causes.map(({text, count}) => `${count} ${text}`);
	t.assert.strictEqual(causes(lines).length, 2);
	t.assert.deepStrictEqual(causes(lines).map(words => words.slice(0, 2)), ['1 ', '1 '], 'each line counts once');
	t.assert.strictEqual(causes({...lines, newest: {...lines.newest, readAt: at - (2 * hour)}}).length, 1, 'older ones are not looked at');
	t.assert.strictEqual(problemItems(lines), problemItems({...lines}), 'they are joined once');
});

test('a run that is as silent as a stuck one is under watch for two minutes', (t: TestContext) => {
	const watch = (sawAgo: number, log = quiet38) => isUnderWatch(only(silent(sawAgo, log)));
	const halfAnHour = newest(line(30 * minute));
	t.assert.deepStrictEqual([watch(minute), watch(2 * minute), watch(minute, halfAnHour)], [true, false, false]);
});

test('three runs are looked at: whole ones for silences, also failed ones for causes', (t: TestContext) => {
	const runs = ['Stopped', 'Failed', 'Success', 'Warning', 'Disconnected', 'Success', 'Success'].map((status, index) => session({id: `e${index}`, status}));
	t.assert.deepStrictEqual(lastRuns(runs).map(({id}) => id), ['e2', 'e3', 'e5']);
	t.assert.deepStrictEqual(comparedRuns(runs).map(({id}) => id), ['e1', 'e2', 'e3']);
});
