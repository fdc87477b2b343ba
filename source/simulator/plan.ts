import type {Estate, Job} from './estate.js';
import type {Night, RunPlan} from './night.js';
import {chains, outcomes} from './outcomes.js';
import {fractions, weighted} from './random.js';
import {runsOf, type Chain, type Run} from './run.js';
import {day, hour, minute, second} from './time.js';

/** Planned this far at a time. */
const stretch = 6 * hour;

/** All sessions of a night, planned further ahead as the time comes. */
export class Plan {
	readonly #byId = new Map<string, Run>();
	readonly #byJob = new Map<string, Run[]>();
	readonly #reserved = new Map<string, Array<{from: number; until: number}>>();
	readonly #busyUntil = new Map<string, number>();
	readonly #night: Night;
	readonly #estate: Estate;
	readonly #seed: number;
	#plannedUntil: number;
	/** By start, then id; more may follow beyond what was asked for. */
	readonly runs: Run[] = [];

	constructor(night: Night, estate: Estate, {seed, historyDays}: {seed: number; historyDays: number}) {
		this.#night = night;
		this.#estate = estate;
		this.#seed = seed;
		this.#plannedUntil = -historyDays * day;
		for (const [ordinal, plan] of night.script.entries()) {
			this.#addScripted(plan, `scripted ${ordinal}`);
		}
	}

	#addScripted(plan: RunPlan, ordinal: string): void {
		const job = this.#estate.jobs.find(({key}) => key === plan.job);
		if (!job) {
			throw new TypeError(`The script runs a job '${plan.job}' that the night does not have.`);
		}

		const runs = runsOf({
			...plan, job, ordinal,
			startsAt: plan.at * minute,
			waits: (plan.waits ?? 0.05) * minute,
			takes: plan.takes * minute,
			retryWait: (plan.retryWait ?? 10) * minute,
			quietFrom: plan.quietFrom === undefined ? undefined : plan.quietFrom * minute,
		}, this.#seed);
		this.add(runs);
		const reserved = this.#reserved.get(job.id) ?? [];
		reserved.push({from: runs[0]?.startsAt ?? 0, until: runs.at(-1)?.endsAt ?? 0});
		this.#reserved.set(job.id, reserved);
	}

	#addScheduled(job: Job, from: number, until: number): void {
		if (job.every === undefined || job.isEnabled === false) {
			return;
		}

		const every = job.every * minute;
		const offset = (job.offset ?? 0) * minute;
		for (let ordinal = Math.ceil((from - offset) / every); offset + (ordinal * every) < until; ordinal++) {
			const runs = runsOf(this.#scheduled(job, ordinal, offset + (ordinal * every)), this.#seed);
			if (!this.#mayRun(job, runs)) {
				continue;
			}

			this.add(runs);
			this.#busyUntil.set(job.id, runs.at(-1)?.endsAt ?? 0);
		}
	}

	#scheduled(job: Job, ordinal: number, startsAt: number): Chain {
		const [chance, length, wait] = fractions(this.#seed, 'run', job.key, ordinal);
		const attempts = chains[weighted(job.mix ?? this.#night.mix, chance) ?? 'success'];
		const takes = job.minutes * minute * (0.8 + (0.45 * length)) * outcomes[attempts[0] ?? 'success'].lasts;
		return {
			job, attempts, takes, startsAt,
			ordinal: String(ordinal),
			waits: (1 + (19 * wait)) * second,
			retryWait: 10 * minute,
		};
	}

	#mayRun(job: Job, runs: readonly Run[]): boolean {
		const startsAt = runs[0]?.startsAt ?? 0;
		const endsAt = runs.at(-1)?.endsAt ?? 0;
		const hasLife = ((job.goesOn ?? this.#night.goesOn) || startsAt < 0)
			&& startsAt >= -(job.historyDays ?? this.#night.historyDays) * day
			&& !(job.isDeleted && startsAt > -2 * day)
			&& (job.missedAt === undefined || startsAt < job.missedAt * minute);
		// The script alone says what is active at the epoch.
		const isActiveAtEpoch = startsAt <= 0 && endsAt >= 0;
		const isBusy = startsAt <= (this.#busyUntil.get(job.id) ?? -Infinity);
		const meetsScript = this.#reserved.get(job.id)?.some(reserved => startsAt <= reserved.until && endsAt >= reserved.from);
		return hasLife && !isActiveAtEpoch && !isBusy && !meetsScript;
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
		return this.#byId.get(id);
	}

	runsOfJob(jobId: string): readonly Run[] {
		return this.#byJob.get(jobId) ?? [];
	}
}

function byStart(left: Run, right: Run): number {
	return left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1);
}
