import type {CopyWay} from '../../model/clipboard-text.js';
import {afterMove} from '../shared/moves.js';
import {withLayerBelowTyped, withoutKind, withReplaced, type CopyLayer, type Move} from '../shared/state/layers.js';
import {createSelector} from '../shared/state/memo.js';
import {layout} from '../shared/state/selectors.js';
import {noticed, type State} from '../shared/state/state.js';
import {copyLines, copyWords} from './copy-text.js';

/** The lines of the text that fills the screen. */
export const shownCopyLines = createSelector(
	[(_state: State, {text}: CopyLayer) => text, (state: State) => layout(state).width],
	(text, width) => copyLines(text, width),
);

export function moveInCopy(state: State, layer: CopyLayer, to: Move): State {
	const {detailRows} = layout(state);
	const end = Math.max(0, shownCopyLines(state, layer).length - state.terminal.rows + 1);
	return {...state, layers: withReplaced(state.layers, layer, {...layer, top: afterMove(layer.top, to, {page: detailRows, end})})};
}

/** The state once a text was copied. A terminal does not say whether it took it: who copies the same again has not found it. */
export function withCopied(state: State, {what, text, way}: {readonly what: string; readonly text: string; readonly way: CopyWay}): State {
	const isShown = way === 'screen' || state.lastCopied === text;
	const next = {...state, lastCopied: isShown ? undefined : text};
	const opened = isShown ? {...next, layers: withLayerBelowTyped(withoutKind(next.layers, 'copy'), {kind: 'copy', text, top: 0})} : next;
	return noticed(opened, copyWords(what, way));
}
