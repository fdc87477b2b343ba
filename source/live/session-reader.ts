import type {Capabilities, Page, ServerApi, SessionQuery} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import {type Job, type JobType, jobTypes} from '../model/job.js';
import type {Session} from '../model/session.js';
import type {Scope} from '../model/snapshot.js';
import type {SessionStore} from './session-store.js';

/** Sessions asked for at once: few for the first rows on screen, then many. */
const firstPage = 100;
const nextPages = 500;
/** Pages overlap by this many, since a list that moves while it is read shifts by one for each session that leaves it. */
const overlap = 5;
/** No list is read further than this; what is missing is said on screen. */
const mostSessions = 100_000;
/** Sessions before the newest answer that are read again after a pause. */
const lookBackMs = 10 * 60_000;
/** Requests for single sessions in one poll. */
const singleReads = 3;
const biggestNewestPage = 1000;

type Progress = {
	readonly onPage: () => void;
	readonly isOver: () => boolean;
};

/** What reads the sessions of one server into its store. */
export type SessionReader = {
	/** Reads every session of the scope; `isOver` ends it between two pages. Says why the list is not whole, where it is not. */
	readonly readAll: (scope: Scope, serverTime: () => number, progress: Progress, signal?: AbortSignal) => Promise<string | undefined>;
	/** Reads what is new since the time given, and every session that can still change. */
	readonly readNewest: (scope: Scope, serverTime: () => number, since: number, signal?: AbortSignal) => Promise<void>;
	/** Finds the active sessions of jobs that say they are active while none of theirs is held: runs that began before the range. */
	readonly findActive: (jobs: readonly Job[], serverTime: () => number, signal?: AbortSignal) => Promise<void>;
	/** v6 does not say a session's type, and a job that is gone cannot either: asks once for each type. */
	readonly findTypes: (jobs: ReadonlyMap<string, Job>, scope: Scope, serverTime: () => number, signal?: AbortSignal) => Promise<void>;
};

