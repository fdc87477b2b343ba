import type {Cell, Span} from './spans.js';
import {cutText, fits, textWidth, type Fit} from './text.js';

/** A cell in exactly `width` columns: cut or filled with spaces, never wrapped. */
export function fitCell(cell: Cell, width: number, {align = 'left', cut = 'end'}: Fit = {}): Cell {
	const fitted: Span[] = [];
	let left = width;
	for (const span of cell) {
		const isWhole = fits(span.text, left);
		const text = cutText(span.text, left, cut);
		if (text !== '') {
			fitted.push(text === span.text ? span : {...span, text});
			left -= textWidth(text);
		}

		// After a span that was cut nothing follows, even if a column or two are left.
		if (left <= 0 || !isWhole) {
			break;
		}
	}

	if (left <= 0) {
		return fitted;
	}

	const gap = ' '.repeat(left);
	const [first] = fitted;
	if (fitted.length === 1 && first) {
		return [{...first, text: align === 'right' ? gap + first.text : first.text + gap}];
	}

	return align === 'right' ? [{text: gap}, ...fitted] : [...fitted, {text: gap}];
}

/** A line with a left and a right part, in exactly `width` columns; the left part is cut first. */
export function splitLine(left: Cell, right: Cell, width: number): Cell {
	const rightWidth = cellWidth(right);
	return rightWidth === 0 ? fitCell(left, width) : [...fitCell(left, Math.max(0, width - rightWidth - 1)), {text: ' '}, ...fitCell(right, Math.min(rightWidth, width - 1))];
}

/** The width of a cell in columns. */
export function cellWidth(cell: Cell): number {
	let width = 0;
	for (const {text} of cell) {
		width += textWidth(text);
	}

	return width;
}
