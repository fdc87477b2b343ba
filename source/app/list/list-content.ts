import type {RowContent} from '../../ui/table/row-content.js';
import type {Now} from '../../model/now.js';
import {columnsFor, oneServer, type Watching} from '../shared/columns/columns.js';
import {chosenColumns, type ColumnChoice} from '../shared/columns/column-choice.js';
import {fitCell} from '../../ui/text/fit-cell.js';
import {fitColumns, type FittedColumn} from '../shared/columns/fit-columns.js';
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

const markWidth = 2;

/** The columns of the list on a terminal of that width. */
export function shownColumns(terminalColumns: number, watching = oneServer, chosen?: ColumnChoice): readonly FittedColumn[] {
	return fitColumns(chosenColumns(columnsFor(watching), chosen), terminalColumns - 1 - markWidth, terminalColumns);
}

/** The cells of the list: cursor mark first, then the columns that fit, each with the gap to the next. */
export function listContent({rows, cursor, sort, now, zone, terminalColumns, watching, chosen}: ListOptions): RowContent {
	const fitted = shownColumns(terminalColumns, watching, chosen);
	const last = fitted.length - 1;
	return {
		heading: [[{text: ' '.repeat(markWidth)}], ...fitted.map((entry, index) => headingCell(entry, sort, index === last))],
		rows: rows.map((row, place) => [
			markCell(row, place === cursor),
			...fitted.map(({column, width}, index) => withGap(fitCell(column.cell(row, {now, zone, width}), width, column), index === last)),
		]),
		selected: cursor,
	};
}

/** The mark before a row: `>` is the cursor, `!` a problem that nobody has acknowledged. */
export function markCell({isProblem, isAcknowledged}: Row, hasCursor: boolean): Cell {
	const cursor = hasCursor ? '>' : ' ';
	return isProblem && !isAcknowledged ? [{text: cursor}, {text: '!', tone: 'bad'}] : [{text: `${cursor} `}];
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
