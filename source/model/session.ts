import {valueOf, type Field} from './field.js';

/** What a session counts and how fast it says it goes; all as reported by the server. */
export type Statistics = {
	/** Bytes per second as reported: neither the rate of this minute nor the run's average. */
	readonly processingRateBytesPerSecond: Field<number>;
	/** Items per second as reported, cut to a whole number by the server. */
	readonly processingRateItemsPerSecond: Field<number>;
	/** Download rate in bytes per second, as reported. */
	readonly readRateBytesPerSecond: Field<number>;
	/** Repository write rate in bytes per second, as reported. */
	readonly writeRateBytesPerSecond: Field<number>;
	/** Bytes so far. v7 counts after, v8 before compression: not comparable across versions. */
	readonly transferredBytes: Field<number>;
	/** Items (mails, files, posts) so far; `processedObjects` on the wire in spite of that name. */
	readonly processedItems: Field<number>;
	/** `NA`, `Detecting`, `Source` or `Target`; other words are passed on as sent. */
	readonly bottleneck: Field<string>;
};

/** One run of a job, known by server and session id. */
export type Session = {
	readonly serverId: string;
	readonly id: string;
	/** Backup or backup copy job; in v6 and v7 it is read from `_links.job`. */
	readonly jobId: Field<string>;
	/** `Backup` or `Copy`; v6 does not say it in a session. */
	readonly jobType: Field<string>;
	/** `Full` or `Incremental`; v8 only. */
	readonly kind: Field<string>;
	/** The status as sent; the enum is open. */
	readonly status: Field<string>;
	/** Milliseconds since 1970, UTC. */
	readonly createdAt: Field<number>;
	/** Milliseconds since 1970, UTC; absent while active and where a filler date was sent. */
	readonly endedAt: Field<number>;
	/** Ordinal of this retry, 0 for a first run. */
	readonly retryCount: Field<number>;
	/** Whether another attempt is scheduled; v7 and v8. */
	readonly willBeRetried: Field<boolean>;
	/** The first session of the chain that this one retries; v7 and v8. */
	readonly mainSessionId: Field<string>;
	/** Objects (mailboxes, sites, teams) visited so far: a count, no percentage. */
	readonly progress: Field<number>;
	/** The server's sentence about the run. Never parsed for numbers. */
	readonly details: Field<string>;
	readonly repositoryId: Field<string>;
	readonly proxyId: Field<string>;
	readonly proxyPoolId: Field<string>;
	/** Changes whenever the session's record changes; v8 only. */
	readonly eTag: Field<string>;
	readonly statistics: Statistics;
};

/** Active: still to end. Finished: never changes again. Other: a status this program does not know. */
export type StatusClass = 'active' | 'finished' | 'other';

const statusClasses: ReadonlyMap<string, StatusClass> = new Map([
	['Running', 'active'],
	['Queued', 'active'],
	['Success', 'finished'],
	['Warning', 'finished'],
	['Failed', 'finished'],
	['Stopped', 'finished'],
	['Disconnected', 'finished'],
	['NotConfigured', 'finished'],
]);

/** Every status that this program knows; a server may send others. */
export const knownStatuses: readonly string[] = [...statusClasses.keys()];

/** The class of a status as sent. Decided by status alone: end times of active sessions are fillers. */
export function statusClass(status: Field<string>): StatusClass {
	return statusClasses.get(valueOf(status) ?? '') ?? 'other';
}

/** Whether the session is still to end (Running or Queued). */
export function isActive(session: Session): boolean {
	return statusClass(session.status) === 'active';
}

/** Whether the session may still change: active, or in a status that is not known. */
export function canChange(session: Session): boolean {
	return statusClass(session.status) !== 'finished';
}

/** The key of a session among those of all servers. */
export function sessionKey(session: Pick<Session, 'serverId' | 'id'>): string {
	return `${session.serverId}/${session.id}`;
}
