import {valueOf} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';
import type {Session} from '../model/session.js';
import type {Observation} from '../model/snapshot.js';
import type {Baseline} from './baseline.js';

/** When a running session will end: our estimate, never a figure of the server. */
export type Estimate = {
	/** Milliseconds since 1970 by the server's clock; at least a minute from now. */
	readonly endsAt: number;
	/** Where the usual runs differ much: between these; else undefined. */
	readonly band: {readonly from: number; readonly until: number} | undefined;
	/** `found`: from the number of objects that the log says were found; `usual`: from the usual run. */
	readonly basis: 'found' | 'usual';
};

/** What an estimate is made from. */
export type EstimatedRun = {
	readonly session: Session;
	readonly baseline: Baseline | undefined;
	/** Objects found, by the log; undefined where it was not read or does not say. */
	readonly found: number | undefined;
	/** Of this session, oldest first. */
	readonly observations: readonly Observation[];
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: number;
};

const minute = 60_000;
/** Usual runs differ much where p90 is more than this many times the median. */
const wideFactor = 1.5;
/** Without a usual run, an estimate needs at least this share of the run's objects done. */
const leastShare = 0.1;
const leastElapsed = 10 * minute;
/** A shorter time says little about pace: objects end in bursts. */
const leastWatched = 2 * minute;

/**
When a running session will end; undefined where it does not run, or where there is neither a usual run nor
enough progress towards the number of objects found. The more objects are done, the more the pace of the run itself counts.
Usual runs are first runs; a retry has fewer objects, so only its own pace counts.
*/
export function estimateOf(run: EstimatedRun): Estimate | undefined {
	const {session: {status, createdAt, retryCount}, now} = run;
	const began = valueOf(createdAt);
	if (valueOf(status) !== 'Running' || began === undefined) {
		return undefined;
	}

	const baseline = (valueOf(retryCount) ?? 0) === 0 ? run.baseline : undefined;
	const elapsed = Math.max(0, now - began);
	const progress = progressOf(run, baseline, elapsed);
	const usualMs = baseline && baseline.durationMs.median * (progress?.scale ?? 1);
	const remaining = usualMs === undefined ? remainingByPace(progress, elapsed) : blended(progress, usualMs, elapsed);
	if (remaining === undefined) {
		return undefined;
	}

	const endAt = (left: number) => Math.round(now + Math.max(minute, left));
	return {
		endsAt: endAt(remaining),
		band: baseline && usualMs ? bandOf(baseline, factor => endAt(blended(progress, usualMs * factor, elapsed))) : undefined,
		basis: progress?.isFound ? 'found' : 'usual',
	};
}

/**
The number in "Found 3,900 objects", not that in "Found 3 excluded objects"; undefined where the log does not say it.
@param opening - the first items of a log
*/
export function foundObjects(opening: readonly LogItem[]): number | undefined {
	for (const {text} of opening) {
		const digits = foundPattern.exec(valueOf(text) ?? '')?.groups?.['number']!.replaceAll(/\D/gv, '');
		if (digits !== undefined) {
			return Number(digits);
		}
	}

	return undefined;
}

/** Thousands are separated as the server's locale does it; a number of at most 15 digits is exact. */
const foundPattern = /^Found (?<number>\d{1,3}(?:[\s',.’]\d{2,3}){0,4}|\d{4,15}) objects?\b/v;

type Progress = {
	/** 0 to 1: of the objects that are expected. */
	readonly done: number;
	/** One object of them. */
	readonly step: number;
	/** Shares a millisecond. */
	readonly pace: number;
	/** How many times the usual objects are expected. */
	readonly scale: number;
	readonly isFound: boolean;
};

function progressOf({session, found, observations, now}: EstimatedRun, baseline: Baseline | undefined, elapsed: number): Progress | undefined {
	const objects = valueOf(session.progress);
	const usualObjects = baseline?.objects?.median ?? 0;
	const isFound = found !== undefined && found > 0;
	const expected = Math.max(isFound ? found : usualObjects, objects ?? 0);
	if (objects === undefined || objects < 0 || !(isFound || usualObjects > 0)) {
		return undefined;
	}

	return {
		done: objects / expected,
		step: 1 / expected,
		pace: paceOf(objects, observations, {now, elapsed}) / expected,
		scale: isFound && usualObjects > 0 ? expected / usualObjects : 1,
		isFound,
	};
}

/**
Objects a millisecond. What was watched counts with the pace at which it was watched, the rest with that since the run was
created, which waited and listed objects at first.
*/
function paceOf(objects: number, observations: readonly Observation[], {now, elapsed}: {readonly now: number; readonly elapsed: number}): number {
	if (objects === 0 || elapsed === 0) {
		return 0;
	}

	const start = observations.findLast(({progress}) => progress === 0) ?? observations.find(({progress}) => valueOf(progress) !== undefined);
	const before = Math.min(objects, valueOf(start?.progress) ?? objects);
	const watched = objects - before;
	const time = Math.min(elapsed, Math.max(leastWatched, now - (start?.at ?? now)));
	return (before / elapsed) + ((watched / objects) * (watched / time));
}

function remainingByPace(progress: Progress | undefined, elapsed: number): number | undefined {
	return progress && progress.done >= leastShare && elapsed >= leastElapsed ? (1 - progress.done) / progress.pace : undefined;
}

/** Milliseconds that are left, from the usual length of such a run and the pace of this one. */
function blended(progress: Progress | undefined, usualMs: number, elapsed: number): number {
	if (!progress || usualMs === 0) {
		return usualMs - elapsed;
	}

	const {done, step, pace} = progress;
	const usualPace = 1 / usualMs;
	// The object being processed counts as far as a usual run would be with it.
	const left = 1 - Math.min(done + step, Math.max(done, elapsed * usualPace));
	if (left <= 0) {
		return 0;
	}

	// A run that is faster than usual counts early: often nothing has changed since the last one. A slow start says less.
	const weight = pace > usualPace ? Math.cbrt(done) : done;
	return left / (((1 - weight) * usualPace) + (weight * pace));
}

function bandOf({durationMs: {median, p90}}: Baseline, endFor: (factor: number) => number): Estimate['band'] {
	if (!(p90 > wideFactor * median)) {
		return undefined;
	}

	const from = endFor(median / p90);
	const until = endFor(p90 / median);
	return from < until ? {from, until} : undefined;
}
