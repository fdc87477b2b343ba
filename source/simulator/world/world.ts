import type {Scenario, SessionStatus} from '../scenarios/scenario.js';
import {makeInventory, type Inventory, type JobRecord} from './inventory.js';
import {logItemsAt, type LogItemState} from './log.js';
import {processedObjects, type ObjectRecord} from './objects.js';
import {padHistory} from './padding.js';
import {Plan} from './plan.js';
import type {Run} from './run.js';
import {sessionAt, wallTimesOf, type SessionState} from './session-state.js';
import {day, hour, minute, scriptTime, wallTime, type Pacing} from './time.js';

export type JobState = {
	job: JobRecord;
	lastRun: number | undefined;
	nextRun: number | undefined;
	lastBackup: number | undefined;
	lastStatus: SessionStatus;
	/** When what runs now must have ended. */
	windowClosesAt: number | undefined;
	changedAt: number;
};

export type WorldOptions = {scenario: Scenario; seed: number; epoch: number; pace: number; sessions?: number};

/** What the server knows, as a function of time alone: nothing in it changes by being asked. */
export class World {
	readonly #plan: Plan;
	readonly #retention: number;
	readonly scenario: Scenario;
	readonly inventory: Inventory;
	readonly epoch: number;
	readonly pace: number;

	constructor({scenario, seed, epoch, pace, sessions}: WorldOptions) {
		this.scenario = scenario;
		this.epoch = epoch;
		this.pace = pace;
		const padding = padHistory(scenario, sessions ?? 0);
		this.inventory = makeInventory(padding.scenario, seed);
		this.#plan = new Plan(padding.scenario, this.inventory, {seed, historyDays: padding.historyDays});
		this.#retention = padding.historyDays * day;
		// A long history is planned here, so that no request waits for it.
		this.#planFor(epoch);
	}

	#nextRun(job: JobRecord, later: readonly Run[]): number | undefined {
		if (job.isEnabled === false || job.isImmediate) {
			return undefined;
		}

		const next = job.missedAt === undefined ? later.find(({retryCount}) => retryCount === 0)?.startsAt : job.missedAt * minute;
		return next === undefined ? undefined : wallTime(this.pacing, next);
	}

	#planFor(now: number): number {
		const script = scriptTime(this.pacing, now);
		// A daily job's next run must be known too.
		this.#plan.planUntil(script + (50 * hour));
		return script;
	}

	get pacing(): Pacing {
		return {epoch: this.epoch, pace: this.pace};
	}

	/** All sessions, newest first. */
	sessionsAt(now: number): SessionState[] {
		return this.runsAt(now).map(run => sessionAt(run, now, this.pacing));
	}

	/** The runs behind them, newest first, without the cost of their state. */
	runsAt(now: number): Run[] {
		return [...this.newestRunsAt(now)];
	}

	/**
	@yields the same, planned no further back than it is read: a long history is not for one look
	*/
	* newestRunsAt(now: number): Generator<Run> {
		const script = this.#planFor(now);
		yield * this.#kept(this.#plan.runs, this.#plan.archive.runs(), script);
	}

	/**
	@yields the same of one job
	*/
	* newestRunsOfJobAt(job: JobRecord, now: number): Generator<Run> {
		const script = this.#planFor(now);
		yield * this.#kept(this.#plan.runsOfJob(job.id), this.#plan.archive.runsOfJob(job), script);
	}

	* #kept(recent: readonly Run[], older: Iterable<Run>, script: number): Generator<Run> {
		const oldest = script - this.#retention;
		for (let place = firstAfter(recent, script) - 1; place >= 0; place--) {
			const run = recent[place]!;
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

	session(id: string, now: number): SessionState | undefined {
		const script = this.#planFor(now);
		const run = this.#plan.run(id);
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

	/** Wall time at which the run ends, whether or not it has. */
	endOf(run: Run): number {
		return wallTimesOf(run, this.pacing).endedAt;
	}

	logItems(session: SessionState, now: number): LogItemState[] {
		return logItemsAt(session.run, now, this.pacing);
	}

	processedObjects(session: SessionState): ObjectRecord[] {
		return processedObjects(session.run, session.progress);
	}

	/** The jobs that exist. */
	jobsAt(now: number): JobState[] {
		return this.inventory.jobs.filter(({isDeleted}) => !isDeleted).map(job => this.jobState(job, now));
	}

	jobState(job: JobRecord, now: number): JobState {
		const script = this.#planFor(now);
		const runs = this.#plan.runsOfJob(job.id);
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

/** Index of the first run that starts later. */
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
