/** Terminals smaller than this get counts and the connection alone. */
export const leastSize = {columns: 40, rows: 10} as const;

/** How the lines of a terminal are shared out. */
export type Layout = {
	readonly isTooSmall: boolean;
	/** Columns used; the last one stays empty. */
	readonly width: number;
	/** Lines of the list's rows. */
	readonly listRows: number;
	/** Lines of the detail's body. */
	readonly detailRows: number;
	/** Lines of the help. */
	readonly helpRows: number;
};

// Header, counts, rule, headings above; rule, details, message, keys below.
const listFrame = 8;
// Header and rule above; rule, message, keys below.
const readingFrame = 5;

/** The shares for a terminal's size in columns and rows. */
export function layoutOf(columns: number, rows: number): Layout {
	return {
		isTooSmall: columns < leastSize.columns || rows < leastSize.rows,
		width: Math.max(1, columns - 1),
		listRows: Math.max(1, rows - listFrame),
		detailRows: Math.max(1, rows - readingFrame),
		helpRows: Math.max(1, rows - readingFrame),
	};
}
