import {isReadToEnd, wantKey, type Evidence, type LogPart, type Urgency, type Want} from '../model/evidence.js';
import type {JobType} from '../model/job.js';
import {canChange, isActive, statusClass, type Session} from '../model/session.js';
import type {Scope} from '../model/snapshot.js';
import {needsNewestLog} from './motion.js';
import type {Verdict} from './verdict.js';
import {comparedRuns, lastRuns} from './verdicts.js';

/** What would make the verdicts surer, by verdict and in all. */
export type Wanted = {
	/** In the order in which it should be read. */
	readonly wants: readonly Want[];
	/** How many of them each verdict waits for; one that waits for none is not in it. */
	readonly pending: ReadonlyMap<Verdict, number>;
};

type Wish = {
	readonly want: Want;
	readonly rank: number;
	/** Whether it only keeps what was read from growing old: no verdict waits for it. */
	readonly isAgain?: boolean;
};

/** What is looked at: how far back the list goes, and milliseconds since 1970 by the server's clock. */
type Held = Pick<Scope, 'rangeMs'> & {readonly now: number};

/** A history that is older than this share of the range is read again, before there is a gap between it and the list. */
const againFrom = 0.9;

/** What is read first: what may be a problem, then what makes an estimate, then the rest. */
const ranks = {silence: 0, warning: 1, failure: 2, estimate: 3, rest: 4} as const;

const urgencyOf = (rank: number): Urgency => rank < ranks.estimate ? 'problem' : 'rest';

/**
What to read of a server besides what it lists, so that its verdicts are certain; nothing that was read already.
@param held - how far back the list goes, in milliseconds: a history is read again before a gap lies between the two; `now` in
milliseconds since 1970 by the server's clock
*/
export function wantsOf(verdicts: readonly Verdict[], evidence: Evidence, held: Held): Wanted {
	const pending = new Map<Verdict, number>();
	const wishes = new Map<string, Wish>();
	for (const verdict of verdicts) {
		const missing = wishesOf(verdict, evidence, held);
		const amount = missing.filter(({isAgain}) => isAgain !== true).length;
		if (amount > 0) {
			pending.set(verdict, amount);
		}

		for (const wish of missing) {
			const key = wantKey(wish.want);
			const other = wishes.get(key);
			if (!other || other.rank > wish.rank) {
				wishes.set(key, wish);
			}
		}
	}

	const wants = [...wishes.values()].toSorted((a, b) => a.rank - b.rank).map(({want}) => want);
	return {wants, pending};
}

function wishesOf(verdict: Verdict, evidence: Evidence, held: Held): readonly Wish[] {
	const {session} = verdict;
	if (!session) {
		return [];
	}

	return isActive(session) ? ofActive(verdict, session, evidence, held) : ofFinished(verdict, session, evidence, held);
}

function ofActive(verdict: Verdict, session: Session, evidence: Evidence, held: Held): readonly Wish[] {
	const {motion, log, earlier, usual} = verdict;
	if (!motion) {
		return [];
	}

	const newest = needsNewestLog(session, motion, log, {isLate: verdict.late !== undefined, now: held.now}) ? [logWish(session, 'newest', ranks.silence)] : [];
	const spells = motion.quietMs >= 25 * 60_000 && motion.isLogRead ? missingOf(lastRuns(earlier), 'longestQuiet', evidence, ranks.silence) : [];
	const opening = !log?.opening && usual ? [logWish(session, 'opening', ranks.rest)] : [];
	return [...newest, ...spells, ...historyOf(verdict, evidence, held, ranks.estimate), ...opening];
}

function ofFinished(verdict: Verdict, session: Session, evidence: Evidence, held: Held): readonly Wish[] {
	const isWarning = session.status === 'Warning';
	const isFailure = session.status === 'Failed' || session.status === 'Disconnected' || statusClass(session.status) === 'other';
	if (!isWarning && !isFailure) {
		return [];
	}

	const rank = isWarning ? ranks.warning : ranks.failure;
	const own = isReadToEnd(verdict.log?.problems, session) ? [] : [logWish(session, 'problems', rank)];
	const before = verdict.news?.isSettled ? [] : missingOf(comparedRuns(verdict.earlier).filter(({status}) => status !== 'Success'), 'problems', evidence, rank).slice(0, 1);
	return [...own, ...historyOf(verdict, evidence, held, rank), ...before];
}

function historyOf({jobId, job, session}: Verdict, {histories}: Evidence, {rangeMs, now}: Held, rank: number): readonly Wish[] {
	const age = now - (histories.get(jobId ?? '')?.readAt ?? -Infinity);
	if (jobId === undefined || age <= againFrom * rangeMs) {
		return [];
	}

	const isAgain = age <= rangeMs;
	const its = isAgain ? ranks.rest : rank;
	const jobType = job?.type ?? (session?.jobType === 'Copy' ? 'Copy' : 'Backup');
	return [{want: {kind: 'history', jobId, jobType, urgency: urgencyOf(its)}, rank: its, isAgain}];
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
@param held - as with `wantsOf`
*/
export function openedWants(
	{jobId, jobType, verdict, troubled}: Opened, evidence: Evidence, held: Held,
): readonly Want[] {
	const {histories, logs} = evidence;
	const readAt = histories.get(jobId ?? '')?.readAt ?? -Infinity;
	const isRead = readAt >= held.now - held.rangeMs;
	const history: readonly Want[] = jobId === undefined || isRead ? [] : [{kind: 'history', jobId, jobType, urgency: 'opened'}];
	const isSettled = !troubled || (!canChange(troubled) && isReadToEnd(logs.get(troubled.id)?.problems, troubled));
	const problems: readonly Want[] = isSettled ? [] : [{kind: 'log', sessionId: troubled.id, part: 'problems', urgency: 'opened'}];
	const lacking = verdict ? wishesOf(verdict, evidence, held).map(({want}): Want => ({...want, urgency: 'opened'})) : [];
	return [...new Map([...history, ...problems, ...lacking].map(want => [wantKey(want), want])).values()];
}

function missingOf(sessions: readonly Session[], part: LogPart, {logs}: Evidence, rank: number): readonly Wish[] {
	return sessions.filter(session => !isReadToEnd(logs.get(session.id)?.[part], session)).map(session => logWish(session, part, rank));
}

function logWish({id}: Session, part: LogPart, rank: number): Wish {
	return {want: {kind: 'log', sessionId: id, part, urgency: urgencyOf(rank)}, rank};
}
