import type {Inventory, Organization, ProxyRecord, ProxyPool, RepositoryRecord} from '../world/inventory.js';
import type {LogItemState} from '../world/session/log.js';
import type {ObjectRecord} from '../world/session/objects.js';
import type {SessionState} from '../world/session/session-state.js';
import type {JobState} from '../world/world.js';

/** A JSON object of an answer. */
export type Wire = Record<string, unknown>;

export type ActiveEndTime = 'absent' | 'null' | 'max' | 'min';
export type ErrorCode = 'ResourceNotFound' | 'ParameterValidationFailure' | 'ResourceAccessDenied' | 'HttpError';

/** What a page holds if the request has no limit. */
export const defaultLimit = 30;

/** How one version of the API differs from the others. */
export type SimulatedVersion<Name extends string = string> = {
	name: Name;
	/** Jobs, organizations and the like come in pages; else as bare arrays. */
	hasPagedCollections: boolean;
	/** Pages of sessions carry a `setId`. */
	hasSetId: boolean;
	/** A malformed value is answered with 400; else it is clamped or ignored. */
	isStrict: boolean;
	hasAntiforgery: boolean;
	hasProcessedObjects: boolean;
	hasSessionsOfJob: boolean;
	hasProxyPools: boolean;
	hasHealth: boolean;
	sessionFilters: readonly SessionFilter[];
	hasLogFilters: boolean;
	/** Status of the answer to a logout; absent: no such path. */
	logoutStatus?: number;
	/** Default of the query's `extendedView`. */
	extendedView: boolean;
	activeEndTime: ActiveEndTime;
	session: (session: SessionState, activeEndTime: ActiveEndTime) => Wire;
	logItem: (logItem: LogItemState, session: SessionState, activeEndTime: ActiveEndTime) => Wire;
	processedObject?: (object: ObjectRecord) => Wire;
	job: (state: JobState) => Wire;
	copyJob: (state: JobState) => Wire;
	organization: (organization: Organization, backup: BackupTimes | undefined) => Wire;
	repository: (repository: RepositoryRecord, inventory: Inventory) => Wire;
	proxy: (proxy: ProxyRecord) => Wire;
	proxyPool?: (pool: ProxyPool) => Wire;
	error: (message: string, code: ErrorCode) => Wire;
};

export type SessionFilter = 'jobType' | 'endTimeLowerBound' | 'endTimeUpperBound' | 'jobId' | 'status';
export type BackupTimes = {first: number | undefined; last: number | undefined};
