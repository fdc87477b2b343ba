import type {Cell} from './spans.js';

/** The parts of a session's detail, in the order of their keys. */
export const detailTabs = ['summary', 'log', 'objects', 'history'] as const;

export type DetailTab = (typeof detailTabs)[number];

/** How each is named on screen. */
export const tabNames: Readonly<Record<DetailTab, string>> = {summary: 'Summary', log: 'Log', objects: 'Objects', history: 'History'};

/** The names of all, the one on screen in brackets, as a part of a line. */
export function tabTitle(shown: DetailTab): Cell {
	return [
		...detailTabs.map((tab, index) => ({
			text: tab === shown ? ` [${index + 1} ${tabNames[tab]}] ` : `  ${index + 1} ${tabNames[tab]}  `, tone: tab === shown ? 'strong' : 'plain',
		} as const)),
		{text: ' '},
	];
}