export function createSessionReader(api: ServerApi, store: SessionStore): SessionReader {
	const typeById = new Map<string, JobType>();
	const typeAsked = new Set<string>();
	// Ids of sessions that were read one by one, in the order in which their turn comes again.
	let turn: string[] = [];

	const capabilities = async (signal?: AbortSignal): Promise<Capabilities> => api.capabilities() ?? api.connect(signal);

	const merge = (sessions: readonly Session[], serverTime: number, jobType?: JobType) => {
		const typed = sessions.map(session => {
			if (session.jobType !== undefined) {
				return session;
			}

			const known = jobType ?? typeById.get(session.id);
			if (known) {
				typeById.set(session.id, known);
			}

			return known ? {...session, jobType: known} : session;
		});
		store.merge(typed, serverTime);
	};

	const readPages = async (query: Omit<SessionQuery, 'offset' | 'limit'>, take: (page: Page<Session>) => 'more' | 'enough', signal?: AbortSignal) => {
		let offset = 0;
		let limit = firstPage;
		while (offset < mostSessions) {
			// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
			const page = await api.sessions({...query, offset, limit}, signal);
			if (take(page) === 'enough' || page.isLast) {
				return true;
			}

			offset += Math.max(1, page.entries.length + page.dropped - overlap);
			limit = nextPages;
		}

		return false;
	};

	const readRunning = async (scope: Scope, serverTime: () => number, signal?: AbortSignal) => {
		const {filtersByStatus} = await capabilities(signal);
		if (!filtersByStatus) {
			return new Set<string>();
		}

		const page = await api.sessions({...typeOf(scope), status: 'Running', offset: 0, limit: biggestNewestPage}, signal);
		merge(page.entries, serverTime(), scope.jobType);
		return new Set(page.entries.map(({id}) => id));
	};

	const readSingly = async (sessions: readonly Session[], serverTime: () => number, signal?: AbortSignal) => {
		const waiting = new Set(sessions.map(({id}) => id));
		turn = [...turn.filter(id => waiting.has(id)), ...[...waiting].filter(id => !turn.includes(id))];
		const ids = turn.slice(0, singleReads);
		turn = [...turn.slice(singleReads), ...ids];
		await Promise.all(ids.map(async id => {
			const session = await api.session(id, signal);
			if (session) {
				merge([session], serverTime());
			} else {
				store.remove(id);
			}
		}));
	};

	return {
		async readAll(scope, serverTime, {onPage, isOver}, signal) {
			const query = {...typeOf(scope), endedAfter: serverTime() - scope.rangeMs};
			const seen = new Set<string>();
			let dropped = 0;
			const isWhole = await readPages(query, page => {
				const seenBefore = seen.size;
				for (const {id} of page.entries) {
					seen.add(id);
				}

				merge(page.entries, serverTime(), scope.jobType);
				dropped += page.dropped;
				onPage();
				// A page of nothing but sessions that were read before: the server goes round in circles.
				return isOver() || (seen.size === seenBefore && page.entries.length > overlap) ? 'enough' : 'more';
			}, signal);
			if (isOver()) {
				return undefined;
			}

			// What a bound does to active sessions is the server's affair: the newest and the running ones are asked for without.
			const newest = await api.sessions({...typeOf(scope), offset: 0, limit: firstPage}, signal);
			merge(newest.entries, serverTime(), scope.jobType);
			await readRunning(scope, serverTime, signal);
			if (!isWhole) {
				return `only the first ${mostSessions} sessions of the range were read`;
			}

			return dropped > 0 ? `${dropped} sessions could not be read` : undefined;
		},

		async readNewest(scope, serverTime, since, signal) {
			const unsettledBefore = store.unsettled();
			const seen = new Set<string>();
			const limit = newestLimit(store, unsettledBefore, await capabilities(signal));
			let offset = 0;
			for (;;) {
				// eslint-disable-next-line no-await-in-loop -- whether there is a next page depends on this one
				const page = await api.sessions({...typeOf(scope), offset, limit}, signal);
				merge(page.entries, serverTime(), scope.jobType);
				for (const {id} of page.entries) {
					seen.add(id);
				}

				if (page.isLast || reaches(page.entries, since - lookBackMs) || offset > mostSessions) {
					break;
				}

				offset += Math.max(1, page.entries.length + page.dropped - overlap);
			}

			let unseen = unsettledBefore.filter(({id}) => !seen.has(id));
			if (unseen.length > singleReads) {
				const running = await readRunning(scope, serverTime, signal);
				unseen = unseen.filter(({id}) => !running.has(id));
			}

			await readSingly(unseen, serverTime, signal);
		},

		async findActive(jobs, serverTime, signal) {
			const busy = new Set(store.unsettled().map(({jobId}) => valueOf(jobId)));
			for (const job of jobs) {
				if (busy.has(job.id)) {
					continue;
				}

				// eslint-disable-next-line no-await-in-loop -- one request at a time: the server is busy backing up
				const page = await api.newestSessionsOfJob(job, 1, signal);
				merge(page.entries, serverTime());
			}
		},

		async findTypes(jobs, scope, serverTime, signal) {
			const untyped = store.sessions().filter(session => session.jobType === undefined && !typeAsked.has(session.id) && !jobs.has(valueOf(session.jobId) ?? ''));
			if (untyped.length === 0) {
				return;
			}

			for (const {id} of untyped) {
				typeAsked.add(id);
			}

			const wanted = new Set(untyped.map(({id}) => id));
			for (const jobType of jobTypes) {
				// eslint-disable-next-line no-await-in-loop -- one request at a time: the server is busy backing up
				await readPages({jobType, endedAfter: serverTime() - scope.rangeMs}, page => {
					merge(page.entries.filter(({id}) => wanted.has(id)), serverTime(), jobType);
					return 'more';
				}, signal);
			}
		},
	};
}

const typeOf = ({jobType}: Scope) => jobType === undefined ? {} : {jobType};

// Whether a page, newest first, goes back to the time given. In any other order it must go there whole.
function reaches(sessions: readonly Session[], time: number): boolean {
	const created = sessions.map(({createdAt}) => valueOf(createdAt)).filter(at => at !== undefined);
	const isNewestFirst = created.every((at, index) => index === 0 || at <= created[index - 1]!);
	const back = isNewestFirst ? created.at(-1) : Math.max(...created);
	return back !== undefined && back < time;
}

// v6 and v7 cannot be asked for running sessions: where many began before the newest page, one bigger page serves them all.
function newestLimit(store: SessionStore, unsettled: readonly Session[], {filtersByStatus}: Capabilities): number {
	if (filtersByStatus || unsettled.length <= singleReads) {
		return firstPage;
	}

	const ids = new Set(unsettled.map(({id}) => id));
	const places = store.sessions().flatMap(({id}, index) => ids.has(id) ? [index] : []);
	const farthest = places.at(-1 - singleReads) ?? 0;
	return Math.min(biggestNewestPage, Math.max(firstPage, Math.ceil((farthest + 20) / 100) * 100));
}
