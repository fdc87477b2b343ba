import {valueOf, type Field} from '../model/field.js';
import type {Job} from '../model/job.js';
import {isActive, sessionKey, type Session} from '../model/session.js';
import type {Snapshot} from '../model/snapshot.js';

/** How a run and its retries ended, or stand. */
export type ChainOutcome =
	/** An attempt is under way. */
	| 'running'
	/** A retry succeeded. */
	| 'healed'
	/** The last attempt ended with warnings. */
	| 'warnings'
	/** Another attempt is announced, or due. */
	| 'retrying'
	/** The last attempt failed, and none is left. */
	| 'failed'
	/** The only run succeeded. */
	| 'success'
	/** Stopped, disconnected, not configured, or in a status that is not known. */
	| 'other';

/** A run of a job with its retries. */
export type Chain = {
	/** The first run and its retries, oldest first; at least one. The first may have left the range. */
	readonly attempts: readonly Session[];
	readonly outcome: ChainOutcome;
	/** How many retries the job's schedule allows; undefined where it is not known. */
	readonly most: number | undefined;
	/** When the next attempt is due, in milliseconds since 1970 by the server's clock; undefined where none is, or where the pause is not known. */
	readonly nextAt: number | undefined;
};

/** An announced retry is expected until this long after it was due. */
const lapseMs = 10 * 60_000;

/**
The chains of sessions, by the key of each session in one. v7 and v8 name the first run in `mainSessionId`; in v6 a
session is a retry of the one before it, of the same job, whose ordinal is one less.
@param now - milliseconds since 1970 by the clock of the sessions' server
*/
export function chainsOf(sessions: readonly Session[], jobs: ReadonlyMap<string, Job>, now: number): ReadonlyMap<string, Chain> {
	const chains = new Map<string, Chain>();
	for (const attempts of groups(sessions)) {
		const chain = chainOf(attempts, jobs.get(valueOf(attempts[0]!.jobId) ?? ''), now);
		for (const session of attempts) {
			chains.set(sessionKey(session), chain);
		}
	}

	return chains;
}

/** The chain of one session, from the listed sessions of its job. */
export function chainOfSession(session: Session, {sessions, jobs}: Pick<Snapshot, 'sessions' | 'jobs'>, now: number): Chain | undefined {
	const ofJob = sessions.filter(({jobId}) => jobId === session.jobId);
	return chainsOf(ofJob, jobs, now).get(sessionKey(session));
}

function groups(sessions: readonly Session[]): Iterable<readonly Session[]> {
	const found = new Map<string, Session[]>();
	// Of each job the key of its newest chain, and the ordinal of the attempt that came last.
	const newest = new Map<string, {readonly key: string; readonly ordinal: number}>();
	for (const session of sessions.toSorted(oldestFirst)) {
		const job = valueOf(session.jobId) ?? session.id;
		const ordinal = valueOf(session.retryCount) ?? 0;
		const before = newest.get(job);
		const isNext = ordinal > 0 && before?.ordinal === ordinal - 1;
		const key = valueOf(session.mainSessionId) ?? (isNext ? before.key : session.id);
		newest.set(job, {key, ordinal});
		const attempts = found.get(key);
		if (attempts) {
			attempts.push(session);
		} else {
			found.set(key, [session]);
		}
	}

	return found.values();
}

function chainOf(attempts: readonly Session[], job: Job | undefined, now: number): Chain {
	const last = attempts.at(-1)!;
	const most = valueOf(job?.retryTimes);
	const nextAt = nextAttempt(last, valueOf(job?.retryWaitMs));
	const isLeft = isRetryLeft(last, most) && (nextAt ?? valueOf(last.endedAt) ?? now) + lapseMs >= now;
	const outcome = outcomeOf(attempts, isLeft);
	return {attempts, outcome, most, nextAt: outcome === 'retrying' ? nextAt : undefined};
}

function nextAttempt({endedAt}: Session, waitMs: number | undefined): number | undefined {
	const ended = valueOf(endedAt);
	return ended === undefined || waitMs === undefined ? undefined : ended + waitMs;
}

// V7 and v8 have a field for it; in v6 a failed run is retried as often as its job allows.
function isRetryLeft({status, willBeRetried, retryCount}: Session, times: number | undefined): boolean {
	return valueOf(willBeRetried) ?? (status === 'Failed' && (valueOf(retryCount) ?? 0) < (times ?? 0));
}

function outcomeOf(attempts: readonly Session[], isLeft: boolean): ChainOutcome {
	const last = attempts.at(-1)!;
	if (isActive(last)) {
		return 'running';
	}

	if (isLeft) {
		return 'retrying';
	}

	const ends: Readonly<Record<string, ChainOutcome>> = {
		Success: isRetry(last) ? 'healed' : 'success',
		Warning: 'warnings',
		Failed: 'failed',
	};
	return ends[statusOf(last.status)] ?? 'other';
}

const isRetry = ({retryCount, mainSessionId}: Session) => (valueOf(retryCount) ?? 0) > 0 || valueOf(mainSessionId) !== undefined;

const statusOf = (status: Field<string>) => valueOf(status) ?? '';

function oldestFirst(a: Session, b: Session): number {
	return (valueOf(a.createdAt) ?? 0) - (valueOf(b.createdAt) ?? 0) || (a.id < b.id ? -1 : 1);
}
