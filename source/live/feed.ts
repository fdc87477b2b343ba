import type {ServerApi} from '../api/server-api.js';
import {ServerFault} from '../model/errors.js';
import type {Job} from '../model/job.js';
import type {Now} from '../model/now.js';
import {emptySnapshot, type Scope, type Snapshot} from '../model/snapshot.js';
import {createDirectory, jobIdsOf} from './directory.js';
import {createSessionReader, type Reading} from './session-reader.js';
import {createSessionStore} from './session-store.js';

/** Partial snapshots of a first load are published no more often than this. */
const publishEveryMs = 200;
/** Names that come later than this are not waited for: an answer that stalls must not hold up the sessions. */
const namesPatienceMs = 2000;
/** A server that lists no session though it had some is believed after it has said so for this long: a service that starts does. */
const believedAfterMs = 30_000;
/** A list of which something is missing is read again once answers are whole: after half a minute, then less and less often. */
const firstRereadMs = 30_000;
const longestRereadMs = 10 * 60_000;
/** The server's clock is known to about this. */
const clockErrorMs = 2000;
/** A clock that moves further than this from one poll to the next was set, or was wrong. */
const clockJumpMs = 60_000;
/** A session that ended so shortly before the list was read may have slipped between two of its pages. */
const justEndedMs = 60_000;

/**
What one server says now. It asks for as little as it can, merges what comes, and publishes
snapshots that never change. It knows nothing of React; what schedules it calls `poll`.
*/
export type Feed = {
	readonly serverId: string;
	/** The newest snapshot; the same object until something in it changes. */
	readonly snapshot: () => Snapshot;
	/** Calls back after each new snapshot, also during a first load. */
	readonly subscribe: (listener: () => void) => () => void;
	/**
	Brings the snapshot up to date; callers at the same time share one run.
	Rejects with `ServerFault`; the snapshot then stays as far as it was read.
	*/
	readonly poll: () => Promise<Snapshot>;
	/** Narrows or widens what is asked for; takes effect with the next poll, or with the one under way. */
	readonly setScope: (scope: Scope) => void;
	/** Has the next poll read the whole scope again, and leave out what the server no longer has. */
	readonly reload: () => void;
	readonly now: () => Now;
};

export type FeedOptions = {
	readonly serverId: string;
	/** How the server is called on screen. */
	readonly serverName: string;
	readonly api: ServerApi;
	readonly scope: Scope;
	readonly now: () => Now;
};

