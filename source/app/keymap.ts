import type {KeyName} from '../model/key.js';
import type {Action, Effect, Focus, Screen} from './screen-state.js';

/** The keys of one meaning, and its words. Help, bottom line and README are made from these. */
export type KeyWords = {
	readonly id: string;
	readonly keys: readonly KeyName[];
	/** Where the keys have that meaning. */
	readonly focuses: readonly string[];
	/** The words of the help. */
	readonly label: string;
	/** The words of the bottom line; only the most useful keys of a place have them. */
	readonly short?: string;
	/** The keys of the bottom line, where they are not the first one alone. */
	readonly shortKeys?: string;
};

/** What a key does with a command that is typed. */
export type CommandStep = 'run' | 'complete' | 'older' | 'newer';

/** One meaning of keys in the monitor: where they have it, and what they do. */
export type Binding = KeyWords & {
	readonly focuses: readonly Focus[];
	readonly does: Action | {readonly type: 'effect'; readonly effect: Effect} | {readonly type: 'command'; readonly step: CommandStep};
	/** Why the key does nothing now. */
	readonly offBecause?: (screen: Screen) => string | undefined;
};

const list: readonly Focus[] = ['list'];
const detail: readonly Focus[] = ['detail', 'log'];
const log: readonly Focus[] = ['log'];
const logSearch: readonly Focus[] = ['log-search'];
const prompt: readonly Focus[] = ['prompt'];
const reading: readonly Focus[] = ['list', 'detail', 'log', 'help', 'lines', 'copy'];
const monitor: readonly Focus[] = ['list', 'detail', 'log'];
const everywhere: readonly Focus[] = ['list', 'detail', 'log', 'log-search', 'help', 'help-search', 'lines', 'copy', 'columns', 'prompt', 'command', 'password', 'signing-in', 'keep-password'];

/** The keys that edit a line of text. */
export function editBindings<Where extends string>(focuses: readonly Where[]) {
	return [
		{id: 'delete-before', keys: ['backspace'], focuses, label: 'Delete the character before', does: {type: 'edit', edit: {type: 'delete-before'}}},
		{id: 'delete-after', keys: ['delete'], focuses, label: 'Delete the character after', does: {type: 'edit', edit: {type: 'delete-after'}}},
		{id: 'delete-word', keys: ['ctrl-w'], focuses, label: 'Delete the word before', does: {type: 'edit', edit: {type: 'delete-word'}}},
		{id: 'delete-line', keys: ['ctrl-u'], focuses, label: 'Delete all before the cursor', short: 'clear', does: {type: 'edit', edit: {type: 'delete-line'}}},
		{id: 'cursor-left', keys: ['left', 'ctrl-b'], focuses, label: 'Left', does: {type: 'edit', edit: {type: 'left'}}},
		{id: 'cursor-right', keys: ['right', 'ctrl-f'], focuses, label: 'Right', does: {type: 'edit', edit: {type: 'right'}}},
		{id: 'cursor-home', keys: ['home', 'ctrl-a'], focuses, label: 'To the start', does: {type: 'edit', edit: {type: 'home'}}},
		{id: 'cursor-end', keys: ['end', 'ctrl-e'], focuses, label: 'To the end', does: {type: 'edit', edit: {type: 'end'}}},
	] as const satisfies ReadonlyArray<KeyWords & {readonly does: Action}>;
}

// Sessions are shown as the server says them: what is a problem is said of jobs.
const onlyInNow = ({list: shown}: Screen) => shown === 'sessions' ? 'problems are in Now: 1' : undefined;

