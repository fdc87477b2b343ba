import {readKey, type Evidence, type JobHistory, type LogEvidence} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import type {Job} from '../model/job.js';
import {isActive, sessionKey, type Session} from '../model/session.js';
import type {Observation, Snapshot} from '../model/snapshot.js';
import {backupWindowAt, type WindowState} from './backup-window.js';
import {baselineOf, type Baseline} from './baseline.js';
import type {Cause} from './causes/causes.js';
import {causeKeys, causesOfSession, isThrottledNow} from './causes/log-causes.js';
import {newsOf, type News} from './causes/news.js';
import {chainsOf, type Chain} from './chains.js';
import {comparedRuns, earlierRuns, mergedRuns, runsExamined} from './earlier-runs.js';
import {estimateOf, foundObjects, type Estimate} from './estimate.js';
import {lateRun, msPastWindow, type Late} from './lateness.js';
import {motionOf, type Motion} from './motion.js';
import {behindSource, firstUncopiedAt, lastGoodAt, missedRun, type Behind} from './schedule.js';
import {leastStuckMs, quietSpells, stuckAfter} from './silence.js';

/** What verdicts are made from. */
export type Facts = Pick<Snapshot, 'serverId' | 'sessions' | 'jobs' | 'lacks' | 'observations' | 'scope'> & {
	readonly evidence: Evidence;
	/** Keys of causes that are never new. */
	readonly ignored: ReadonlySet<string>;
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: number;
};

/** What is found out about one job; its verdict follows from it. */
export type Findings = {
	readonly serverId: string;
	/** Undefined where the server does not say the job of the session. */
	readonly jobId: string | undefined;
	readonly job: Job | undefined;
	/** The job's newest run; undefined where none is in range. */
	readonly session: Session | undefined;
	readonly chain: Chain | undefined;
	/** Undefined without a baseline. */
	readonly baseline: Baseline | undefined;
	/** Of a Full run without a baseline: the baseline of Incremental runs. A Full run takes longer than these, and is not late for that. */
	readonly incremental: Baseline | undefined;
	/** Whether the job's history was read, so that a missing baseline is known to be missing. */
	readonly isHistoryRead: boolean;
	/** Earlier finished runs of the job, newest first, as far as they are known. */
	readonly earlier: readonly Session[];
	/** Of an active session only, as all fields up to `waitedMs`. */
	readonly motion: Motion | undefined;
	/** Milliseconds of silence from which on it is stuck; undefined until the logs of its last runs were read. */
	readonly stuckAfterMs: number | undefined;
	/** How many of its last runs that is known from: their logs could be read. */
	readonly spells: number;
	readonly estimate: Estimate | undefined;
	readonly window: WindowState | undefined;
	/** Milliseconds from the close of its window to its estimated end; undefined where it fits. */
	readonly pastWindowMs: number | undefined;
	readonly late: Late | undefined;
	/** Whether its newest log items say that the service slows it down. */
	readonly isThrottled: boolean;
	/** Milliseconds that it has been in the queue. */
	readonly waitedMs: number | undefined;
	/** When a run was due that did not come, in milliseconds since 1970. */
	readonly missedAt: number | undefined;
	readonly behind: Behind | undefined;
	/** The last failure in range, where the newest run succeeded: nobody may have seen it. */
	readonly recoveredFrom: Session | undefined;
	/** Of the session's log, or of its details until the log was read. */
	readonly causes: readonly Cause[];
	/** Which of them are new; undefined until the log was read. */
	readonly news: News | undefined;
	readonly log: LogEvidence | undefined;
};

/** The facts of a server with its sessions by job. */
export type GroupedFacts = Facts & {
	/** The sessions of each job, newest first; one without a job stands under its session id. */
	readonly byJob: ReadonlyMap<string, readonly Session[]>;
};

/**
Finds out all that a verdict on one job is made from.
@param listed - the job's sessions in range, newest first; a job that is unknown has at least one
*/
export function findingsOf(job: Job | undefined, listed: readonly Session[], facts: GroupedFacts): Findings {
	const {serverId, evidence, jobs, now} = facts;
	const session = listed.at(0);
	const jobId = job?.id ?? valueOf(session?.jobId);
	const history = evidence.histories.get(jobId ?? '');
	const runs = mergedRuns(listed, history?.sessions ?? []);
	const chains = chainsOf(runs, jobs, now);
	const chain = session && chains.get(sessionKey(session));
	const earlier = earlierRuns(runs, chain);
	const log = session && evidence.logs.get(session.id);
	// A run that does not say its job has no history to read.
	const isHistoryRead = history !== undefined || jobId === undefined;
	const isWhole = jobId === undefined || reachesRange(history, facts);
	const active = session && isActive(session) ? activeFindings(session, {job, earlier, isHistoryRead, log, facts}) : inactive;
	const causes = session ? causesOfSession(session, log) : [];
	return {
		serverId, jobId, job, session, chain, earlier, log, causes,
		isHistoryRead,
		...active,
		...baselinesOf({session, earlier, ofRun: active.baseline}, facts),
		missedAt: job && missedAtOf(job, runs[0], now),
		behind: job && behindOf(job, runs, facts),
		recoveredFrom: hasSucceeded(session) ? lastFailure(listed, chains) : undefined,
		news: log?.problems && newsOfRun(causes, {earlier: isWhole ? earlier : earlierRuns(listed, chain), isWhole}, facts),
	};
}

