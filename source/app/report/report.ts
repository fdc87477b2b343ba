import type {Report, ReportLine} from '../shared/state/layers.js';
import {timeOfDay} from '../../ui/times.js';
import type {Cell} from '../../ui/text/spans.js';

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
