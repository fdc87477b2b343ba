import {connectionOf, type Connection} from '../../../model/connection.js';
import type {Now} from '../../../model/now.js';
import type {Snapshot} from '../../../model/snapshot.js';
import {isAcknowledged} from '../../../triage/acknowledged.js';
import type {Verdict} from '../../../triage/verdicts/verdict.js';
import {columnsFor, type Watching} from '../columns/columns.js';
import {shownColumns, sortableIds} from '../columns/shown-columns.js';
import {changesByClock} from '../filters/filters.js';
import {layoutOf} from '../layout.js';
import {changedSince, mergedRows, rowOpens, type Row} from '../rows/rows.js';
import {jobRows, verdictIn} from '../rows/job-rows.js';
import {firstSorts, type Sort} from '../rows/sort.js';
import {arrangedRows, isFrozen} from '../rows/visible-rows.js';
import type {ServerState} from '../servers.js';
import {openLayer, type DetailLayer, type ListLayer} from './layers.js';
import {createSelector, sameElements} from './memo.js';
import {listTime, type ServerData, type State} from './state.js';

/** The list that is on screen, or that other layers are over. */
export const listLayer = ({layers}: State): ListLayer => layers[0];

/** The session or job that is open; undefined where none is. */
export const detailLayer = ({layers}: State): DetailLayer | undefined => openLayer(layers, 'detail');

/** The snapshots that the lists show, in the order of the servers: those of the pause while painting is paused. */
export const shownSnapshots: (state: State) => readonly Snapshot[] = sameElements(snapshotsOf);

function snapshotsOf({paused, servers}: State): readonly Snapshot[] {
	return paused?.snapshots ?? servers.map(({snapshot}) => snapshot);
}

/**
Whether the lists of both states show the same snapshots. No selector is asked: each holds what it made of one state, which the
other state would push out, and all rows would be made again.
*/
export function showSameSnapshots(before: State, state: State): boolean {
	const former = snapshotsOf(before);
	const snapshots = snapshotsOf(state);
	return snapshots.length === former.length && snapshots.every((snapshot, index) => snapshot === former[index]);
}

/** The state of the connection with a server at the moment. */
export function connectionTo({contact, snapshot}: ServerData, {preferences: {refreshMs}, time}: State): Connection {
	return connectionOf(contact, snapshot, refreshMs, time.monotonic);
}

/** What is shown of each server, and the state of the connection with it. */
export const serverStates: (state: State) => readonly ServerState[] = createSelector(
	[(state: State) => state.servers, shownSnapshots, (state: State) => state.time, (state: State) => state.preferences.refreshMs],
	(servers, snapshots, time, refreshMs) => servers.map(({contact, snapshot: newest}, index): ServerState => {
		const snapshot = snapshots[index]!;
		const ahead = time.clocks?.get(snapshot.serverId) ?? 0;
		const skewMs = time.skewMs === undefined && ahead === 0 ? undefined : (time.skewMs ?? 0) + ahead;
		return {snapshot, connection: connectionOf(contact, newest, refreshMs, time.monotonic), skewMs};
	}),
);

/** Sessions that changed since painting was paused; undefined while it is not. */
export function waitingBehindPause({paused, servers}: State): number | undefined {
	return paused?.snapshots.reduce((sum, snapshot, index) => sum + changedSince(snapshot, servers[index]!.snapshot), 0);
}

/** What is watched, as far as columns and facts depend on it. */
export const watching: (state: State) => Watching = createSelector(
	[(state: State) => state.servers.length, (state: State) => listLayer(state).list],
	(servers, list) => ({servers, list}),
);

/** The rows of Sessions, newest first. */
export const sessionRows: (state: State) => readonly Row[] = createSelector([shownSnapshots], snapshots => mergedRows(snapshots));

/** The rows of Now and Window, in the order of need. */
export const allJobRows: (state: State) => readonly Row[] = createSelector(
	[(state: State) => state.verdicts, shownSnapshots, (state: State) => state.marks.acknowledged],
	(verdicts, snapshots, acknowledged) => jobRows(verdicts, snapshots, verdict => isAcknowledged(verdict, acknowledged)),
);

/** Every row of the list on screen, whatever its filters. */
export function listRows(state: State): readonly Row[] {
	return listLayer(state).list === 'sessions' ? sessionRows(state) : allJobRows(state);
}

/** What is known of the job of a row; undefined where it is not among those of Now. */
export function verdictOf(state: State, row: Row): Verdict | undefined {
	return verdictIn(allJobRows(state), row);
}

