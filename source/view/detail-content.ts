import type {LogItem} from '../model/log-item.js';
import {canChange} from '../model/session.js';
import {detailsLines, factLine, logLine, sessionFacts, sessionIds, sessionStatistics, type DetailOptions} from './detail.js';
import {fitCell} from './fit-cell.js';
import {count, counted} from './format.js';
import type {Cell} from './spans.js';

/** What is known of the log of the session that is open. */
export type DetailLog = {
	/** Newest last; undefined until the first answer. */
	readonly items: readonly LogItem[] | undefined;
	/** Whether older items exist that are not held. */
	readonly isCut: boolean;
	/** Why it could not be read. */
	readonly failure: string | undefined;
};

/** The body of the detail, from which a window is drawn. */
export type DetailContent = {
	readonly isSideBySide: boolean;
	readonly facts: readonly Cell[];
	/** Heading and rows of the table of statistics. */
	readonly statistics: {readonly heading: readonly Cell[]; readonly rows: ReadonlyArray<readonly Cell[]>};
	/** Details, ids and log, below; lines outside the window are left empty. */
	readonly more: readonly Cell[];
	/** Lines of all of it, to scroll through. */
	readonly height: number;
	/** Lines scrolled away above, no more than there are to scroll. */
	readonly top: number;
};

/** The part of the body that is on screen: lines scrolled away above, and lines that fit. */
export type Window = {readonly top: number; readonly height: number};

const labelWidth = 13;
const statisticsWidth = 32;
const widestFacts = 64;
/** Lines that the log has on screen at least, its heading among them, while nothing is scrolled. */
const leastLog = 5;

/**
The body of the detail for a terminal's width. Before anything is scrolled, its end shows the
newest log items as far as the facts leave room; scrolled, it is one text with every item that is
held, newest last.
*/
export function detailContent(options: DetailOptions, log: DetailLog, width: number, window: Window): DetailContent {
	const {height} = window;
	const isSideBySide = width >= 74;
	const factsWidth = isSideBySide ? Math.min(widestFacts, width - statisticsWidth - 1) : width;
	const facts = [headingLine('RUN', factsWidth), ...sessionFacts(options).map(fact => factLine(fact, labelWidth, factsWidth))];
	const statistics = {
		heading: [fitCell([{text: 'STATISTICS', tone: 'dim'}], 17), fitCell([{text: 'AS REPORTED', tone: 'dim'}], statisticsWidth - 17, {align: 'right'})],
		rows: sessionStatistics(options.session).map(({label, value}) => [fitCell([{text: label, tone: 'dim'}], 17), fitCell(value, statisticsWidth - 17, {align: 'right'})]),
	};
	const block = isSideBySide ? Math.max(facts.length, statistics.rows.length + 1) : facts.length + statistics.rows.length + 1;
	const above = [...detailsOf(options, width), ...sessionIds(options).map(fact => factLine(fact, labelWidth, width))];
	const items = log.items ?? [];
	const whole = block + above.length + 1 + Math.max(items.length, log.failure === undefined ? 0 : 1);
	const top = Math.max(0, Math.min(window.top, whole - height));
	const more = top === 0 && whole > height
		? atFirst({options, log, width, above, room: height - block})
		: [...above, ...logLines({options, log, width, from: 0, window: {top: top - block - above.length - 1, height}})];
	return {isSideBySide, facts, statistics, more, height: whole, top};
}

type FirstView = {
	readonly options: DetailOptions;
	readonly log: DetailLog;
	readonly width: number;
	readonly above: readonly Cell[];
	/** Lines below the facts. */
	readonly room: number;
};

// As much of what stands above the log as leaves the log its least, then the newest items.
function atFirst({options, log, width, above, room}: FirstView): readonly Cell[] {
	const least = Math.min(leastLog, 1 + (log.failure === undefined ? log.items?.length ?? leastLog : 1));
	const kept = above.slice(0, Math.max(0, room - least));
	const lines = Math.max(0, room - kept.length - 1);
	const from = Math.max(0, (log.items?.length ?? 0) - lines);
	return [...kept, ...logLines({options, log, width, from, window: {top: 0, height: lines}})];
}

function headingLine(words: string, width: number): Cell {
	return fitCell([{text: ` ${words}`, tone: 'dim'}], width);
}

function detailsOf({session}: DetailOptions, width: number): Cell[] {
	const lines = detailsLines(session, width - labelWidth - 3, 4);
	return (lines.length === 0 ? ['-'] : lines).map((line, index) => factLine({label: index === 0 ? 'Details' : '', value: [{text: line}]}, labelWidth, width));
}

type LogWindow = {
	readonly options: DetailOptions;
	readonly log: DetailLog;
	readonly width: number;
	/** The first item to show. */
	readonly from: number;
	/** Which of the lines from there are on screen: a log can have thousands. */
	readonly window: Window;
};

function logLines({options: {zone, session, isGone}, log: {items, isCut, failure}, width, from, window}: LogWindow): Cell[] {
	const heading = (words: string) => headingLine(`LOG ${words}`, width);
	if (failure !== undefined) {
		return [heading('could not be read'), fitCell([{text: ` ${failure}`, tone: 'warning'}], width)];
	}

	if (!items) {
		return [heading('is being read ...')];
	}

	if (items.length === 0) {
		return [heading('has no items yet')];
	}

	const shown = items.slice(from);
	const how = from > 0 ? `newest ${shown.length} of ${count(items.length)}, G for all` : counted(items.length, 'item');
	const older = isCut ? ', older not held' : '';
	const following = canChange(session) && !isGone ? ', following' : '';
	const isOnScreen = (index: number) => index >= window.top && index < window.top + window.height;
	return [heading(`${how}${older}, newest last${following}`), ...shown.map((item, index) => isOnScreen(index) ? logLine(item, zone, width) : [])];
}
