import type {Scenario, RunPlan, SlowSpell} from '../scenarios/scenario.js';
import {Archive} from './archive.js';
import type {Inventory, JobRecord} from './inventory.js';
import {byStart, plannedRuns, type Run} from './run.js';
import {scheduledChains, type ScheduleOptions} from './schedule.js';
import {day, hour, minute} from './time.js';

/** Planned this far at a time. */
const stretch = 6 * hour;
/** Older history is in the archive. */
const recent = 40 * day;

/** All sessions of a night, planned further ahead as the time comes. */
export class Plan {
	readonly #byId = new Map<string, Run>();
	readonly #byJob = new Map<string, Run[]>();
	readonly #reserved = new Map<string, Array<{from: number; until: number}>>();
	readonly #busyUntil = new Map<string, number>();
	readonly #options: ScheduleOptions;
	readonly #estate: Inventory;
	#plannedUntil: number;
	/** The recent ones, by start, then id; more may follow beyond what was asked for. */
	readonly runs: Run[] = [];
	readonly archive: Archive;

	constructor(scenario: Scenario, inventory: Inventory, {seed, historyDays}: {seed: number; historyDays: number}) {
		this.#options = {scenario, seed};
		this.#estate = inventory;
		this.#plannedUntil = -Math.min(historyDays * day, recent);
		this.archive = new Archive({...this.#options, jobs: inventory.jobs, from: -historyDays * day, until: this.#plannedUntil});
		for (const [ordinal, plan] of scenario.script.entries()) {
			this.#addScripted(plan, `scripted ${ordinal}`);
		}
	}

	#addScripted(plan: RunPlan, ordinal: string): void {
		const job = this.#estate.jobs.find(({key}) => key === plan.job);
		if (!job) {
			throw new TypeError(`The script runs a job '${plan.job}' that the night does not have.`);
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

	/** Plans so far that all sessions that start before this script time are known. */
	planUntil(script: number): void {
		if (this.#plannedUntil > script) {
			return;
		}

		while (this.#plannedUntil <= script) {
			const from = this.#plannedUntil;
			// A stretch ends at the epoch, so that asking earlier or later plans the same.
			this.#plannedUntil = from < 0 ? Math.min(0, from + stretch) : from + stretch;
			for (const job of this.#estate.jobs) {
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

	run(id: string): Run | undefined {
		return this.#byId.get(id) ?? this.archive.run(id);
	}

	/** The recent ones, oldest first. */
	runsOfJob(jobId: string): readonly Run[] {
		return this.#byJob.get(jobId) ?? [];
	}
}

function inMilliseconds({from, until, objectEvery, warning, warningEvery}: SlowSpell): SlowSpell {
	return {from: from * minute, until: until * minute, objectEvery: objectEvery * minute, warning, warningEvery: warningEvery * minute};
}
