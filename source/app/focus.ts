import {tabOf} from './detail/tabs.js';
import type {Focus} from './shared/state/focus.js';
import {drawnLayer, openLayer, topLayer, type Layers} from './shared/state/layers.js';

/** Where the keys go now. */
export function focusOf(layers: Layers): Focus {
	const top = topLayer(layers);
	if (top.kind === 'detail') {
		return tabOf(top.tab).focus ?? 'detail';
	}

	return top.kind === 'sign-in' ? top.stage : top.kind;
}

/** Where the keys of the view that is drawn go, whatever is asked over it. */
export function drawnFocus(layers: Layers): Focus {
	return focusOf([layers[0], drawnLayer(layers)]);
}

/** What is read below the help: its keys come first there. */
export function focusBelowHelp(layers: Layers): Focus {
	const detail = openLayer(layers, 'detail');
	return detail ? focusOf([layers[0], detail]) : 'list';
}
