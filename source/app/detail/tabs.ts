import {cellWidth} from '../../ui/text/fit-cell.js';
import type {Cell} from '../../ui/text/spans.js';
import type {FollowTarget} from '../../model/messages.js';
import type {Focus} from '../shared/state/focus.js';
import type {Move} from '../shared/state/layers.js';
import type {State} from '../shared/state/state.js';
import {scrollTab} from './detail-keys.js';
import {historyBody} from './history/history-selectors.js';
import {logKey} from './log/log-keys.js';
import {openLogContent} from './log/log-selectors.js';
import {objectsBody} from './objects/objects-selectors.js';
import type {OpenedDetail} from './opened.js';
import {summaryBody, summaryEnd} from './summary/summary-selectors.js';
import type {TabBody} from './tab-body.js';

/** A part of a session's detail. */
export type DetailTab = {
	readonly id: string;
	/** What it is called on screen. */
	readonly label: string;
	/** What the help says of its key, where that is more. */
	readonly keyLabel?: string;
	/** Where its keys are listed, where they are not those of the other tabs. */
	readonly focus?: Focus;
	/** What is read of the session while it is on screen. */
	readonly follows?: FollowTarget['what'];
	/** Whether it shows what went wrong in the log, so that this is read first. */
	readonly showsProblems?: true;
	readonly body: (state: State, opened: OpenedDetail) => TabBody;
	/** The state after a move; as it is where nothing can be scrolled. */
	readonly move: (state: State, opened: OpenedDetail, to: Move) => State;
};

const scrollTable = (bodyOf: (state: State, opened: OpenedDetail) => TabBody & {readonly kind: 'table'}) =>
	(state: State, opened: OpenedDetail, to: Move) => scrollTab(state, to, bodyOf(state, opened).content.end);

/** The parts of a session's detail, in the order of their keys; the first one is shown when a session is opened. */
export const detailTabs: readonly DetailTab[] = [
	{id: 'summary', label: 'Summary', body: summaryBody, move: (state, opened, to) => scrollTab(state, to, summaryEnd(state, opened))},
	{
		id: 'log', label: 'Log', focus: 'log', follows: 'log',
		body: state => ({kind: 'log', content: openLogContent(state)}), move: (state, _opened, to) => logKey({does: 'move', to})(state),
	},
	{id: 'objects', label: 'Objects', follows: 'objects', showsProblems: true, body: objectsBody, move: scrollTable(objectsBody)},
	{id: 'history', label: 'History', keyLabel: 'History: runs of this job', body: historyBody, move: scrollTable(historyBody)},
];

/** The tab of an id. */
export function tabOf(id: string): DetailTab {
	return detailTabs.find(tab => tab.id === id)!;
}

/** The names of all, the one on screen in brackets, as a part of a line of `width` columns; where there is no room for all, the others are their keys alone. */
export function tabTitle(shown: string, width: number): Cell {
	const whole = titled(shown);
	return cellWidth(whole) <= width ? whole : shortTitled(shown);
}

function shortTitled(shown: string): Cell {
	return detailTabs.map(({id, label}, index) => id === shown
		? {text: ` [${index + 1} ${label}] `, tone: 'strong'}
		: {text: ` ${index + 1} `, tone: 'plain'});
}

function titled(shown: string): Cell {
	return [
		...detailTabs.map(({id, label}, index) => ({
			text: id === shown ? ` [${index + 1} ${label}] ` : `  ${index + 1} ${label}  `, tone: id === shown ? 'strong' : 'plain',
		} as const)),
		{text: ' '},
	];
}
