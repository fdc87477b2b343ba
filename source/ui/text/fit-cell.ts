import type {Cell, Span} from './spans.js';
import {cutText, fits, textWidth, type Fit} from './text.js';

/** A cell in exactly `width` columns: its spans cut or filled with spaces, never wrapped. */
export function fitCell(cell: Cell, width: number, {align = 'left', cut = 'end'}: Fit = {}): Cell {
	const kept: Span[] = [];
	let left = width;
	for (const span of cell) {
		const isWhole = fits(span.text, left);
		const text = cutText(span.text, left, cut);
		if (text !== '') {
			kept.push(text === span.text ? span : {...span, text});
			left -= textWidth(text);
		}

		// Nothing follows what was cut, though a column or two may be left.
		if (left <= 0 || !isWhole) {
			break;
		}
	}

	if (left <= 0) {
		return kept;
	}

	const gap = ' '.repeat(left);
	const [first] = kept;
	if (kept.length === 1 && first) {
		return [{...first, text: align === 'right' ? gap + first.text : first.text + gap}];
	}

	return align === 'right' ? [{text: gap}, ...kept] : [...kept, {text: gap}];
}

/** A line with something at its left and something at its right end, in exactly `width` columns; the left gives way. */
export function splitLine(left: Cell, right: Cell, width: number): Cell {
	const rightWidth = cellWidth(right);
	return rightWidth === 0 ? fitCell(left, width) : [...fitCell(left, Math.max(0, width - rightWidth - 1)), {text: ' '}, ...fitCell(right, Math.min(rightWidth, width - 1))];
}

/** The columns that a cell takes. */
export function cellWidth(cell: Cell): number {
	let width = 0;
	for (const {text} of cell) {
		width += textWidth(text);
	}

	return width;
}
