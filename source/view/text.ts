import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

/** What stands where text was cut. */
export const cutMark = '..';

const printableAscii = /^[\u{20}-\u{7E}]*$/v;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
// eslint-disable-next-line no-misleading-character-class -- single marks that follow an emoji, each for itself
const emojiCluster = /^(?<base>[\p{Emoji}\p{Extended_Pictographic}])[\p{Emoji_Modifier}\u{200D}\u{20E3}\u{FE0F}\u{E0020}-\u{E007F}]/v;

/**
Text whose width every terminal agrees on: an emoji cluster (family, skin tone,
variation selector) is drawn as its first emoji, since terminals differ by columns on
the rest.
*/
export function drawable(text: string): string {
	if (printableAscii.test(text)) {
		return text;
	}

	let result = '';
	for (const {segment} of graphemes.segment(text)) {
		result += emojiCluster.exec(segment)?.groups?.['base'] ?? segment;
	}

	return result;
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

	const drawn = drawable(text);
	if (textWidth(drawn) <= width) {
		return drawn;
	}

	if (width <= cutMark.length + 1) {
		return sliceColumns(drawn, width);
	}

	if (cut === 'middle' && width >= 8) {
		const room = width - cutMark.length;
		const left = Math.ceil(room / 2);
		return `${sliceColumns(drawn, left).trimEnd()}${cutMark}${lastColumns(drawn, room - left).trimStart()}`;
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

/** Breaks a text at spaces into at most `maxLines` lines of at most `width` columns; the last one is cut with a mark. */
export function wrapText(text: string, width: number, maxLines: number): string[] {
	const lines: string[] = [];
	let rest = drawable(text).trim();
	while (rest !== '' && lines.length < maxLines - 1 && textWidth(rest) > width) {
		const fitting = sliceColumns(rest, width);
		const space = rest.charAt(fitting.length) === ' ' ? fitting.length : fitting.lastIndexOf(' ');
		const taken = space > width / 3 ? fitting.slice(0, space) : fitting;
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
