import {textWidth} from './text/text.js';

/** The characters of lines, bars and sparklines, each one column wide. */
export type Drawing = {
	/** A line between parts of the screen. */
	readonly rule: string;
	/** Cells of a bar on a time axis: the past part, the expected part, the present, hours outside of a window. */
	readonly bar: Readonly<Record<'done' | 'expected' | 'now' | 'closed', string>>;
	/** The heights of a sparkline, lowest first. */
	readonly levels: readonly string[];
};

const asciiLevels = [...'.:-=+*#'];

// The fonts of the Linux console have all of these: they are in code page 437 of the first PCs.
const blocks = {rule: '─', bar: {done: '█', expected: '░', now: '│', closed: '·'}} as const;

/** The sets of characters, by name. */
export const drawings = {
	ascii: {rule: '-', bar: {done: '#', expected: '=', now: '|', closed: '.'}, levels: asciiLevels},
	/** The Linux console, whose fonts lack the eighths of a block. */
	console: {...blocks, levels: asciiLevels},
	unicode: {...blocks, levels: [...'▁▂▃▄▅▆▇█']},
} as const satisfies Readonly<Record<string, Drawing>>;

export type DrawingName = keyof typeof drawings;

/** A line of `width` columns; empty where that is 0 or less. */
export function rule(width: number, drawing: Drawing): string {
	return drawing.rule.repeat(Math.max(0, width));
}

/**
The last values as heights from 0 to the greatest of them, in exactly `width` columns, the last one at
the right. Undefined and infinite values are gaps; a value above 0 is never drawn as 0.
*/
export function sparkline(values: ReadonlyArray<number | undefined>, width: number, {levels}: Drawing): string {
	if (width <= 0) {
		return '';
	}

	const newest = values.slice(-width);
	const highest = Math.max(0, ...newest.filter(value => isHeight(value)));
	return newest.map(value => isHeight(value) ? levels[levelOf(value / highest, levels.length)] : ' ').join('').padStart(width);
}

function isHeight(value: number | undefined): value is number {
	return Number.isFinite(value);
}

// The lowest level is for 0 only.
function levelOf(share: number, count: number): number {
	return share > 0 ? Math.max(1, Math.round(share * (count - 1))) : 0;
}

const ascii = /^\p{ASCII}*$/v;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** A drawable text for a terminal that shows ASCII only: each other character becomes question marks of the same width. */
export function asciiText(text: string): string {
	return ascii.test(text)
		? text
		: Array.from(graphemes.segment(text), ({segment}) => ascii.test(segment) ? segment : '?'.repeat(textWidth(segment))).join('');
}
