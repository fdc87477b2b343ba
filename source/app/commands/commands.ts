import {parseFilter} from '../shared/filters/filter-language.js';
import {statusChoices} from '../shared/filters/filters.js';
import {bindings, type CommandStep} from '../keymap.js';
import {listNames} from '../shared/rows/lists.js';
import {asking, noticed, viewOf, type Action, type Screen, type ScreenInput} from '../screen-state.js';
import {screen} from '../screen.js';
import {sortableColumns, sortBy} from '../shared/rows/sort.js';
import {parseSpan, refreshIntervals, spanWord} from '../shared/filters/steps.js';
import {recalled, remembered, withText, type CommandLine} from './command-line.js';

/** A command of the `:` line: one entry in the table below. */
export type Command = {
	readonly name: string;
	/** What follows it, for the help; in brackets where it can be left out. None follows where it is absent. */
	readonly argument?: string;
	readonly label: string;
	/** The words of which one must follow, if anything does. Without it any text may. */
	readonly choices?: (state: Screen, input: ScreenInput) => readonly string[];
	/** The screen after it, or why it cannot be done. A choice is whole here. */
	readonly run: (argument: string, state: Screen, input: ScreenInput) => Screen | string;
};

const jobTypeChoices = ['all', 'backup', 'copy'] as const;
const jobTypeOf = {all: 'all', backup: 'Backup', copy: 'Copy'} as const;

// Actions that are a word alone; what the program says of itself is no command.
type Plain = Exclude<{[Type in Action['type']]: {readonly type: Type} extends Action ? Type : never}[Action['type']], 'all-read' | 'resized'>;

const does = (type: Plain) => (_argument: string, state: Screen, input: ScreenInput) => screen(state, {type}, input);

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
	{
		name: 'view', argument: 'now|sessions|window', label: 'show that list', choices: () => listNames,
		run: (name, state, input) => screen(toList(state), {type: 'list', list: listNames.find(list => list === name) ?? state.list}, input),
	},
	{name: 'since', argument: '6h', label: 'how far back the list looks: 90m, 6h, 3d, 2w', run: since},
	{
		name: 'type', argument: jobTypeChoices.join('|'), label: 'jobs of that type only', choices: () => jobTypeChoices,
		run: (type, state) => withFilters(state, {jobType: jobTypeOf[type as keyof typeof jobTypeOf]}),
	},
	{
		name: 'status', argument: statusChoices.join('|'), label: 'rows in such a status only', choices: () => statusChoices,
		run: (status, state) => withFilters(state, {status: statusChoices.find(choice => choice === status)!}),
	},
	{name: 'filter', argument: '[TEXT]', label: 'filter the list as / does; without a text: no longer', run: filter},
	{name: 'server', argument: '[NAME]', label: 'rows of that server only; without a name: of all', choices: serverNames, run: server},
	{name: 'sort', argument: 'COLUMN', label: 'sort by a column on screen', choices: sortIds, run: (id, state) => ({...toList(state), sort: sortBy(id), frozen: undefined})},
	{name: 'columns', label: 'choose the columns', run: (argument, state, input) => does('open-columns')(argument, toList(state), input)},
	{
		name: 'refresh', argument: 'SECONDS', label: 'ask the server that often (2, 5, 10, 15, 30, 60, 120)', choices: () => refreshIntervals.map(ms => String(ms / 1000)),
		run: (seconds, state, {now}) => noticed({...state, refreshMs: Number(seconds) * 1000}, `the server is asked every ${seconds} s`, now),
	},
	{
		name: 'ack', argument: '[all]', label: 'acknowledge the problem of the row, or every one', choices: () => ['all'],
		run: (all, state, input) => offBecause('acknowledge', state) ?? does(all === 'all' ? 'acknowledge-all' : 'acknowledge')(all, state, input),
	},
	{name: 'undo', label: 'undo the last acknowledgement', run: does('undo')},
	{
		name: 'ignore', label: 'never again call the causes of the row new',
		run: (argument, state, input) => offBecause('acknowledge', state) ?? does('ignore')(argument, state, input),
	},
	{name: 'unignore', argument: 'all', label: 'ignore no cause any longer', choices: () => ['all'], run: does('unignore-all')},
	{name: 'ignored', label: 'show the causes that are ignored', run: does('ignored')},
	{name: 'changes', label: 'what changed since it was last asked for', run: does('changes')},
	{
		name: 'bell', argument: 'on|off', label: 'ring the bell for each new problem, or not', choices: () => ['on', 'off'],
		run: (wanted, state, input) => does('bell')(wanted, {...state, rings: wanted === 'off'}, input),
	},
	{name: 'pause', label: 'pause painting, or go on', run: does('pause')},
	{name: 'save', argument: 'FILE', label: 'write the list, or the summary of a session, into a new file', run: save},
	{name: 'help', label: 'all keys and commands', run: (argument, state, input) => state.isHelpOpen ? state : does('help')(argument, state, input)},
	{name: 'quit', label: 'quit', run: does('quit')},
];

/** What can be typed, for help and README. */
export const commandHelp: ReadonlyArray<{readonly word: string; readonly label: string}> = commands.map(({name, argument, label}) => ({
	word: argument === undefined ? name : `${name} ${argument.includes('|') ? argument.replaceAll('|', ', ') : argument}`, label,
}));

/** The screen after a key on the command line. */
export function commandStep(state: Screen, step: CommandStep, input: ScreenInput): Screen {
	const line = state.command;
	if (!line) {
		return state;
	}

	switch (step) {
		case 'run': {
			return runCommand(state, line, input);
		}

		case 'complete': {
			return {...state, command: completed(line, state, input)};
		}

		case 'older': {
			return {...state, command: recalled(line, state.commands, 1)};
		}

		case 'newer': {
			return {...state, command: recalled(line, state.commands, -1)};
		}
	}
}

