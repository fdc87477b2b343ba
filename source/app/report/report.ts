import {timeOfDay} from '../../ui/times.js';
import type {Cell, Tone} from '../../ui/text/spans.js';

/** A line that is told over the rest. */
export type ReportLine = {
	/** Milliseconds since 1970; undefined is no time, `now` holds since nobody knows when. */
	readonly at?: number | 'now';
	readonly text: string;
	readonly tone?: Tone;
};

/** Lines to be read, that stand as they were when they were asked for. */
export type Report = {
	readonly kind: 'lines';
	/** What they are. */
	readonly title: string;
	/** The moment since which they are, in milliseconds since 1970: the title ends with it. */
	readonly since?: number;
	readonly lines: readonly ReportLine[];
	/** What stands there where there is no line; it ends as the title does. */
	readonly none: string;
	/** The first line shown. */
	readonly top: number;
};

const timeWidth = 8;

/** The title, and the lines each with its time of day. */
export function reportCells({title, since, lines, none}: Report, zone: string): {readonly title: string; readonly lines: readonly Cell[]} {
	const end = since === undefined ? '' : ` since ${timeOfDay(since, zone)}`;
	return {
		title: `${title}${end}`,
		lines: lines.length === 0 ? [[{text: ` ${none}${end}`}]] : lines.map(line => lineCell(line, zone)),
	};
}

function lineCell({at, text, tone}: ReportLine, zone: string): Cell {
	const time = at === 'now' ? at.padEnd(timeWidth) : at !== undefined && timeOfDay(at, zone);
	return time ? [{text: ` ${time} `, tone: 'dim'}, {text, tone}] : [{text: ` ${text}`, tone}];
}
