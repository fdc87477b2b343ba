/** The lines that a row takes, at least one. */
export type HeightOf = (row: number) => number;

/** The first row from which that one is still whole in `height` lines; itself where it is taller. */
export function firstFor(row: number, height: number, heightOf: HeightOf): number {
	let first = row;
	let lines = heightOf(row);
	while (first > 0 && lines + heightOf(first - 1) <= height) {
		first--;
		lines += heightOf(first);
	}

	return first;
}

/** The first row to show, so that the cursor's is whole and no line is left empty without need. Only the heights of rows near it are asked for. */
export function firstLogRow(top: number, cursor: number, count: number, height: number, heightOf: HeightOf): number {
	if (count === 0) {
		return 0;
	}

	const first = Math.max(firstFor(cursor, height, heightOf), Math.min(top, cursor));
	return first + height < count ? first : Math.min(first, firstFor(count - 1, height, heightOf));
}

/** The row that many lines further or, where they are negative, back. */
export function rowAfter(row: number, lines: number, count: number, heightOf: HeightOf): number {
	const by = Math.sign(lines);
	let found = row;
	let left = Math.abs(lines);
	while (left > 0 && found + by >= 0 && found + by < count) {
		found += by;
		left -= heightOf(found);
	}

	return found;
}
