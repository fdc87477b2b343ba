import type {Now} from '../model/now.js';
import {columnsFor, oneServer, type Watching} from './columns.js';
import {chosenColumns, type ColumnChoice} from './columns-choice.js';
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
	/** One server, unless said. */
	readonly watching?: Watching;
	/** What the user made of the columns. */
	readonly chosen?: ColumnChoice;
};

export type ListContent = {
	readonly heading: readonly Cell[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	readonly selected: number;
};

const markWidth = 2;

/** The columns of the list on a terminal of that width. */
export function shownColumns(terminalColumns: number, watching = oneServer, chosen?: ColumnChoice): readonly FittedColumn[] {
	return fitColumns(chosenColumns(columnsFor(watching), chosen), terminalColumns - 1 - markWidth, terminalColumns);
}

/** The cells of the list: cursor mark first, then the columns that fit, each with the gap to the next. */
export function listContent({rows, cursor, sort, now, zone, terminalColumns, watching, chosen}: ListOptions): ListContent {
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

/**
The content to draw where another one is drawn already: that one itself while both show the
same, else the new one with every cell of the drawn one that shows the same, so that only
cells that changed are drawn anew.
*/
export function keepDrawn(drawn: ListContent, content: ListContent): ListContent {
	const heading = keepCells(drawn.heading, content.heading);
	const rows = content.rows.map((row, index) => keepCells(drawn.rows[index] ?? [], row));
	const isSame = drawn.selected === content.selected && drawn.heading === heading
		&& drawn.rows.length === rows.length && rows.every((row, index) => row === drawn.rows[index]);
	return isSame ? drawn : {heading, rows, selected: content.selected};
}

function keepCells(drawn: readonly Cell[], cells: readonly Cell[]): readonly Cell[] {
	const kept = cells.map((cell, index) => sameCell(drawn[index], cell) ? drawn[index]! : cell);
	return kept.length === drawn.length && kept.every((cell, index) => cell === drawn[index]) ? drawn : kept;
}

function sameCell(a: Cell | undefined, b: Cell): boolean {
	return a?.length === b.length && a.every(({text, tone}, index) => text === b[index]!.text && tone === b[index]!.tone);
}
