import {topLayer, withLayer, withoutTop, type CommandLayer, type CommandLine} from '../shared/state/layers.js';
import type {Result} from '../shared/state/messages.js';
import type {State} from '../shared/state/state.js';
import {recalled, remembered, withText} from './command-line.js';

/** A command of the `:` line: one entry in `app/command-table`. */
export type Command = {
	readonly name: string;
	/** What follows it, for the help; in brackets where it can be left out. None follows where it is absent. */
	readonly argument?: string;
	readonly label: string;
	/** The words of which one must follow, if anything does. Without it any text may. */
	readonly choices?: (state: State) => readonly string[];
	/** The state after it, or why it cannot be done. A choice is whole here. */
	readonly run: (argument: string, state: State) => Result | string;
};

/** Every command, in the order of the help. */
export type Commands = readonly Command[];

/** What can be typed, for help and README. */
export function commandHelp(commands: Commands): ReadonlyArray<{readonly word: string; readonly label: string}> {
	return commands.map(({name, argument, label}) => ({
		word: argument === undefined ? name : `${name} ${argument.includes('|') ? argument.replaceAll('|', ', ') : argument}`, label,
	}));
}

function openCommand(state: State): CommandLayer | undefined {
	const layer = topLayer(state.layers);
	return layer.kind === 'command' ? layer : undefined;
}

function withLine(state: State, line: CommandLine): State {
	return {...state, layers: withLayer(withoutTop(state.layers), {kind: 'command', line})};
}

/** The line with an older or newer command. */
export const recallCommand = (by: 1 | -1) => (state: State): State => {
	const layer = openCommand(state);
	return layer ? withLine(state, recalled(layer.line, state.commands, by)) : state;
};

/** The line completed as far as that is certain. */
export const completeCommand = (commands: Commands) => (state: State): State => {
	const layer = openCommand(state);
	return layer ? withLine(state, completed(layer.line, state, commands)) : state;
};

/** Does what is typed, or says on the line why it cannot. */
export const runCommand = (commands: Commands) => (state: State): Result => {
	const layer = openCommand(state);
	if (!layer) {
		return state;
	}

	const text = layer.line.prompt.text.trim();
	const closed = {...state, layers: withoutTop(state.layers)};
	if (text === '') {
		return closed;
	}

	const after = outcome(text, {...closed, commands: remembered(state.commands, text)}, commands);
	return typeof after === 'string' ? withLine(state, {...layer.line, answer: after}) : after;
};

// The state after a command, or what is wrong with it.
function outcome(text: string, state: State, commands: Commands): Result | string {
	const {word, argument} = partsOf(text);
	const name = chosen(word, commands.map(command => command.name), 'command');
	if (name.problem !== undefined) {
		return name.problem;
	}

	const command = commands.find(one => one.name === name.choice)!;
	const {argument: follows, choices} = command;
	if (follows === undefined && argument !== '') {
		return `${command.name} stands alone`;
	}

	if (argument === '' && follows !== undefined && !follows.startsWith('[')) {
		return `${command.name} wants ${expected(command, state)}`;
	}

	const {choice, problem} = choices && argument !== '' ? chosen(argument, choices(state), command.name) : {choice: argument};
	return problem ?? command.run(choice, state);
}

function partsOf(text: string): {readonly word: string; readonly argument: string} {
	const [word = ''] = text.split(' ', 1);
	return {word, argument: text.slice(word.length).trim()};
}

function expected({argument = '', choices}: Command, state: State): string {
	const words = choices?.(state) ?? [argument];
	return words.length === 1 ? words.join('') : `one of ${words.join(', ')}`;
}

type Chosen = {readonly choice: string; readonly problem?: undefined} | {readonly choice?: undefined; readonly problem: string};

// The choice that a word names, by its start where that is enough. A number is none but itself: 3 is not short for 30.
function chosen(word: string, choices: readonly string[], what: string): Chosen {
	const areNumbers = choices.every(choice => /^\d+$/v.test(choice));
	const found = areNumbers ? choices.filter(choice => choice === word) : startingWith(choices, word);
	const exact = found.find(choice => choice.toLowerCase() === word.toLowerCase());
	const choice = exact ?? (found.length === 1 ? found[0] : undefined);
	const problem = found.length === 0 ? `no ${what} "${word}"; ${alternatives(word, choices)}` : `"${word}" can be ${found.join(', ')}`;
	return choice === undefined ? {problem} : {choice};
}

// Those that begin as the word does, by two letters at least; else all.
function alternatives(word: string, choices: readonly string[]): string {
	for (let length = word.length - 1; length >= 2; length--) {
		const found = startingWith(choices, word.slice(0, length));
		if (found.length > 0) {
			return `did you mean ${found.join(' or ')}?`;
		}
	}

	return `there is ${choices.join(', ')}`;
}

function startingWith(choices: readonly string[], start: string): readonly string[] {
	return choices.filter(choice => choice.toLowerCase().startsWith(start.toLowerCase()));
}

// The line with as much as is certain of what is being typed; where that is all, it says what can follow.
function completed(line: CommandLine, state: State, commands: Commands): CommandLine {
	const text = line.prompt.text.trimStart();
	const {word, argument} = partsOf(text);
	if (!text.includes(' ')) {
		return completedWord(line, '', word, commands.map(({name, argument: follows}) => follows === undefined ? name : `${name} `));
	}

	const {choice} = chosen(word, commands.map(({name}) => name), 'command');
	const command = commands.find(({name}) => name === choice);
	return command?.choices ? completedWord(line, `${command.name} `, argument, command.choices(state)) : line;
}

function completedWord(line: CommandLine, lead: string, start: string, choices: readonly string[]): CommandLine {
	const found = startingWith(choices, start);
	const common = commonStart(found);
	// Names that differ in capitals alone have less in common than what is typed.
	const text = lead + (common.length < start.length ? start : common);
	if (found.length === 0) {
		return {...line, answer: `there is ${choices.map(choice => choice.trim()).join(', ')}`};
	}

	return text === line.prompt.text ? {...line, answer: found.map(choice => choice.trim()).join('  ')} : withText(line, text);
}

function commonStart(texts: readonly string[]): string {
	const [first = ''] = texts;
	const others = texts.map(text => [...text]);
	const length = [...first].findIndex((character, index) => others.some(text => text[index] !== character));
	return length === -1 ? first : [...first].slice(0, length).join('');
}
