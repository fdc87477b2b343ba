import {acknowledgedOf} from '../../triage/acknowledged.js';
import {rowOpens, type Row} from '../shared/rows/rows.js';
import {visibleRows} from '../shared/rows/visible-rows.js';
import {type Screen, type ScreenInput, cursorIndex, firstShown, noticed, frozenMs} from '../screen-state.js';

/** The screen with the cursor on the next problem that nobody has acknowledged, or on the one before. */
export function nextProblem(state: Screen, by: 1 | -1, input: ScreenInput): Screen {
	const rows = visibleRows(input.rows, state, input.now);
	const index = cursorIndex(rows, state.selectedKey);
	const from = state.selectedKey === undefined && by === 1 ? index - 1 : index;
	const next = by === 1
		? rows.findIndex((row, place) => place > from && isOpenProblem(row))
		: rows.findLastIndex((row, place) => place < from && isOpenProblem(row));
	if (next === -1) {
		return noticed(state, `there is no ${by === 1 ? 'further' : 'earlier'} problem`, input.now);
	}

	return {
		...state, selectedKey: rows[next]!.key, top: firstShown(state.top, next, rows.length, input.pageRows),
		frozen: {rows, until: input.now.monotonic + frozenMs},
	};
}

/** Whether a row is a problem that nobody has acknowledged. */
export function isOpenProblem({isProblem, isAcknowledged}: Row): boolean {
	return isProblem === true && !isAcknowledged;
}

/** The row that is open, else the one under the cursor. */
export function rowInFocus(state: Screen, input: ScreenInput): readonly Row[] {
	const rows = visibleRows(input.rows, state, input.now);
	const opened = state.openKey === undefined ? undefined : rows.find(row => rowOpens(row) === state.openKey);
	return [opened ?? rows[cursorIndex(rows, state.selectedKey)]].filter(row => row !== undefined);
}

/** The screen with the problems among the rows acknowledged. */
export function acknowledge(state: Screen, rows: readonly Row[], {now}: ScreenInput): Screen {
	const problems = rows.filter(row => isOpenProblem(row)).map(({verdict}) => acknowledgedOf(verdict!));
	if (problems.length === 0) {
		return noticed(state, 'there is no problem to acknowledge', now);
	}

	const what = problems.length === 1 ? 'acknowledged' : `${problems.length} problems acknowledged`;
	return noticed({
		...state, acknowledged: [...state.acknowledged, ...problems], acknowledgedBefore: [...state.acknowledgedBefore, state.acknowledged.length],
	}, `${what}; u undoes it`, now);
}

/** The screen with the causes of the rows never called new from now on. */
export function ignore(state: Screen, rows: readonly Row[], {now}: ScreenInput): Screen {
	const causes = rows.flatMap(({serverId, verdict}) => (verdict?.news?.fresh ?? verdict?.causes ?? []).map(({key, text}) => ({serverId, key, text})));
	const added = causes.filter(({serverId, key}) => state.ignored.every(one => one.serverId !== serverId || one.key !== key));
	return added.length === 0
		? noticed(state, 'there is no cause to ignore', now)
		: noticed({...state, ignored: [...state.ignored, ...added]}, `ignored from now on: ${added.map(({text}) => text).join('; ')}`, now);
}

/** The screen without the last acknowledgement. */
export function undo(state: Screen, {now}: ScreenInput): Screen {
	const before = state.acknowledgedBefore.at(-1);
	return before === undefined
		? noticed(state, 'there is nothing to undo', now)
		: noticed({...state, acknowledged: state.acknowledged.slice(0, before), acknowledgedBefore: state.acknowledgedBefore.slice(0, -1)}, 'undone', now);
}
