import {isReadToEnd, readKey, type Evidence, type JobHistory, type LogEvidence} from '../../model/evidence.js';
import {valueOf} from '../../model/field.js';
import type {Job} from '../../model/job.js';
import {isActive, sessionKey, statusClass, type Session} from '../../model/session.js';
import type {Observation, Snapshot} from '../../model/snapshot.js';
import {backupWindowAt} from '../backup-window.js';
import {causeOfDetails, causesOf, isThrottling, type Cause} from '../causes/causes.js';
import {chainsOf, type Chain} from '../chains.js';
import {estimateOf, foundObjects} from '../estimate.js';
import {motionOf, type Motion} from '../motion.js';
import {newsOf, type News} from '../causes/news.js';
import {behindSource, firstUncopiedAt, lastGoodAt, missedRun, type Behind} from '../schedule.js';
import {baselineOf, type Baseline} from '../baseline.js';
import {lateRun, wontFit} from './late.js';
import {verdictKinds, type Verdict, type VerdictKind} from './verdict.js';

const minute = 60_000;

/** A session waits in the queue for so long before that is a problem. Usual waits cannot be known: no version says when a run left the queue. */
const longWaitMs = 30 * minute;
/** Silence is no problem before this, in milliseconds. */
export const leastStuckMs = 30 * minute;
/** Its own quiet spells make a job be given more time, so many times the longest. */
const quietSpells = 3;
/** Runs that are looked at for the longest quiet spell, and for what is known. */
const runsExamined = 3;
/** Throttling lines that are older say nothing of now. */
const throttlingLastsMs = 60 * minute;

/** What verdicts are made from. */
export type Facts = Pick<Snapshot, 'serverId' | 'sessions' | 'jobs' | 'lacks' | 'observations' | 'scope'> & {
	readonly evidence: Evidence;
	/** Keys of causes that are never new. */
	readonly ignored: ReadonlySet<string>;
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: number;
};

/** The verdicts of all jobs that are active, ran in range, missed their run or are behind, in no order. */
export function verdictsOf(facts: Facts): readonly Verdict[] {
	const byJob = Map.groupBy(facts.sessions, session => valueOf(session.jobId) ?? session.id);
	const grouped = {...facts, byJob};
	const verdicts = [...byJob].map(([id, sessions]) => verdictOf(facts.jobs.get(id), sessions, grouped));
	for (const job of facts.jobs.values()) {
		const idle = byJob.has(job.id) || isOtherType(job, facts) ? undefined : verdictOf(job, [], grouped);
		if (idle && idle.kind !== 'other') {
			verdicts.push(idle);
		}
	}

	return verdicts;
}

const isOtherType = ({type}: Job, {scope: {jobType}}: Facts) => jobType !== undefined && type !== jobType;

type Grouped = Facts & {
	/** The sessions of each job, newest first. */
	readonly byJob: ReadonlyMap<string, readonly Session[]>;
};

/** What is found out of a job, one after the other. */
type Findings = Omit<Verdict, 'kind'>;

function verdictOf(job: Job | undefined, held: readonly Session[], facts: Grouped): Verdict {
	const {serverId, evidence, jobs, now} = facts;
	const jobId = job?.id ?? valueOf(held[0]?.jobId);
	const history = jobId === undefined ? undefined : evidence.histories.get(jobId);
	const runs = mergedRuns(held, history?.sessions ?? []);
	const session = held[0];
	const chains = chainsOf(runs, jobs, now);
	const chain = session && chains.get(sessionKey(session));
	const earlier = earlierRuns(runs, chain);
	const log = session && evidence.logs.get(session.id);
	// Of a run that does not say its job there is nothing to read.
	const isHistoryRead = history !== undefined || jobId === undefined;
	const isWhole = jobId === undefined || reachesRange(history, facts);
	const active = session && isActive(session) ? activeFindings(session, {job, earlier, isHistoryRead, log, facts}) : inactive;
	const causes = session ? causesIn(session, log) : [];
	const baseline = active.baseline ?? baselineOf(earlier, {kind: (session ?? earlier[0])?.kind, now, lacksKind: facts.lacks.has('kind')});
	const findings: Findings = {
		serverId, jobId, job, session, chain, earlier, log, causes,
		isHistoryRead,
		...active,
		baseline,
		incremental: session?.kind === 'Full' && !baseline ? baselineOf(earlier, {kind: 'Incremental', now, lacksKind: false}) : undefined,
		missedAt: job && missedAtOf(job, runs[0], now),
		behind: job && behindOf(job, runs, facts),
		recoveredFrom: session?.status === 'Success' || session?.status === 'Warning' ? lastFailure(held, chains) : undefined,
		news: session && log?.problems ? newsOfRun(causes, {earlier: isWhole ? earlier : earlierRuns(held, chain), isWhole}, facts) : undefined,
		pending: 0,
	};
	return {...findings, kind: worstOf(findings)};
}