/** The order of the list on screen. */
export function listSort(state: State): Sort {
	const {list, sorts} = listLayer(state);
	return sorts[list] ?? firstSorts[list];
}

/** The rows that pass the filters, in the order on screen. */
export const visibleRows: (state: State) => readonly Row[] = createSelector(
	[
		listRows,
		(state: State) => listLayer(state).filters,
		listSort,
		(state: State) => {
			const {frozen} = listLayer(state);
			return isFrozen(frozen, listTime(state)) ? frozen : undefined;
		},
		// Only the elapsed time and the words about time change by the clock alone.
		(state: State) => {
			const {filters, frozen} = listLayer(state);
			const isByTime = listSort(state).columnId === 'elapsed' && !isFrozen(frozen, listTime(state));
			return isByTime || changesByClock(filters) ? listTime(state) : undefined;
		},
	],
	(rows, filters, sort, frozen, time) => arrangedRows(rows, {filters, sort, frozen}, time ?? anyTime),
);

const anyTime: Now = {server: 0, monotonic: 0};

/** The row under the cursor; the first one where the selected one is not among the rows. */
export function rowUnderCursor(state: State): Row | undefined {
	return visibleRows(state)[cursorIndex(visibleRows(state), listLayer(state).selectedKey)];
}

/** The index of the row under the cursor; 0 where the selected row is not among them. */
export function cursorIndex(rows: readonly Row[], selectedKey: string | undefined): number {
	return selectedKey === undefined ? 0 : Math.max(0, rows.findIndex(({key}) => key === selectedKey));
}

/** The index of the first row to show, so that the cursor is among them and no line is left empty without need. */
export function firstShown(top: number, cursor: number, rowCount: number, pageRows: number): number {
	const last = Math.max(0, rowCount - pageRows);
	const withCursor = Math.max(cursor - pageRows + 1, Math.min(top, cursor));
	return Math.max(0, Math.min(last, withCursor));
}

/** The row of a key in Sessions, else in Now. */
export function rowOfKey(state: State, key: string): Row | undefined {
	const isIt = (row: Row) => row.key === key;
	return sessionRows(state).find(row => isIt(row)) ?? allJobRows(state).find(row => isIt(row));
}

/** The row whose detail is open, as it was last seen where no list has it any longer; undefined where none is open or it was never seen. */
export function openedRow(state: State): {readonly row: Row; readonly seenAt: State['time']; readonly isGone: boolean} | undefined {
	const layer = detailLayer(state);
	if (!layer) {
		return undefined;
	}

	const row = rowOfKey(state, layer.key);
	return row ? {row, seenAt: listTime(state), isGone: false} : layer.lastSeen && {...layer.lastSeen, isGone: true};
}

/** The row that is open, else the one under the cursor. */
export function selectedRow(state: State): Row | undefined {
	return detailLayer(state) ? openedRow(state)?.row : rowUnderCursor(state);
}

/** The row of the list that is open, else the one under the cursor: what acknowledging is about. */
export function markedRow(state: State): Row | undefined {
	const key = detailLayer(state)?.key;
	return (key === undefined ? undefined : visibleRows(state).find(row => rowOpens(row) === key)) ?? rowUnderCursor(state);
}

/** How the lines of the terminal are shared out. */
export const layout: (state: State) => ReturnType<typeof layoutOf> = createSelector(
	[
		(state: State) => state.terminal.columns,
		(state: State) => state.terminal.rows,
		(state: State) => listLayer(state).list,
		(state: State) => state.preferences.hasPreview,
	],
	(columns, rows, list, hasPreview) => layoutOf(columns, rows, list, hasPreview),
);

/** The columns of the list on screen that fit. */
export const fittedColumns = createSelector(
	[(state: State) => layout(state).listColumns, watching, (state: State) => state.preferences.columns[listLayer(state).list]],
	(listColumns, watched, chosen) => shownColumns(listColumns, watched, chosen),
);

/** Ids of the columns that the list is sorted by in turn: those on screen, or what Window has in its bars. */
export function shownColumnIds(state: State): readonly string[] {
	return sortableIds(fittedColumns(state), listLayer(state).list);
}

/** Ids of the columns that can be chosen in the list on screen. */
export function choosableColumns(state: State): readonly string[] {
	return columnsFor(watching(state)).map(({id}) => id);
}

/** The server whose row it is; the first one where none is. */
export function serverOfRow(state: State, row: Row | undefined): ServerData {
	return state.servers.find(({id}) => id === row?.serverId) ?? state.servers[0]!;
}