type BaselineRuns = Pick<Findings, 'session' | 'earlier'> & {
	/** The baseline of an active run, where it has one. */
	readonly ofRun: Baseline | undefined;
};

function baselinesOf({session, earlier, ofRun}: BaselineRuns, {now, lacks}: Facts): Pick<Findings, 'baseline' | 'incremental'> {
	const baseline = ofRun ?? baselineOf(earlier, {kind: (session ?? earlier[0])?.kind, now, lacksKind: lacks.has('kind')});
	return {
		baseline,
		incremental: session?.kind === 'Full' && !baseline ? baselineOf(earlier, {kind: 'Incremental', now, lacksKind: false}) : undefined,
	};
}

function hasSucceeded(session: Session | undefined): boolean {
	return session?.status === 'Success' || session?.status === 'Warning';
}

// A history that was read before the range begins has a gap behind it.
function reachesRange(history: JobHistory | undefined, {scope, now}: Facts): boolean {
	return history !== undefined && history.readAt >= now - scope.rangeMs;
}

type ActiveFindings = Pick<Findings, 'motion' | 'stuckAfterMs' | 'spells' | 'estimate' | 'window' | 'pastWindowMs' | 'late' | 'isThrottled' | 'waitedMs' | 'baseline'>;

const inactive: ActiveFindings = {
	motion: undefined, stuckAfterMs: undefined, spells: 0, estimate: undefined, window: undefined, pastWindowMs: undefined, late: undefined, isThrottled: false,
	waitedMs: undefined, baseline: undefined,
};

type ActiveRunFacts = Pick<Findings, 'job' | 'earlier' | 'isHistoryRead' | 'log'> & {readonly facts: Facts};

function activeFindings(session: Session, {job, earlier, isHistoryRead, log, facts}: ActiveRunFacts): ActiveFindings {
	const {now, lacks, evidence} = facts;
	const window = job && backupWindowAt(job, now);
	if (session.status === 'Queued') {
		return {...inactive, window, waitedMs: now - (valueOf(session.createdAt) ?? now)};
	}

	const observations = facts.observations.get(sessionKey(session)) ?? noObservations;
	const baseline = baselineOf(earlier, {kind: session.kind, now, lacksKind: lacks.has('kind')});
	const motion = motionOf(session, observations, log, now);
	const hasFailed = evidence.failed.has(readKey({kind: 'history', jobId: valueOf(session.jobId) ?? ''}));
	const spells = isHistoryRead || hasFailed ? quietSpells(earlier, evidence) : undefined;
	const stuckAfterMs = spells && stuckAfter(spells);
	// The end of a run that may be stuck cannot be estimated.
	const estimate = motion.quietMs > (stuckAfterMs ?? leastStuckMs)
		? undefined
		: estimateOf({session, baseline, found: log?.opening && foundObjects(log.opening.items), observations, now});
	return {
		motion, stuckAfterMs, estimate, window, baseline,
		spells: spells?.length ?? 0,
		pastWindowMs: msPastWindow(estimate, window, now),
		late: lateRun(session, baseline, now),
		isThrottled: isThrottledNow(log, now),
		waitedMs: undefined,
	};
}

const noObservations: readonly Observation[] = [];

type EarlierRuns = {
	readonly earlier: readonly Session[];
	/** Whether all of them are known. */
	readonly isWhole: boolean;
};

// Until the history is read, the number of runs to compare with is not known.
function newsOfRun(causes: readonly Cause[], {earlier, isWhole}: EarlierRuns, {evidence, ignored}: Facts): News {
	const compared = comparedRuns(earlier);
	const read = compared.flatMap(session => {
		const keys = causeKeys(session, evidence);
		return keys ? [keys] : [];
	});
	return newsOf(causes, read, {ignored, runsCompared: runsExamined, runsThere: isWhole ? compared.length : runsExamined});
}

function behindOf(job: Job, runs: readonly Session[], facts: GroupedFacts): Behind | undefined {
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

// The newest run in range that failed for good: a failure whose retry succeeded does not count.
function lastFailure(listed: readonly Session[], chains: ReadonlyMap<string, Chain>): Session | undefined {
	return listed.find(session => {
		const isLast = chains.get(sessionKey(session))?.attempts.at(-1)?.id === session.id;
		return isLast && failures.has(valueOf(session.status) ?? '');
	});
}
