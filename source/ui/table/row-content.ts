import type {Cell} from '../text/spans.js';

/** A heading and rows of cells, each with the width of its column, and the index of the row under the cursor. */
export type RowContent = {
	readonly heading: readonly Cell[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	readonly selected: number;
};

/**
The content to draw after another one: the former object if both look the same, else the new one with the former object of
each row that looks the same, so that React draws changed rows only.
*/
export function keepDrawn(drawn: RowContent, content: RowContent): RowContent {
	const heading = keptRow(drawn.heading, content.heading);
	const rows = content.rows.map((row, index) => keptRow(drawn.rows[index], row));
	const isSame = drawn.selected === content.selected && drawn.heading === heading
		&& drawn.rows.length === rows.length && rows.every((row, index) => row === drawn.rows[index]);
	return isSame ? drawn : {heading, rows, selected: content.selected};
}

function keptRow(drawn: readonly Cell[] | undefined, row: readonly Cell[]): readonly Cell[] {
	return drawn?.length === row.length && row.every((cell, index) => isSameCell(drawn[index]!, cell)) ? drawn : row;
}

function isSameCell(a: Cell, b: Cell): boolean {
	return a.length === b.length && a.every(({text, tone}, index) => text === b[index]!.text && tone === b[index]!.tone);
}
