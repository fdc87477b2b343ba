import type {FooterPrompt} from '../ui/footer.js';
import type {Cell} from '../ui/text/spans.js';
import {commandFooter} from './commands/command-footer.js';
import {openLogContent} from './detail/log/log-selectors.js';
import {promptNote} from './shared/filters/filter-note.js';
import {parseFilter} from './shared/filters/filter-language.js';
import {topLayer, type FooterLine, type Layer} from './shared/state/layers.js';
import {layout, listLayer, listRows, visibleRows} from './shared/state/selectors.js';
import type {State} from './shared/state/state.js';
import {signInLine} from './sign-in/sign-in-line.js';

type Lines = {readonly [Kind in Layer['kind']]?: (state: State, layer: Extract<Layer, {readonly kind: Kind}>) => FooterLine};

const lines: Lines = {
	filter(state, {prompt}) {
		const {width} = layout(state);
		const note = promptNote({shown: visibleRows(state).length, total: listRows(state).length, ...parseFilter(listLayer(state).filters.text), width});
		return {message: undefined, prompt: {lead: ' /', prompt, note}};
	},
	'log-search': (state, {prompt}) => ({message: undefined, prompt: {lead: ' /', prompt, note: openLogContent(state).searchNote}}),
	'help-search': (_state, {prompt}) => ({message: undefined, prompt: {lead: ' /', prompt, note: ''}}),
	command: (_state, layer) => commandFooter(layer),
	'sign-in': (_state, layer) => signInLine(layer),
};

/** What is asked for at the bottom of the screen, by the layer that has the keys: its message, and what is typed instead of the keys. */
export function askedLine(state: State): {readonly message: Cell | undefined; readonly prompt: FooterPrompt | undefined} {
	const layer = topLayer(state.layers);
	const line = lines[layer.kind] as ((state: State, layer: Layer) => FooterLine) | undefined;
	return line?.(state, layer) ?? {message: undefined, prompt: undefined};
}
