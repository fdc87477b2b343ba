import {initialState, type Beginning} from '../../source/app/initial-state.js';
import type {ListName} from '../../source/app/shared/rows/lists.js';
import type {Effect, Message, Step} from '../../source/app/shared/state/messages.js';
import {cursorIndex, listLayer, visibleRows} from '../../source/app/shared/state/selectors.js';
import type {State} from '../../source/app/shared/state/state.js';
import {messageOf, update} from '../../source/app/update.js';
import type {Evidence} from '../../source/model/evidence.js';
import {ServerFault} from '../../source/model/errors.js';
import type {Log} from '../../source/model/log.js';
import type {LogItem} from '../../source/model/log-item.js';
import type {Contact} from '../../source/model/messages.js';
import type {Now} from '../../source/model/now.js';
import type {Session} from '../../source/model/session.js';
import type {Snapshot} from '../../source/model/snapshot.js';
import {acknowledgedOf, type Marks} from '../../source/triage/acknowledged.js';
import type {Verdict, VerdictKind} from '../../source/triage/verdicts/verdict.js';
import {drawings} from '../../source/ui/drawing.js';
import {byId, day, job, minute, now as usualNow, second, session, snapshot, type SessionOptions} from './sessions.js';
import {verdict} from './verdicts.js';

export type StateOptions = {
	/** What each server has; one server with one session unless given. */
	readonly snapshots?: readonly Snapshot[];
	readonly list?: ListName;
	readonly jobType?: string;
	readonly rangeMs?: number;
	readonly refreshMs?: number;
	readonly columns?: number;
	readonly rows?: number;
	readonly now?: Now;
	readonly marks?: Marks;
	/** What is known of each server; changes of what is usual. */
	readonly servers?: Partial<Beginning['servers'][number]>;
};

/** The state before anything was read; a terminal of 80x24 and Sessions unless told otherwise. */
export function unreadState(options: StateOptions = {}): State {
	const {
		snapshots = [snapshot()], list = 'sessions', jobType = 'all', rangeMs = day, refreshMs = 5 * second, columns = 80, rows = 24, now = usualNow, marks,
	} = options;
	const servers = snapshots.map(({serverId: id, serverName: name}) => ({id, name, account: String.raw`DEMO\operator`, canSaveSecret: true, ...options.servers}));
	return initialState({servers, list, jobType, rangeMs, refreshMs, terminal: {columns, rows, drawing: drawings.ascii}, zone: 'UTC', now, marks});
}

/** The state once every server has answered. */
export function stateOf(options: StateOptions = {}): State {
	const {snapshots = [snapshot()], now = usualNow} = options;
	let state = unreadState(options);
	for (const one of snapshots) {
		state = answered(state, one, now);
	}

	return state;
}

/** The state after one message. */
export function sent(state: State, ...messages: readonly Message[]): State {
	return sentStep(state, ...messages).state;
}

/** The state after the messages, and the effects of all of them. */
export function sentStep(state: State, ...messages: readonly Message[]): Step {
	let after = state;
	const effects: Effect[] = [];
	for (const message of messages) {
		const step = update(after, message);
		after = step.state;
		effects.push(...step.effects);
	}

	return {state: after, effects};
}

/** A contact that is good at that moment. */
export function goodContact({monotonic}: Now): Contact {
	return {fault: undefined, lastGoodAt: monotonic, nextTryAt: undefined, faultSince: undefined};
}

/** The state after a server gave a list: as the feed does, its scope is the same object while it is the same. */
export function answered(state: State, given: Snapshot, now = usualNow): State {
	const {scope} = state.servers.find(({id}) => id === given.serverId)!.snapshot;
	const isSame = scope.jobType === given.scope.jobType && scope.rangeMs === given.scope.rangeMs;
	return sent(
		state,
		{type: 'snapshot', serverId: given.serverId, snapshot: isSame ? {...given, scope} : given, now},
		{type: 'contact', serverId: given.serverId, contact: goodContact(now), now},
	);
}

/** The state after a server asked for a password. */
export function refused(state: State, serverId = 'vb1', now = usualNow): State {
	const fault = new ServerFault('signInRefused', 'wrong user name or password');
	return sent(state, {type: 'contact', serverId, contact: {fault, lastGoodAt: undefined, nextTryAt: undefined, faultSince: now.monotonic}, now});
}

/** The state at another moment. */
export function ticked(state: State, now: Now): State {
	return sent(state, {type: 'tick', now});
}

/** The state after something more was read for the verdicts. */
export function informed(state: State, evidence: Evidence, serverId = 'vb1'): State {
	return sent(state, {type: 'evidence', serverId, evidence});
}

/** The state after the log of a session was read. */
export function logRead(state: State, items: readonly LogItem[], rest: Partial<Log> & {readonly sessionId?: string; readonly serverId?: string} = {}): State {
	const {sessionId = 's1', serverId = 'vb1', ...log} = rest;
	return sent(state, {type: 'log', serverId, sessionId, log: {items, isCut: false, ...log}, failure: undefined});
}

