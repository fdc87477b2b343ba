import {isReadToEnd, readKey, type Evidence, type PendingRead} from '../model/evidence.js';
import type {JobType} from '../model/job.js';
import {canChange, type Session} from '../model/session.js';
import type {ListedRange, NeededRead} from './needed-reads.js';
import {verdictRules, type Verdict} from './verdicts/verdict.js';

/** What is still to be read so that the verdicts are certain, by verdict and in all. */
export type PendingReads = {
	/** In the order in which it should be read. */
	readonly reads: readonly PendingRead[];
	/** How many of them each verdict waits for; one that waits for none is not in it. */
	readonly pending: ReadonlyMap<Verdict, number>;
};

const neededFor = (verdict: Verdict, evidence: Evidence, listed: ListedRange) => verdictRules[verdict.kind].needs(verdict, evidence, listed);

/**
What to read of a server besides its lists, so that its verdicts are certain, without what was read already: what may be a
problem first, then what makes an estimate, then the rest.
@param listed - how far back the list goes, in milliseconds: a history is read again before a gap lies between the two; `now` in
milliseconds since 1970 by the server's clock
*/
export function pendingReadsOf(verdicts: readonly Verdict[], evidence: Evidence, listed: ListedRange): PendingReads {
	const pending = new Map<Verdict, number>();
	const byKey = new Map<string, NeededRead>();
	for (const verdict of verdicts) {
		const needed = neededFor(verdict, evidence, listed);
		const amount = needed.filter(({isAgain}) => isAgain !== true).length;
		if (amount > 0) {
			pending.set(verdict, amount);
		}

		for (const one of needed) {
			const key = readKey(one.read);
			const other = byKey.get(key);
			if (!other || other.rank > one.rank) {
				byKey.set(key, one);
			}
		}
	}

	const reads = [...byKey.values()].toSorted((a, b) => a.rank - b.rank).map(({read}) => read);
	return {reads, pending};
}

/** What is open on screen, as far as something is read for it. */
export type Opened = {
	readonly jobId: string | undefined;
	readonly jobType: JobType;
	/** The verdict on its job; undefined where it is an earlier run, or where its job is not in range. */
	readonly verdict: Verdict | undefined;
	/** The session whose problems are shown; undefined where none are. */
	readonly troubled: Session | undefined;
};

/**
What to read before all else since it is open on screen: the job's history, also where no verdict needs it, the problems of
the session, again and again while it can still have more, and what its verdict needs.
@param listed - as for `pendingReadsOf`
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
	const needed = verdict ? neededFor(verdict, evidence, listed).map(({read}): PendingRead => ({...read, urgency: 'opened'})) : [];
	return [...new Map([...history, ...problems, ...needed].map(read => [readKey(read), read])).values()];
}