// A history that was read before the range begins has a gap behind it.
function reachesRange(history: JobHistory | undefined, {scope, now}: Facts): boolean {
	return history !== undefined && history.readAt >= now - scope.rangeMs;
}

type ActiveFindings = Pick<Verdict, 'motion' | 'stuckAfterMs' | 'spells' | 'estimate' | 'window' | 'pastWindowMs' | 'late' | 'isThrottled' | 'waitedMs'> & {readonly baseline: Baseline | undefined};

const inactive: ActiveFindings = {
	motion: undefined, stuckAfterMs: undefined, spells: 0, estimate: undefined, window: undefined, pastWindowMs: undefined, late: undefined, isThrottled: false,
	waitedMs: undefined, baseline: undefined,
};

type About = Pick<Verdict, 'job' | 'earlier' | 'isHistoryRead'> & {readonly log: LogEvidence | undefined; readonly facts: Facts};

function activeFindings(session: Session, {job, earlier, isHistoryRead, log, facts}: About): ActiveFindings {
	const {now, lacks, evidence} = facts;
	const window = job && backupWindowAt(job, now);
	if (session.status === 'Queued') {
		return {...inactive, window, waitedMs: now - (valueOf(session.createdAt) ?? now)};
	}

	const observations = facts.observations.get(sessionKey(session)) ?? noObservations;
	const baseline = baselineOf(earlier, {kind: session.kind, now, lacksKind: lacks.has('kind')});
	const motion = motionOf(session, observations, log, now);
	const hasFailed = evidence.failed.has(readKey({kind: 'history', jobId: valueOf(session.jobId) ?? ''}));
	const spells = isHistoryRead || hasFailed ? spellsOf(earlier, evidence) : undefined;
	const stuckAfterMs = spells && Math.max(leastStuckMs, quietSpells * Math.max(0, ...spells));
	// Of what may be stuck no end can be told.
	const estimate = motion.quietMs > (stuckAfterMs ?? leastStuckMs)
		? undefined
		: estimateOf({session, baseline, found: log?.opening && foundObjects(log.opening.items), observations, now});
	return {
		motion, stuckAfterMs, estimate, window, baseline,
		spells: spells?.length ?? 0,
		pastWindowMs: wontFit(estimate, window, now),
		late: lateRun(session, baseline, now),
		isThrottled: log?.newest?.items.some(item => isThrottlingNow(item, now)) ?? false,
		waitedMs: undefined,
	};
}

const noObservations: readonly Observation[] = [];

type LogLine = NonNullable<LogEvidence['newest']>['items'][number];

function isThrottlingNow({type, text, createdAt, endedAt}: LogLine, now: number): boolean {
	const at = valueOf(endedAt) ?? valueOf(createdAt) ?? 0;
	return (type === 'Warning' || type === 'Error') && now - at < throttlingLastsMs && isThrottling(valueOf(text) ?? '');
}

// The longest quiet spells of its last runs; undefined while the log of one is to be read. One that cannot be read must not hide a silence for ever.
function spellsOf(earlier: readonly Session[], {logs, failed}: Evidence): readonly number[] | undefined {
	const runs = lastRuns(earlier).filter(({id}) => !failed.has(readKey({kind: 'log', sessionId: id, part: 'longestQuiet'})));
	const spells = runs.flatMap(session => {
		const spell = logs.get(session.id)?.longestQuiet;
		return isReadToEnd(spell, session) ? [spell.ms] : [];
	});
	return spells.length < runs.length ? undefined : spells;
}

