import type {ListName} from './rows/lists.js';

/** Terminals smaller than this get counts and the connection alone. */
export const leastSize = {columns: 40, rows: 10} as const;

/** How the lines of a terminal are shared out. */
export type Layout = {
	readonly isTooSmall: boolean;
	/** Columns used; the last one stays empty. */
	readonly width: number;
	/** Lines of the list's rows. */
	readonly listRows: number;
	/** Whether Now has a line of its problems, and Window one of its windows, beside that of the counts. */
	readonly hasProblems: boolean;
	/** Terminal columns of the list: all of them, or those that the preview beside it leaves. */
	readonly listColumns: number;
	/** Columns of the preview; 0 where there is none. */
	readonly previewWidth: number;
	/** Whether there is room for one. */
	readonly canPreview: boolean;
	/** Lines of the detail's body. */
	readonly detailRows: number;
	/** Lines of the help. */
	readonly helpRows: number;
};

// Header, counts, rule, headings above; rule, details, message, keys below.
const listFrame = 8;
// Header and rule above; rule, message, keys below.
const readingFrame = 5;

/** The line of problems goes first where there are fewer rows. */
const rowsWithProblems = 24;

/** A preview is shown beside the list on terminals of this size and more. */
export const leastWithPreview = {columns: 110, rows: 32} as const;
const leastPreview = 40;
const mostPreview = 60;

/**
The shares for a terminal's size in columns and rows.
@param hasPreview - whether a preview is asked for beside the list
*/
export function layoutOf(columns: number, rows: number, list: ListName = 'sessions', hasPreview = false): Layout {
	const hasProblems = list !== 'sessions' && rows >= rowsWithProblems;
	const canPreview = columns >= leastWithPreview.columns && rows >= leastWithPreview.rows;
	const previewColumns = hasPreview && canPreview ? Math.min(mostPreview, Math.max(leastPreview, Math.round(columns / 3))) : 0;
	return {
		hasProblems,
		canPreview,
		listColumns: columns - previewColumns,
		// The last column of the terminal stays empty.
		previewWidth: Math.max(0, previewColumns - 1),
		isTooSmall: columns < leastSize.columns || rows < leastSize.rows,
		width: Math.max(1, columns - 1),
		listRows: Math.max(1, rows - listFrame - Number(hasProblems)),
		detailRows: Math.max(1, rows - readingFrame),
		helpRows: Math.max(1, rows - readingFrame),
	};
}
