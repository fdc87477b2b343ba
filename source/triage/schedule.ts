import {valueOf} from '../model/field.js';
import type {Job, Schedule} from '../model/job.js';
import {statusClass, type Session} from '../model/session.js';
import {longestClosedMs} from './backup-window.js';

/** A run that did not come; when it was due, in milliseconds since 1970. */
export type Missed = {readonly dueAt: number};

/** What is known of a job's newest session besides its start. */
export type NewestRun = {
	readonly isActive?: boolean;
	/** Milliseconds since 1970. */
	readonly endedAt?: number | undefined;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A run may begin this long after it was due. */
const graceMs = 10 * minuteMs;
/** The clock that starts a run and the clock that dates its session may differ by this much. */
const earlyMs = minuteMs;

const hasNoClock: ReadonlySet<Schedule | undefined> = new Set(['manual', 'immediate']);

/**
The run of an enabled, scheduled job that should have begun more than 10 minutes ago, and did not. A job that still runs
has not missed the next run: the server starts it afterwards, and the 10 minutes count from there.
@param newestStart - creation of the job's newest session known, in any status
@param now - milliseconds since 1970 by the clock of the job's server
@param newest - what else is known about that session
*/
export function missedRun(job: Job, newestStart: number | undefined, now: number, {isActive = false, endedAt}: NewestRun = {}): Missed | undefined {
	const dueAt = valueOf(job.nextRunAt);
	const isRunning = isActive || statusClass(job.lastStatus) === 'active';
	if (dueAt === undefined || isRunning || job.isEnabled === false || hasNoClock.has(valueOf(job.schedule))) {
		return undefined;
	}

	// The time of the next run is read once a minute: a run may be seen before it is moved on.
	const hasRun = [newestStart, valueOf(job.lastRunAt)].some(startedAt => startedAt !== undefined && startedAt >= dueAt - earlyMs);
	const freeAt = Math.max(dueAt, endedAt ?? dueAt);
	return !hasRun && now - freeAt > graceMs ? {dueAt} : undefined;
}

/** A copy that is older than its source by more than its schedule allows; times are milliseconds since 1970. */
export type Behind = {
	/** End of the newest success of the copy; undefined where none is known. */
	readonly copiedAt: number | undefined;
	/** End of the newest success of its source. */
	readonly sourceAt: number;
	/** How much older the copy is than its source, or how long it has been waited for, whichever is more. */
	readonly lagMs: number;
};

/** The runs by which a copy job and its source are compared. */
export type CopyEnds = {
	/** End of the newest Success or Warning of the copy. */
	readonly copiedAt: number | undefined;
	/** End of the newest Success or Warning of the source. */
	readonly sourceAt: number;
	/** Whether the copy runs or is queued. */
	readonly isActive: boolean;
	/** How long nine in ten of its runs took at most, in milliseconds. */
	readonly usualMs: number | undefined;
	/** `firstUncopiedAt` of the source's sessions; without it the source's schedule has to do. */
	readonly uncopiedAt?: number | undefined;
};

type Allowance = (copy: Job, usualMs: number) => number | undefined;

/** How long a success of the source may wait until its copy has ended. */
const allowances: Readonly<Record<Schedule, Allowance>> = {
	manual: () => undefined,
	immediate: (copy, usualMs) => Math.max(6 * hourMs, 3 * usualMs) + longestClosedMs(copy),
	// A period goes on while the window is closed, a time of day lies where it is open.
	periodic: (copy, usualMs) => turnMs(copy, longestClosedMs(copy) + usualMs),
	daily: (copy, usualMs) => turnMs(copy, usualMs),
};

const leastUsualMs = 2 * hourMs;

function turnMs(copy: Job, moreMs: number): number | undefined {
	const everyMs = valueOf(copy.everyMs);
	return everyMs === undefined ? undefined : everyMs + moreMs;
}

function allowanceMs(copy: Job, usualMs: number | undefined): number | undefined {
	const schedule = valueOf(copy.schedule);
	return copy.isEnabled === false || schedule === undefined ? undefined : allowances[schedule](copy, Math.max(leastUsualMs, usualMs ?? 0));
}

/**
Whether a copy job has left a success of its source uncopied for longer than its schedule allows: a period or a day
and a usual run, or 6 hours (three usual runs) where it copies as restore points appear; while the window that it has
is closed it need not copy. A copy that runs is given twice the time. Manual and disabled copies are never behind.
@param now - milliseconds since 1970 by the clock of the jobs' server
*/
export function behindSource(copy: Job, source: Job, ends: CopyEnds, now: number): Behind | undefined {
	const {copiedAt, sourceAt, isActive} = ends;
	const allowedMs = allowanceMs(copy, ends.usualMs);
	const isCopied = copiedAt === undefined ? mayBeCopied(copy, ends) : copiedAt >= sourceAt;
	if (allowedMs === undefined || isCopied) {
		return undefined;
	}

	const apartMs = copiedAt === undefined ? 0 : sourceAt - copiedAt;
	const waitedMs = now - (ends.uncopiedAt ?? sourceAt);
	const isBehind = waitedMs > allowedMs * (isActive ? 2 : 1)
		|| (ends.uncopiedAt === undefined && isTooFarApart(apartMs, {copy, source, allowedMs, isStarting: isActive || waitedMs < graceMs}));
	return isBehind ? {copiedAt, sourceAt, lagMs: Math.max(apartMs, waitedMs)} : undefined;
}

/** Where no success is known, an older run that left the range may have copied it, or the first run may still copy it. */
function mayBeCopied(copy: Job, {sourceAt, isActive}: CopyEnds): boolean {
	const lastRunAt = valueOf(copy.lastRunAt);
	return isActive || (lastRunAt !== undefined && lastRunAt >= sourceAt);
}

/**
Whether the newest successes lie further apart than the schedules explain. A copy with a period or a time of day succeeds at each
turn, whatever its source does; one that copies as restore points appear waits for its source, which may fail once: then
the copy is a turn older when it starts.
*/
function isTooFarApart(apartMs: number, {copy, source, allowedMs, isStarting}: {
	readonly copy: Job;
	readonly source: Job;
	readonly allowedMs: number;
	readonly isStarting: boolean;
}): boolean {
	const sourceMs = copy.schedule === 'immediate' ? valueOf(source.everyMs) ?? Infinity : 0;
	return apartMs > (sourceMs + allowedMs) * (isStarting ? 2 : 1);
}

const goodEnds: ReadonlySet<unknown> = new Set(['Success', 'Warning']);

/** Ends of the sessions that succeeded, with warnings or without, in milliseconds since 1970. */
function goodEndsOf(sessions: readonly Session[]): readonly number[] {
	return sessions.flatMap(({status, endedAt}) => goodEnds.has(status) && typeof endedAt === 'number' ? [endedAt] : []);
}

/**
When the newest run of a job ended that succeeded, with warnings or without, in milliseconds since 1970: the latest that
the job and the given sessions say. In v6 a job says only when its last run began.
*/
export function lastGoodAt(job: Job, sessions: readonly Session[]): number | undefined {
	const lastRunAt = goodEnds.has(job.lastStatus) ? valueOf(job.lastRunAt) : undefined;
	const known = [valueOf(job.lastBackupAt), lastRunAt, ...goodEndsOf(sessions)].filter(at => at !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

/**
When the source of a copy first succeeded after the copy's newest success, in milliseconds since 1970.
@param sessions - the newest sessions of the source, none left out between them
@returns undefined where they do not reach back to `copiedAt`, or none of them is such a success
*/
export function firstUncopiedAt(sessions: readonly Session[], copiedAt: number | undefined): number | undefined {
	const reachesBack = copiedAt !== undefined && sessions.some(({endedAt}) => typeof endedAt === 'number' && endedAt <= copiedAt);
	const uncopied = reachesBack ? goodEndsOf(sessions).filter(at => at > copiedAt) : [];
	return uncopied.length === 0 ? undefined : Math.min(...uncopied);
}
