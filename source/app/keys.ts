import {openCommandLine} from './commands/command-line.js';
import {moveInCopy} from './copy/copy-keys.js';
import {showTab} from './detail/detail-keys.js';
import {cancelLogSearch, closedInLog} from './detail/log/log-keys.js';
import {openedOf} from './detail/opened.js';
import {ticketOf} from './detail/summary/ticket-selectors.js';
import {detailTabs, tabOf} from './detail/tabs.js';
import {cancelHelpSearch, moveInHelp} from './help/help-keys.js';
import {shownHelp} from './help-lines.js';
import type {HelpTables} from './shared/state/key-table.js';
import {moveInColumns} from './list/columns/columns-keys.js';
import {cancelFilter, clearFilter, moveInList} from './list/list-keys.js';
import {moveInReport} from './report/report-keys.js';
import {refreshIntervals, step} from './shared/filters/steps.js';
import {leastWithPreview} from './shared/layout.js';
import {idOf} from './shared/rows/rows.js';
import {topLayer, withLayer, withoutTop, type Layer, type Move} from './shared/state/layers.js';
import {withEffects, type Effect, type Result} from './shared/state/messages.js';
import {detailLayer, layout, selectedRow} from './shared/state/selectors.js';
import {listTime, noticed, type State} from './shared/state/state.js';
import {askAgain} from './sign-in/sign-in-keys.js';

type ByKind<Outcome, Rest extends readonly unknown[] = []> =
	{readonly [Kind in Layer['kind']]?: (state: State, layer: Extract<Layer, {readonly kind: Kind}>, ...rest: Rest) => Outcome};

const closers: ByKind<State> = {
	list: clearFilter,
	detail: state => closedInLog(state) ?? {...state, layers: withoutTop(state.layers)},
	filter: cancelFilter,
	'log-search': cancelLogSearch,
	'help-search': cancelHelpSearch,
};

/** Esc: closes what is on top, and leaves it as it was before where it was being typed. */
export function close(state: State): State {
	const layer = topLayer(state.layers);
	const closer = closers[layer.kind] as ((state: State, layer: Layer) => State) | undefined;
	return closer ? closer(state, layer) : {...state, layers: withoutTop(state.layers)};
}

/** q: quits from the list, goes back elsewhere. */
export function back(state: State): Result {
	return state.layers.length === 1 ? quit(state) : close(state);
}

/** An effect alone. */
export const ask = (effect: Effect) => (state: State): Result => withEffects(state, effect);

export function quit(state: State): Result {
	return withEffects(state, {type: 'quit'});
}

const movers: ByKind<State, [to: Move, tables: HelpTables]> = {
	list: (state, _layer, to) => moveInList(state, to),
	detail(state, layer, to) {
		const opened = openedOf(state);
		return opened ? tabOf(layer.tab).move(state, opened, to) : state;
	},
	help: (state, layer, to, tables) => moveInHelp(state, layer, to, shownHelp(state, tables).length),
	report: moveInReport,
	columns: moveInColumns,
	copy: moveInCopy,
};

/** Moves the cursor, or scrolls, in what has the keys. */
export const moveBy = (to: Move) => (state: State, tables: HelpTables): State => {
	const layer = topLayer(state.layers);
	const mover = movers[layer.kind] as ((state: State, layer: Layer, to: Move, tables: HelpTables) => State) | undefined;
	return mover ? mover(state, layer, to, tables) : state;
};

export const showNextTab = (by: 1 | -1) => (state: State): State => {
	const index = detailTabs.findIndex(({id}) => id === detailLayer(state)?.tab);
	return showTab(detailTabs.at((index + by) % detailTabs.length)!.id)(state);
};

export function openCommand(state: State): State {
	return {...state, layers: withLayer(state.layers, {kind: 'command', line: openCommandLine()})};
}

/** Pauses painting, or goes on: the lists stay as they are, while the servers are still read. */
export function pause(state: State): State {
	const {paused, servers, time} = state;
	return {...state, paused: paused ? undefined : {snapshots: servers.map(({snapshot}) => snapshot), time}};
}

export function toggleBell(state: State): State {
	return ringBell(!state.preferences.rings)(state);
}

/** Has the bell ring for each new problem, or not. */
export const ringBell = (rings: boolean) => (state: State): State =>
	noticed({...state, preferences: {...state.preferences, rings}}, rings ? 'the bell rings for each new problem' : 'the bell is off');

export function togglePreview(state: State): State {
	const {columns, rows} = leastWithPreview;
	const {preferences} = state;
	return layout(state).canPreview
		? {...state, preferences: {...preferences, hasPreview: !preferences.hasPreview}}
		: noticed(state, `the preview needs ${columns}x${rows}`);
}

/** Asks the servers less often, or more. */
export const changeRefresh = (by: 1 | -1) => (state: State): State => refreshEvery(step(refreshIntervals, state.preferences.refreshMs, by))(state);

/** Asks the servers that often. */
export const refreshEvery = (refreshMs: number) => (state: State): State =>
	noticed({...state, preferences: {...state.preferences, refreshMs}}, `the server is asked every ${refreshMs / 1000} s`);

/** Connects anew; where a server waits for its password, asks for that instead. */
export function reconnect(state: State): Result {
	return askAgain(state) ?? withEffects(state, {type: 'reconnect'});
}

function copied(state: State, what: string, text: string | undefined): Result {
	return text === undefined ? noticed(state, 'there is nothing to copy') : withEffects(state, {type: 'copy', what, text});
}

/** Copies the id of the session, or of the job that has none. */
export function copyId(state: State): Result {
	const row = selectedRow(state);
	return copied(state, row?.session ? 'session id' : 'job id', idOf(row));
}

/** Copies a summary for a ticket. */
export function copyTicket(state: State): Result {
	const row = selectedRow(state);
	return copied(state, 'summary', row && ticketOf(state, row, listTime(state)));
}
