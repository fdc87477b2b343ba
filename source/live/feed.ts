import type {ServerApi} from '../api/server-api.js';
import type {Now} from '../model/now.js';
import type {Scope, Snapshot} from '../model/snapshot.js';
import {createDirectory, jobIdsOf} from './directory.js';
import {createSessionReader} from './session-reader.js';
import {createSessionStore} from './session-store.js';

/** Partial snapshots of a first load are published no more often than this. */
const publishEveryMs = 200;

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
	readonly now: () => Now;
};

export type FeedOptions = {
	readonly serverId: string;
	readonly api: ServerApi;
	readonly scope: Scope;
	readonly now: () => Now;
};

export function createFeed({serverId, api, scope: firstScope, now}: FeedOptions): Feed {
	const store = createSessionStore();
	const reader = createSessionReader(api, store);
	const directory = createDirectory(api, () => now().monotonic);
	const listeners = new Set<() => void>();
	const serverTime = () => now().server;

	let scope = firstScope;
	// What the store holds whole, and the server's time up to which it does.
	let loaded: {scope: Scope; upTo: number} | undefined;
	let missing: string | undefined;
	let publishedAt = -Infinity;
	let inFlight: Promise<Snapshot> | undefined;
	let snapshot: Snapshot = {
		serverId,
		version: undefined,
		lacks: new Set(),
		scope,
		sessions: [],
		isLoading: true,
		missing: undefined,
		jobs: new Map(),
		organizations: new Map(),
		repositories: new Map(),
		proxies: new Map(),
		changes: {added: [], updated: [], removed: []},
		observations: store.observations(),
	};

	const publish = () => {
		const capabilities = api.capabilities();
		const parts = {
			...directory.current(),
			version: capabilities?.version,
			lacks: capabilities?.lacks ?? snapshot.lacks,
			scope,
			sessions: store.sessions(),
			isLoading: loaded?.scope !== scope,
			missing,
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

	const readNames = async () => directory.refresh(jobIdsOf(store.sessions()));

	const load = async (wanted: Scope) => {
		// Names are read beside the sessions: the first rows need both, and neither waits for the other.
		const names = readNames().then(publishPartly);
		const why = await reader.readAll(wanted, serverTime, {onPage: publishPartly, isOver: () => scope !== wanted});
		await names;
		return why;
	};

	const read = async () => {
		await api.connect();
		const startedAt = serverTime();
		while (loaded?.scope !== scope) {
			const wanted = scope;
			// eslint-disable-next-line no-await-in-loop -- again only when the scope was changed meanwhile
			const why = await load(wanted);
			if (scope !== wanted) {
				continue;
			}

			loaded = {scope: wanted, upTo: startedAt};
			missing = why;
		}

		if (loaded.upTo !== startedAt) {
			await reader.readNewest(scope, serverTime, loaded.upTo);
			loaded = {scope: loaded.scope, upTo: startedAt};
		}

		const failure = await readNames();
		const activeJobs = directory.takeActiveJobs().filter(({type}) => scope.jobType === undefined || type === scope.jobType);
		await reader.findActive(activeJobs, serverTime);
		await reader.findTypes(directory.current().jobs, scope, serverTime);
		missing = failure instanceof Error ? `names could not all be read (${failure.message})` : (missing?.startsWith('names') ? undefined : missing);
		store.prune(serverTime() - scope.rangeMs);
	};

	const poll = async () => {
		try {
			await read();
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
		setScope(wanted) {
			const isNarrows = wanted.rangeMs <= scope.rangeMs && wanted.jobType === scope.jobType;
			if (loaded && isNarrows && loaded.scope === scope) {
				loaded = {...loaded, scope: wanted};
			}

			if (wanted.jobType !== undefined && wanted.jobType !== scope.jobType) {
				store.clear();
			}

			scope = wanted;
			store.prune(serverTime() - scope.rangeMs);
			publish();
		},
		now,
	};
}