/** The keys of a text such as `j j enter Space`. */
export const keysOf = (keys: string): readonly string[] => keys.split(' ').filter(key => key !== '').map(key => key === 'Space' ? ' ' : key);

/** The state after keys, and the effects of all of them: each key as it comes from the terminal. */
export function pressedKeys(state: State, keys: readonly string[]): Step {
	let after = state;
	const effects: Effect[] = [];
	for (const key of keys) {
		const step = update(after, messageOf(after, {type: 'key', key}));
		after = step.state;
		effects.push(...step.effects);
	}

	return {state: after, effects};
}

/** The same of keys by name: `j j enter`. */
export const press = (state: State, keys: string): Step => pressedKeys(state, keysOf(keys));

/** The state after keys by name. */
export const pressed = (state: State, keys: string): State => press(state, keys).state;

/** The effects of keys by name. */
export const effectsOf = (state: State, keys: string): readonly Effect[] => press(state, keys).effects;

/** The state after a text was typed, a key for each character. */
export const typed = (state: State, text: string): State => pressedKeys(state, [...text]).state;

/** The state after a text was pasted. */
export const pasted = (state: State, text: string): State => sent(state, messageOf(state, {type: 'paste', text}));

/** The state after a command of the `:` line. */
export const commanded = (state: State, command: string): State => pressed(typed(state, `:${command}`), 'enter');

/** What the layers are, the lowest first. */
export const kindsOf = ({layers}: State): string => layers.map(({kind}) => kind).join(' ');

/** What the layers are after keys by name. */
export const kindsAfter = (state: State, keys: string): string => kindsOf(pressed(state, keys));

/** The id of the session under the cursor, and its index in the list. */
export function cursorOf(state: State): string {
	const visible = visibleRows(state);
	const index = cursorIndex(visible, listLayer(state).selectedKey);
	return `${visible[index]?.session?.id} at ${index}`;
}

/** A snapshot with as many sessions as asked for, `s1` the newest, each a minute older than the one before and of a job of its own. */
export function numbered(amount: number, fields: SessionOptions = {}, rest: Partial<Snapshot> = {}): Snapshot {
	const numbers = Array.from({length: amount}, (_, index) => index + 1);
	return snapshot({
		jobs: byId(...numbers.map(number => job({id: `j${number}`, name: `Job ${number}`}))),
		sessions: numbers.map(number => numberedSession(number, fields)),
		...rest,
	});
}

/** A session of those: its job and its time are those of its number. */
export function numberedSession(number: number, fields: SessionOptions = {}): Session {
	return session({id: `s${number}`, jobId: `j${number}`, createdAt: usualNow.server - (number * minute), details: undefined, ...fields});
}

/** What is said of a job `jN` in Now: `!` is a problem, `a` one that is acknowledged, nothing a success. */
export type JobMark = '!' | 'a' | '';

/** The verdict on the job of that number, whose newest session is `s-jN`. */
export function jobVerdict(number: number, mark: JobMark = '!', fields: Partial<Verdict> = {}): Verdict {
	const jobId = `j${number}`;
	const kind: VerdictKind = mark === '' ? 'success' : 'failed';
	return verdict(kind, {jobId, job: job({id: jobId, name: jobId}), session: session({id: `s-${jobId}`, jobId, details: undefined}), ...fields});
}

/** The state with these verdicts on the first server, as if they had been found out now: they stay while its data does. */
export function withVerdictsOf(state: State, verdicts: readonly Verdict[], rest: Partial<State['verdicts'][number]> = {}): State {
	const {id: serverId} = state.servers[0]!;
	const [first, ...others] = state.verdicts;
	const [basis, ...otherBases] = state.verdictBases;
	const {snapshot: listed, evidence} = state.servers[0]!;
	return {
		...state,
		verdicts: [{...first!, serverId, verdicts, shared: [], pendingReads: [], anchors: new Map(), ...rest}, ...others],
		verdictBases: [{...basis!, snapshot: listed, evidence, ignored: state.marks.ignored}, ...otherBases],
	};
}

/** A state of Now with a row for each mark, in that order: jobs `j1`, `j2` and so on. */
export function nowOf(marks: readonly JobMark[], options: StateOptions = {}): State {
	const verdicts = marks.map((mark, index) => jobVerdict(index + 1, mark));
	const listed = snapshot({sessions: verdicts.map(one => one.session!), jobs: byId(...verdicts.map(one => one.job!))});
	const acknowledged = verdicts.filter((_one, index) => marks[index] === 'a').map(one => acknowledgedOf(one));
	return withVerdictsOf(stateOf({snapshots: [listed], list: 'now', columns: 100, rows: 14, marks: {acknowledged, ignored: []}, ...options}), verdicts);
}
