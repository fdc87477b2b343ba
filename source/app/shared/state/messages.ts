import type {CopyWay} from '../../../model/clipboard-text.js';
import type {KeyName} from '../../../model/key.js';
import type {ServerEffect, ServerMessage} from '../../../model/messages.js';
import type {Secret} from '../../../model/secret.js';
import type {Marks} from '../../../triage/acknowledged.js';
import type {State} from './state.js';

/** Everything that changes the state; plain data, so that it can be recorded and replayed. */
export type Message =
	| ServerMessage
	| {readonly type: 'key'; readonly key: KeyName}
	| {readonly type: 'paste'; readonly text: string}
	/** What was typed or pasted into a secret field: never written out. */
	| {readonly type: 'secret-text'; readonly text: Secret}
	| {readonly type: 'resize'; readonly columns: number; readonly rows: number}
	/** A text was copied in that way, or is to be shown so that it can be selected; `what` names it. */
	| {readonly type: 'copied'; readonly what: string; readonly text: string; readonly way: CopyWay}
	/** What came of something that was asked of the program, in words. */
	| {readonly type: 'answered'; readonly text: string}
	/** Something to say as long as nothing else is to be said. */
	| {readonly type: 'standing-notice'; readonly text: string | undefined}
	| {readonly type: 'sign-in-refused'; readonly serverId: string; readonly problem: string}
	| {readonly type: 'signed-in'; readonly serverId: string}
	| {readonly type: 'secret-saved'; readonly serverId: string; readonly problem: string | undefined};

const serverMessages: Readonly<Record<ServerMessage['type'], true>> = {snapshot: true, contact: true, evidence: true, log: true, objects: true, tick: true};

/** Whether servers or the clock say it, and no user has to see at once what it changes. */
export function isServerMessage({type}: Message): boolean {
	return Object.hasOwn(serverMessages, type);
}

/** What the state asks of the program; plain data as well. */
export type Effect =
	| ServerEffect
	| {readonly type: 'redraw' | 'suspend' | 'quit' | 'bell'}
	| {readonly type: 'copy'; readonly what: string; readonly text: string}
	| {readonly type: 'save'; readonly file: string; readonly text: string}
	| {readonly type: 'save-marks'; readonly marks: Marks}
	| {readonly type: 'sign-in'; readonly serverId: string; readonly secret: Secret}
	| {readonly type: 'save-secret'; readonly serverId: string; readonly secret: Secret};

/** The state after a message, and what it asks of the program, in order. */
export type Step = {readonly state: State; readonly effects: readonly Effect[]};

/** What a key or command gives: the state after it, with effects where it has any. */
export type Result = State | Step;

/** The same as a step. */
export function stepOf(result: Result): Step {
	return 'effects' in result ? result : {state: result, effects: []};
}

/** A step with effects. */
export function withEffects(state: State, ...effects: readonly Effect[]): Step {
	return {state, effects};
}
