import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import {kept} from '../kept.js';
import {evenCluster} from './even-width.js';

/** Marks the point where text was cut. */
export const cutMark = '..';

const printableAscii = /^[\u{20}-\u{7E}]*$/v;
// Latin, Greek, Cyrillic, kana, common Han, Hangul syllables: one character, one cluster, one width.
const separate = /^[\u{20}-\u{7E}\u{A0}-\u{AC}\u{AE}-\u{24F}\u{391}-\u{3A1}\u{3A3}-\u{3C9}\u{400}-\u{45F}\u{2010}-\u{2014}\u{3041}-\u{3096}\u{30A1}-\u{30FA}\u{30FC}\u{4E00}-\u{9FEA}\u{AC00}-\u{D7A3}]*$/v;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/**
Text that has the same width on every terminal: an emoji cluster (family, skin tone, variation selector)
becomes its first emoji, and what terminals disagree on becomes U+FFFD. Idempotent.
*/
export function drawable(text: string): string {
	if (separate.test(text)) {
		return text;
	}

	return text.length > longestKept ? withEvenClusters(text) : keptEvenClusters(text);
}

const longestKept = 500;

function withEvenClusters(text: string): string {
	let result = '';
	for (const {segment} of graphemes.segment(text)) {
		result += segment.length === 1 && printableAscii.test(segment) ? segment : evenCluster(segment);
	}

	return result;
}

// The lines between the parts of the screen are of this kind, in each frame.
const keptEvenClusters = kept(withEvenClusters);

// More characters than any drawn cluster has: of a text of thousands only the start is measured.
const maxClusterLength = 32;

const shortened = (text: string, columns: number) => text.slice(0, columns * maxClusterLength);

/** Whether the text fits into `width` columns. */
export function fits(text: string, width: number): boolean {
	return text === shortened(text, width) && textWidth(drawable(text)) <= width;
}

/** The width of a drawable text in columns. */
export function textWidth(text: string): number {
	return printableAscii.test(text) ? text.length : stringWidth(text);
}

export type Fit = {
	readonly align?: 'left' | 'right';
	/** Where a text that is too long is cut; in the middle where both its ends tell names apart. */
	readonly cut?: 'end' | 'middle';
};

/** The text in at most `width` columns; a longer one is cut, with a mark. */
export function cutText(text: string, width: number, cut: Fit['cut'] = 'end'): string {
	if (width <= 0) {
		return '';
	}

	const drawn = drawable(shortened(text, width));
	if (text.length <= width * maxClusterLength && textWidth(drawn) <= width) {
		return drawn;
	}

	if (width <= cutMark.length + 1) {
		return sliceColumns(drawn, width);
	}

	if (cut === 'middle' && width >= 8) {
		const room = width - cutMark.length;
		const left = Math.ceil(room / 2);
		const end = drawable(text.slice(-width * maxClusterLength));
		return `${sliceColumns(drawn, left).trimEnd()}${cutMark}${lastColumns(end, room - left).trimStart()}`;
	}

	return `${sliceColumns(drawn, width - cutMark.length).trimEnd()}${cutMark}`;
}

/** The text in exactly `width` columns: cut or filled with spaces. */
export function fitText(text: string, width: number, {align = 'left', cut = 'end'}: Fit = {}): string {
	const fitted = cutText(text, width, cut);
	const gap = ' '.repeat(Math.max(0, width - textWidth(fitted)));
	return align === 'right' ? gap + fitted : fitted + gap;
}

function sliceColumns(text: string, columns: number): string {
	return printableAscii.test(text) ? text.slice(0, columns) : cliTruncate(text, columns, {truncationCharacter: ''});
}

function lastColumns(text: string, columns: number): string {
	if (columns <= 0) {
		return '';
	}

	return printableAscii.test(text) ? text.slice(-columns) : cliTruncate(text, columns, {position: 'start', truncationCharacter: ''});
}

// Measures only as much of a word as could fit.
function isWordWithin(text: string, from: number, width: number): boolean {
	const [word = ''] = text.slice(from, from + (width * maxClusterLength)).split(' ', 1);
	return textWidth(word) <= width;
}

/**
Breaks a text at spaces into at most `maxLines` lines of at most `width` columns; the last one is cut with a mark. A word that
fits into a line is never broken; a longer one is broken where a line would stay mostly empty before it.
*/
export function wrapText(text: string, width: number, maxLines: number): string[] {
	const lines: string[] = [];
	const start = shortened(text, width * maxLines);
	let rest = drawable(start === text ? text : start + cutMark).trim();
	while (rest !== '' && lines.length < maxLines - 1 && textWidth(rest) > width) {
		const fitting = sliceColumns(rest, width);
		const space = rest.charAt(fitting.length) === ' ' ? fitting.length : fitting.lastIndexOf(' ');
		const taken = space > width / 3 || (space > 0 && isWordWithin(rest, space + 1, width)) ? fitting.slice(0, space) : fitting;
		if (taken === '') {
			break;
		}

		lines.push(taken.trimEnd());
		rest = rest.slice(taken.length).trimStart();
	}

	if (rest !== '') {
		lines.push(cutText(rest, width));
	}

	return lines;
}
