import {filterWith, save, serverFilter, since, sortIds, toList} from './command-runs.js';
import type {Command, Commands} from './commands/commands.js';
import {ask, pause, refreshEvery, ringBell} from './keys.js';
import {toggleHelp} from './help/help-keys.js';
import {acknowledgeAll, acknowledgeRow, ignoreCauses, ignoreNothing, onlyOfJobs, undoAcknowledge} from './list/acknowledge.js';
import {openColumns} from './list/columns/columns-keys.js';
import {showList, withFilters, withSort} from './list/list-keys.js';
import {showChanges, showIgnored} from './report/report-keys.js';
import {statusChoices} from './shared/filters/filters.js';
import {refreshIntervals} from './shared/filters/steps.js';
import {listNames} from './shared/rows/lists.js';
import {sortBy} from './shared/rows/sort.js';
import {topLayer} from './shared/state/layers.js';

const jobTypeChoices = ['all', 'backup', 'copy'] as const;
const jobTypeOf = {all: 'all', backup: 'Backup', copy: 'Copy'} as const;

// A command that does what a key does.
const asKey = (run: (state: Parameters<Command['run']>[1]) => ReturnType<Command['run']>): Command['run'] => (_argument, state) => run(state);

/** Every command, in the order of the help. */
export const commands: Commands = [
	{
		name: 'view', argument: 'now|sessions|window', label: 'show that list', choices: () => listNames,
		run: (name, state) => showList(listNames.find(list => list === name)!)(toList(state)),
	},
	{name: 'since', argument: '6h', label: 'how far back the list looks: 90m, 6h, 3d, 2w', run: since},
	{
		name: 'type', argument: jobTypeChoices.join('|'), label: 'jobs of that type only', choices: () => jobTypeChoices,
		run: (type, state) => withFilters(toList(state), {jobType: jobTypeOf[type as keyof typeof jobTypeOf]}),
	},
	{
		name: 'status', argument: statusChoices.join('|'), label: 'rows in such a status only', choices: () => statusChoices,
		run: (status, state) => withFilters(toList(state), {status: statusChoices.find(choice => choice === status)!}),
	},
	{name: 'filter', argument: '[TEXT]', label: 'filter the list as / does; without a text: no longer', run: filterWith},
	{
		name: 'server', argument: '[NAME]', label: 'rows of that server only; without a name: of all',
		choices: ({servers}) => [...new Set(servers.map(({name}) => name))].toSorted(), run: serverFilter,
	},
	{name: 'sort', argument: 'COLUMN', label: 'sort by a column on screen', choices: sortIds, run: (id, state) => withSort(toList(state), sortBy(id))},
	{name: 'columns', label: 'choose the columns', run: (_argument, state) => openColumns(toList(state))},
	{
		name: 'refresh', argument: 'SECONDS', label: 'ask the server that often (2, 5, 10, 15, 30, 60, 120)', choices: () => refreshIntervals.map(ms => String(ms / 1000)),
		run: (seconds, state) => refreshEvery(Number(seconds) * 1000)(state),
	},
	{
		name: 'ack', argument: '[all]', label: 'acknowledge the problem of the row, or every one', choices: () => ['all'],
		run: (all, state) => onlyOfJobs(state) ?? (all === 'all' ? acknowledgeAll(state) : acknowledgeRow(state)),
	},
	{name: 'undo', label: 'undo the last acknowledgement', run: asKey(undoAcknowledge)},
	{name: 'ignore', label: 'never again call the causes of the row new', run: (_argument, state) => onlyOfJobs(state) ?? ignoreCauses(state)},
	{name: 'unignore', argument: 'all', label: 'ignore no cause any longer', choices: () => ['all'], run: asKey(ignoreNothing)},
	{name: 'ignored', label: 'show the causes that are ignored', run: asKey(showIgnored)},
	{name: 'changes', label: 'what changed since it was last asked for', run: asKey(showChanges)},
	{
		name: 'bell', argument: 'on|off', label: 'ring the bell for each new problem, or not', choices: () => ['on', 'off'],
		run: (choice, state) => ringBell(choice === 'on')(state),
	},
	{name: 'pause', label: 'pause painting, or go on', run: asKey(pause)},
	{name: 'save', argument: 'FILE', label: 'write the list, or the summary of a session, into a new file', run: save},
	{name: 'help', label: 'all keys and commands', run: (_argument, state) => topLayer(state.layers).kind === 'help' ? state : toggleHelp(state)},
	{name: 'quit', label: 'quit', run: asKey(ask({type: 'quit'}))},
];
