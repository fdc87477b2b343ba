import type {Run} from '../../world/run.js';
import type {SessionFilter, SimulatedVersion} from '../../wire/wire.js';
import {longestRun} from '../../world/time.js';
import type {World} from '../../world/world.js';
import type {QueryParameters} from './paging.js';

export type BoundAppliesTo = 'endTime' | 'creationTime';
export type FilterSetting = {world: World; now: number; boundAppliesTo: BoundAppliesTo};

/** No run that was created before `since` passes. */
type Filter = {passes: (run: Run) => boolean; since?: number; jobId?: string};

/** The filter of a query's value; undefined for a malformed value. */
type FilterMaker = (value: string, setting: FilterSetting) => Filter | undefined;

const statuses: Readonly<Record<string, string>> = {stopped: 'Stopped', running: 'Running', succeeded: 'Success', failed: 'Failed', warning: 'Warning'};
const jobTypes: Readonly<Record<string, string>> = {backup: 'Backup', copy: 'Copy'};

const filterMakers: Readonly<Record<SessionFilter, FilterMaker>> = {
	jobType(value) {
		const type = jobTypes[value.toLowerCase()];
		return type === undefined ? undefined : {passes: run => run.job.type === type};
	},
	jobId(value) {
		const jobId = value.toLowerCase();
		return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/v.test(jobId) ? {jobId, passes: run => run.job.id === jobId} : undefined;
	},
	endTimeLowerBound(value, setting) {
		const bound = Date.parse(value);
		// An active session counts as later than any bound.
		return Number.isNaN(bound) ? undefined : {since: bound - longestRun, passes: run => boundedTime(run, setting) >= bound};
	},
	endTimeUpperBound(value, setting) {
		const bound = Date.parse(value);
		return Number.isNaN(bound) ? undefined : {passes: run => boundedTime(run, setting) <= bound};
	},
	status(value, {world, now}) {
		const status = statuses[value.toLowerCase()];
		return status === undefined ? undefined : {...(status === 'Running' && {since: now - longestRun}), passes: run => world.statusOf(run, now) === status};
	},
};

function boundedTime(run: Run, {world, now, boundAppliesTo}: FilterSetting): number {
	if (boundAppliesTo === 'creationTime') {
		return world.startOf(run);
	}

	const end = world.endOf(run);
	return end <= now ? end : Infinity;
}

/** The runs that pass the filters of a query, newest first, found as they are read; undefined for a value that the version refuses. */
export function filteredRuns(query: QueryParameters, version: SimulatedVersion, setting: FilterSetting): Iterable<Run> | undefined {
	const filters: Filter[] = [];
	for (const name of version.sessionFilters) {
		const value = query[name.toLowerCase()];
		const filter = value === undefined ? undefined : filterMakers[name](value, setting);
		if (filter) {
			filters.push(filter);
		} else if (value !== undefined && version.isStrict) {
			return undefined;
		}
	}

	return passing(filters, setting);
}

function * passing(filters: readonly Filter[], {world, now}: FilterSetting): Generator<Run> {
	const since = Math.max(-Infinity, ...filters.map(filter => filter.since ?? -Infinity));
	const jobId = filters.find(filter => filter.jobId !== undefined)?.jobId;
	for (const run of jobId === undefined ? world.newestRunsAt(now) : runsOfJob(world, jobId, now)) {
		if (world.startOf(run) < since) {
			return;
		}

		if (filters.every(({passes}) => passes(run))) {
			yield run;
		}
	}
}

/** The runs of a job, newest first; none for an unknown id. */
export function runsOfJob(world: World, jobId: string, now: number): Iterable<Run> {
	const job = world.inventory.jobs.find(({id}) => id === jobId);
	return job ? world.newestRunsOfJobAt(job, now) : [];
}
