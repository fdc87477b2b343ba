import type {JobRecord} from '../inventory.js';
import {chains, outcomes} from '../outcomes.js';
import type {WorldPlan} from '../plan.js';
import {fractions, weighted} from '../random.js';
import {plannedRuns, type RunChain, type Run} from '../run.js';
import {day, minute, second} from '../time.js';

export type ScheduleOptions = {seed: number; plan: WorldPlan};

/**
@yields the scheduled runs of a job between two script times, a chain at a time, oldest first
*/
export function * scheduledChains(
	job: JobRecord, {from, until, block}: {from: number; until: number; block?: number}, options: ScheduleOptions,
): Generator<Run[]> {
	if (job.every === undefined || job.isEnabled === false) {
		return;
	}

	const every = job.every * minute;
	const offset = (job.offset ?? 0) * minute;
	for (let ordinal = Math.ceil((from - offset) / every); offset + (ordinal * every) < until; ordinal++) {
		const runs = plannedRuns(scheduled({job, ordinal, startsAt: offset + (ordinal * every), block}, options), options.seed);
		if (isPlanned(job, runs, options.plan)) {
			yield runs;
		}
	}
}

type Start = {job: JobRecord; ordinal: number; startsAt: number; block: number | undefined};

function scheduled({job, ordinal, startsAt, block}: Start, {plan, seed}: ScheduleOptions): RunChain {
	const [chance, length, wait] = fractions(seed, 'run', job.key, ordinal);
	const mix = (startsAt < 0 ? undefined : job.mixAfter) ?? job.mix ?? plan.mix;
	const attempts = chains[weighted(mix, chance) ?? 'success'];
	const takes = job.minutes * minute * (0.8 + (0.45 * length) + ((plan.tail ?? 0) * (length ** 12))) * outcomes[attempts[0] ?? 'success'].lasts;
	return {
		job, attempts, takes, startsAt, block,
		ordinal: String(ordinal),
		waits: (1 + (19 * wait)) * second,
		retryWait: 10 * minute,
	};
}

/** Whether the job has this run: it has begun to run, has not ended, and the run is not one that it misses. */
function isPlanned(job: JobRecord, runs: readonly Run[], plan: WorldPlan): boolean {
	const startsAt = runs[0]?.startsAt ?? 0;
	const endsAt = runs.at(-1)?.endsAt ?? 0;
	const isActiveAtEpoch = startsAt <= 0 && endsAt >= 0;
	return ((job.goesOn ?? plan.goesOn) || startsAt < 0)
		&& startsAt >= -(job.historyDays ?? plan.historyDays) * day
		&& !(job.isDeleted && startsAt > -2 * day)
		&& (job.missedAt === undefined || startsAt < job.missedAt * minute)
		&& (plan.runsThrough === true || !isActiveAtEpoch);
}
