import {cellWidth} from '../../ui/text/fit-cell.js';
import type {Cell} from '../../ui/text/spans.js';

/** The parts of a session's detail, in the order of their keys. */
export const detailTabs = ['summary', 'log', 'objects', 'history'] as const;

export type DetailTab = (typeof detailTabs)[number];

/** How each is named on screen. */
export const tabNames: Readonly<Record<DetailTab, string>> = {summary: 'Summary', log: 'Log', objects: 'Objects', history: 'History'};

/** The names of all, the one on screen in brackets, as a part of a line of `width` columns; where there is no room for all, the others are their keys alone. */
export function tabTitle(shown: DetailTab, width: number): Cell {
	const whole = titled(shown);
	return cellWidth(whole) <= width ? whole : shortTitled(shown);
}

function shortTitled(shown: DetailTab): Cell {
	return detailTabs.map((tab, index) => tab === shown
		? {text: ` [${index + 1} ${tabNames[tab]}] `, tone: 'strong'}
		: {text: ` ${index + 1} `, tone: 'plain'});
}

function titled(shown: DetailTab): Cell {
	return [
		...detailTabs.map((tab, index) => ({
			text: tab === shown ? ` [${index + 1} ${tabNames[tab]}] ` : `  ${index + 1} ${tabNames[tab]}  `, tone: tab === shown ? 'strong' : 'plain',
		} as const)),
		{text: ' '},
	];
}
