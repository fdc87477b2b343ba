import type {LogItem} from '../model/log-item.js';
import {detailsLines, factLine, logLine, sessionFacts, sessionIds, sessionStatistics, type DetailOptions} from './detail.js';
import {fitCell} from './fit-cell.js';
import type {Cell} from './spans.js';

/** What is known of the log of the session that is open. */
export type DetailLog = {
	/** Newest last; undefined until the first answer. */
	readonly items: readonly LogItem[] | undefined;
	/** Why it could not be read. */
	readonly failure: string | undefined;
};

/** The body of the detail, from which a window is drawn. */
export type DetailContent = {
	readonly isSideBySide: boolean;
	readonly facts: readonly Cell[];
	/** Heading and rows of the table of statistics. */
	readonly statistics: {readonly heading: readonly Cell[]; readonly rows: ReadonlyArray<readonly Cell[]>};
	/** Ids, details and log, below. */
	readonly more: readonly Cell[];
	/** Lines of all of it. */
	readonly height: number;
};

const labelWidth = 13;
const statisticsWidth = 32;
const widestFacts = 64;
const leastLogLines = 4;

/** The body of the detail for a terminal's width; the log gets what is left of the height, newest last. */
export function detailContent(options: DetailOptions, log: DetailLog, width: number, height: number): DetailContent {
	const isSideBySide = width >= 74;
	const factsWidth = isSideBySide ? Math.min(widestFacts, width - statisticsWidth - 1) : width;
	const facts = [headingLine('RUN', factsWidth), ...sessionFacts(options).map(fact => factLine(fact, labelWidth, factsWidth))];
	const statistics = {
		heading: [fitCell([{text: 'STATISTICS', tone: 'dim'}], 17), fitCell([{text: 'AS REPORTED', tone: 'dim'}], statisticsWidth - 17, {align: 'right'})],
		rows: sessionStatistics(options.session).map(({label, value}) => [fitCell([{text: label, tone: 'dim'}], 17), fitCell(value, statisticsWidth - 17, {align: 'right'})]),
	};
	const blockHeight = isSideBySide ? Math.max(facts.length, statistics.rows.length + 1) : facts.length + statistics.rows.length + 1;
	const details = detailsLines(options.session, width - labelWidth - 3, 4);
	const above = [
		...sessionIds(options).map(fact => factLine(fact, labelWidth, width)),
		...(details.length === 0 ? ['-'] : details).map((line, index) => factLine({label: index === 0 ? 'Details' : '', value: [{text: line}]}, labelWidth, width)),
	];
	const more = [...above, ...logLines(options, log, width, Math.max(leastLogLines, height - blockHeight - above.length - 1))];
	return {isSideBySide, facts, statistics, more, height: blockHeight + more.length};
}

function headingLine(words: string, width: number): Cell {
	return fitCell([{text: ` ${words}`, tone: 'dim'}], width);
}

function logLines({zone, session}: DetailOptions, {items, failure}: DetailLog, width: number, room: number): Cell[] {
	const heading = (words: string) => fitCell([{text: ` LOG ${words}`, tone: 'dim'}], width);
	if (failure !== undefined) {
		return [heading('could not be read'), fitCell([{text: ` ${failure}`, tone: 'warning'}], width)];
	}

	if (!items) {
		return [heading('is being read ...')];
	}

	if (items.length === 0) {
		return [heading('has no items yet')];
	}

	const shown = items.slice(-room);
	const how = shown.length < items.length ? `the newest ${shown.length} of ${items.length} read` : `${items.length} items`;
	return [heading(`${how}, newest last${session.status === 'Running' ? ', following' : ''}`), ...shown.map(item => logLine(item, zone, width))];
}
