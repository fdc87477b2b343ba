import {isCharacter, type KeyName} from '../model/key.js';
import {Secret} from '../model/secret.js';
import {withCopied} from './copy/copy-keys.js';
import {withWaitingKeys} from './detail/log/log-keys.js';
import {settled} from './settle.js';
import {focusOf} from './focus.js';
import {bindingFor} from './keymap.js';
import {eventAfter} from './shared/rows/events.js';
import {isText} from './shared/state/focus.js';
import {drawnLayer, isView, topLayer} from './shared/state/layers.js';
import {stepOf, type Message, type Result, type Step} from './shared/state/messages.js';
import {detailLayer, layout, listLayer} from './shared/state/selectors.js';
import {noticed, type ServerData, type State} from './shared/state/state.js';
import {withRefused, withSaved, withSignedIn} from './sign-in/sign-in-keys.js';
import {helpTables} from './tables.js';
import {editTyped, typeSecret} from './typing.js';

/**
The state after a message, and what it asks of the program: the one place where the state changes. Pure: the time comes in with
the messages of servers and of the clock.
*/
export function update(state: State, message: Message): Step {
	return settled(state, stepOf(changed(state, message)));
}

/** What was read from the terminal as a message: what is typed into a secret field is one that cannot be written out. */
export function messageOf(state: State, input: {readonly type: 'key'; readonly key: KeyName} | {readonly type: 'paste'; readonly text: string}): Message {
	if (focusOf(state.layers) !== 'password') {
		return input;
	}

	if (input.type === 'paste') {
		return {type: 'secret-text', text: new Secret(input.text, false)};
	}

	return isCharacter(input.key) && !bindingFor('password', input.key) ? {type: 'secret-text', text: new Secret(input.key, false)} : input;
}

type Handlers = {readonly [Type in Message['type']]: (state: State, message: Extract<Message, {readonly type: Type}>) => Result};

const handlers: Handlers = {
	key: (state, {key}) => pressed(state, key),
	paste: (state, {text}) => layout(state).isTooSmall || !isText(focusOf(state.layers)) ? state : editTyped({type: 'insert', text})(state),
	'secret-text': (state, {text}) => layout(state).isTooSmall ? state : typeSecret(state, text),
	resize(state, {columns, rows}) {
		const {terminal} = state;
		// What was said on the terminal of another size is gone.
		return terminal.columns === columns && terminal.rows === rows ? state : {...state, terminal: {...terminal, columns, rows}, notice: undefined};
	},
	tick: (state, {now}) => ({...state, time: now}),
	snapshot(state, {serverId, snapshot, now}) {
		const before = state.servers.map(server => server.snapshot);
		const after = {...withServer(state, serverId, {snapshot}), time: now};
		return {...after, event: eventAfter(state.event, before, after.servers.map(server => server.snapshot), now)};
	},
	contact: (state, {serverId, contact, now}) => ({...withServer(state, serverId, {contact}), time: now}),
	evidence: (state, {serverId, evidence}) => withServer(state, serverId, {evidence}),
	log(state, {serverId, sessionId, log: value, failure}) {
		return isFollowed(state, serverId, 'log', sessionId) ? withWaitingKeys(withServer(state, serverId, {log: {sessionId, value, failure}})) : state;
	},
	objects(state, {serverId, sessionId, objects: value, failure}) {
		return isFollowed(state, serverId, 'objects', sessionId) ? withServer(state, serverId, {objects: {sessionId, value, failure}}) : state;
	},
	copied: (state, message) => withCopied(state, message),
	answered: (state, {text}) => noticed(state, text),
	'standing-notice': (state, {text}) => ({...state, standingNotice: text}),
	'sign-in-refused': (state, {serverId, problem}) => withRefused(state, serverId, problem),
	'signed-in': (state, {serverId}) => withSignedIn(state, serverId),
	'secret-saved': (state, {problem}) => withSaved(state, problem),
};

function changed(state: State, message: Message): Result {
	return (handlers[message.type] as (state: State, message: Message) => Result)(state, message);
}

function withServer(state: State, serverId: string, data: Partial<ServerData>): State {
	return {...state, servers: state.servers.map(server => server.id === serverId ? {...server, ...data} : server)};
}

// An answer for a session that was closed meanwhile is not wanted.
function isFollowed({servers}: State, serverId: string, what: 'log' | 'objects', sessionId: string): boolean {
	const target = servers.find(({id}) => id === serverId)?.asked.target;
	return target?.what === what && target.sessionId === sessionId;
}

// What was said belongs to the view that it was said in: a key that leads to another one ends it.
function pressed(state: State, key: KeyName): Result {
	const {state: next, effects} = stepOf(afterKey(state, key));
	const isOver = next.notice !== undefined && next.notice === state.notice && !isSameView(state, next);
	return {state: isOver ? {...next, notice: undefined} : next, effects};
}

function isSameView(a: State, b: State): boolean {
	const [before, after] = [detailLayer(a), detailLayer(b)];
	return drawnLayer(a.layers).kind === drawnLayer(b.layers).kind && listLayer(a).list === listLayer(b).list
		&& before?.key === after?.key && before?.tab === after?.tab;
}

function afterKey(state: State, key: KeyName): Result {
	// Keys whose effect cannot be seen would surprise once the terminal is large again; q is a letter where text is typed.
	if (layout(state).isTooSmall && key !== 'ctrl-c' && key !== 'ctrl-z' && !(key === 'q' && isView(topLayer(state.layers)))) {
		return state;
	}

	const focus = focusOf(state.layers);
	const binding = bindingFor(focus, key);
	if (!binding) {
		return isText(focus) && focus !== 'password' && isCharacter(key) ? editTyped({type: 'insert', text: key})(state) : state;
	}

	const reason = binding.offBecause?.(state);
	return reason === undefined ? binding.run(state, helpTables) : noticed(state, reason);
}
