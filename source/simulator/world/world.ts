import {makeInventory, type Inventory, type JobRecord} from './inventory.js';
import {logItemsAt, type LogItemState} from './session/log.js';
import {processedObjects, type ObjectRecord} from './session/objects.js';
import {padHistory} from './schedule/padding.js';
import {Timeline} from './schedule/timeline.js';
import type {WorldPlan} from './plan.js';
import type {Run} from './run.js';
import {sessionAt, wallTimesOf, type SessionState} from './session/session-state.js';
import {day, hour, minute, scriptTime, wallTime, type Pacing} from './time.js';
import type {SessionStatus} from './values.js';

export type JobState = {
	job: JobRecord;
	lastRun: number | undefined;
	nextRun: number | undefined;
	lastBackup: number | undefined;
	lastStatus: SessionStatus;
	/** Wall time by which the current run must end. */
	windowClosesAt: number | undefined;
	changedAt: number;
};

/** `epoch` in ms since 1970; `pace`: how many times faster than the clock script time runs after it; `sessions`: about how many the history has at least. */
export type WorldOptions = {plan: WorldPlan; seed: number; epoch: number; pace: number; sessions?: number};

/** What the server knows, as a function of time alone: reading it changes nothing. */
export class World {
	readonly #timeline: Timeline;
	readonly #retention: number;
	readonly inventory: Inventory;
	readonly epoch: number;
	readonly pace: number;

	constructor({plan, seed, epoch, pace, sessions}: WorldOptions) {
		this.epoch = epoch;
		this.pace = pace;
		const padding = padHistory(plan, sessions ?? 0);
		this.inventory = makeInventory(padding.plan, seed);
		this.#timeline = new Timeline(padding.plan, this.inventory, {seed, historyDays: padding.historyDays});
		this.#retention = padding.historyDays * day;
		// A long history is planned here, so that no request has to wait for it.
		this.#planFor(epoch);
	}

	#nextRun(job: JobRecord, later: readonly Run[]): number | undefined {
		if (job.isEnabled === false || job.isImmediate) {
			return undefined;
		}

		// A run that was missed stays the next one.
		const next = job.missedAt === undefined ? later.find(({retryCount}) => retryCount === 0)?.startsAt : job.missedAt * minute;
		return next === undefined ? undefined : wallTime(this.pacing, next);
	}

	#planFor(now: number): number {
		const script = scriptTime(this.pacing, now);
		// A daily job's next run must be known too.
		this.#timeline.planUntil(script + (50 * hour));
		return script;
	}

	get pacing(): Pacing {
		return {epoch: this.epoch, pace: this.pace};
	}

	/** All sessions, newest first; `now` is wall time in ms, here and below. */
	sessionsAt(now: number): SessionState[] {
		return this.runsAt(now).map(run => sessionAt(run, now, this.pacing));
	}

	/** The runs of all sessions, newest first, without the cost of their state. */
	runsAt(now: number): Run[] {
		return [...this.newestRunsAt(now)];
	}

	/**
	@yields the runs of all sessions, newest first, planned no further back than they are read
	*/
	* newestRunsAt(now: number): Generator<Run> {
		const script = this.#planFor(now);
		yield * this.#retained(this.#timeline.runs, this.#timeline.archive.runs(), script);
	}

	/**
	@yields the runs of the sessions of one job, newest first
	*/
	* newestRunsOfJobAt(job: JobRecord, now: number): Generator<Run> {
		const script = this.#planFor(now);
		yield * this.#retained(this.#timeline.runsOfJob(job.id), this.#timeline.archive.runsOfJob(job), script);
	}

	* #retained(recent: readonly Run[], older: Iterable<Run>, script: number): Generator<Run> {
		const oldest = script - this.#retention;
		for (let index = firstAfter(recent, script) - 1; index >= 0; index--) {
			const run = recent[index]!;
			if (run.startsAt <= oldest) {
				return;
			}

			yield run;
		}

		for (const run of older) {
			if (run.startsAt <= oldest) {
				return;
			}

			yield run;
		}
	}

	/** A session by its id; undefined if it does not exist yet, or no longer. */
	session(id: string, now: number): SessionState | undefined {
		const script = this.#planFor(now);
		const run = this.#timeline.run(id);
		return run && run.startsAt <= script && run.startsAt > script - this.#retention ? sessionAt(run, now, this.pacing) : undefined;
	}

	sessionOf(run: Run, now: number): SessionState {
		return sessionAt(run, now, this.pacing);
	}

	/** Wall time at which the run starts. */
	startOf(run: Run): number {
		return wallTime(this.pacing, run.startsAt);
	}

	statusOf(run: Run, now: number): SessionStatus {
		const {runningAt, endedAt} = wallTimesOf(run, this.pacing);
		return now >= endedAt ? run.outcome.status : (now < runningAt ? 'Queued' : 'Running');
	}

	/** Wall time at which the run ends, also if that is still to come. */
	endOf(run: Run): number {
		return wallTimesOf(run, this.pacing).endedAt;
	}

	logItems(session: SessionState, now: number): LogItemState[] {
		return logItemsAt(session.run, now, this.pacing);
	}

	processedObjects(session: SessionState): ObjectRecord[] {
		return processedObjects(session.run, session.progress);
	}

	/** The jobs that are not deleted. */
	jobsAt(now: number): JobState[] {
		return this.inventory.jobs.filter(({isDeleted}) => !isDeleted).map(job => this.jobState(job, now));
	}

	jobState(job: JobRecord, now: number): JobState {
		const script = this.#planFor(now);
		const runs = this.#timeline.runsOfJob(job.id);
		const next = firstAfter(runs, script);
		const lastRun = runs[next - 1];
		const last = lastRun && sessionAt(lastRun, now, this.pacing);
		const lastBackup = runs.slice(0, next).findLast(run => restorable.has(run.outcome.status) && this.endOf(run) <= now);
		return {
			job,
			lastRun: last?.createdAt,
			nextRun: this.#nextRun(job, runs.slice(next)),
			lastBackup: lastBackup && this.endOf(lastBackup),
			lastStatus: last?.status ?? 'NotConfigured',
			windowClosesAt: job.window && wallTime(this.pacing, job.window.closesAt * minute),
			changedAt: last?.changedAt ?? (this.epoch - (30 * day)),
		};
	}
}

const restorable: ReadonlySet<SessionStatus> = new Set(['Success', 'Warning']);

/** Index of the first run that starts after this script time. */
function firstAfter(runs: readonly Run[], script: number): number {
	let low = 0;
	let high = runs.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((runs[middle]?.startsAt ?? 0) <= script) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
