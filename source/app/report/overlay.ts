import type {Ignored} from '../../triage/acknowledged.js';
import type {ReportLine, Report} from './report.js';

/** What lies over list or detail: columns to choose, or lines to read. */
export type Overlay = ColumnsOverlay | Report;

export type ColumnsOverlay = {
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
export function movedOverlay(overlay: Overlay, moved: (at: number, end: number) => number, pageRows: number): Overlay {
	if (overlay.kind === 'columns') {
		return {...overlay, cursor: moved(overlay.cursor, overlay.ids.length - 1)};
	}

	const end = Math.max(0, overlay.lines.length - pageRows);
	return {...overlay, top: moved(Math.min(overlay.top, end), end)};
}

/** The causes that are never called new, to be read. */
export function ignoredLines(ignored: readonly Ignored[]): Report {
	const isOneOfSeveral = new Set(ignored.map(({serverId}) => serverId)).size > 1;
	const lines = ignored.map(({serverId, text}): ReportLine => ({text: isOneOfSeveral ? `${serverId}: ${text}` : text}));
	return {kind: 'lines', title: 'Ignored, never called new; :unignore all ends that', lines, none: 'no cause is ignored', top: 0};
}
