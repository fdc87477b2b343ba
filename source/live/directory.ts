import type {ServerApi} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import type {Job} from '../model/job.js';
import type {Named} from '../model/named.js';
import {statusClass} from '../model/session.js';

const jobsEveryMs = 60_000;
const placesEveryMs = 5 * 60_000;

/** Jobs, organizations, repositories and proxies of one server: what gives sessions their names. */
export type Directory = {
	readonly jobs: ReadonlyMap<string, Job>;
	readonly organizations: ReadonlyMap<string, Named>;
	readonly repositories: ReadonlyMap<string, Named>;
	readonly proxies: ReadonlyMap<string, Named>;
};

export type DirectoryReader = {
	readonly current: () => Directory;
	/**
	Asks again for what is due: jobs every minute, and at once when a session names a job that was never
	looked for; the rest every five minutes. A part that cannot be read keeps its old content.
	@returns the first error, where a part could not be read
	*/
	readonly refresh: (jobIds: Iterable<string>, signal?: AbortSignal) => Promise<unknown>;
	/** Jobs that say they are active, once for each reading of the jobs. */
	readonly takeActiveJobs: () => readonly Job[];
};

const empty: Directory = {jobs: new Map(), organizations: new Map(), repositories: new Map(), proxies: new Map()};

export function createDirectory(api: ServerApi, monotonic: () => number): DirectoryReader {
	let directory = empty;
	let activeJobs: readonly Job[] = [];
	const readAt: Partial<Record<keyof Directory, number>> = {};
	const soughtJobs = new Set<string>();

	const isDue = (part: keyof Directory) => monotonic() - (readAt[part] ?? -Infinity) >= (part === 'jobs' ? jobsEveryMs : placesEveryMs);

	const read = async <Entry extends {id: string}>(part: keyof Directory, ask: (signal?: AbortSignal) => Promise<readonly Entry[]>, signal?: AbortSignal) => {
		const entries = await ask(signal);
		readAt[part] = monotonic();
		directory = {...directory, [part]: renewed(directory[part] as ReadonlyMap<string, unknown> as ReadonlyMap<string, Entry>, entries)};
		return entries;
	};

	const readJobs = async (signal?: AbortSignal) => {
		const jobs = await read('jobs', api.jobs, signal);
		activeJobs = jobs.filter(job => statusClass(job.lastStatus) === 'active');
		for (const {id} of jobs) {
			soughtJobs.add(id);
		}
	};

	return {
		current: () => directory,
		async refresh(jobIds, signal) {
			const unknown = new Set(jobIds).difference(soughtJobs);
			for (const id of unknown) {
				soughtJobs.add(id);
			}

			const hasUnknown = unknown.size > 0;
			const places = ['organizations', 'repositories', 'proxies'] as const;
			const parts = [
				...(hasUnknown || isDue('jobs') ? [readJobs(signal)] : []),
				...places.filter(part => isDue(part)).map(async part => read(part, api[part], signal)),
			];
			const results = await Promise.allSettled<unknown>(parts);
			return results.find(result => result.status === 'rejected')?.reason as unknown;
		},
		takeActiveJobs() {
			const taken = activeJobs;
			activeJobs = [];
			return taken;
		},
	};
}

// The same map while nothing in it changed, so that no row is made anew.
function renewed<Entry extends {id: string}>(before: ReadonlyMap<string, Entry>, entries: readonly Entry[]): ReadonlyMap<string, Entry> {
	const isSame = before.size === entries.length && entries.every(entry => {
		const old = before.get(entry.id);
		return old !== undefined && (Object.keys(entry) as Array<keyof Entry>).every(field => old[field] === entry[field]);
	});
	return isSame ? before : new Map(entries.map(entry => [entry.id, entry]));
}

/** The id of each session's job, where it is known. */
export function jobIdsOf(sessions: ReadonlyArray<{readonly jobId: Job['name']}>): string[] {
	return sessions.map(({jobId}) => valueOf(jobId)).filter(id => id !== undefined);
}
