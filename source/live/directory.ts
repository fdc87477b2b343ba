import type {ServerApi} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import type {Job} from '../model/job.js';
import type {Named, Proxy, Repository} from '../model/named.js';
import {statusClass} from '../model/session.js';

const jobsEveryMs = 60_000;
const othersEveryMs = 5 * 60_000;
/** After a fault a part is asked for again after 1, 4, 16 and then 60 s: with the next poll, and then less and less often. */
const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/** Jobs, organizations, repositories and proxies of one server: what gives sessions their names. */
export type Directory = {
	readonly jobs: ReadonlyMap<string, Job>;
	readonly organizations: ReadonlyMap<string, Named>;
	readonly repositories: ReadonlyMap<string, Repository>;
	readonly proxies: ReadonlyMap<string, Proxy>;
};

export type DirectoryReader = {
	readonly current: () => Directory;
	/**
	Asks again for what is due: jobs every minute, and at once when a session names a job that was never
	looked for; the rest every five minutes. A part that cannot be read stays as it was.
	@returns the first fault that lasts: of a part that could not be read when it was last asked for
	*/
	readonly refresh: (jobIds: Iterable<string>, signal?: AbortSignal) => Promise<unknown>;
	/** Whether the jobs were ever read: only then is a job that is not among them gone. */
	readonly hasJobs: () => boolean;
	/** Jobs that say they are active, once for each reading of the jobs. */
	readonly takeActiveJobs: () => readonly Job[];
};

type Part = keyof Directory;

/** When a part was last asked for (monotonic ms), and what came of it. */
type Asked = {readonly at: number; readonly failures: number; readonly fault: unknown};

const parts = ['jobs', 'organizations', 'repositories', 'proxies'] as const satisfies readonly Part[];

const empty: Directory = {jobs: new Map(), organizations: new Map(), repositories: new Map(), proxies: new Map()};

export function createDirectory(api: ServerApi, monotonic: () => number): DirectoryReader {
	let directory = empty;
	let activeJobs: readonly Job[] = [];
	let hasJobs = false;
	const asked = new Map<Part, Asked>();
	const soughtJobs = new Set<string>();

	const isDue = (part: Part) => {
		const last = asked.get(part);
		return last === undefined || monotonic() - last.at >= pauseOf(part, last.failures);
	};

	const put = <Entry extends {id: string}>(part: Part, entries: readonly Entry[]) => {
		const before = directory[part] as ReadonlyMap<string, unknown> as ReadonlyMap<string, Entry>;
		directory = {...directory, [part]: renewed(before, entries)};
	};

	const onJobs = (jobs: readonly Job[]) => {
		hasJobs = true;
		activeJobs = jobs.filter(job => statusClass(job.lastStatus) === 'active');
		for (const {id} of jobs) {
			soughtJobs.add(id);
		}
	};

	const read = async (part: Part, signal?: AbortSignal) => {
		try {
			const entries = await readers[part](api, signal);
			put(part, entries);
			if (part === 'jobs') {
				onJobs(entries as readonly Job[]);
			}

			asked.set(part, {at: monotonic(), failures: 0, fault: undefined});
		} catch (error) {
			asked.set(part, {at: monotonic(), failures: (asked.get(part)?.failures ?? 0) + 1, fault: error});
		}
	};

	return {
		current: () => directory,
		hasJobs: () => hasJobs,
		async refresh(jobIds, signal) {
			let hasUnknown = false;
			for (const id of jobIds) {
				hasUnknown ||= !soughtJobs.has(id);
				soughtJobs.add(id);
			}

			const isToBeRead = (part: Part) => isDue(part) || (part === 'jobs' && hasUnknown && asked.get(part)?.failures === 0);
			await Promise.all(parts.filter(part => isToBeRead(part)).map(async part => read(part, signal)));
			return parts.map(part => asked.get(part)?.fault).find(fault => fault !== undefined);
		},
		takeActiveJobs() {
			const taken = activeJobs;
			activeJobs = [];
			return taken;
		},
	};
}

const readers: Readonly<Record<Part, (api: ServerApi, signal?: AbortSignal) => Promise<ReadonlyArray<{readonly id: string}>>>> = {
	jobs: async (api, signal) => api.jobs(signal),
	organizations: async (api, signal) => api.organizations(signal),
	repositories: async (api, signal) => api.repositories(signal),
	proxies: async (api, signal) => api.proxies(signal),
};

function pauseOf(part: Part, failures: number): number {
	if (failures > 0) {
		return Math.min(longestPauseMs, firstPauseMs * (4 ** (failures - 1)));
	}

	return part === 'jobs' ? jobsEveryMs : othersEveryMs;
}

// The same map while nothing in it changed, so that no row is made anew. A list that comes back
// empty is more often a server in trouble than one where all was deleted: the names stay.
function renewed<Entry extends {id: string}>(before: ReadonlyMap<string, Entry>, entries: readonly Entry[]): ReadonlyMap<string, Entry> {
	const isSame = before.size === entries.length && entries.every(entry => {
		const old = before.get(entry.id);
		return old !== undefined && (Object.keys(entry) as Array<keyof Entry>).every(field => old[field] === entry[field]);
	});
	return isSame || entries.length === 0 ? before : new Map(entries.map(entry => [entry.id, entry]));
}

/** The id of each session's job, where it is known. */
export function jobIdsOf(sessions: ReadonlyArray<{readonly jobId: Job['name']}>): string[] {
	return sessions.map(({jobId}) => valueOf(jobId)).filter(id => id !== undefined);
}
