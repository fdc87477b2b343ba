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

export function createSessionStore(): SessionStore {
	const byId = new Map<string, Session>();
	const unsettled = new Map<string, Session>();
	const spoiled = new Set<string>();
	const observations = new Map<string, readonly Observation[]>();
	// A copy for those who look, made when one does: a page can have thousands of active sessions.
	let published: ReadonlyMap<string, readonly Observation[]> | undefined = new Map();
	let sorted: readonly Session[] = [];
	let isSorted = true;
	// What was published of each session that changed; undefined for one that is new.
	const touched = new Map<string, Session | undefined>();

	const touch = (id: string) => {
		if (!touched.has(id)) {
			touched.set(id, byId.get(id));
		}

		isSorted = false;
	};

	const forget = (session: Session) => {
		if (observations.delete(sessionKey(session))) {
			published = undefined;
		}
	};

	const observe = (session: Session, at: number) => {
		const key = sessionKey(session);
		const before = observations.get(key) ?? [];
		const seen = observed(before, session, at);
		if (seen !== before) {
			observations.set(key, seen);
			published = undefined;
		}
	};

	const remove = (id: string) => {
		const session = byId.get(id);
		if (!session) {
			return;
		}

		touch(id);
		byId.delete(id);
		unsettled.delete(id);
		spoiled.delete(id);
		forget(session);
	};

	const put = (session: Session, serverTime: number) => {
		touch(session.id);
		byId.set(session.id, session);
		spoiled[hasUnreadable(session) ? 'add' : 'delete'](session.id);
		if (statusClass(session.status) === 'finished') {
			unsettled.delete(session.id);
			forget(session);
		} else {
			unsettled.set(session.id, session);
			observe(session, serverTime);
		}
	};

	return {
		merge(sessions, serverTime) {
			for (const session of sessions) {
				const before = byId.get(session.id);
				if (!before || !sameSession(before, session)) {
					put(session, serverTime);
				}
			}
		},
		remove,
		retainOnly(ids, {since, until}) {
			for (const {id, status, endedAt, createdAt} of byId.values()) {
				const at = valueOf(endedAt) ?? valueOf(createdAt) ?? 0;
				if (!ids.has(id) && (!unsettled.has(id) || valueOf(status) === undefined) && (at < since || at > until)) {
					remove(id);
				}
			}
		},
		clear() {
			for (const id of byId.keys()) {
				remove(id);
			}
		},
		get: id => byId.get(id),
		unsettled: () => [...unsettled.values()],
		prune(since) {
			for (const session of byId.values()) {
				const at = valueOf(session.endedAt) ?? valueOf(session.createdAt);
				if (at !== undefined && at < since && !unsettled.has(session.id)) {
					remove(session.id);
				}
			}
		},
		unreadable: () => spoiled.size,
		sessions() {
			if (!isSorted) {
				const before = sorted;
				const now = [...byId.values()].toSorted(newestFirst);
				// What came and went again between two looks changed nothing.
				sorted = now.length === before.length && now.every((session, index) => session === before[index]) ? before : now;
				isSorted = true;
			}

			return sorted;
		},
		observations() {
			published ??= new Map(observations);
			return published;
		},
		takeChanges() {
			const changes: {added: string[]; updated: string[]; removed: string[]} = {added: [], updated: [], removed: []};
			for (const [id, before] of touched) {
				const session = byId.get(id);
				if (session && session !== before) {
					changes[before ? 'updated' : 'added'].push(sessionKey(session));
				} else if (!session && before) {
					changes.removed.push(sessionKey(before));
				}
			}

			touched.clear();
			return changes;
		},
	};
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
