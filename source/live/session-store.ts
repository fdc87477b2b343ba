import {unreadable, valueOf} from '../model/field.js';
import {isActive, sessionKey, statusClass, type Session} from '../model/session.js';
import type {Changes, Observation} from '../model/snapshot.js';

/** Observations kept of each active session. */
const mostObservations = 64;

/** The sessions held of one server, and what changed since they were last taken. */
export type SessionStore = {
	/** Puts sessions in, or in place of what was held of them. */
	readonly merge: (sessions: readonly Session[], serverTime: number) => void;
	readonly remove: (id: string) => void;
	/**
	Leaves out what can no longer change, did not end between the times given, and is not among the ids: the server has it no more.
	What ended later is of a clock that was wrong; whether one whose status cannot be read still runs, the list itself tells.
	*/
	readonly retainOnly: (ids: ReadonlySet<string>, justEnded: {readonly since: number; readonly until: number}) => void;
	readonly clear: () => void;
	readonly get: (id: string) => Session | undefined;
	/** Sessions that can still change: active ones, and those in a status that is not known. */
	readonly unsettled: () => readonly Session[];
	/** Leaves out what ended (or, without an end, began) before the time given. */
	readonly prune: (since: number) => void;
	/** Sessions held of which some field could not be read. */
	readonly unreadable: () => number;
	/** Newest first; the same array as before while nothing changed. */
	readonly sessions: () => readonly Session[];
	readonly observations: () => ReadonlyMap<string, readonly Observation[]>;
	/** What changed since the last call. */
	readonly takeChanges: () => Changes;
};

/** An empty store. */
export function createSessionStore(): SessionStore {
	return new MapStore();
}

class MapStore implements SessionStore {
	readonly #byId = new Map<string, Session>();
	readonly #unsettled = new Map<string, Session>();
	readonly #spoiled = new Set<string>();
	readonly #observations = new Map<string, readonly Observation[]>();
	// A copy for those who read it, made when one does: a page can have thousands of active sessions.
	#published: ReadonlyMap<string, readonly Observation[]> | undefined = new Map();
	#sorted: readonly Session[] = [];
	#isSorted = true;
	// What was published of each session that changed; undefined for one that is new.
	readonly #touched = new Map<string, Session | undefined>();

	merge(sessions: readonly Session[], serverTime: number): void {
		for (const session of sessions) {
			const before = this.#byId.get(session.id);
			if (!before || !sameSession(before, session)) {
				this.#put(session, serverTime);
			}
		}
	}

	remove(id: string): void {
		const session = this.#byId.get(id);
		if (!session) {
			return;
		}

		this.#touch(id);
		this.#byId.delete(id);
		this.#unsettled.delete(id);
		this.#spoiled.delete(id);
		this.#forget(session);
	}

