import type {Bottleneck, SessionStatus} from '../values.js';
import {problemsOf} from '../outcomes.js';
import {numberBetween} from '../random.js';
import type {Run} from '../run.js';
import {minute, scriptTime, second, wallTime, type Pacing} from '../time.js';
import {filledIn, objectProblems} from './objects.js';
import {workDone} from './work.js';

export type SessionStatistics = {
	processingRateBytesPS: number;
	processingRateItemsPS: number;
	readRateBytesPS: number;
	writeRateBytesPS: number;
	transferredDataBytes: number;
	processedObjects: number;
	bottleneck: Bottleneck;
};

/** A session as it is at one time; times are wall time. */
export type SessionState = {
	run: Run;
	id: string;
	status: SessionStatus;
	createdAt: number;
	endedAt: number | undefined;
	/** When the server last wrote the record. */
	changedAt: number;
	details: string | undefined;
	progress: number;
	willBeRetried: boolean;
	statistics: SessionStatistics;
};

const nothingMoved: SessionStatistics = {
	processingRateBytesPS: 0, processingRateItemsPS: 0, readRateBytesPS: 0, writeRateBytesPS: 0, transferredDataBytes: 0, processedObjects: 0, bottleneck: 'NA',
};

/** When the run is created, starts to work and ends, in wall time (ms). */
export function wallTimesOf(run: Run, pacing: Pacing): {createdAt: number; runningAt: number; endedAt: number} {
	return {
		createdAt: wallTime(pacing, run.startsAt),
		runningAt: wallTime(pacing, run.runsAt),
		endedAt: wallTime(pacing, run.endsAt),
	};
}

// A run belongs to one world, so its last state is always the same.
const endedSessions = new WeakMap<Run, SessionState>();

/** The session of a run that has been created by `now`. */
export function sessionAt(run: Run, now: number, pacing: Pacing): SessionState {
	const times = wallTimesOf(run, pacing);
	const session = {run, id: run.id, createdAt: times.createdAt, willBeRetried: false, progress: 0, details: undefined, endedAt: undefined};
	if (now >= times.endedAt) {
		const ended = endedSessions.get(run) ?? endedSession(session, times);
		endedSessions.set(run, ended);
		return ended;
	}

	return now < times.runningAt ? {...session, status: 'Queued', changedAt: times.createdAt, statistics: nothingMoved} : {...session, ...workAt(run, changedAtOf(run, now, times.runningAt, pacing), times.runningAt, pacing), status: 'Running'};
}

/** The record of a running session is written once a second of wall time. */
function changedAtOf(run: Run, now: number, runningAt: number, pacing: Pacing): number {
	const until = run.quietFrom === undefined ? now : Math.min(now, wallTime(pacing, run.quietFrom));
	return Math.max(runningAt, runningAt + (Math.floor((until - runningAt) / second) * second));
}

function workAt(run: Run, changedAt: number, runningAt: number, pacing: Pacing): Pick<SessionState, 'changedAt' | 'progress' | 'statistics' | 'details'> {
	const passed = Math.min(run.endsAt, scriptTime(pacing, changedAt)) - run.runsAt;
	const done = workDone(run, passed / Math.max(1, run.endsAt - run.runsAt));
	const isDetecting = passed < Math.min(2 * minute, (run.endsAt - run.runsAt) / 10);
	const statistics = statisticsOf(run, {done, elapsed: changedAt - runningAt, bottleneck: isDetecting ? 'Detecting' : run.bottleneck, tick: changedAt});
	return {
		changedAt, statistics,
		progress: Math.floor(run.totals.objects * done),
		details: isDetecting ? undefined : transferredLine(statistics),
	};
}

function endedSession(session: Pick<SessionState, 'run' | 'id' | 'createdAt'>, times: {runningAt: number; endedAt: number}): SessionState {
	const {run} = session;
	const {outcome, totals} = run;
	const hasWorked = totals.objects > 0;
	const statistics = hasWorked ? statisticsOf(run, {done: 1, elapsed: times.endedAt - times.runningAt, bottleneck: run.bottleneck, tick: 0}) : nothingMoved;
	const problem = objectProblems(run)[0]?.message ?? problemsOf(outcome, run.job.workload)[0]?.text;
	const details = outcome.details ?? (problem === undefined ? transferredLine(statistics) : filledIn(problem, run.job, {index: 0}));
	return {
		...session, statistics, details,
		status: outcome.status,
		endedAt: times.endedAt,
		changedAt: times.endedAt,
		progress: totals.objects,
		willBeRetried: run.willBeRetried,
	};
}

type Moment = {done: number; elapsed: number; bottleneck: Bottleneck; tick: number};

function statisticsOf(run: Run, {done, elapsed, bottleneck, tick}: Moment): SessionStatistics {
	const bytes = Math.floor(run.totals.bytes * done);
	const items = Math.floor(run.totals.items * done);
	// Work in parallel and waits make the reported rate differ from bytes over elapsed time.
	const factor = numberBetween(0.9, 1.3, run.id, 'rate') / Math.max(1, elapsed / second);
	return {
		processingRateBytesPS: Math.floor(bytes * factor),
		processingRateItemsPS: Math.floor(items * factor),
		readRateBytesPS: Math.floor(numberBetween(200_000, 9_000_000, run.id, 'read') * numberBetween(0.7, 1.3, run.id, 'read', tick)),
		writeRateBytesPS: Math.floor(numberBetween(20_000, 30_000_000, run.id, 'write') * numberBetween(0.7, 1.3, run.id, 'write', tick)),
		transferredDataBytes: bytes,
		processedObjects: items,
		bottleneck,
	};
}

/** The line as the console writes it: 1024-based sizes with one decimal, whole items a second. */
export function transferredLine({transferredDataBytes, processedObjects, processingRateBytesPS, processingRateItemsPS}: SessionStatistics): string {
	return `Transferred: ${size(transferredDataBytes)} (${processedObjects} items) at ${size(processingRateBytesPS)}/s (${processingRateItemsPS} items/s)`;
}

function size(bytes: number): string {
	const units = ['KB', 'MB', 'GB', 'TB'];
	let amount = bytes;
	let unit = 'B';
	while (amount >= 1024 && units.length > 0) {
		amount /= 1024;
		unit = units.shift() ?? unit;
	}

	return unit === 'B' ? `${bytes} B` : `${amount.toFixed(1)} ${unit}`;
}
