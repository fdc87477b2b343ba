import {edit, openPrompt, type Edit, type Prompt} from '../../ui/text-field/edit.js';
import {afterMove} from '../shared/moves.js';
import {openLayer, topLayer, withLayer, withoutTop, withReplaced, type HelpLayer, type HelpSearchLayer, type Move} from '../shared/state/layers.js';
import {layout} from '../shared/state/selectors.js';
import type {State} from '../shared/state/state.js';

/** Opens the help, or closes it where it has the keys. */
export function toggleHelp(state: State): State {
	return topLayer(state.layers).kind === 'help' ? {...state, layers: withoutTop(state.layers)} : {...state, layers: withLayer(state.layers, {kind: 'help', words: '', top: 0})};
}

/**
Scrolls the help.
@param lineCount - the lines that have the words it is searched for
*/
export function moveInHelp(state: State, layer: HelpLayer, to: Move, lineCount: number): State {
	const {helpRows, detailRows} = layout(state);
	const top = afterMove(layer.top, to, {page: detailRows, end: Math.max(0, lineCount - helpRows)});
	return {...state, layers: withReplaced(state.layers, layer, {...layer, top})};
}

export function openHelpSearch(state: State): State {
	const words = openLayer(state.layers, 'help')?.words ?? '';
	return {...state, layers: withLayer(state.layers, {kind: 'help-search', prompt: openPrompt(words)})};
}

export function editHelpSearch(state: State, layer: HelpSearchLayer, change: Edit): State {
	return typedSearch(state, layer, edit(layer.prompt, change));
}

/** Leaves the words as they were before they were typed. */
export function cancelHelpSearch(state: State, layer: HelpSearchLayer): State {
	const before = withWords(state, layer.prompt.before);
	return {...before, layers: withoutTop(before.layers)};
}

function typedSearch(state: State, layer: HelpSearchLayer, prompt: Prompt): State {
	return withWords({...state, layers: withLayer(withoutTop(state.layers), {...layer, prompt})}, prompt.text, 0);
}

function withWords(state: State, words: string, top?: number): State {
	const help = openLayer(state.layers, 'help');
	return help ? {...state, layers: withReplaced(state.layers, help, {...help, words, top: top ?? help.top})} : state;
}