	retainOnly(ids: ReadonlySet<string>, {since, until}: {readonly since: number; readonly until: number}): void {
		for (const {id, status, endedAt, createdAt} of this.#byId.values()) {
			const at = valueOf(endedAt) ?? valueOf(createdAt) ?? 0;
			if (!ids.has(id) && (!this.#unsettled.has(id) || valueOf(status) === undefined) && (at < since || at > until)) {
				this.remove(id);
			}
		}
	}

	clear(): void {
		for (const id of this.#byId.keys()) {
			this.remove(id);
		}
	}

	get(id: string): Session | undefined {
		return this.#byId.get(id);
	}

	unsettled(): readonly Session[] {
		return [...this.#unsettled.values()];
	}

	prune(since: number): void {
		for (const session of this.#byId.values()) {
			const at = valueOf(session.endedAt) ?? valueOf(session.createdAt);
			if (at !== undefined && at < since && !this.#unsettled.has(session.id)) {
				this.remove(session.id);
			}
		}
	}

	unreadable(): number {
		return this.#spoiled.size;
	}

	sessions(): readonly Session[] {
		if (!this.#isSorted) {
			const before = this.#sorted;
			const now = [...this.#byId.values()].toSorted(newestFirst);
			// What came and went again between two reads changed nothing.
			this.#sorted = now.length === before.length && now.every((session, index) => session === before[index]) ? before : now;
			this.#isSorted = true;
		}

		return this.#sorted;
	}

	observations(): ReadonlyMap<string, readonly Observation[]> {
		this.#published ??= new Map(this.#observations);
		return this.#published;
	}

	takeChanges(): Changes {
		const changes: {added: string[]; updated: string[]; removed: string[]} = {added: [], updated: [], removed: []};
		for (const [id, before] of this.#touched) {
			const session = this.#byId.get(id);
			if (session && session !== before) {
				changes[before ? 'updated' : 'added'].push(sessionKey(session));
			} else if (!session && before) {
				changes.removed.push(sessionKey(before));
			}
		}

		this.#touched.clear();
		return changes;
	}

	#touch(id: string): void {
		if (!this.#touched.has(id)) {
			this.#touched.set(id, this.#byId.get(id));
		}

		this.#isSorted = false;
	}

	#forget(session: Session): void {
		if (this.#observations.delete(sessionKey(session))) {
			this.#published = undefined;
		}
	}

	#observe(session: Session, at: number): void {
		const key = sessionKey(session);
		const before = this.#observations.get(key) ?? [];
		const seen = observed(before, session, at);
		if (seen !== before) {
			this.#observations.set(key, seen);
			this.#published = undefined;
		}
	}

	#put(session: Session, serverTime: number): void {
		this.#touch(session.id);
		this.#byId.set(session.id, session);
		this.#spoiled[hasUnreadable(session) ? 'add' : 'delete'](session.id);
		if (statusClass(session.status) === 'finished') {
			this.#unsettled.delete(session.id);
			this.#forget(session);
		} else {
			this.#unsettled.set(session.id, session);
			this.#observe(session, serverTime);
		}
	}
}

/** Whether a field of the session could not be read. */
export function hasUnreadable({statistics, ...fields}: Session): boolean {
	return Object.values(fields).includes(unreadable) || Object.values(statistics).includes(unreadable);
}

/** What two readings of one session say alike; unreadable where they do not. */
export function inCommon(a: Session, b: Session): Session {
	return {...commonFields(a, b), statistics: commonFields(a.statistics, b.statistics)};
}

function commonFields<Fields extends object>(a: Fields, b: Fields): Fields {
	const fields = Object.keys(a) as Array<keyof Fields>;
	return Object.fromEntries(fields.map(field => [field, a[field] === b[field] ? a[field] : unreadable])) as Fields;
}

function newestFirst(a: Session, b: Session): number {
	return (valueOf(b.createdAt) ?? 0) - (valueOf(a.createdAt) ?? 0) || (a.id < b.id ? -1 : 1);
}

function observed(before: readonly Observation[], session: Session, at: number): readonly Observation[] {
	if (!isActive(session)) {
		return before;
	}

	const {statistics} = session;
	const observation: Observation = {
		at,
		progress: session.progress,
		transferredBytes: statistics.transferredBytes,
		processedItems: statistics.processedItems,
		eTag: session.eTag,
	};
	const last = before.at(-1);
	// A rate or a sentence that changed is no sign that anything moved.
	return last && sameFields(last, observation, 'at') ? before : [...before, observation].slice(-mostObservations);
}

/** Whether two readings of a session say the same, so that the one held can stay and nothing is drawn anew. */
export function sameSession(a: Session, b: Session): boolean {
	return sameFields(a, b, 'statistics') && sameFields(a.statistics, b.statistics);
}

function sameFields<Fields extends object>(a: Fields, b: Fields, but?: keyof Fields): boolean {
	return (Object.keys(a) as Array<keyof Fields>).every(field => field === but || a[field] === b[field])
		&& Object.keys(a).length === Object.keys(b).length;
}
