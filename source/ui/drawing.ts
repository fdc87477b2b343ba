import {textWidth} from './text/text.js';

/** The pieces that lines and figures are drawn of, each one column wide. */
export type Drawing = {
	/** A line between parts of the screen. */
	readonly rule: string;
	/** Cells of a bar on a scale of time: what is done, what is expected, this moment, hours in which nothing may run. */
	readonly bar: Readonly<Record<'done' | 'expected' | 'now' | 'closed', string>>;
	/** The heights of a sparkline, lowest first. */
	readonly levels: readonly string[];
};

const asciiLevels = [...'.:-=+*#'];

// Of these shades and lines the fonts of the Linux console have each, as PCs have had since 1981.
const blocks = {rule: '─', bar: {done: '█', expected: '░', now: '│', closed: '·'}} as const;

/** What is drawn with, by name. The words beside it are the same in each. */
export const drawings = {
	ascii: {rule: '-', bar: {done: '#', expected: '=', now: '|', closed: '.'}, levels: asciiLevels},
	/** The Linux console, whose fonts lack the eighths of a block. */
	console: {...blocks, levels: asciiLevels},
	unicode: {...blocks, levels: [...'▁▂▃▄▅▆▇█']},
} as const satisfies Readonly<Record<string, Drawing>>;

export type DrawingName = keyof typeof drawings;

/** A line across `width` columns; empty where that is not above 0. */
export function rule(width: number, drawing: Drawing): string {
	return drawing.rule.repeat(Math.max(0, width));
}

/**
The newest values as heights from 0 to the highest of them, in exactly `width` columns, newest at
the right. What is undefined or no finite number is a gap; what is above 0 is never drawn as 0.
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

// The lowest is for 0 alone.
function levelOf(share: number, count: number): number {
	return share > 0 ? Math.max(1, Math.round(share * (count - 1))) : 0;
}

const ascii = /^\p{ASCII}*$/v;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** A drawable text for a terminal that has ASCII alone: a mark stands for what is lost, in the same columns. */
export function asciiText(text: string): string {
	return ascii.test(text)
		? text
		: Array.from(graphemes.segment(text), ({segment}) => ascii.test(segment) ? segment : '?'.repeat(textWidth(segment))).join('');
}
