import {markCell} from '../shared/rows/mark.js';
import type {RowContent} from '../../ui/table/row-content.js';
import type {Now} from '../../model/now.js';
import type {Watching} from '../shared/columns/columns.js';
import type {ColumnChoice} from '../../model/preferences.js';
import {markWidth, shownColumns} from '../shared/columns/shown-columns.js';
import {fitCell} from '../../ui/text/fit-cell.js';
import type {FittedColumn} from '../shared/columns/fit-columns.js';
import type {Row} from '../shared/rows/rows.js';
import type {Sort} from '../shared/rows/sort.js';
import type {Cell} from '../../ui/text/spans.js';

export type ListOptions = {
	/** The rows on screen, already cut to those that fit. */
	readonly rows: readonly Row[];
	/** Index of the cursor among them. */
	readonly cursor: number;
	readonly sort: Sort;
	readonly now: Now;
	readonly zone: string;
	/** The terminal's width; the last column stays empty. */
	readonly terminalColumns: number;
	/** One server, unless said. */
	readonly watching?: Watching;
	/** What the user made of the columns. */
	readonly chosen?: ColumnChoice;
};

/** The cells of the list: cursor mark first, then the columns that fit, each with the gap to the next. */
export function listContent({rows, cursor, sort, now, zone, terminalColumns, watching, chosen}: ListOptions): RowContent {
	const fitted = shownColumns(terminalColumns, watching, chosen);
	const last = fitted.length - 1;
	return {
		heading: [[{text: ' '.repeat(markWidth)}], ...fitted.map((entry, index) => headingCell(entry, sort, index === last))],
		rows: rows.map((row, rowIndex) => [
			markCell(row, rowIndex === cursor),
			...fitted.map(({column, width}, index) => withGap(fitCell(column.cell(row, {now, zone, width}), width, column), index === last)),
		]),
		selected: cursor,
	};
}

function headingCell({column, width}: FittedColumn, sort: Sort, isLast: boolean): Cell {
	const isSorted = column.id === sort.columnId;
	const mark = sort.direction === 'up' ? '^' : 'v';
	const tone = isSorted ? 'strong' : 'dim';
	const text = isSorted && width > column.heading.length + 1 ? `${column.heading} ${mark}` : (isSorted && width > 1 ? `${column.heading.slice(0, width - 1)}${mark}` : column.heading);
	return withGap(fitCell([{text: text.slice(0, width), tone}], width, {align: column.align}), isLast);
}

function withGap(cell: Cell, isLast: boolean): Cell {
	if (isLast) {
		return cell;
	}

	const last = cell.at(-1);
	return last ? [...cell.slice(0, -1), {...last, text: `${last.text} `}] : [{text: ' '}];
}
