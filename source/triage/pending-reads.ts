import {isReadToEnd, readKey, type Evidence, type LogPart, type Urgency, type PendingRead} from '../model/evidence.js';
import type {JobType} from '../model/job.js';
import {canChange, isActive, statusClass, type Session} from '../model/session.js';
import type {Scope} from '../model/snapshot.js';
import {needsNewestLog} from './motion.js';
import type {Verdict} from './verdicts/verdict.js';
import {comparedRuns, lastRuns} from './verdicts/verdicts.js';

/** What would make the verdicts surer, by verdict and in all. */
export type PendingReads = {
	/** In the order in which it should be read. */
	readonly reads: readonly PendingRead[];
	/** How many of them each verdict waits for; one that waits for none is not in it. */
	readonly pending: ReadonlyMap<Verdict, number>;
};

type Candidate = {
	readonly read: PendingRead;
	readonly rank: number;
	/** Whether it only keeps what was read from growing old: no verdict waits for it. */
	readonly isAgain?: boolean;
};

/** What is looked at: how far back the list goes, and milliseconds since 1970 by the server's clock. */
type ListedRange = Pick<Scope, 'rangeMs'> & {readonly now: number};

/** A history that is older than this share of the range is read again, before there is a gap between it and the list. */
const againFrom = 0.9;

/** What is read first: what may be a problem, then what makes an estimate, then the rest. */
const ranks = {silence: 0, warning: 1, failure: 2, estimate: 3, rest: 4} as const;

const urgencyOf = (rank: number): Urgency => rank < ranks.estimate ? 'problem' : 'rest';

/**
What to read of a server besides what it lists, so that its verdicts are certain; nothing that was read already.
@param listed - how far back the list goes, in milliseconds: a history is read again before a gap lies between the two; `now` in
milliseconds since 1970 by the server's clock
*/
export function pendingReadsOf(verdicts: readonly Verdict[], evidence: Evidence, listed: ListedRange): PendingReads {
	const pending = new Map<Verdict, number>();
	const candidates = new Map<string, Candidate>();
	for (const verdict of verdicts) {
		const missing = candidatesOf(verdict, evidence, listed);
		const amount = missing.filter(({isAgain}) => isAgain !== true).length;
		if (amount > 0) {
			pending.set(verdict, amount);
		}

		for (const candidate of missing) {
			const key = readKey(candidate.read);
			const other = candidates.get(key);
			if (!other || other.rank > candidate.rank) {
				candidates.set(key, candidate);
			}
		}
	}

	const reads = [...candidates.values()].toSorted((a, b) => a.rank - b.rank).map(({read}) => read);
	return {reads, pending};
}

function candidatesOf(verdict: Verdict, evidence: Evidence, listed: ListedRange): readonly Candidate[] {
	const {session} = verdict;
	if (!session) {
		return [];
	}

	return isActive(session) ? ofActive(verdict, session, evidence, listed) : ofFinished(verdict, session, evidence, listed);
}

function ofActive(verdict: Verdict, session: Session, evidence: Evidence, listed: ListedRange): readonly Candidate[] {
	const {motion, log, earlier, baseline} = verdict;
	if (!motion) {
		return [];
	}

	const newest = needsNewestLog(session, motion, log, {isLate: verdict.late !== undefined, now: listed.now}) ? [logCandidate(session, 'newest', ranks.silence)] : [];
	const spells = motion.quietMs >= 25 * 60_000 && motion.isLogRead ? missingOf(lastRuns(earlier), 'longestQuiet', evidence, ranks.silence) : [];
	const opening = !log?.opening && baseline ? [logCandidate(session, 'opening', ranks.rest)] : [];
	return [...newest, ...spells, ...historyOf(verdict, evidence, listed, ranks.estimate), ...opening];
}

function ofFinished(verdict: Verdict, session: Session, evidence: Evidence, listed: ListedRange): readonly Candidate[] {
	const isWarning = session.status === 'Warning';
	const isFailure = session.status === 'Failed' || session.status === 'Disconnected' || statusClass(session.status) === 'other';
	if (!isWarning && !isFailure) {
		return [];
	}

	const rank = isWarning ? ranks.warning : ranks.failure;
	const own = isReadToEnd(verdict.log?.problems, session) ? [] : [logCandidate(session, 'problems', rank)];
	const before = verdict.news?.isSettled ? [] : missingOf(comparedRuns(verdict.earlier).filter(({status}) => status !== 'Success'), 'problems', evidence, rank).slice(0, 1);
	return [...own, ...historyOf(verdict, evidence, listed, rank), ...before];
}

function historyOf({jobId, job, session}: Verdict, {histories}: Evidence, {rangeMs, now}: ListedRange, rank: number): readonly Candidate[] {
	const age = now - (histories.get(jobId ?? '')?.readAt ?? -Infinity);
	if (jobId === undefined || age <= againFrom * rangeMs) {
		return [];
	}

	const isAgain = age <= rangeMs;
	const its = isAgain ? ranks.rest : rank;
	const jobType = job?.type ?? (session?.jobType === 'Copy' ? 'Copy' : 'Backup');
	return [{read: {kind: 'history', jobId, jobType, urgency: urgencyOf(its)}, rank: its, isAgain}];
}

/** What is open on screen, as far as something is read for it. */
export type Opened = {
	readonly jobId: string | undefined;
	readonly jobType: JobType;
	/** What is known of it; undefined where it is an earlier run, or where its job is not in range. */
	readonly verdict: Verdict | undefined;
	/** The session whose problems are told; undefined where none are. */
	readonly troubled: Session | undefined;
};

/**
What to read before all else since somebody looks at it: the job's history, also where no verdict wants it, the problems of
the session, again and again while it can still have more, and what its verdict lacks.
@param listed - as with `wantsOf`
*/
export function readsForOpened(
	{jobId, jobType, verdict, troubled}: Opened, evidence: Evidence, listed: ListedRange,
): readonly PendingRead[] {
	const {histories, logs} = evidence;
	const readAt = histories.get(jobId ?? '')?.readAt ?? -Infinity;
	const isRead = readAt >= listed.now - listed.rangeMs;
	const history: readonly PendingRead[] = jobId === undefined || isRead ? [] : [{kind: 'history', jobId, jobType, urgency: 'opened'}];
	const isSettled = !troubled || (!canChange(troubled) && isReadToEnd(logs.get(troubled.id)?.problems, troubled));
	const problems: readonly PendingRead[] = isSettled ? [] : [{kind: 'log', sessionId: troubled.id, part: 'problems', urgency: 'opened'}];
	const lacking = verdict ? candidatesOf(verdict, evidence, listed).map(({read}): PendingRead => ({...read, urgency: 'opened'})) : [];
	return [...new Map([...history, ...problems, ...lacking].map(read => [readKey(read), read])).values()];
}

function missingOf(sessions: readonly Session[], part: LogPart, {logs}: Evidence, rank: number): readonly Candidate[] {
	return sessions.filter(session => !isReadToEnd(logs.get(session.id)?.[part], session)).map(session => logCandidate(session, part, rank));
}

function logCandidate({id}: Session, part: LogPart, rank: number): Candidate {
	return {read: {kind: 'log', sessionId: id, part, urgency: urgencyOf(rank)}, rank};
}
