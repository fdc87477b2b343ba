import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import {evenCluster} from './even-width.js';

/** What stands where text was cut. */
export const cutMark = '..';

const printableAscii = /^[\u{20}-\u{7E}]*$/v;
// Latin, Greek, Cyrillic, kana, common Han, Hangul syllables: one character, one cluster, one width.
const separate = /^[\u{20}-\u{7E}\u{A0}-\u{AC}\u{AE}-\u{24F}\u{391}-\u{3A1}\u{3A3}-\u{3C9}\u{400}-\u{45F}\u{2010}-\u{2014}\u{3041}-\u{3096}\u{30A1}-\u{30FA}\u{30FC}\u{4E00}-\u{9FEA}\u{AC00}-\u{D7A3}]*$/v;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/**
Text whose width every terminal agrees on: an emoji cluster (family, skin tone, variation selector)
is drawn as its first emoji, and what they differ on as a mark. Idempotent.
*/
export function drawable(text: string): string {
	if (separate.test(text)) {
		return text;
	}

	let result = '';
	for (const {segment} of graphemes.segment(text)) {
		result += segment.length === 1 && printableAscii.test(segment) ? segment : evenCluster(segment);
	}

	return result;
}

// More than the characters of any cluster that is drawn in a column: a text of thousands is not looked at whole.
const longestCluster = 32;

const shortened = (text: string, columns: number) => text.slice(0, columns * longestCluster);

/** Whether the text is drawn whole in `width` columns. */
export function fits(text: string, width: number): boolean {
	return text === shortened(text, width) && textWidth(drawable(text)) <= width;
}

/** The columns that a drawable text takes on the terminal. */
export function textWidth(text: string): number {
	return printableAscii.test(text) ? text.length : stringWidth(text);
}

export type Fit = {
	readonly align?: 'left' | 'right';
	/** Where text that is too long is cut; a job name is cut in the middle, so that tenant and workload both stay readable. */
	readonly cut?: 'end' | 'middle';
};

/** The text in at most `width` columns, cut with a mark where it is longer. */
export function cutText(text: string, width: number, cut: Fit['cut'] = 'end'): string {
	if (width <= 0) {
		return '';
	}

	const drawn = drawable(shortened(text, width));
	if (text.length <= width * longestCluster && textWidth(drawn) <= width) {
		return drawn;
	}

	if (width <= cutMark.length + 1) {
		return sliceColumns(drawn, width);
	}

	if (cut === 'middle' && width >= 8) {
		const room = width - cutMark.length;
		const left = Math.ceil(room / 2);
		const end = drawable(text.slice(-width * longestCluster));
		return `${sliceColumns(drawn, left).trimEnd()}${cutMark}${lastColumns(end, room - left).trimStart()}`;
	}

	return `${sliceColumns(drawn, width - cutMark.length).trimEnd()}${cutMark}`;
}

/** The text in exactly `width` columns: cut or filled with spaces. */
export function fitText(text: string, width: number, {align = 'left', cut = 'end'}: Fit = {}): string {
	const kept = cutText(text, width, cut);
	const gap = ' '.repeat(Math.max(0, width - textWidth(kept)));
	return align === 'right' ? gap + kept : kept + gap;
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

// A word is looked at as far as it could fit.
function isWordWithin(text: string, from: number, width: number): boolean {
	const [word = ''] = text.slice(from, from + (width * longestCluster)).split(' ', 1);
	return textWidth(word) <= width;
}

/**
Breaks a text at spaces into at most `maxLines` lines of at most `width` columns; the last one is cut with a mark. A word that
has a line of its own is never broken; one that is longer is, where it would leave most of a line empty.
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