function runCommand(state: Screen, line: CommandLine, input: ScreenInput): Screen {
	const text = line.prompt.text.trim();
	if (text === '') {
		return {...state, command: undefined};
	}

	const after = outcome(text, {...state, command: undefined, commands: remembered(state.commands, text)}, input);
	return typeof after === 'string' ? {...state, command: {...line, said: after}} : after;
}

// The screen after a command, or what is wrong with it.
function outcome(text: string, state: Screen, input: ScreenInput): Screen | string {
	const {word, argument} = partsOf(text);
	const name = chosen(word, commands.map(command => command.name), 'command');
	if (name.problem !== undefined) {
		return name.problem;
	}

	const command = commands.find(one => one.name === name.choice)!;
	const {argument: wanted, choices} = command;
	if (wanted === undefined && argument !== '') {
		return `${command.name} stands alone`;
	}

	if (argument === '' && wanted !== undefined && !wanted.startsWith('[')) {
		return `${command.name} wants ${wants(command, state, input)}`;
	}

	const {choice, problem} = choices && argument !== '' ? chosen(argument, choices(state, input), command.name) : {choice: argument};
	return problem ?? command.run(choice, state, input);
}

function partsOf(text: string): {readonly word: string; readonly argument: string} {
	const [word = ''] = text.split(' ', 1);
	return {word, argument: text.slice(word.length).trim()};
}

function wants({argument = '', choices}: Command, state: Screen, input: ScreenInput): string {
	return choices ? `one of ${choices(state, input).join(', ')}` : `something like ${argument}`;
}

type Chosen = {readonly choice: string; readonly problem?: undefined} | {readonly choice?: undefined; readonly problem: string};

// The choice that a word names, by its start where that is enough.
function chosen(word: string, choices: readonly string[], what: string): Chosen {
	const found = startingWith(choices, word);
	const exact = found.find(choice => choice.toLowerCase() === word.toLowerCase());
	const choice = exact ?? (found.length === 1 ? found[0] : undefined);
	const problem = found.length === 0 ? `no ${what} "${word}"; there is ${choices.join(', ')}` : `"${word}" can be ${found.join(', ')}`;
	return choice === undefined ? {problem} : {choice};
}

function startingWith(choices: readonly string[], start: string): readonly string[] {
	return choices.filter(choice => choice.toLowerCase().startsWith(start.toLowerCase()));
}

// The line with as much as is certain of what is being typed; where that is all, it says what can follow.
function completed(line: CommandLine, state: Screen, input: ScreenInput): CommandLine {
	const text = line.prompt.text.trimStart();
	const {word, argument} = partsOf(text);
	if (!text.includes(' ')) {
		return completedWord(line, '', word, commands.map(({name, argument: follows}) => follows === undefined ? name : `${name} `));
	}

	const {choice} = chosen(word, commands.map(({name}) => name), 'command');
	const command = commands.find(({name}) => name === choice);
	return command?.choices ? completedWord(line, `${command.name} `, argument, command.choices(state, input)) : line;
}

function completedWord(line: CommandLine, lead: string, start: string, choices: readonly string[]): CommandLine {
	const found = startingWith(choices, start);
	const common = commonStart(found);
	// Names that differ in capitals alone have less in common than what is typed.
	const text = lead + (common.length < start.length ? start : common);
	if (found.length === 0) {
		return {...line, said: `there is ${choices.map(choice => choice.trim()).join(', ')}`};
	}

	return text === line.prompt.text ? {...line, said: found.map(choice => choice.trim()).join('  ')} : withText(line, text);
}

function commonStart(texts: readonly string[]): string {
	const [first = ''] = texts;
	const others = texts.map(text => [...text]);
	const length = [...first].findIndex((character, index) => others.some(text => text[index] !== character));
	return length === -1 ? first : [...first].slice(0, length).join('');
}

function toList(state: Screen): Screen {
	return {...state, openKey: undefined, overlay: undefined, isHelpOpen: false};
}

function withFilters(state: Screen, filters: Partial<Screen['filters']>): Screen {
	return {...toList(state), filters: {...state.filters, ...filters}, frozen: undefined};
}

function since(text: string, state: Screen, {now}: ScreenInput): Screen | string {
	const rangeMs = parseSpan(text);
	return rangeMs === undefined ? `since wants a time such as 90m, 6h, 3d or 2w, not "${text}"` : noticed({...state, rangeMs}, `looks back ${spanWord(rangeMs)}`, now);
}

function filter(text: string, state: Screen): Screen | string {
	return parseFilter(text).problem ?? withFilters(state, {text});
}

function sortIds(_state: Screen, {shownColumns}: ScreenInput): readonly string[] {
	return sortableColumns.map(({id}) => id).filter(id => shownColumns.includes(id));
}

function serverNames(_state: Screen, {rows}: ScreenInput): readonly string[] {
	return [...new Set(rows.map(({serverName}) => serverName))].toSorted();
}

// The other words of the filter stay.
function server(name: string, state: Screen): Screen {
	const others = state.filters.text.replaceAll(/(?<=^|\s)server:(?:"[^"]*"|[^\s"])*/giv, '').trim();
	const word = name === '' ? '' : `server:"${name.replaceAll('"', '')}"`;
	return withFilters(state, {text: [word, others].filter(part => part !== '').join(' ')});
}

function save(file: string, state: Screen): Screen | string {
	const view = viewOf(state);
	return view === 'list' || view === 'detail' ? asking(state, 'save', file) : 'only a list or a session can be saved: Esc goes back to it';
}

function offBecause(id: string, state: Screen): string | undefined {
	return bindings.find(binding => binding.id === id)?.offBecause?.(state);
}