/** The last runs that are looked at for what is usual in a log: first runs that were neither stopped nor cut short. */
export function lastRuns(earlier: readonly Session[]): readonly Session[] {
	return earlier.filter(({status}) => status === 'Success' || status === 'Warning').slice(0, runsExamined);
}

/** Whether a silence is as long, and as certain, as being stuck asks for. */
function isSilent({quietMs, isLogRead, isWatched}: Motion, stuckAfterMs: number | undefined): boolean {
	return stuckAfterMs !== undefined && quietMs > stuckAfterMs && isLogRead && isWatched;
}

/** Whether a run is as silent as a stuck one, and only was not watched for long enough to say so. */
export function isUnderWatch({motion, stuckAfterMs}: Pick<Verdict, 'motion' | 'stuckAfterMs'>): boolean {
	return motion !== undefined && !motion.isWatched && isSilent({...motion, isWatched: true}, stuckAfterMs);
}

// What is held is newer than what was read of the history.
function mergedRuns(held: readonly Session[], history: readonly Session[]): readonly Session[] {
	if (history.length === 0) {
		return held;
	}

	const known = new Set(held.map(({id}) => id));
	const older = history.filter(session => !known.has(session.id) && !isActive(session));
	return older.length === 0 ? held : [...held, ...older].toSorted((a, b) => (valueOf(b.createdAt) ?? 0) - (valueOf(a.createdAt) ?? 0));
}

function earlierRuns(runs: readonly Session[], chain: Chain | undefined): readonly Session[] {
	const own = new Set(chain?.attempts.map(({id}) => id));
	return runs.filter(session => !own.has(session.id) && statusClass(session.status) === 'finished');
}

function causesIn(session: Session, log: LogEvidence | undefined): readonly Cause[] {
	const items = problemItems(log);
	const found = items ? causesOnce(items) : [];
	const isGood = session.status === 'Success' || session.status === 'Stopped';
	if (found.length > 0 || isGood || statusClass(session.status) !== 'finished') {
		return found;
	}

	const details = valueOf(session.details);
	const said = details ? causeOfDetails(details, session.status === 'Warning' ? 'Warning' : 'Error', valueOf(session.endedAt)) : undefined;
	return said ? [said] : [];
}

/** What of a log its errors and warnings are among, oldest first: those that were read, and what came since; undefined while nothing was read. */
export function problemItems(log: LogEvidence | undefined): readonly LogLine[] | undefined {
	const {problems, newest} = log ?? {};
	if (!problems || !newest || newest.readAt <= problems.readAt) {
		return problems?.items ?? newest?.items;
	}

	const cached = linesCache.get(newest.items);
	if (cached?.problems === problems.items) {
		return cached.lines;
	}

	const known = new Set(problems.items.map(({id}) => id));
	const lines = [...problems.items, ...newest.items.filter(({id}) => !known.has(id))];
	linesCache.set(newest.items, {problems: problems.items, lines});
	return lines;
}

// What was read stays as it is: it is looked through once, not at each poll.
const linesCache = new WeakMap<readonly LogLine[], {readonly problems: readonly LogLine[]; readonly lines: readonly LogLine[]}>();
const causesCache = new WeakMap<readonly LogLine[], readonly Cause[]>();

function causesOnce(items: readonly LogLine[]): readonly Cause[] {
	const found = causesCache.get(items) ?? causesOf(items);
	causesCache.set(items, found);
	return found;
}

type Earlier = {readonly earlier: readonly Session[]; readonly isWhole: boolean};

// As long as the history is not read, nobody knows how many runs there are to compare with.
function newsOfRun(causes: readonly Cause[], {earlier, isWhole}: Earlier, {evidence, ignored}: Facts): News {
	const compared = comparedRuns(earlier);
	const read = compared.flatMap(session => {
		const keys = causeKeys(session, evidence);
		return keys ? [keys] : [];
	});
	return newsOf(causes, read, {ignored, runsCompared: runsExamined, runsThere: isWhole ? compared.length : runsExamined});
}

const ran: ReadonlySet<string> = new Set(['Success', 'Warning', 'Failed']);

/** Earlier runs that a warning is compared with, newest first. */
export function comparedRuns(earlier: readonly Session[]): readonly Session[] {
	return earlier.filter(({status}) => ran.has(valueOf(status) ?? '')).slice(0, runsExamined);
}

