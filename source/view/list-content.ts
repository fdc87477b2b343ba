import type {Now} from '../model/now.js';
import {columns} from './columns.js';
import {fitCell} from './fit-cell.js';
import {fitColumns, type FittedColumn} from './fit-columns.js';
import type {Row} from './rows.js';
import type {Sort} from './sort.js';
import type {Cell} from './spans.js';

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
};

export type ListContent = {
	readonly heading: readonly Cell[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	readonly selected: number;
};

const markWidth = 2;

/** The cells of the list: cursor mark first, then the columns that fit, each with the gap to the next. */
export function listContent({rows, cursor, sort, now, zone, terminalColumns}: ListOptions): ListContent {
	const fitted = fitColumns(columns, terminalColumns - 1 - markWidth, terminalColumns);
	const last = fitted.length - 1;
	return {
		heading: [[{text: ' '.repeat(markWidth)}], ...fitted.map((entry, index) => headingCell(entry, sort, index === last))],
		rows: rows.map((row, place) => [
			[{text: place === cursor ? '> ' : '  '}],
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

/** Whether two contents show the same, so that the one drawn can stay. */
export function sameContent(a: ListContent, b: ListContent): boolean {
	return a.selected === b.selected && a.rows.length === b.rows.length && sameCells(a.heading, b.heading)
		&& a.rows.every((row, index) => sameCells(row, b.rows[index]!));
}

function sameCells(a: readonly Cell[], b: readonly Cell[]): boolean {
	return a.length === b.length && a.every((cell, index) => {
		const other = b[index]!;
		return cell.length === other.length && cell.every((span, place) => span.text === other[place]!.text && span.tone === other[place]!.tone);
	});
}
