import type {Capabilities, Page, ServerApi} from '../api/server-api.js';
import {ServerFault} from '../model/errors.js';
import {valueOf} from '../model/field.js';
import {type Job, type JobType, jobTypes} from '../model/job.js';
import {statusClass, type Session} from '../model/session.js';
import type {Scope} from '../model/snapshot.js';
import {reaches, readPages} from './session-pages.js';
import {hasUnreadable, inCommon, type SessionStore} from './session-store.js';

/** Sessions asked for at once: few for the first rows on screen, then many. */
const firstPage = 100;
const nextPages = 500;
/** Sessions before the newest answer that are read again after a pause. */
const overlapMs = 10 * 60_000;
/** Requests for single sessions in one poll. */
const singleReads = 3;
const biggestNewestPage = 1000;

/** What a reading is for. */
export type Reading = {
	readonly scope: Scope;
	/** Milliseconds since 1970 by the server's clock, now. */
	readonly serverTime: () => number;
	/** Whether what still comes is no longer wanted: nothing more is asked for or kept then. */
	readonly isOver: () => boolean;
	readonly signal?: AbortSignal;
};

/** What came of a list that was read. */
export type NewestRead = {
	/** Whether the server lists any session at all; where it does not, nothing in the store was touched. */
	readonly isListed: boolean;
	/** Whether every row, and all of each, could be read. */
	readonly isClean: boolean;
};

export type WholeRead = {
	/** Why the list is not whole, where it is not. */
	readonly missing: string | undefined;
	/** Ids of all that came. */
	readonly seen: ReadonlySet<string>;
};

/** What reads the sessions of one server into its store. */
export type SessionReader = {
	/** Reads every session of the scope. */
	readonly readAll: (reading: Reading, onPage: () => void) => Promise<WholeRead>;
	/** Reads what is new since the time given, and every session that can still change. */
	readonly readNewest: (reading: Reading, since: number) => Promise<NewestRead>;
	/** Finds the active sessions of jobs that say they are active while none of theirs is in the store: runs that began before the range. */
	readonly findActive: (reading: Reading, jobs: readonly Job[]) => Promise<void>;
	/** v6 does not say a session's type, and a job that is gone cannot either: asks once for each type. */
	readonly findTypes: (reading: Reading, jobs: ReadonlyMap<string, Job>) => Promise<void>;
};

/** A reader that puts the sessions of one server into a store. */
export function createSessionReader(api: ServerApi, store: SessionStore): SessionReader {
	const reader = new StoreReader(api, store);
	return {
		readAll: async (reading, onPage) => reader.readAll(reading, onPage),
		readNewest: async (reading, since) => reader.readNewest(reading, since),
		findActive: async (reading, jobs) => reader.findActive(reading, jobs),
		findTypes: createTypeFinder(api, store, (reading, sessions, jobType) => {
			reader.merge(reading, sessions, jobType);
		}),
	};
}

class StoreReader {
	readonly #api: ServerApi;
	readonly #store: SessionStore;
	readonly #nextInTurn = createTurn();
	// A server that is restarted may not know for a moment what it lists again a moment later.
	readonly #notFound = new Set<string>();

	constructor(api: ServerApi, store: SessionStore) {
		this.#api = api;
		this.#store = store;
	}

	merge({scope, serverTime, isOver}: Reading, sessions: readonly Session[], jobType: JobType | undefined = scope.jobType): void {
		if (isOver()) {
			return;
		}

		const store = this.#store;
		const now = serverTime();
		const since = now - scope.rangeMs;
		store.merge(sessions.filter(session => isInScope(store, session, since)).map(session => typed(store, session, jobType)), now);
	}

	async readAll(reading: Reading, onPage: () => void): Promise<WholeRead> {
		const {scope, serverTime, isOver, signal} = reading;
		const query = {...typeOf(scope), endedAfter: serverTime() - scope.rangeMs, firstLimit: firstPage, nextLimit: nextPages};
		const seen = new Set<string>();
		const take = (sessions: readonly Session[]) => {
			this.merge(reading, sessions);
			for (const {id} of sessions) {
				seen.add(id);
			}
		};

		const {missing, dropped} = await readPages(this.#api, query, page => {
			refuseUnreadable(page);
			take(agreed(page.entries));
			onPage();
			return isOver() ? 'enough' : 'more';
		}, signal);
		if (isOver()) {
			return {missing, seen};
		}

