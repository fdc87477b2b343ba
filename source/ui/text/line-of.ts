import type {Cell, Span} from './spans.js';

const lines = new WeakMap<readonly Cell[], Cell>();

/** The cells of a row as one line, of as few spans as show the same; for the same row the same line. A cell without spans is a space. */
export function lineOf(row: readonly Cell[]): Cell {
	const known = lines.get(row);
	if (known) {
		return known;
	}

	const line: Span[] = [];
	for (const span of row.flatMap((cell): Cell => cell.length === 0 ? [{text: ' '}] : cell)) {
		const last = line.at(-1);
		if (last && (last.tone ?? 'plain') === (span.tone ?? 'plain')) {
			line[line.length - 1] = {...last, text: last.text + span.text};
		} else {
			line.push(span);
		}
	}

	lines.set(row, line);
	return line;
}
