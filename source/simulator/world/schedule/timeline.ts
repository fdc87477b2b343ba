import type {RunPlan, SlowPeriod, WorldPlan} from '../plan.js';
import type {Inventory, JobRecord} from '../inventory.js';
import {byStart, plannedRuns, type Run} from '../run.js';
import {day, hour, minute} from '../time.js';
import {scheduledChains, type ScheduleOptions} from './schedule.js';
import {Archive} from './archive.js';

/** The length of time that is planned at once. */
const stretch = 6 * hour;
/** Older runs are in the archive. */
const recent = 40 * day;

/** All runs of a world, planned further ahead as time passes. */
export class Timeline {
	readonly #byId = new Map<string, Run>();
	readonly #byJob = new Map<string, Run[]>();
	readonly #reserved = new Map<string, Array<{from: number; until: number}>>();
	readonly #busyUntil = new Map<string, number>();
	readonly #options: ScheduleOptions;
	readonly #inventory: Inventory;
	#plannedUntil: number;
	/** The recent runs, by start, then id; runs later than asked for may follow. */
	readonly runs: Run[] = [];
	readonly archive: Archive;

	constructor(plan: WorldPlan, inventory: Inventory, {seed, historyDays}: {seed: number; historyDays: number}) {
		this.#options = {plan, seed};
		this.#inventory = inventory;
		this.#plannedUntil = -Math.min(historyDays * day, recent);
		this.archive = new Archive({...this.#options, jobs: inventory.jobs, from: -historyDays * day, until: this.#plannedUntil});
		for (const [ordinal, run] of plan.script.entries()) {
			this.#addScripted(run, `scripted ${ordinal}`);
		}
	}

	#addScripted(plan: RunPlan, ordinal: string): void {
		const job = this.#inventory.jobs.find(({key}) => key === plan.job);
		if (!job) {
			throw new TypeError(`The script runs a job '${plan.job}' that the plan does not have.`);
		}

		const runs = plannedRuns({
			...plan, job, ordinal,
			startsAt: plan.at * minute,
			waits: (plan.waits ?? 0.05) * minute,
			takes: plan.takes * minute,
			retryWait: (plan.retryWait ?? 10) * minute,
			quietFrom: plan.quietFrom === undefined ? undefined : plan.quietFrom * minute,
			slow: plan.slow && inMilliseconds(plan.slow),
		}, this.#options.seed);
		this.add(runs);
		const reserved = this.#reserved.get(job.id) ?? [];
		reserved.push({from: runs[0]?.startsAt ?? 0, until: runs.at(-1)?.endsAt ?? 0});
		this.#reserved.set(job.id, reserved);
	}

	#addScheduled(job: JobRecord, from: number, until: number): void {
		for (const runs of scheduledChains(job, {from, until}, this.#options)) {
			if (!this.#mayRun(job, runs)) {
				continue;
			}

			this.add(runs);
			this.#busyUntil.set(job.id, runs.at(-1)?.endsAt ?? 0);
		}
	}

	#mayRun(job: JobRecord, runs: readonly Run[]): boolean {
		const startsAt = runs[0]?.startsAt ?? 0;
		const endsAt = runs.at(-1)?.endsAt ?? 0;
		const isBusy = startsAt <= (this.#busyUntil.get(job.id) ?? -Infinity);
		const meetsScript = this.#reserved.get(job.id)?.some(reserved => startsAt <= reserved.until && endsAt >= reserved.from);
		return !isBusy && !meetsScript;
	}

	/** Plans all runs that start up to this script time. */
	planUntil(script: number): void {
		if (this.#plannedUntil > script) {
			return;
		}

		while (this.#plannedUntil <= script) {
			const from = this.#plannedUntil;
			// A stretch ends at the epoch, so that the plan does not depend on when it is asked for.
			this.#plannedUntil = from < 0 ? Math.min(0, from + stretch) : from + stretch;
			for (const job of this.#inventory.jobs) {
				this.#addScheduled(job, from, this.#plannedUntil);
			}
		}

		this.sort();
	}

	add(runs: readonly Run[]): void {
		for (const run of runs) {
			this.runs.push(run);
			this.#byId.set(run.id, run);
			const ofJob = this.#byJob.get(run.job.id);
			if (ofJob) {
				ofJob.push(run);
			} else {
				this.#byJob.set(run.job.id, [run]);
			}
		}
	}

	sort(): void {
		this.runs.sort(byStart);
		for (const runs of this.#byJob.values()) {
			runs.sort(byStart);
		}
	}

	/** The run of an id, recent or archived. */
	run(id: string): Run | undefined {
		return this.#byId.get(id) ?? this.archive.run(id);
	}

	/** The recent runs of a job, oldest first. */
	runsOfJob(jobId: string): readonly Run[] {
		return this.#byJob.get(jobId) ?? [];
	}
}

function inMilliseconds({from, until, objectEvery, warning, warningEvery}: SlowPeriod): SlowPeriod {
	return {from: from * minute, until: until * minute, objectEvery: objectEvery * minute, warning, warningEvery: warningEvery * minute};
}
