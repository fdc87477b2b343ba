import type {Cell} from '../text/spans.js';

/** A heading and rows of cells, each fitted to its column, and the index of the row under the cursor. */
export type RowContent = {
	readonly heading: readonly Cell[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	readonly selected: number;
};

/**
The content to draw where another one is drawn already: that one itself while both show the
same, else the new one with every cell of the drawn one that shows the same, so that only
cells that changed are drawn anew.
*/
export function keepDrawn(drawn: RowContent, content: RowContent): RowContent {
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
