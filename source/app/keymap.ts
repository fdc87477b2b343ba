import type {KeyName} from '../model/key.js';
import {openNeighbour, showTab} from './detail/detail-keys.js';
import {acceptLogSearch, logKey, openLogSearch} from './detail/log/log-keys.js';
import {detailTabs} from './detail/tabs.js';
import {openHelpSearch, toggleHelp} from './help/help-keys.js';
import {acknowledgeRow, goToProblem, onlyOfJobs, undoAcknowledge} from './list/acknowledge.js';
import {openColumns, switchColumn} from './list/columns/columns-keys.js';
import {
	changeRange,
	nextStatus,
	nextType,
	openFilter,
	openRow,
	reverseSort,
	showList,
	sortByNext,
} from './list/list-keys.js';
import {showChanges} from './report/report-keys.js';
import {
	ask,
	back,
	changeRefresh,
	close,
	copyId,
	copyTicket,
	moveBy,
	openCommand,
	pause,
	quit,
	reconnect,
	showNextTab,
	toggleBell,
	togglePreview,
} from './keys.js';
import {commands} from './command-table.js';
import {completeCommand, recallCommand, runCommand} from './commands/commands.js';
import type {Focus} from './shared/state/focus.js';
import {editKeys, type Binding} from './shared/state/key-table.js';
import {withoutTop} from './shared/state/layers.js';
import {listLayer} from './shared/state/selectors.js';
import type {State} from './shared/state/state.js';
import {savePassword, tryPassword} from './sign-in/sign-in-keys.js';
import {editTyped} from './typing.js';

const list: readonly Focus[] = ['list'];
const detail: readonly Focus[] = ['detail', 'log'];
const log: readonly Focus[] = ['log'];
const logSearch: readonly Focus[] = ['log-search'];
const filter: readonly Focus[] = ['filter'];
const typed: readonly Focus[] = ['filter', 'command', 'log-search', 'help-search', 'password'];
const reading: readonly Focus[] = ['list', 'detail', 'log', 'help', 'report', 'copy'];
const monitor: readonly Focus[] = ['list', 'detail', 'log'];
const everywhere: readonly Focus[] = [
	'list', 'detail', 'log', 'log-search', 'help', 'help-search', 'report', 'copy', 'columns', 'filter', 'command', 'password', 'signing-in', 'keep-password',
];

const accept = (state: State): State => ({...state, layers: withoutTop(state.layers)});

const withoutFilter = (state: State) => listLayer(state).filters.text === '' ? 'there is no filter to clear' : undefined;

const tabKeys = detailTabs.map(({id, label, keyLabel = label}, index): Binding => ({
	id, keys: [String(index + 1)], focuses: detail, label: keyLabel, run: showTab(id), ...(index === 0 && {short: 'tabs', shortKeys: `1-${detailTabs.length}`}),
}));

