import type {Certificate} from '../model/certificate.js';
import type {Job, JobType} from '../model/job.js';
import type {LogItem} from '../model/log-item.js';
import type {Named, Proxy, Repository} from '../model/named.js';
import type {ProcessedObject} from '../model/processed-object.js';
import type {Secret} from '../model/secret.js';
import type {Session} from '../model/session.js';

/** The REST API versions that this program supports, oldest first. */
export const apiVersions = ['v6', 'v7', 'v8'] as const;

export type ApiVersion = (typeof apiVersions)[number];

/** What a version can do and which fields it lacks; `not in v6` on screen comes from here. */
export type Capabilities = {
	readonly version: ApiVersion;
	/** Whether sessions can be filtered by `jobId` and by end time from above (v7, v8). */
	readonly filtersByJob: boolean;
	/** Whether sessions can be filtered by `status` (v8). */
	readonly filtersByStatus: boolean;
	/** Whether log items can be requested newest first (v8). */
	readonly logsNewestFirst: boolean;
	/** Whether log items can be filtered by `type` (v8). */
	readonly filtersLogsByType: boolean;
	/** Whether the objects that a session has processed can be requested (v7, v8). */
	readonly listsObjects: boolean;
	/** Fields of a session that this version's schema does not have. */
	readonly lacks: ReadonlySet<keyof Session>;
};

/** One page of a collection as the server gave it. */
export type Page<Entry> = {
	readonly entries: readonly Entry[];
	/** Entries of the page that could not be read at all (no object, no id) and were left out. */
	readonly dropped: number;
	/** The offset and limit that the server says it used; it may have lowered the limit. */
	readonly offset: number;
	readonly limit: number;
	/** Whether the page is the last one: it is short and names no next page. */
	readonly isLast: boolean;
};

/** Which part of a collection is requested. */
export type Paging = {
	readonly offset: number;
	/** 1 to 10,000. */
	readonly limit: number;
};

export type SessionQuery = {
	readonly jobType?: JobType;
	/** Milliseconds since 1970; sent as `endTimeLowerBound`. What it does to active sessions is up to the server. */
	readonly endedAfter?: number;
	/** v8 only; left out elsewhere. */
	readonly status?: 'Running';
	/** Left out on v6, which cannot filter by it: use `newestSessionsOfJob`. */
	readonly jobId?: string;
	readonly offset: number;
	/** 1 to 10,000. */
	readonly limit: number;
};

/** The types of log items that v8 can filter by. */
export type LogType = 'Running' | 'Warning' | 'Error' | 'Success' | 'Stop';

export type LogQuery = {
	readonly offset: number;
	readonly limit: number;
	readonly newest?: boolean;
	/** v8 only; left out elsewhere. */
	readonly type?: LogType;
};

/** Sends one request when its turn comes. */
export type Turn = <Value>(request: () => Promise<Value>) => Promise<Value>;

/** When a request left and its answer came (monotonic ms), and what the server's clock said then. */
export type DateReading = {
	readonly sentAt: number;
	readonly receivedAt: number;
	/** Milliseconds since 1970 from the `Date` header, whole seconds. */
	readonly date: number;
};

/**
The REST API of one server. Every call signs in, finds the version and
refreshes the token first where that is needed, and rejects with `ServerFault`
(or with the signal's reason when it was aborted).
*/
export type ServerApi = {
	/** Finds the newest version served and signs in; nothing is sent again once that is done. */
	connect(signal?: AbortSignal): Promise<Capabilities>;
	/** What `connect` found; undefined before. */
	capabilities(): Capabilities | undefined;
	sessions(query: SessionQuery, signal?: AbortSignal): Promise<Page<Session>>;
	/** One session; undefined when the server no longer has it (404). */
	session(id: string, signal?: AbortSignal): Promise<Session | undefined>;
	/**
	The newest sessions of a job, newest first (v6 `Jobs/{id}/JobSessions`, v7 and v8 by `jobId`).
	A copy job of v6 can take 20 requests; `inTurn` sends each.
	*/
	newestSessionsOfJob(job: Pick<Job, 'id' | 'type'>, limit: number, signal?: AbortSignal, inTurn?: Turn): Promise<Page<Session>>;
	/** Backup jobs and backup copy jobs. */
	jobs(signal?: AbortSignal): Promise<readonly Job[]>;
	organizations(signal?: AbortSignal): Promise<readonly Named[]>;
	repositories(signal?: AbortSignal): Promise<readonly Repository[]>;
	/** Proxies and, in v8, proxy pools: a session names one or the other. */
	proxies(signal?: AbortSignal): Promise<readonly Proxy[]>;
	/** A page of a session's log, in ascending order of `usn`; v8 can give the newest instead (still ascending within the page). */
	logItems(sessionId: string, query: LogQuery, signal?: AbortSignal): Promise<Page<LogItem>>;
	/**
	A page of the objects that a session has processed, in the server's order; undefined where it does not list them:
	in v6, and where it no longer has the session (404).
	*/
	processedObjects(sessionId: string, paging: Paging, signal?: AbortSignal): Promise<Page<ProcessedObject> | undefined>;
	/** Finds the newest version served, without signing in. */
	detect(signal?: AbortSignal): Promise<ApiVersion>;
	/** Signs in with a password (or bearer token) entered just now, also after another one was refused. */
	signIn(secret: Secret, signal?: AbortSignal): Promise<Capabilities>;
	/** Ends the session at the server (v7, v8); resolves when that is done, or when there is none to end. */
	signOut(signal?: AbortSignal): Promise<void>;
	/** The certificate of the newest connection; undefined before it and for plain http. */
	certificate(): Certificate | undefined;
	/** Leaves the connections and the version found; the next call begins at the address again, with the same token. */
	reconnect(): Promise<void>;
	/** Ends every connection; calls under way reject as cancelled. */
	close(): Promise<void>;
};
