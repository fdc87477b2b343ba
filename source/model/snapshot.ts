import type {Certificate} from './certificate.js';
import type {Job, JobType} from './job.js';
import type {Named, Proxy, Repository} from './named.js';
import type {Session} from './session.js';

/** The counts of an active session when an answer showed that they had changed. */
export type Observation = {
	/** Milliseconds since 1970 by the server's clock. */
	readonly at: number;
	readonly progress: Session['progress'];
	readonly transferredBytes: Session['statistics']['transferredBytes'];
	readonly processedItems: Session['statistics']['processedItems'];
	readonly eTag: Session['eTag'];
};

/** What the sessions are filtered by at the server. */
export type Scope = {
	readonly jobType: JobType | undefined;
	/** How far back the list goes, in milliseconds; active sessions are in it whenever they began. */
	readonly rangeMs: number;
};

/** Session keys by how the newest answer changed the list. */
export type Changes = {
	readonly added: readonly string[];
	readonly updated: readonly string[];
	readonly removed: readonly string[];
};

/**
All that is known of one server at one moment; never changed once published.
The same snapshot object means that nothing changed.
*/
export type Snapshot = {
	readonly serverId: string;
	/** How the server is called on screen. */
	readonly serverName: string;
	/** `v6`, `v7` or `v8` once found. */
	readonly version: string | undefined;
	/** The certificate that the server showed last; undefined before that and for plain http. */
	readonly certificate: Certificate | undefined;
	/** Session fields that this version never sends. */
	readonly lacks: ReadonlySet<keyof Session>;
	readonly scope: Scope;
	/** Newest first by creation; active sessions of any age among them. */
	readonly sessions: readonly Session[];
	/** Whether the sessions of the scope are still being read for the first time. */
	readonly isLoading: boolean;
	/** What could not be read, and why: sessions of the list though it is loaded, or names. */
	readonly missing: string | undefined;
	readonly jobs: ReadonlyMap<string, Job>;
	readonly organizations: ReadonlyMap<string, Named>;
	readonly repositories: ReadonlyMap<string, Repository>;
	readonly proxies: ReadonlyMap<string, Proxy>;
	readonly changes: Changes;
	/** By session key, of active sessions only, oldest first. */
	readonly observations: ReadonlyMap<string, readonly Observation[]>;
};

/** The snapshot of a server before its first answer: empty, and loading. */
export function emptySnapshot(serverId: string, serverName: string, scope: Scope): Snapshot {
	return {
		serverId,
		serverName,
		version: undefined,
		certificate: undefined,
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
		observations: new Map(),
	};
}