// What a finished run has warned of; undefined until its log was read. A run that succeeded has warned of nothing.
function causeKeys(session: Session, {logs}: Evidence): ReadonlySet<string> | undefined {
	if (session.status === 'Success') {
		return new Set();
	}

	const problems = logs.get(session.id)?.problems;
	return isReadToEnd(problems, session) ? new Set(causesOnce(problems.items).map(({key}) => key)) : undefined;
}

function behindOf(job: Job, runs: readonly Session[], facts: Grouped): Behind | undefined {
	const {jobs, byJob, evidence, lacks, now} = facts;
	const sourceId = valueOf(job.backupJobId);
	const source = sourceId === undefined ? undefined : jobs.get(sourceId);
	if (!source) {
		return undefined;
	}

	const history = evidence.histories.get(source.id);
	const ofSource = mergedRuns(byJob.get(source.id) ?? [], reachesRange(history, facts) ? history!.sessions : []);
	const sourceAt = lastGoodAt(source, ofSource);
	if (sourceAt === undefined) {
		return undefined;
	}

	const copiedAt = lastGoodAt(job, runs);
	return behindSource(job, source, {
		copiedAt, sourceAt,
		uncopiedAt: firstUncopiedAt(ofSource, copiedAt),
		isActive: runs[0] !== undefined && isActive(runs[0]),
		usualMs: baselineOf(runs, {kind: undefined, now, lacksKind: lacks.has('kind')})?.durationMs.p90,
	}, now);
}

function missedAtOf(job: Job, newest: Session | undefined, now: number): number | undefined {
	return missedRun(job, valueOf(newest?.createdAt), now, newest && {isActive: isActive(newest), endedAt: valueOf(newest.endedAt)})?.dueAt;
}

const failures: ReadonlySet<string> = new Set(['Failed', 'Disconnected', 'NotConfigured']);

// The newest run in range that failed for good: what a retry of it has healed is no failure.
function lastFailure(held: readonly Session[], chains: ReadonlyMap<string, Chain>): Session | undefined {
	return held.find(session => {
		const isLast = chains.get(sessionKey(session))?.attempts.at(-1)?.id === session.id;
		return isLast && failures.has(valueOf(session.status) ?? '');
	});
}

type Rule = (findings: Findings) => boolean;

const isStatus = (status: string): Rule => ({session}) => session?.status === status;

/** When each verdict holds; of those that do the worst is the job's. */
const rules: Readonly<Record<VerdictKind, Rule>> = {
	failed: ({session, chain}) => session?.status === 'Failed' && chain?.outcome !== 'retrying',
	missed: ({missedAt}) => missedAt !== undefined,
	stuck: ({motion, stuckAfterMs, isThrottled}) => motion !== undefined && isSilent(motion, stuckAfterMs) && !isThrottled,
	disconnected: ({session, chain}) => session?.status === 'Disconnected' && chain?.outcome !== 'retrying',
	notConfigured: isStatus('NotConfigured'),
	throttled: ({isThrottled, motion, stuckAfterMs, late}) => isThrottled && motion !== undefined && (late !== undefined || isSilent(motion, stuckAfterMs)),
	late: ({late}) => late !== undefined,
	wontFit: ({pastWindowMs}) => pastWindowMs !== undefined,
	waiting: ({waitedMs}) => waitedMs !== undefined && waitedMs > longWaitMs,
	behind: ({behind}) => behind !== undefined,
	retrying: ({chain}) => chain?.outcome === 'retrying',
	newWarning: ({session, news}) => session?.status === 'Warning' && news !== undefined && news.isSettled && news.fresh.length > 0,
	recovered: ({recoveredFrom}) => recoveredFrom !== undefined,
	running: isStatus('Running'),
	queued: isStatus('Queued'),
	warning: isStatus('Warning'),
	healed: ({chain}) => chain?.outcome === 'healed',
	success: isStatus('Success'),
	stopped: isStatus('Stopped'),
	other: () => true,
};

// A status that is not known stands among what runs, but what is known goes before it.
const order: readonly VerdictKind[] = [...verdictKinds.filter(kind => kind !== 'other'), 'other'];

function worstOf(findings: Findings): VerdictKind {
	return order.find(kind => rules[kind](findings))!;
}
