import {acknowledgedOf} from '../../triage/acknowledged.js';
import {isOpenProblem} from '../shared/rows/mark.js';
import type {Row} from '../shared/rows/rows.js';
import {cursorIndex, listLayer, listRows, markedRow, visibleRows} from '../shared/state/selectors.js';
import {noticed, type State} from '../shared/state/state.js';
import {withCursor} from './list-keys.js';

/** Why problems are not dealt with in Sessions: those are shown as the server says them, and what is a problem is said of jobs. */
export const onlyOfJobs = (state: State) => listLayer(state).list === 'sessions' ? 'problems are in Now: 1' : undefined;

/** The cursor on the next problem that nobody has acknowledged, or on the one before. */
export const goToProblem = (by: 1 | -1) => (state: State): State => {
	const rows = visibleRows(state);
	const {selectedKey} = listLayer(state);
	const index = cursorIndex(rows, selectedKey);
	const from = selectedKey === undefined && by === 1 ? index - 1 : index;
	const next = by === 1
		? rows.findIndex((row, at) => at > from && isOpenProblem(row))
		: rows.findLastIndex((row, at) => at < from && isOpenProblem(row));
	return next === -1 ? noticed(state, `there is no ${by === 1 ? 'further' : 'earlier'} problem`) : withCursor(state, next);
};

/** The state with the problem of the row acknowledged. */
export function acknowledgeRow(state: State): State {
	return acknowledge(state, [markedRow(state)].filter(row => row !== undefined));
}

/** The state with every problem of the list acknowledged. */
export function acknowledgeAll(state: State): State {
	return acknowledge(state, listRows(state));
}

function acknowledge(state: State, rows: readonly Row[]): State {
	const {marks: {acknowledged, ignored}, acknowledgedBefore} = state;
	const problems = rows.filter(row => isOpenProblem(row)).map(({verdict}) => acknowledgedOf(verdict!));
	if (problems.length === 0) {
		return noticed(state, 'there is no problem to acknowledge');
	}

	const what = problems.length === 1 ? 'acknowledged' : `${problems.length} problems acknowledged`;
	const marks = {acknowledged: [...acknowledged, ...problems], ignored};
	return noticed({...state, marks, acknowledgedBefore: [...acknowledgedBefore, acknowledged.length]}, `${what}; u undoes it`);
}

/** The state without the last acknowledgement. */
export function undoAcknowledge(state: State): State {
	const {marks, acknowledgedBefore} = state;
	const before = acknowledgedBefore.at(-1);
	return before === undefined
		? noticed(state, 'there is nothing to undo')
		: noticed({...state, marks: {...marks, acknowledged: marks.acknowledged.slice(0, before)}, acknowledgedBefore: acknowledgedBefore.slice(0, -1)}, 'undone');
}

/** The state with the causes of the row never called new from now on. */
export function ignoreCauses(state: State): State {
	const {marks} = state;
	const row = markedRow(state);
	const causes = (row?.verdict?.news?.fresh ?? row?.verdict?.causes ?? []).map(({key, text}) => ({serverId: row!.serverId, key, text}));
	const added = causes.filter(({serverId, key}) => marks.ignored.every(one => one.serverId !== serverId || one.key !== key));
	return added.length === 0
		? noticed(state, 'there is no cause to ignore')
		: noticed({...state, marks: {...marks, ignored: [...marks.ignored, ...added]}}, `ignored from now on: ${added.map(({text}) => text).join('; ')}`);
}

/** The state in which no cause is ignored. */
export function ignoreNothing(state: State): State {
	const {marks} = state;
	const words = marks.ignored.length === 0 ? 'no cause is ignored' : 'no cause is ignored any longer';
	return noticed(marks.ignored.length === 0 ? state : {...state, marks: {...marks, ignored: []}}, words);
}
