import type {Secret} from '../../model/secret.js';
import {faultPolicies} from '../../model/errors.js';
import type {Edit} from '../../ui/text-field/edit.js';
import {
	openLayer,
	withLayerBelowTyped,
	withoutKind,
	withReplaced,
	type SignInLayer,
} from '../shared/state/layers.js';
import {withEffects, type Result} from '../shared/state/messages.js';
import {editedSecret, emptySecretField, enteredSecret, isEmptySecret} from '../shared/state/secret-field.js';
import {noticed, type ServerData, type State} from '../shared/state/state.js';

/** The sign-in that is open; undefined where none is. */
export const signInLayer = ({layers}: State) => openLayer(layers, 'sign-in');

/** Whether a server waits for its password. */
export const waitsForPassword = ({contact: {fault}}: ServerData) => fault !== undefined && faultPolicies[fault.kind].policy === 'ask';

function withSignIn(state: State, changed: Partial<SignInLayer>): State {
	const layer = signInLayer(state);
	return layer ? {...state, layers: withReplaced(state.layers, layer, {...layer, ...changed})} : state;
}

// What is asked already stays, but whether to keep a password is no question once another one is needed.
function ask(state: State, {id, name, account}: ServerData): State {
	const asked = {...state, askedPasswords: new Set([...state.askedPasswords, id])};
	const open = signInLayer(state);
	if (open && !(open.stage === 'keep-password' && open.serverId === id)) {
		return asked;
	}

	const question = account === undefined ? `Bearer token for ${name}` : `Password of ${account} at ${name}`;
	const layer: SignInLayer = {kind: 'sign-in', serverId: id, stage: 'password', question, field: emptySecretField, secret: undefined, problem: undefined};
	return {...asked, layers: withLayerBelowTyped(withoutKind(state.layers, 'sign-in'), layer)};
}

/** Asks anew for the password of the first server that waits; undefined where none does. */
export function askAgain(state: State): State | undefined {
	const waiting = state.servers.find(server => waitsForPassword(server));
	return waiting && ask(state, waiting);
}

/**
The state with the password prompt open where a server has begun to wait for its password: once each time, since who left it
opens it again. One that was taken and is refused by now is not to be kept.
@param before - the servers before the message
*/
export function withPasswordQuestion(state: State, before: readonly ServerData[]): State {
	const askedPasswords = new Set([...state.askedPasswords].filter(id => state.servers.some(server => server.id === id && waitsForPassword(server))));
	const settled = askedPasswords.size === state.askedPasswords.size ? state : {...state, askedPasswords};
	const open = signInLayer(settled);
	if (open?.stage === 'keep-password') {
		const index = settled.servers.findIndex(({id}) => id === open.serverId);
		const server = settled.servers[index];
		const isNewFault = server !== undefined && waitsForPassword(server) && server.contact.fault !== before[index]!.contact.fault;
		return isNewFault ? ask(settled, server) : settled;
	}

	const unasked = open ? undefined : settled.servers.find(server => waitsForPassword(server) && !settled.askedPasswords.has(server.id));
	return unasked ? ask(settled, unasked) : settled;
}

/** The state after an edit of the password. */
export function editPassword(state: State, layer: SignInLayer, change: Edit): State {
	return layer.stage === 'password' ? withSignIn(state, {field: editedSecret(layer.field, change)}) : state;
}

/** The state after text was typed or pasted into the password. */
export function typePassword(state: State, layer: SignInLayer, text: Secret): State {
	return editPassword(state, layer, {type: 'insert', text: text.open()});
}

/** Tries the password. */
export function tryPassword(state: State): Result {
	const layer = signInLayer(state);
	if (layer?.stage !== 'password' || isEmptySecret(layer.field)) {
		return state;
	}

	const secret = enteredSecret(layer.field);
	return withEffects(withSignIn(state, {stage: 'signing-in', secret}), {type: 'sign-in', serverId: layer.serverId, secret});
}

/** Has the password that was just taken saved on this machine. The keys after it are the list's again, whatever that takes. */
export function savePassword(state: State): Result {
	const layer = signInLayer(state);
	return layer?.secret
		? withEffects({...state, layers: withoutSignIn(state, layer.serverId)}, {type: 'save-secret', serverId: layer.serverId, secret: layer.secret})
		: state;
}

/** The state after a server refused the password. */
export function withRefused(state: State, serverId: string, problem: string): State {
	return signInLayer(state)?.serverId === serverId ? withSignIn(state, {stage: 'password', field: emptySecretField, secret: undefined, problem}) : state;
}

/** The state after a server took the password: it may be kept where that is possible. */
export function withSignedIn(state: State, serverId: string): Result {
	const layer = signInLayer(state);
	const server = state.servers.find(({id}) => id === serverId);
	const next = layer?.serverId === serverId && server?.canSaveSecret
		? withSignIn(state, {stage: 'keep-password', field: emptySecretField})
		: noticed({...state, layers: withoutSignIn(state, serverId)}, 'signed in');
	return withEffects(next, {type: 'poll', serverId});
}

/** The state once the password was saved, or could not be. A question that was opened since stays. */
export function withSaved(state: State, problem: string | undefined): State {
	return noticed(state, problem ?? 'kept, encrypted');
}

function withoutSignIn(state: State, serverId: string): State['layers'] {
	return signInLayer(state)?.serverId === serverId ? withoutKind(state.layers, 'sign-in') : state.layers;
}
