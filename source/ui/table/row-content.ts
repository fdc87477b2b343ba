import type {Cell} from '../text/spans.js';

/** A heading and rows of cells, each with the width of its column, and the index of the row under the cursor. */
export type RowContent = {
	readonly heading: readonly Cell[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	readonly selected: number;
};

/**
The content to draw after another one: the former object if both look the same, else the new one with
the former object of each cell that looks the same, so that React draws changed cells only.
*/
export function keepDrawn(drawn: RowContent, content: RowContent): RowContent {
	const heading = reuseCells(drawn.heading, content.heading);
	const rows = content.rows.map((row, index) => reuseCells(drawn.rows[index] ?? [], row));
	const isSame = drawn.selected === content.selected && drawn.heading === heading
		&& drawn.rows.length === rows.length && rows.every((row, index) => row === drawn.rows[index]);
	return isSame ? drawn : {heading, rows, selected: content.selected};
}

function reuseCells(drawn: readonly Cell[], cells: readonly Cell[]): readonly Cell[] {
	const reused = cells.map((cell, index) => sameCell(drawn[index], cell) ? drawn[index]! : cell);
	return reused.length === drawn.length && reused.every((cell, index) => cell === drawn[index]) ? drawn : reused;
}

function sameCell(a: Cell | undefined, b: Cell): boolean {
	return a?.length === b.length && a.every(({text, tone}, index) => text === b[index]!.text && tone === b[index]!.tone);
}
