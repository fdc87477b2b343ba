import type {Ignored} from '../triage/acknowledged.js';
import type {ToldLine, Told} from './told-lines.js';

/** What lies over list or detail: columns to choose, or lines to read. */
export type Over = ColumnsOver | Told;

export type ColumnsOver = {
	readonly kind: 'columns';
	/** Ids of the columns that can be chosen. */
	readonly ids: readonly string[];
	/** Index of the column under the cursor. */
	readonly cursor: number;
};

/**
What lies over the rest after a move.
@param moved - the place after the move, of a place and the last one that there is
@param pageRows - lines that fit
*/
export function movedOver(over: Over, moved: (at: number, end: number) => number, pageRows: number): Over {
	if (over.kind === 'columns') {
		return {...over, cursor: moved(over.cursor, over.ids.length - 1)};
	}

	const end = Math.max(0, over.lines.length - pageRows);
	return {...over, top: moved(Math.min(over.top, end), end)};
}

/** The causes that are never called new, to be read. */
export function ignoredLines(ignored: readonly Ignored[]): Told {
	const isOneOfSeveral = new Set(ignored.map(({serverId}) => serverId)).size > 1;
	const lines = ignored.map(({serverId, text}): ToldLine => ({text: isOneOfSeveral ? `${serverId}: ${text}` : text}));
	return {kind: 'lines', title: 'Ignored, never called new; :unignore all ends that', lines, none: 'no cause is ignored', top: 0};
}
