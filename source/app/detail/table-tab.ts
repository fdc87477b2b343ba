import type {Cell} from '../../ui/text/spans.js';

/** What a tab shows: lines, and below them a table. */
export type TableTab = {
	readonly above: readonly Cell[];
	readonly heading: readonly Cell[];
	readonly rowCount: number;
	/** The cells of a row, each fitted to its column; asked for where the row is on screen. */
	readonly rowAt: (index: number) => readonly Cell[];
};

/** The part of it that is on screen. */
export type TableTabWindow = {
	readonly above: readonly Cell[];
	/** Undefined where nothing of the table is on screen. */
	readonly table: {readonly heading: readonly Cell[]; readonly rows: ReadonlyArray<readonly Cell[]>} | undefined;
	/** Lines that are scrolled away below. */
	readonly below: number;
	/** How far it can be scrolled, in lines. */
	readonly end: number;
};

/**
The window from a line on, in `height` lines. The heading stays on screen while the rows below it are scrolled.
@param top - lines scrolled away above; more than there are is taken as the end
*/
export function tableTabWindow({above, heading, rowCount, rowAt}: TableTab, {top, height}: {readonly top: number; readonly height: number}): TableTabWindow {
	const total = above.length + (rowCount === 0 ? 0 : rowCount + 1);
	const end = Math.max(0, total - height);
	const from = Math.max(0, Math.min(top, end));
	const lines = above.slice(from, from + height);
	const room = rowCount === 0 ? 0 : height - lines.length;
	const first = Math.max(0, from - above.length);
	const count = Math.max(0, Math.min(rowCount - first, room - 1));
	return {
		above: lines,
		table: room > 0 ? {heading, rows: Array.from({length: count}, (_, index) => rowAt(first + index))} : undefined,
		below: end - from,
		end,
	};
}