/** Every key of the monitor, in the order of the help. */
export const bindings: readonly Binding[] = [
	{id: 'open', keys: ['enter'], focuses: list, label: 'Open the session: statistics, details, log', short: 'open', does: {type: 'open'}},
	{id: 'filter', keys: ['/'], focuses: list, label: 'Filter: words, or status:, dur>2h and others below', short: 'filter', does: {type: 'open-filter'}},
	{id: 'type', keys: ['t'], focuses: list, label: 'Job type: all, Backup, Copy', short: 'type', does: {type: 'next-type'}},
	{id: 'status', keys: ['T'], focuses: list, label: 'Status: all, active, problems, finished', short: 'status', does: {type: 'next-status'}},
	{id: 'next-problem', keys: ['n'], focuses: list, label: 'Next problem', short: 'problem', does: {type: 'next-problem', by: 1}, offBecause: onlyInNow},
	{id: 'previous-problem', keys: ['N'], focuses: list, label: 'Previous problem', does: {type: 'next-problem', by: -1}, offBecause: onlyInNow},
	{id: 'open-log', keys: ['l'], focuses: list, label: 'Open the log', short: 'log', does: {type: 'open-at', tab: 'log'}},
	{id: 'copy-ticket', keys: ['Y'], focuses: list, label: 'Copy a summary for a ticket', short: 'copy', does: {type: 'effect', effect: 'copy-ticket'}},
	{id: 'copy-id', keys: ['y'], focuses: monitor, label: 'Copy the session\'s id', does: {type: 'effect', effect: 'copy-id'}},
	{id: 'acknowledge', keys: ['a'], focuses: monitor, label: 'Acknowledge the problem, until it is of another session', does: {type: 'acknowledge'}, offBecause: onlyInNow},
	{id: 'undo', keys: ['u'], focuses: monitor, label: 'Undo the last acknowledgement', does: {type: 'undo'}},
	{id: 'now', keys: ['1'], focuses: list, label: 'Now: what needs somebody', does: {type: 'list', list: 'now'}},
	{id: 'sessions', keys: ['2'], focuses: list, label: 'Sessions: every session in range, newest first', does: {type: 'list', list: 'sessions'}},
	{id: 'window', keys: ['3'], focuses: list, label: 'Window: the backup window as a timeline', does: {type: 'list', list: 'window'}},
	{id: 'summary', keys: ['1'], focuses: detail, label: 'Summary', short: 'tabs', shortKeys: '1-4', does: {type: 'tab', tab: 'summary'}},
	{id: 'log', keys: ['2'], focuses: detail, label: 'Log', does: {type: 'tab', tab: 'log'}},
	{id: 'objects', keys: ['3'], focuses: detail, label: 'Objects', does: {type: 'tab', tab: 'objects'}},
	{id: 'history', keys: ['4'], focuses: detail, label: 'History: runs of this job', does: {type: 'tab', tab: 'history'}},
	{id: 'next-tab', keys: ['tab'], focuses: detail, label: 'Next tab', does: {type: 'next-tab', by: 1}},
	{id: 'previous-tab', keys: ['shift-tab'], focuses: detail, label: 'Previous tab', does: {type: 'next-tab', by: -1}},
	{id: 'search-help', keys: ['/'], focuses: ['help'], label: 'Show only lines with these words', short: 'search', does: {type: 'open-filter'}},
	{id: 'close', keys: ['escape'], focuses: ['detail', 'log', 'help', 'lines', 'copy'], label: 'Close', short: 'back', does: {type: 'close'}},
	{id: 'clear', keys: ['escape'], focuses: list, label: 'Clear the filter', does: {type: 'close'}, offBecause: ({filters}) => filters.text === '' ? 'there is no filter to clear' : undefined},
	{id: 'message', keys: ['enter'], focuses: log, label: 'The whole message of the line', short: 'whole', does: {type: 'log', does: 'message'}},
	{id: 'search', keys: ['/'], focuses: log, label: 'Search', short: 'search', does: {type: 'log', does: 'search'}},
	{id: 'next-hit', keys: ['n'], focuses: log, label: 'Next hit of the search; without one, next error', does: {type: 'log', does: 'next', by: 1}},
	{id: 'previous-hit', keys: ['N'], focuses: log, label: 'Previous hit of the search; without one, previous error', does: {type: 'log', does: 'next', by: -1}},
	{id: 'next-error', keys: ['e'], focuses: log, label: 'Next error', short: 'error', does: {type: 'log', does: 'error', by: 1}},
	{id: 'previous-error', keys: ['E'], focuses: log, label: 'Previous error', does: {type: 'log', does: 'error', by: -1}},
	{id: 'level', keys: ['t'], focuses: log, label: 'Level: all, warnings and errors, errors', short: 'level', does: {type: 'log', does: 'level'}},
	{id: 'order', keys: ['o'], focuses: log, label: 'Errors first, or by time', does: {type: 'log', does: 'order'}},
	{id: 'follow', keys: ['f'], focuses: log, label: 'Follow the newest line, or stay', short: 'follow', does: {type: 'log', does: 'follow'}},
	{id: 'wrap', keys: ['w'], focuses: log, label: 'Wrap long lines, or cut them', short: 'wrap', does: {type: 'log', does: 'wrap'}},
	{id: 'accept-search', keys: ['enter'], focuses: logSearch, label: 'Keep the search', short: 'keep', does: {type: 'log', does: 'accept'}},
	{id: 'cancel-search', keys: ['escape'], focuses: logSearch, label: 'Leave the search as it was', short: 'cancel', does: {type: 'close'}},
	{id: 'down', keys: ['j', 'down'], focuses: reading, label: 'Down', does: {type: 'move', to: 'down'}},
	{id: 'up', keys: ['k', 'up'], focuses: reading, label: 'Up', does: {type: 'move', to: 'up'}},
	{id: 'page-down', keys: ['pagedown', ' '], focuses: reading, label: 'A page down', does: {type: 'move', to: 'page-down'}},
	{id: 'page-up', keys: ['pageup'], focuses: reading, label: 'A page up', does: {type: 'move', to: 'page-up'}},
	{id: 'half-down', keys: ['ctrl-d'], focuses: reading, label: 'Half a page down', does: {type: 'move', to: 'half-down'}},
	{id: 'half-up', keys: ['ctrl-u'], focuses: reading, label: 'Half a page up', does: {type: 'move', to: 'half-up'}},
	{id: 'first', keys: ['g', 'home'], focuses: reading, label: 'First', does: {type: 'move', to: 'first'}},
	{id: 'last', keys: ['G', 'end'], focuses: reading, label: 'Last', does: {type: 'move', to: 'last'}},
	{id: 'next', keys: ['J'], focuses: detail, label: 'Next session of the list', short: 'next', does: {type: 'neighbour', by: 1}},
	{id: 'previous', keys: ['K'], focuses: detail, label: 'Previous session of the list', short: 'previous', does: {type: 'neighbour', by: -1}},
	{id: 'copy-session', keys: ['Y'], focuses: detail, label: 'Copy a summary for a ticket', short: 'copy', does: {type: 'effect', effect: 'copy-ticket'}},
	{id: 'shorter', keys: ['['], focuses: list, label: 'Shorter range (1 h, 6 h, 24 h, 3 d, 7 d, 30 d)', short: 'range', shortKeys: '[ ]', does: {type: 'range', by: -1}},
	{id: 'longer', keys: [']'], focuses: list, label: 'Longer range', does: {type: 'range', by: 1}},
	{id: 'next-sort', keys: ['s', '>'], focuses: list, label: 'Sort by the next column', short: 'sort', does: {type: 'sort-column', by: 1}},
	{id: 'previous-sort', keys: ['<'], focuses: list, label: 'Sort by the previous column', does: {type: 'sort-column', by: -1}},
	{id: 'reverse', keys: ['S'], focuses: list, label: 'Reverse the sort', does: {type: 'reverse-sort'}},
	{id: 'columns', keys: ['c'], focuses: list, label: 'Choose the columns', does: {type: 'open-columns'}},
	{id: 'changes', keys: ['d'], focuses: monitor, label: 'What changed since d was last pressed, or since the start', does: {type: 'changes'}},
	{id: 'bell', keys: ['b'], focuses: monitor, label: 'Ring the bell for each new problem, or no longer', does: {type: 'bell'}},
	{id: 'command', keys: [':'], focuses: reading, label: 'Command line for all the rest; Tab completes', does: {type: 'open-command'}},
	{id: 'preview', keys: ['v'], focuses: list, label: 'Preview of the row beside the list, from 110x32 up', does: {type: 'preview'}},
	{id: 'pause', keys: ['p'], focuses: monitor, label: 'Pause painting, and go on', short: 'pause', does: {type: 'pause'}},
	{id: 'faster', keys: ['-'], focuses: monitor, label: 'Refresh more often (2, 5, 10, 15, 30, 60, 120 s)', does: {type: 'refresh-interval', by: -1}},
	{id: 'slower', keys: ['+', '='], focuses: monitor, label: 'Refresh less often', does: {type: 'refresh-interval', by: 1}},
	{id: 'refresh', keys: ['r'], focuses: monitor, label: 'Refresh now', does: {type: 'effect', effect: 'refresh'}},
	{id: 'reconnect', keys: ['R'], focuses: monitor, label: 'Connect anew and read the list again; in SIGN IN: the password', does: {type: 'effect', effect: 'reconnect'}},
	{id: 'redraw', keys: ['ctrl-l'], focuses: reading, label: 'Draw the screen anew', does: {type: 'effect', effect: 'redraw'}},
	{id: 'suspend', keys: ['ctrl-z'], focuses: everywhere, label: 'Suspend: to the shell; fg comes back', does: {type: 'effect', effect: 'suspend'}},
	{id: 'help', keys: ['?'], focuses: ['list', 'detail', 'log', 'help', 'lines'], label: 'Help', short: 'help', does: {type: 'help'}},
	{id: 'back', keys: ['q'], focuses: ['detail', 'log', 'help', 'lines', 'copy'], label: 'Back', does: {type: 'back'}},
	{id: 'leave', keys: ['q'], focuses: list, label: 'Quit', short: 'quit', does: {type: 'back'}},
	{id: 'quit', keys: ['ctrl-c'], focuses: everywhere, label: 'Quit at once', does: {type: 'quit'}},
	{id: 'accept', keys: ['enter'], focuses: prompt, label: 'Keep the filter', short: 'keep', does: {type: 'accept'}},
	{id: 'cancel', keys: ['escape'], focuses: prompt, label: 'Leave the filter as it was', short: 'cancel', does: {type: 'close'}},
	{id: 'run', keys: ['enter'], focuses: ['command'], label: 'Do it', short: 'do it', does: {type: 'command', step: 'run'}},
	{id: 'complete', keys: ['tab'], focuses: ['command'], label: 'Complete what is typed; again: what there is', short: 'complete', does: {type: 'command', step: 'complete'}},
	{id: 'older', keys: ['up'], focuses: ['command'], label: 'The command before', does: {type: 'command', step: 'older'}},
	{id: 'newer', keys: ['down'], focuses: ['command'], label: 'The command after', does: {type: 'command', step: 'newer'}},
	{id: 'leave-command', keys: ['escape'], focuses: ['command'], label: 'Close the command line', short: 'cancel', does: {type: 'close'}},
	{id: 'switch-column', keys: [' '], focuses: ['columns'], label: 'Switch the column on or off', short: 'on, off', does: {type: 'switch-column'}},
	{id: 'columns-down', keys: ['j', 'down'], focuses: ['columns'], label: 'Down', does: {type: 'move', to: 'down'}},
	{id: 'columns-up', keys: ['k', 'up'], focuses: ['columns'], label: 'Up', does: {type: 'move', to: 'up'}},
	{id: 'columns-first', keys: ['g', 'home'], focuses: ['columns'], label: 'First', does: {type: 'move', to: 'first'}},
	{id: 'columns-last', keys: ['G', 'end'], focuses: ['columns'], label: 'Last', does: {type: 'move', to: 'last'}},
	{id: 'leave-columns', keys: ['escape', 'enter', 'c', 'q'], focuses: ['columns'], label: 'Back to the list', short: 'back', does: {type: 'close'}},
	{id: 'columns-help', keys: ['?'], focuses: ['columns'], label: 'Help', short: 'help', does: {type: 'help'}},
	{id: 'sign-in', keys: ['enter'], focuses: ['password'], label: 'Sign in with this password', short: 'sign in', does: {type: 'try-password'}},
	{id: 'not-now', keys: ['escape'], focuses: ['password', 'signing-in'], label: 'Not now; R asks again', short: 'not now', does: {type: 'close'}},
	{id: 'keep-password', keys: ['y'], focuses: ['keep-password'], label: 'Keep the password on this machine, encrypted', short: 'keep it', does: {type: 'effect', effect: 'keep-password'}},
	{id: 'use-once', keys: ['n', 'escape'], focuses: ['keep-password'], label: 'Use it this time only', short: 'this time only', does: {type: 'close'}},
	{id: 'accept-help-search', keys: ['enter'], focuses: ['help-search'], label: 'Keep the words', short: 'keep', does: {type: 'accept'}},
	{id: 'cancel-help-search', keys: ['escape'], focuses: ['help-search'], label: 'Leave the words as they were', short: 'cancel', does: {type: 'close'}},
	...editBindings(['prompt', 'command', 'log-search', 'help-search', 'password']),
];

