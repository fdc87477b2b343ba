import {type Evidence, type PendingRead} from '../../../model/evidence.js';
import type {Log} from '../../../model/log.js';
import type {Contact, FollowTarget} from '../../../model/messages.js';
import type {Now} from '../../../model/now.js';
import type {Preferences} from '../../../model/preferences.js';
import type {ProcessedObjects} from '../../../model/processed-object.js';
import type {Scope, Snapshot} from '../../../model/snapshot.js';
import type {Marks} from '../../../triage/acknowledged.js';
import type {Triage} from '../../../triage/triage.js';
import type {VerdictKind} from '../../../triage/verdicts/verdict.js';
import type {Drawing} from '../../../ui/drawing.js';
import type {SessionEvent} from '../rows/events.js';
import type {Layers} from './layers.js';

/** Something of the session that is open, read while it is: undefined until the first answer. */
export type Followed<Value> = {
	readonly sessionId: string;
	readonly value: Value | undefined;
	/** Why the last try to read it failed. */
	readonly failure: string | undefined;
};

/** All that is known of one server; messages put it in. */
export type ServerData = {
	readonly id: string;
	/** What the server is called on screen. */
	readonly name: string;
	/** Undefined with a bearer token. */
	readonly account: string | undefined;
	/** Whether a secret that it took can be saved on this machine. */
	readonly canSaveSecret: boolean;
	readonly snapshot: Snapshot;
	readonly contact: Contact;
	readonly evidence: Evidence;
	readonly log: Followed<Log> | undefined;
	readonly objects: Followed<ProcessedObjects> | undefined;
	/** What was last asked to be read and followed: it is asked again only when it is something else. */
	readonly asked: {readonly reads: readonly PendingRead[]; readonly target: FollowTarget | undefined};
};

/** From what the verdicts of a server were made. */
export type VerdictBasis = {
	readonly snapshot: Snapshot;
	readonly evidence: Evidence;
	readonly ignored: Marks['ignored'];
	/** Tens of seconds of the server's time. */
	readonly step: number;
};

/** What there was at a moment, as little of it as is needed to know later what changed. */
export type ChangeBaseline = {
	/** Milliseconds since 1970, by the one clock of all servers. */
	readonly at: number;
	/** When the newest session of each server was created, by its clock. */
	readonly newest: ReadonlyMap<string, number>;
	/** Keys of the sessions that had not ended. */
	readonly active: ReadonlySet<string>;
	/** The problems by the key of their job; undefined while they are still being found out. */
	readonly problems: ReadonlyMap<string, {readonly kind: VerdictKind; readonly jobName: string}> | undefined;
	/** Keys of all jobs that were listed with them. */
	readonly jobs: ReadonlySet<string>;
};

/** How far the problems of a server are known at a range: what is found out of it until then is no news. */
export type FirstReading = {
	readonly scope: Scope;
	/** Monotonic ms. */
	readonly since: number;
	readonly isOver: boolean;
};

export type Notice = {
	readonly text: string;
	/** Monotonic ms. */
	readonly until: number;
};

/** The one state of the monitor. What is not in it is a selector of it. */
export type State = {
	/** At least one, the same ones during the whole run. */
	readonly servers: readonly ServerData[];
	readonly terminal: {readonly columns: number; readonly rows: number; readonly drawing: Drawing};
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	readonly time: Now;
	/** One for each server. */
	readonly verdicts: readonly Triage[];
	readonly verdictBases: readonly VerdictBasis[];
	readonly layers: Layers;
	readonly preferences: Preferences;
	readonly marks: Marks;
	/** Where the last acknowledgements begin, for undo: how many there were before each. */
	readonly acknowledgedBefore: readonly number[];
	/** What the lists show while painting is paused: the snapshots and the time of that moment. */
	readonly paused: {readonly snapshots: readonly Snapshot[]; readonly time: Now} | undefined;
	/** What the last key did, or why it did nothing, where that cannot be seen otherwise. */
	readonly notice: Notice | undefined;
	/** Something to say as long as nothing else is to be said. */
	readonly standingNotice: string | undefined;
	/** The last event of the sessions. */
	readonly event: SessionEvent | undefined;
	/** The commands of this run, oldest first. */
	readonly commands: readonly string[];
	/** What was copied last: the same once more fills the screen with it. */
	readonly lastCopied: string | undefined;
	/** What `d` compares with; undefined until all was read once. */
	readonly baseline: ChangeBaseline | undefined;
	/** Keys of the problems that were there before: a new one rings the bell. */
	readonly knownProblems: ReadonlySet<string>;
	/** By server id. */
	readonly firstReadings: ReadonlyMap<string, FirstReading>;
	/** Ids of the servers that wait for a password and were asked about: they are not asked about again. */
	readonly askedPasswords: ReadonlySet<string>;
	/** What the lists of the servers are limited to. */
	readonly scope: Scope;
};

/** How long a notice is shown, in milliseconds. */
const noticeMs = 4000;

/** The state with a line to the user that is shown for a few seconds, also while painting is paused. */
export function noticed(state: State, text: string): State {
	return {...state, notice: {text, until: state.time.monotonic + noticeMs}};
}

/** The time that the lists are shown for: that of the pause while painting is paused. */
export function listTime({paused, time}: State): Now {
	return paused?.time ?? time;
}

/** The state with other layers. */
export function withLayers(state: State, layers: Layers): State {
	return state.layers === layers ? state : {...state, layers};
}
