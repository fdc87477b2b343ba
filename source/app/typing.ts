import type {Secret} from '../model/secret.js';
import type {Edit} from '../ui/text-field/edit.js';
import {editedLine} from './commands/command-line.js';
import {editLogSearch} from './detail/log/log-keys.js';
import {editHelpSearch} from './help/help-keys.js';
import {editFilter} from './list/list-keys.js';
import {topLayer, withLayer, withoutTop, type Layer} from './shared/state/layers.js';
import type {State} from './shared/state/state.js';
import {editPassword, typePassword} from './sign-in/sign-in-keys.js';

type Editors = {readonly [Kind in Layer['kind']]?: (state: State, layer: Extract<Layer, {readonly kind: Kind}>, change: Edit) => State};

/** What is typed in each line that can be open. */
const editors: Editors = {
	filter: editFilter,
	'log-search': editLogSearch,
	'help-search': editHelpSearch,
	command: (state, {line}, change) => ({...state, layers: withLayer(withoutTop(state.layers), {kind: 'command', line: editedLine(line, change)})}),
	'sign-in': editPassword,
};

/** The state after an edit of the line that is being typed; as it was where none is. */
export const editTyped = (change: Edit) => (state: State): State => {
	const layer = topLayer(state.layers);
	const editor = editors[layer.kind] as ((state: State, layer: Layer, change: Edit) => State) | undefined;
	return editor ? editor(state, layer, change) : state;
};

/** The state after text came for the secret that is being typed. */
export function typeSecret(state: State, text: Secret): State {
	const layer = topLayer(state.layers);
	return layer.kind === 'sign-in' ? typePassword(state, layer, text) : state;
}