/** Every key of the monitor, in the order of the help. */
export const bindings: readonly Binding[] = [
	{id: 'open', keys: ['enter'], focuses: list, label: 'Open the session: statistics, details, log', short: 'open', run: openRow(detailTabs[0]!.id)},
	{id: 'filter', keys: ['/'], focuses: list, label: 'Filter: words, or status:, dur>2h and others below', short: 'filter', run: openFilter},
	{id: 'type', keys: ['t'], focuses: list, label: 'Job type: all, Backup, Copy', short: 'type', run: nextType},
	{id: 'status', keys: ['T'], focuses: list, label: 'Status: all, active, problems, finished', short: 'status', run: nextStatus},
	{id: 'next-problem', keys: ['n'], focuses: list, label: 'Next problem', short: 'problem', run: goToProblem(1), offBecause: onlyOfJobs},
	{id: 'previous-problem', keys: ['N'], focuses: list, label: 'Previous problem', run: goToProblem(-1), offBecause: onlyOfJobs},
	{id: 'open-log', keys: ['l'], focuses: list, label: 'Open the log', short: 'log', run: openRow('log')},
	{id: 'copy-ticket', keys: ['Y'], focuses: list, label: 'Copy a summary for a ticket', short: 'copy', run: copyTicket},
	{id: 'copy-id', keys: ['y'], focuses: monitor, label: 'Copy the session\'s id', run: copyId},
	{id: 'acknowledge', keys: ['a'], focuses: monitor, label: 'Acknowledge the problem, until it is of another session', run: acknowledgeRow, offBecause: onlyOfJobs},
	{id: 'undo', keys: ['u'], focuses: monitor, label: 'Undo the last acknowledgement', run: undoAcknowledge},
	{id: 'now', keys: ['1'], focuses: list, label: 'Now: what needs somebody', run: showList('now')},
	{id: 'sessions', keys: ['2'], focuses: list, label: 'Sessions: every session in range, newest first', run: showList('sessions')},
	{id: 'window', keys: ['3'], focuses: list, label: 'Window: the backup window as a timeline', run: showList('window')},
	...tabKeys,
	{id: 'next-tab', keys: ['tab'], focuses: detail, label: 'Next tab', run: showNextTab(1)},
	{id: 'previous-tab', keys: ['shift-tab'], focuses: detail, label: 'Previous tab', run: showNextTab(-1)},
	{id: 'search-help', keys: ['/'], focuses: ['help'], label: 'Show only lines with these words', short: 'search', run: openHelpSearch},
	{id: 'close', keys: ['escape'], focuses: ['detail', 'log', 'help', 'report', 'copy'], label: 'Close', short: 'back', run: close},
	{id: 'clear', keys: ['escape'], focuses: list, label: 'Clear the filter', run: close, offBecause: withoutFilter},
	{id: 'message', keys: ['enter'], focuses: log, label: 'The whole message of the line', short: 'whole', run: logKey({does: 'message'})},
	{id: 'search', keys: ['/'], focuses: log, label: 'Search', short: 'search', run: openLogSearch},
	{id: 'next-hit', keys: ['n'], focuses: log, label: 'Next hit of the search; without one, next error', run: logKey({does: 'next', by: 1})},
	{id: 'previous-hit', keys: ['N'], focuses: log, label: 'Previous hit of the search; without one, previous error', run: logKey({does: 'next', by: -1})},
	{id: 'next-error', keys: ['e'], focuses: log, label: 'Next error', short: 'error', run: logKey({does: 'error', by: 1})},
	{id: 'previous-error', keys: ['E'], focuses: log, label: 'Previous error', run: logKey({does: 'error', by: -1})},
	{id: 'level', keys: ['t'], focuses: log, label: 'Level: all, warnings and errors, errors', short: 'level', run: logKey({does: 'level'})},
	{id: 'order', keys: ['o'], focuses: log, label: 'Errors first, or by time', run: logKey({does: 'order'})},
	{id: 'follow', keys: ['f'], focuses: log, label: 'Follow the newest line, or stay', short: 'follow', run: logKey({does: 'follow'})},
	{id: 'wrap', keys: ['w'], focuses: log, label: 'Wrap long lines, or cut them', short: 'wrap', run: logKey({does: 'wrap'})},
	{id: 'accept-search', keys: ['enter'], focuses: logSearch, label: 'Keep the search', short: 'keep', run: acceptLogSearch},
	{id: 'cancel-search', keys: ['escape'], focuses: logSearch, label: 'Leave the search as it was', short: 'cancel', run: close},
	{id: 'down', keys: ['j', 'down'], focuses: reading, label: 'Down', run: moveBy('down')},
	{id: 'up', keys: ['k', 'up'], focuses: reading, label: 'Up', run: moveBy('up')},
	{id: 'page-down', keys: ['pagedown', ' '], focuses: reading, label: 'A page down', run: moveBy('page-down')},
	{id: 'page-up', keys: ['pageup'], focuses: reading, label: 'A page up', run: moveBy('page-up')},
	{id: 'half-down', keys: ['ctrl-d'], focuses: reading, label: 'Half a page down', run: moveBy('half-down')},
	{id: 'half-up', keys: ['ctrl-u'], focuses: reading, label: 'Half a page up', run: moveBy('half-up')},
	{id: 'first', keys: ['g', 'home'], focuses: reading, label: 'First', run: moveBy('first')},
	{id: 'last', keys: ['G', 'end'], focuses: reading, label: 'Last', run: moveBy('last')},
	{id: 'next', keys: ['J'], focuses: detail, label: 'Next session of the list', short: 'next', run: openNeighbour(1)},
	{id: 'previous', keys: ['K'], focuses: detail, label: 'Previous session of the list', short: 'previous', run: openNeighbour(-1)},
	{id: 'copy-session', keys: ['Y'], focuses: detail, label: 'Copy a summary for a ticket', short: 'copy', run: copyTicket},
	{id: 'shorter', keys: ['['], focuses: list, label: 'Shorter range (1 h, 6 h, 24 h, 3 d, 7 d, 30 d)', short: 'range', shortKeys: '[ ]', run: changeRange(-1)},
	{id: 'longer', keys: [']'], focuses: list, label: 'Longer range', run: changeRange(1)},
	{id: 'next-sort', keys: ['s', '>'], focuses: list, label: 'Sort by the next column', short: 'sort', run: sortByNext(1)},
	{id: 'previous-sort', keys: ['<'], focuses: list, label: 'Sort by the previous column', run: sortByNext(-1)},
	{id: 'reverse', keys: ['S'], focuses: list, label: 'Reverse the sort', run: reverseSort},
	{id: 'columns', keys: ['c'], focuses: list, label: 'Choose the columns', run: openColumns},
	{id: 'changes', keys: ['d'], focuses: monitor, label: 'What changed since d was last pressed, or since the start', run: showChanges},
	{id: 'bell', keys: ['b'], focuses: monitor, label: 'Ring the bell for each new problem, or no longer', run: toggleBell},
	{id: 'command', keys: [':'], focuses: reading, label: 'Command line for all the rest; Tab completes', run: openCommand},
	{id: 'preview', keys: ['v'], focuses: list, label: 'Preview of the row beside the list, from 110x32 up', run: togglePreview},
	{id: 'pause', keys: ['p'], focuses: monitor, label: 'Pause painting, and go on', short: 'pause', run: pause},
	{id: 'faster', keys: ['-'], focuses: monitor, label: 'Refresh more often (2, 5, 10, 15, 30, 60, 120 s)', run: changeRefresh(-1)},
	{id: 'slower', keys: ['+', '='], focuses: monitor, label: 'Refresh less often', run: changeRefresh(1)},
	{id: 'refresh', keys: ['r'], focuses: monitor, label: 'Refresh now', run: ask({type: 'poll'})},
	{id: 'reconnect', keys: ['R'], focuses: monitor, label: 'Connect anew and read the list again; in SIGN IN: the password', run: reconnect},
	{id: 'redraw', keys: ['ctrl-l'], focuses: reading, label: 'Draw the screen anew', run: ask({type: 'redraw'})},
	{id: 'suspend', keys: ['ctrl-z'], focuses: everywhere, label: 'Suspend: to the shell; fg comes back', run: ask({type: 'suspend'})},
	{id: 'help', keys: ['?'], focuses: ['list', 'detail', 'log', 'help', 'report'], label: 'Help', short: 'help', run: toggleHelp},
	{id: 'back', keys: ['q'], focuses: ['detail', 'log', 'help', 'report', 'copy'], label: 'Back', run: back},
	{id: 'leave', keys: ['q'], focuses: list, label: 'Quit', short: 'quit', run: back},
	{id: 'quit', keys: ['ctrl-c'], focuses: everywhere, label: 'Quit at once', run: quit},
	{id: 'accept', keys: ['enter'], focuses: filter, label: 'Keep the filter', short: 'keep', run: accept},
	{id: 'cancel', keys: ['escape'], focuses: filter, label: 'Leave the filter as it was', short: 'cancel', run: close},
	{id: 'run', keys: ['enter'], focuses: ['command'], label: 'Do it', short: 'do it', run: runCommand(commands)},
	{id: 'complete', keys: ['tab'], focuses: ['command'], label: 'Complete what is typed; again: what there is', short: 'complete', run: completeCommand(commands)},
	{id: 'older', keys: ['up'], focuses: ['command'], label: 'The command before', run: recallCommand(1)},
	{id: 'newer', keys: ['down'], focuses: ['command'], label: 'The command after', run: recallCommand(-1)},
	{id: 'leave-command', keys: ['escape'], focuses: ['command'], label: 'Close the command line', short: 'cancel', run: close},
	{id: 'switch-column', keys: [' '], focuses: ['columns'], label: 'Switch the column on or off', short: 'on, off', run: switchColumn},
	{id: 'columns-down', keys: ['j', 'down'], focuses: ['columns'], label: 'Down', run: moveBy('down')},
	{id: 'columns-up', keys: ['k', 'up'], focuses: ['columns'], label: 'Up', run: moveBy('up')},
	{id: 'columns-first', keys: ['g', 'home'], focuses: ['columns'], label: 'First', run: moveBy('first')},
	{id: 'columns-last', keys: ['G', 'end'], focuses: ['columns'], label: 'Last', run: moveBy('last')},
	{id: 'leave-columns', keys: ['escape', 'enter', 'c', 'q'], focuses: ['columns'], label: 'Back to the list', short: 'back', run: close},
	{id: 'columns-help', keys: ['?'], focuses: ['columns'], label: 'Help', short: 'help', run: toggleHelp},
	{id: 'sign-in', keys: ['enter'], focuses: ['password'], label: 'Sign in with this password', short: 'sign in', run: tryPassword},
	{id: 'not-now', keys: ['escape'], focuses: ['password', 'signing-in'], label: 'Not now; R asks again', short: 'not now', run: close},
	{id: 'keep-password', keys: ['y'], focuses: ['keep-password'], label: 'Keep the password on this machine, encrypted', short: 'keep it', run: savePassword},
	{id: 'use-once', keys: ['n', 'escape'], focuses: ['keep-password'], label: 'Use it this time only', short: 'this time only', run: close},
	{id: 'accept-help-search', keys: ['enter'], focuses: ['help-search'], label: 'Keep the words', short: 'keep', run: accept},
	{id: 'cancel-help-search', keys: ['escape'], focuses: ['help-search'], label: 'Leave the words as they were', short: 'cancel', run: close},
	...editKeys.map(({edit, ...words}): Binding => ({...words, focuses: typed, run: editTyped(edit)})),
];

const byFocus = new Map<string, Binding>();
for (const binding of bindings) {
	for (const focus of binding.focuses) {
		for (const key of binding.keys) {
			byFocus.set(`${focus} ${key}`, binding);
		}
	}
}

/** What a key does where keys go now; a character is typed where text is. */
export function bindingFor(focus: Focus, key: KeyName): Binding | undefined {
	return byFocus.get(`${focus} ${key}`);
}
