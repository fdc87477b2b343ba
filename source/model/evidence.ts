import {valueOf} from './field.js';
import type {JobType} from './job.js';
import type {LogItem} from './log-item.js';
import type {Session} from './session.js';

/** The newest sessions of a job as the server listed them, whatever range is watched. */
export type JobHistory = {
	/** Newest first; active ones among them. */
	readonly sessions: readonly Session[];
	/** Milliseconds since 1970 by the server's clock. */
	readonly readAt: number;
};

/** What was read of one session's log; each part is present once it was requested. */
export type LogEvidence = {
	/** The first items, about 20: among them how many objects were found. */
	readonly opening?: {readonly items: readonly LogItem[]; readonly readAt: number};
	/** The newest items, about 200, oldest first; empty where the log is. */
	readonly newest?: {readonly items: readonly LogItem[]; readonly readAt: number};
	/** Every error and warning, oldest first; `isCut` where there were more than are stored. */
	readonly problems?: {readonly items: readonly LogItem[]; readonly isCut: boolean; readonly readAt: number};
	/** The longest time in milliseconds that passed between two items of the whole log. */
	readonly longestQuiet?: {readonly ms: number; readonly readAt: number};
};

/** Whether a part of a finished session's log was read after the session had ended: a part that was read earlier may lack the last items. */
export function isReadToEnd(part: LogEvidence[LogPart], {endedAt}: Pick<Session, 'endedAt'>): part is NonNullable<typeof part> {
	return part !== undefined && part.readAt >= (valueOf(endedAt) ?? -Infinity);
}

/** A part of a log that can be requested. */
export type LogPart = keyof LogEvidence;

/** What is read besides the sessions themselves, most urgent first: what the user has opened, what a problem needs, all else. */
export const urgencies = ['opened', 'problem', 'rest'] as const;

export type Urgency = (typeof urgencies)[number];

type HistorySubject = {readonly kind: 'history'; readonly jobId: string};
type LogSubject = {readonly kind: 'log'; readonly sessionId: string; readonly part: LogPart};

/** Something to read so that a verdict is certain. */
export type PendingRead =
	| (HistorySubject & {readonly jobType: JobType; readonly urgency: Urgency})
	| (LogSubject & {readonly urgency: Urgency});

/** What was read of one server besides what it lists; never changed once published. */
export type Evidence = {
	/** By job id. */
	readonly histories: ReadonlyMap<string, JobHistory>;
	/** By session id. */
	readonly logs: ReadonlyMap<string, LogEvidence>;
	/** Keys (`readKey`) of reads that failed, until they are tried again. */
	readonly failed: ReadonlySet<string>;
};

export const noEvidence: Evidence = {histories: new Map(), logs: new Map(), failed: new Set()};

/** The key of a read among all of its server. */
export function readKey(read: HistorySubject | LogSubject): string {
	return read.kind === 'history' ? `history ${read.jobId}` : `${read.part} ${read.sessionId}`;
}