const byFocus = new Map<string, Binding>();
for (const binding of bindings) {
	for (const focus of binding.focuses) {
		for (const key of binding.keys) {
			byFocus.set(`${focus} ${key}`, binding);
		}
	}
}

/** What a key does in a place; a character in a prompt is typed. */
export function bindingFor(focus: Focus, key: KeyName): Binding | undefined {
	return byFocus.get(`${focus} ${key}`);
}

const keyWords: ReadonlyMap<KeyName, string> = new Map([
	['enter', 'Enter'],
	['escape', 'Esc'],
	['up', 'Up'],
	['down', 'Down'],
	['left', 'Left'],
	['right', 'Right'],
	['pageup', 'PgUp'],
	['pagedown', 'PgDn'],
	['home', 'Home'],
	['end', 'End'],
	['backspace', 'Backspace'],
	['delete', 'Del'],
	['tab', 'Tab'],
	['shift-tab', 'Shift-Tab'],
	[' ', 'Space'],
]);

/** A key as help and README write it: `Enter`, `Ctrl-D`, `j`. */
export function keyWord(key: KeyName): string {
	return keyWords.get(key) ?? (key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key);
}

/** The keys of a place that are worth the bottom line, in order: `Enter open`. */
export function shortKeys(table: readonly KeyWords[], focus: string): ReadonlyArray<{readonly key: string; readonly words: string}> {
	return table
		.filter(({focuses, short}) => short !== undefined && focuses.includes(focus))
		.map(({keys, short, shortKeys: named}) => ({key: named ?? keyWord(keys[0]!), words: short!}));
}
