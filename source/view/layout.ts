import type {ListView} from './list-view.js';

/** Terminals smaller than this get counts and the connection alone. */
export const leastSize = {columns: 40, rows: 10} as const;

/** How the lines of a terminal are shared out. */
export type Layout = {
	readonly isTooSmall: boolean;
	/** Columns used; the last one stays empty. */
	readonly width: number;
	/** Lines of the list's rows. */
	readonly listRows: number;
	/** Whether Now has a line of its problems above the list. */
	readonly hasProblems: boolean;
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

/** The shares for a terminal's size in columns and rows. */
export function layoutOf(columns: number, rows: number, list: ListView = 'sessions'): Layout {
	const hasProblems = list === 'now' && rows >= rowsWithProblems;
	return {
		hasProblems,
		isTooSmall: columns < leastSize.columns || rows < leastSize.rows,
		width: Math.max(1, columns - 1),
		listRows: Math.max(1, rows - listFrame - Number(hasProblems)),
		detailRows: Math.max(1, rows - readingFrame),
		helpRows: Math.max(1, rows - readingFrame),
	};
}
