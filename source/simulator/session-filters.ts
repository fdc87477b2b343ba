import type {Run} from './run.js';
import type {Query} from './paging.js';
import type {SessionFilter, WireVersion} from './wire.js';
import type {World} from './world.js';

export type BoundAppliesTo = 'endTime' | 'creationTime';
export type FilterSetting = {world: World; now: number; boundAppliesTo: BoundAppliesTo};
type Keep = (run: Run) => boolean;

/** Makes a filter of a query's value; undefined if the value can't be read. */
type FilterMaker = (value: string, setting: FilterSetting) => Keep | undefined;

const statuses: Readonly<Record<string, string>> = {stopped: 'Stopped', running: 'Running', succeeded: 'Success', failed: 'Failed', warning: 'Warning'};
const jobTypes: Readonly<Record<string, string>> = {backup: 'Backup', copy: 'Copy'};

const filterMakers: Readonly<Record<SessionFilter, FilterMaker>> = {
	jobType(value) {
		const type = jobTypes[value.toLowerCase()];
		return type === undefined ? undefined : run => run.job.type === type;
	},
	jobId(value) {
		const id = value.toLowerCase();
		return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/v.test(id) ? run => run.job.id === id : undefined;
	},
	endTimeLowerBound(value, setting) {
		const bound = Date.parse(value);
		// A session without an end counts as later than any bound.
		return Number.isNaN(bound) ? undefined : run => boundedTime(run, setting) >= bound;
	},
	endTimeUpperBound(value, setting) {
		const bound = Date.parse(value);
		return Number.isNaN(bound) ? undefined : run => boundedTime(run, setting) <= bound;
	},
	status(value, {world, now}) {
		const status = statuses[value.toLowerCase()];
		return status === undefined ? undefined : run => world.statusOf(run, now) === status;
	},
};

function boundedTime(run: Run, {world, now, boundAppliesTo}: FilterSetting): number {
	if (boundAppliesTo === 'creationTime') {
		return world.startOf(run);
	}

	const end = world.endOf(run);
	return end <= now ? end : Infinity;
}

/** The runs that the query asks for, newest first; undefined for a value that the version refuses. */
export function filteredRuns(query: Query, version: WireVersion, setting: FilterSetting): Run[] | undefined {
	let runs = setting.world.runsAt(setting.now);
	for (const name of version.sessionFilters) {
		const value = query[name.toLowerCase()];
		const keep = value === undefined ? () => true : filterMakers[name](value, setting);
		if (!keep && version.isStrict) {
			return undefined;
		}

		if (value !== undefined && keep) {
			runs = runs.filter(run => keep(run));
		}
	}

	return runs;
}
