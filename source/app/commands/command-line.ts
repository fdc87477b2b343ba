import {edit, openPrompt, type Edit} from '../../ui/text-field/edit.js';
import type {CommandLine} from '../shared/state/layers.js';

/** How many commands are remembered. */
const mostCommands = 100;

/** An empty command line. */
export function openCommandLine(): CommandLine {
	return {prompt: openPrompt(''), back: 0, draft: '', answer: undefined};
}

/** The line after one edit; the answer to what stood there before is gone. */
export function editedLine(line: CommandLine, change: Edit): CommandLine {
	return {...line, prompt: edit(line.prompt, change), answer: undefined};
}

/** The line with another text. */
export function withText(line: CommandLine, text: string): CommandLine {
	return {...line, prompt: openPrompt(text), answer: undefined};
}

/**
The line with an older or newer command, as far as there are any.
@param earlier - what was typed before, oldest first
@param by - 1 for the next older one
*/
export function recalled(line: CommandLine, earlier: readonly string[], by: 1 | -1): CommandLine {
	const back = Math.max(0, Math.min(earlier.length, line.back + by));
	const draft = line.back === 0 ? line.prompt.text : line.draft;
	return back === line.back ? line : {...withText(line, back === 0 ? draft : earlier.at(-back)!), back, draft};
}

/** The commands to be remembered after another one, oldest first; one that was the last already stays one. */
export function remembered(earlier: readonly string[], text: string): readonly string[] {
	return earlier.at(-1) === text ? earlier : [...earlier, text].slice(-mostCommands);
}