		// What a bound does to active sessions is the server's affair: the newest and the running ones are asked for without.
		const newest = await this.#api.sessions({...typeOf(scope), offset: 0, limit: firstPage}, signal);
		take(agreed(newest.entries));
		await this.#readRunning(reading);
		return {missing: missing ?? (dropped > 0 ? `${dropped} of its sessions could not be read` : undefined), seen};
	}

	async readNewest(reading: Reading, since: number): Promise<NewestRead> {
		const unsettledBefore = this.#store.unsettled();
		const seen = new Set<string>();
		const firstLimit = newestLimit(this.#store, unsettledBefore, await capabilitiesOf(this.#api, reading.signal));
		const query = {...typeOf(reading.scope), firstLimit, nextLimit: Math.max(firstLimit, nextPages)};
		let isClean = true;
		const {dropped} = await readPages(this.#api, query, page => {
			refuseUnreadable(page);
			const entries = agreed(page.entries);
			isClean &&= entries.every(session => !hasUnreadable(session));
			this.merge(reading, entries);
			for (const {id} of entries) {
				seen.add(id);
			}

			return reading.isOver() || reaches(entries, since - overlapMs) ? 'enough' : 'more';
		}, reading.signal);
		isClean &&= dropped === 0;
		if (seen.size === 0) {
			return {isListed: false, isClean};
		}

		await this.#readUnseen(reading, unsettledBefore, seen);
		return {isListed: true, isClean};
	}

	async findActive(reading: Reading, jobs: readonly Job[]): Promise<void> {
		const {scope: {jobType}, isOver, signal} = reading;
		const busy = new Set(this.#store.unsettled().map(({jobId}) => valueOf(jobId)));
		for (const job of jobs) {
			if (isOver() || busy.has(job.id) || (jobType ?? job.type) !== job.type) {
				continue;
			}

			// eslint-disable-next-line no-await-in-loop -- one request at a time: the server is busy backing up
			const page = await this.#api.newestSessionsOfJob(job, 1, signal);
			this.merge(reading, page.entries, job.type);
		}
	}

	// Sessions that can still change and were not among the newest.
	async #readUnseen(reading: Reading, unsettled: readonly Session[], seen: ReadonlySet<string>): Promise<void> {
		for (const id of seen) {
			this.#notFound.delete(id);
		}

		let unseen = unsettled.filter(({id}) => !seen.has(id));
		if (unseen.length > singleReads) {
			const running = await this.#readRunning(reading);
			unseen = unseen.filter(({id}) => !running.has(id));
		}

		await this.#readSingly(reading, unseen);
	}

	async #readRunning(reading: Reading): Promise<ReadonlySet<string>> {
		const {filtersByStatus} = await capabilitiesOf(this.#api, reading.signal);
		if (!filtersByStatus) {
			return new Set();
		}

		const page = await this.#api.sessions({...typeOf(reading.scope), status: 'Running', offset: 0, limit: biggestNewestPage}, reading.signal);
		this.merge(reading, page.entries);
		return new Set(page.entries.map(({id}) => id));
	}

	async #readSingly(reading: Reading, sessions: readonly Session[]): Promise<void> {
		const ids = this.#nextInTurn(sessions.map(({id}) => id));
		await Promise.all(ids.map(async id => {
			const session = await this.#api.session(id, reading.signal);
			if (session) {
				this.#notFound.delete(id);
				this.merge(reading, [session]);
			} else if (!reading.isOver() && !this.#notFound.delete(id)) {
				this.#notFound.add(id);
			} else if (!reading.isOver()) {
				this.#store.remove(id);
			}
		}));
	}
}

type Merge = (reading: Reading, sessions: readonly Session[], jobType?: JobType) => void;

function createTypeFinder(api: ServerApi, store: SessionStore, merge: Merge): SessionReader['findTypes'] {
	const asked = new Set<string>();
	return async (reading, jobs) => {
		for (const id of asked) {
			if (!store.get(id)) {
				asked.delete(id);
			}
		}

		const untyped = store.sessions().filter(({id, jobId, jobType}) => jobType === undefined && !asked.has(id) && !jobs.has(valueOf(jobId) ?? ''));
		const wanted = new Set(untyped.map(({id}) => id));
		for (const jobType of wanted.size === 0 ? [] : jobTypes) {
			const query = {jobType, endedAfter: reading.serverTime() - reading.scope.rangeMs, firstLimit: firstPage, nextLimit: nextPages};
			// eslint-disable-next-line no-await-in-loop -- one request at a time: the server is busy backing up
			await readPages(api, query, ({entries}) => {
				merge(reading, entries.filter(({id}) => wanted.has(id)), jobType);
				return reading.isOver() || untyped.every(({id}) => store.get(id)?.jobType !== undefined) ? 'enough' : 'more';
			}, reading.signal);
		}

		// Only now: what could not be read is asked for again.
		for (const id of reading.isOver() ? [] : wanted) {
			asked.add(id);
		}
	};
}

// Where a session stands twice on a page, and not alike, what the two differ in is not known.
function agreed(sessions: readonly Session[]): readonly Session[] {
	const byId = new Map<string, Session>();
	for (const session of sessions) {
		const other = byId.get(session.id);
		byId.set(session.id, other ? inCommon(other, session) : session);
	}

	return byId.size === sessions.length ? sessions : [...byId.values()];
}

// One bad row does not spoil a page, but a page of them is no list.
function refuseUnreadable({entries, dropped}: Page<Session>): void {
	if (entries.length === 0 && dropped > 0) {
		throw new ServerFault('badAnswer', 'no session in it can be read');
	}
}

// Gives as many ids as may be asked for in one poll, each in its turn.
function createTurn(): (waiting: readonly string[]) => readonly string[] {
	let turn: readonly string[] = [];
	return waiting => {
		const isWaiting = new Set(waiting);
		const queued = new Set(turn);
		turn = [...turn.filter(id => isWaiting.has(id)), ...waiting.filter(id => !queued.has(id))];
		const ids = turn.slice(0, singleReads);
		turn = [...turn.slice(singleReads), ...ids];
		return ids;
	};
}

const capabilitiesOf = async (api: ServerApi, signal?: AbortSignal): Promise<Capabilities> => api.capabilities() ?? api.connect(signal);

const typeOf = ({jobType}: Scope) => jobType === undefined ? {} : {jobType};

// The newest page knows no range: what ended before it would come and go with each poll.
function isInScope(store: SessionStore, session: Session, since: number): boolean {
	const at = valueOf(session.endedAt) ?? valueOf(session.createdAt);
	return at === undefined || at >= since || statusClass(session.status) !== 'finished' || store.get(session.id) !== undefined;
}

// A type that was once known stays known where the answer does not say it.
function typed(store: SessionStore, session: Session, jobType: JobType | undefined): Session {
	const known = session.jobType ?? jobType ?? store.get(session.id)?.jobType;
	return known === session.jobType ? session : {...session, jobType: known};
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
