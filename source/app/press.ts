import {isCharacter, type KeyName} from '../model/key.js';
import {commandStep} from './commands/commands.js';
import {bindingFor} from './keymap.js';
import {asking, noticed, focusOf, viewOf, type Focus, type Screen, type ScreenInput} from './screen-state.js';
import {screen} from './screen.js';

/**
The screen after a key: looked up where the keys go at that moment, so that keys typed faster than frames are drawn find
their place. What was told before belongs to the view that it was told in: a key that leads to another one ends it.
*/
export function press(state: Screen, key: KeyName, input: ScreenInput): Screen {
	const next = afterKey(state, key, input);
	return next.notice === undefined || next.notice !== state.notice || isSameView(state, next) ? next : {...next, notice: undefined};
}

function isSameView(a: Screen, b: Screen): boolean {
	return viewOf(a) === viewOf(b) && a.list === b.list && a.tab === b.tab && a.openKey === b.openKey;
}

function afterKey(state: Screen, key: KeyName, input: ScreenInput): Screen {
	const place = focusOf(state);
	const binding = bindingFor(place, key);
	if (!binding) {
		return isTextAt(place) && isCharacter(key) ? screen(state, {type: 'edit', edit: {type: 'insert', text: key}}, input) : state;
	}

	const reason = binding.offBecause?.(state);
	if (reason !== undefined) {
		return noticed(state, reason, input.now);
	}

	if (binding.does.type === 'command') {
		return commandStep(state, binding.does.step, input);
	}

	return binding.does.type === 'effect' ? asking(state, binding.does.effect) : screen(state, binding.does, input);
}

/** The screen after a paste: text for a prompt, and nothing anywhere else, since pasted letters are not meant as keys. */
export function paste(state: Screen, text: string, input: ScreenInput): Screen {
	return isTextAt(focusOf(state)) ? screen(state, {type: 'edit', edit: {type: 'insert', text}}, input) : state;
}

function isTextAt(place: Focus): boolean {
	return ['prompt', 'command', 'log-search', 'help-search', 'password'].includes(place);
}