export function createFeed({serverId, serverName, api, scope: firstScope, now}: FeedOptions): Feed {
	const store = createSessionStore();
	const reader = createSessionReader(api, store);
	const directory = createDirectory(api, () => now().monotonic);
	const listeners = new Set<() => void>();
	const serverTime = () => now().server;
	const clockOffset = () => {
		const {server, monotonic} = now();
		return server - monotonic;
	};

	let scope = firstScope;
	// What the store holds whole, and the server's time up to which it does.
	let loaded: {readonly scope: Scope; readonly upTo: number} | undefined;
	// Why the sessions are not whole, and what names could not be read for.
	let unread: string | undefined;
	let namesFault: unknown;
	// Jobs that say they are active and were not looked for yet.
	let activeJobs: readonly Job[] = [];
	// Since when (monotonic ms) the server has listed none of the sessions that are held.
	let emptySince: number | undefined;
	// By which clock the sessions were read: how far it is from the monotonic one.
	let readBy = clockOffset();
	let isReloadDue = false;
	// When the list was last read whole (monotonic ms), and how often it was because something was missing.
	let loadedAt = -Infinity;
	let rereads = 0;
	let publishedAt = -Infinity;
	let inFlight: Promise<Snapshot> | undefined;
	const isLoaded = () => loaded?.scope === scope;
	let snapshot = emptySnapshot(serverId, serverName, scope);

	const publish = () => {
		const capabilities = api.capabilities();
		const parts = {
			...directory.current(),
			version: capabilities?.version,
			certificate: api.certificate(),
			lacks: capabilities?.lacks ?? snapshot.lacks,
			scope,
			sessions: store.sessions(),
			isLoading: !isLoaded(),
			missing: missingOf(unread, store.unreadable(), namesFault),
			observations: store.observations(),
		};
		if ((Object.keys(parts) as Array<keyof typeof parts>).every(part => parts[part] === snapshot[part])) {
			return;
		}

		snapshot = {...snapshot, ...parts, changes: store.takeChanges()};
		publishedAt = now().monotonic;
		for (const listener of listeners) {
			listener();
		}
	};

	const publishPartly = () => {
		if (now().monotonic - publishedAt >= publishEveryMs) {
			publish();
		}
	};

	let namesUnderWay: Promise<void> | undefined;
	// Waits for the names for a while only, and not again for those that stalled before: they are published when they come.
	const readNames = async () => {
		if (namesUnderWay) {
			return;
		}

		const patience = withPatience();
		namesUnderWay = directory.refresh(jobIdsOf(store.sessions())).then(fault => {
			namesFault = fault;
			namesUnderWay = undefined;
			patience.end();
			if (!inFlight) {
				publish();
			}
		});
		await patience.over;
	};

	// Sessions that were there a moment ago do not all go at once, but a service that starts may say so.
	const checkListed = (isListed: boolean) => {
		if (isListed) {
			emptySince = undefined;
			return;
		}

		const held = store.sessions().length;
		const {monotonic} = now();
		emptySince ??= monotonic;
		if (held > 0 && monotonic - emptySince < believedAfterMs) {
			throw new ServerFault('maybeDegraded', `it lists none of its ${held} sessions`);
		}

		store.clear();
	};

	const isWhole = () => unread === undefined && store.unreadable() === 0;
	const checkWhole = (isClean: boolean) => {
		if (isClean && !isWhole() && now().monotonic - loadedAt >= Math.min(longestRereadMs, firstRereadMs * (2 ** rereads))) {
			rereads++;
			isReloadDue = true;
		}
	};

	const load = async (wanted: Scope) => {
		const isOver = () => scope !== wanted;
		const startedAt = serverTime();
		readBy = clockOffset();
		loadedAt = now().monotonic;
		// Names are read beside the sessions: the first rows need both, and neither waits for the other.
		const names = readNames().then(publishPartly);
		try {
			const {missing, seen} = await reader.readAll({scope: wanted, serverTime, isOver}, publishPartly);
			if (!isOver()) {
				checkListed(seen.size > 0);
				loaded = {scope: wanted, upTo: startedAt};
				unread = missing;
				rereads = isWhole() ? 0 : rereads;
			}

			if (!isOver() && missing === undefined) {
				store.retainOnly(seen, {since: startedAt - justEndedMs, until: serverTime() + clockErrorMs});
			}
		} finally {
			await names;
		}
	};

	// A narrower range makes nothing wrong that comes; another job type does.
	const readingNow = (): Reading => {
		const wanted = scope;
		return {scope: wanted, serverTime, isOver: () => scope.jobType !== wanted.jobType};
	};

	const readNewest = async () => {
		const reading = readingNow();
		const startedAt = serverTime();
		const {isListed, isClean} = await reader.readNewest(reading, loaded!.upTo);
		if (loaded && !reading.isOver()) {
			checkListed(isListed);
			checkWhole(isClean);
			loaded = {...loaded, upTo: startedAt};
		}
	};

	const readSessions = async () => {
		if (isReloadDue) {
			isReloadDue = false;
			loaded = undefined;
		}

		if (isLoaded()) {
			await readNewest();
		}

		while (!isLoaded()) {
			// eslint-disable-next-line no-await-in-loop -- again only when the scope was changed meanwhile
			await load(scope);
		}
	};

	const readRest = async () => {
		await readNames();
		const found = directory.takeActiveJobs();
		activeJobs = found.length > 0 ? found : activeJobs;
		const {jobType} = scope;
		await reader.findActive(readingNow(), activeJobs);
		// Those of the other type are looked for once it is asked for.
		activeJobs = activeJobs.filter(({type}) => jobType !== undefined && type !== jobType);
		if (directory.hasJobs()) {
			await reader.findTypes(readingNow(), directory.current().jobs);
		}
	};

	const poll = async () => {
		try {
			do {
				await api.connect(); // eslint-disable-line no-await-in-loop -- again only when the scope was changed meanwhile
				await readSessions(); // eslint-disable-line no-await-in-loop -- as above
				await readRest(); // eslint-disable-line no-await-in-loop -- as above
			} while (!isLoaded());

			if (Math.abs(clockOffset() - readBy) > clockJumpMs) {
				// The range was asked for by another clock: nothing is left out by it, and all is read again.
				isReloadDue = true;
			} else {
				store.prune(serverTime() - scope.rangeMs);
			}
		} finally {
			publish();
		}

		return snapshot;
	};

	return {
		serverId,
		snapshot: () => snapshot,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async poll() {
			inFlight ??= poll().finally(() => {
				inFlight = undefined;
			});
			return inFlight;
		},
		reload() {
			loaded = undefined;
		},
		setScope(wanted) {
			if (wanted.rangeMs === scope.rangeMs && wanted.jobType === scope.jobType) {
				return;
			}

			if (wanted.jobType !== undefined && wanted.jobType !== scope.jobType) {
				store.clear();
				loaded = undefined;
			}

			if (loaded && wanted.jobType === loaded.scope.jobType && wanted.rangeMs <= loaded.scope.rangeMs) {
				loaded = {...loaded, scope: wanted};
			}

			scope = wanted;
			store.prune(serverTime() - scope.rangeMs);
			publish();
		},
		now,
	};
}

function missingOf(unread: string | undefined, unreadable: number, namesFault: unknown): string | undefined {
	const parts = [
		unread,
		unreadable === 0 ? undefined : `fields of ${unreadable} ${unreadable === 1 ? 'session' : 'sessions'} cannot be read (?)`,
		namesFault instanceof Error ? `names could not all be read (${namesFault.message})` : undefined,
	].filter(part => part !== undefined);
	return parts.length === 0 ? undefined : parts.join('; ');
}

// Resolves when it is ended, or after a while.
function withPatience(): {readonly over: Promise<void>; readonly end: () => void} {
	const {promise: over, resolve: end} = Promise.withResolvers<void>();
	const timer = setTimeout(end, namesPatienceMs);
	return {
		over,
		end() {
			clearTimeout(timer);
			end();
		},
	};
}
