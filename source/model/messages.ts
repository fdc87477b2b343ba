import type {Evidence, PendingRead} from './evidence.js';
import type {ServerFault} from './errors.js';
import type {Log} from './log.js';
import type {Now} from './now.js';
import type {ProcessedObjects} from './processed-object.js';
import type {Scope, Snapshot} from './snapshot.js';

/** When a server was reached and will be asked next; all times are monotonic ms. */
export type Contact = {
	/** Why the last poll failed; undefined while polls succeed. */
	readonly fault: ServerFault | undefined;
	/** The last good answer. */
	readonly lastGoodAt: number | undefined;
	/** The next try while a fault stands; undefined where only the user can go on. */
	readonly nextTryAt: number | undefined;
	/** The first of the faults that stand. */
	readonly faultSince: number | undefined;
};

/** What the servers and the clock say; each message is plain data, so that it can be recorded and replayed. */
export type ServerMessage =
	/** Something of the list changed; partial snapshots of a first load among them. */
	| {readonly type: 'snapshot'; readonly serverId: string; readonly snapshot: Snapshot; readonly now: Now}
	/** A poll ended. */
	| {readonly type: 'contact'; readonly serverId: string; readonly contact: Contact; readonly now: Now}
	/** Histories or logs were read for the verdicts, or could not be. */
	| {readonly type: 'evidence'; readonly serverId: string; readonly evidence: Evidence}
	/** The log of the session that is followed; `log` is what was read so far, `failure` why the last try failed. */
	| {readonly type: 'log'; readonly serverId: string; readonly sessionId: string; readonly log: Log | undefined; readonly failure: string | undefined}
	/** The objects of the session that is followed. */
	| {
		readonly type: 'objects'; readonly serverId: string; readonly sessionId: string;
		readonly objects: ProcessedObjects | undefined; readonly failure: string | undefined;
	}
	/** A second of the first server's clock has passed. */
	| {readonly type: 'tick'; readonly now: Now};

/** A session whose log or objects are read while it is open. */
export type FollowTarget = {
	readonly what: 'log' | 'objects';
	readonly sessionId: string;
	/** Whether the session can still change: then it is read again and again, and once more when it ends. */
	readonly isActive: boolean;
};

/** What the state asks of the servers; plain data as well. Without a server's id all of them are meant. */
export type ServerEffect =
	/** Ask now, also while a pause after a fault runs. */
	| {readonly type: 'poll'; readonly serverId?: string}
	/** Leave the connections, connect anew and read the whole list again. */
	| {readonly type: 'reconnect'; readonly serverId?: string}
	/** Narrow or widen what the list asks for; asks at once where that changed something. */
	| {readonly type: 'scope'; readonly scope: Scope}
	/** Milliseconds from the end of one poll to the next. */
	| {readonly type: 'refresh-interval'; readonly refreshMs: number}
	/** What the verdicts of a server need read, the most urgent first; replaces what was pending before. */
	| {readonly type: 'pending-reads'; readonly serverId: string; readonly reads: readonly PendingRead[]}
	/** Follow this session of a server, and no other one; undefined follows none. */
	| {readonly type: 'follow'; readonly serverId: string; readonly target: FollowTarget | undefined};
