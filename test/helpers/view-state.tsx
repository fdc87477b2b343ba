import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import {initialState, type Beginning} from '../../source/app/initial-state.js';
import {MonitorScreen} from '../../source/app/monitor-screen.js';
import type {Message} from '../../source/app/shared/state/messages.js';
import type {State} from '../../source/app/shared/state/state.js';
import {messageOf, update} from '../../source/app/update.js';
import type {Evidence} from '../../source/model/evidence.js';
import type {KeyName} from '../../source/model/key.js';
import type {Contact} from '../../source/model/messages.js';
import type {Snapshot} from '../../source/model/snapshot.js';
import type {Triage} from '../../source/triage/triage.js';
import type {Verdict} from '../../source/triage/verdicts/verdict.js';
import {drawings} from '../../source/ui/drawing.js';
import {day, now as standardNow, second, snapshot as standardSnapshot} from './sessions.js';

export type ViewServer = {
	readonly snapshot?: Snapshot;
	/** What is otherwise than with a server that answered four seconds ago. */
	readonly contact?: Partial<Contact>;
	readonly evidence?: Evidence;
};

export type ViewOptions = Partial<Omit<Beginning, 'servers' | 'terminal'>> & {
	/** One server with one session unless given. */
	readonly servers?: readonly ViewServer[];
	readonly columns?: number;
	readonly rows?: number;
};

/** The state of a monitor that has just heard of its servers, on a terminal of 80x24 in ASCII, in Sessions. */
export function viewState({servers = [{}], columns = 80, rows = 24, now = standardNow, ...beginning}: ViewOptions = {}): State {
	const known = servers.map(({snapshot = standardSnapshot(), ...rest}) => ({snapshot, ...rest}));
	const first = initialState({
		list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000, zone: 'UTC', now,
		terminal: {columns, rows, drawing: drawings.ascii},
		servers: known.map(({snapshot: {serverId, serverName}}) => ({id: serverId, name: serverName, account: 'operator', canSaveSecret: false})),
		...beginning,
	});
	const messages = known.flatMap(({snapshot, contact, evidence}): Message[] => {
		const {serverId} = snapshot;
		const answered = {lastGoodAt: now.monotonic - (4 * second), nextTryAt: undefined, fault: undefined, faultSince: undefined};
		return [
			{type: 'contact', serverId, contact: {...answered, ...contact}, now},
			{type: 'snapshot', serverId, snapshot, now},
			...(evidence ? [{type: 'evidence', serverId, evidence} as const] : []),
		];
	});
	return updated(first, ...messages);
}

/** The state after messages, one after another. */
export function updated(state: State, ...messages: readonly Message[]): State {
	let after = state;
	for (const message of messages) {
		after = update(after, message).state;
	}

	return after;
}

/** The state after keys, one after another; a text of several characters that is no name of a key is typed. */
export function pressed(state: State, ...keys: readonly KeyName[]): State {
	let after = state;
	for (const key of keys) {
		after = updated(after, messageOf(after, {type: 'key', key}));
	}

	return after;
}

/** The state after a text was typed, character by character. */
export function typed(state: State, text: string): State {
	return pressed(state, ...text);
}

/** The state at another moment. */
export function atTime(state: State, now: State['time']): State {
	return updated(state, {type: 'tick', now});
}

/** The state with the cursor of its list on a row. */
export function withSelected(state: State, selectedKey: string): State {
	const [list, ...others] = state.layers;
	return {...state, layers: [{...list, selectedKey}, ...others]};
}

/** The state with these verdicts on the only server, until its data is another one. */
export function withVerdicts(state: State, verdicts: readonly Verdict[]): State {
	const [triage] = state.verdicts;
	const made: Triage = {...triage!, verdicts, pendingReads: []};
	return {...state, verdicts: [made]};
}

/** The whole screen as it is drawn, line by line, without colours. */
export function screenLines(state: State): readonly string[] {
	return stripVTControlCharacters(renderToString(<MonitorScreen state={state}/>, {columns: state.terminal.columns})).split('\n');
}

/** The same without the spaces at the ends of the lines. */
export function trimmedLines(state: State): readonly string[] {
	return screenLines(state).map(line => line.trimEnd());
}
