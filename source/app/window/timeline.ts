import {valueOf} from '../../model/field.js';
import {serverTime, type Now} from '../../model/now.js';
import {isActive} from '../../model/session.js';
import type {Drawing} from '../../ui/drawing.js';
import {cellWidth, fitCell} from '../../ui/text/fit-cell.js';
import {markCell} from '../shared/rows/mark.js';
import {markWidth} from '../shared/columns/shown-columns.js';
import type {RowContent} from '../../ui/table/row-content.js';
import {needsCell} from '../shared/verdict-words.js';
import type {Row} from '../shared/rows/rows.js';
import type {Sort} from '../shared/rows/sort.js';
import type {Cell} from '../../ui/text/spans.js';
import {statusTone, statusWord} from '../shared/status-words.js';
import {axisCell, axisFor, axisOf} from '../shared/timeline/axis.js';
import {barCell} from '../shared/timeline/bar.js';
import {startTime} from '../../ui/times.js';

export type WindowOptions = {
	/** Every row that passes: the hours are those of all, so that they stay while one scrolls. */
	readonly visible: readonly Row[];
	/** The rows on screen, and the index of the cursor among them. */
	readonly rows: readonly Row[];
	readonly cursor: number;
	readonly sort: Sort;
	readonly now: Now;
	readonly zone: string;
	/** Columns that the list is given; the last one stays empty. */
	readonly terminalColumns: number;
	readonly drawing: Drawing;
	/** Whether rows are of several servers. */
	readonly isOfSeveral: boolean;
};

const minuteMs = 60_000;
const leastName = 10;
const mostName = 36;
/** From so many columns on there are words beside the bars, from so many their expected ends. */
const wordsFrom = 100;
const endsFrom = 60;
const mostWords = 60;
/** `~16 Nov` */
const endWidth = 7;

/** What is shown beside the bars. */
type Beside = {
	readonly width: number;
	readonly heading: string;
	readonly cell: (row: Row, now: Now, zone: string) => Cell;
};

/** Bars and what they are drawn of. */
export type WindowContent = RowContent & {
	/** The pieces that are on screen. */
	readonly pieces: ReadonlySet<string>;
};

function besideOf(terminalColumns: number): Beside | undefined {
	if (terminalColumns >= wordsFrom) {
		const width = Math.min(mostWords, Math.round(terminalColumns * 0.26));
		return {width, heading: 'NEEDS', cell: (row, now, zone) => row.verdict ? needsCell(row.verdict, contextOf(row, now, zone, width)) : []};
	}

	return terminalColumns < endsFrom ? undefined : {width: endWidth, heading: 'ENDS', cell: endCell};
}

// An estimate is of whole minutes.
function endCell({verdict, serverId}: Row, now: Now, zone: string): Cell {
	const end = verdict?.estimate && Math.round(verdict.estimate.endsAt / minuteMs) * minuteMs;
	return end === undefined ? [] : [{text: `~${startTime(end, serverTime(now, serverId), zone, endWidth - 1)}`}];
}

/** The cells of Window: mark, name of the job, its bar, where there is room what it needs or when it ends. They change with minutes, not with seconds. */
export function windowContent({visible, rows, cursor, sort, now, zone, terminalColumns, drawing, isOfSeveral}: WindowOptions): WindowContent {
	const beside = besideOf(terminalColumns);
	const nameWidth = Math.min(mostName, Math.max(leastName, Math.round(terminalColumns / 4)));
	const besideWidth = beside ? beside.width + 1 : 0;
	const minute = wholeMinute(now);
	const axis = axisOf(visible, minute, zone, terminalColumns - 1 - markWidth - nameWidth - 1 - besideWidth);
	const bars = rows.map(row => barCell({row, axis: axisFor(axis, row, minute), drawing}));
	const withBeside = (bar: Cell, cell: (its: Beside) => Cell) => beside ? [gapped(bar), fitCell(cell(beside), beside.width)] : [bar];
	return {
		heading: [
			[{text: ' '.repeat(markWidth)}],
			gapped(fitCell([{text: sortWords(sort, nameWidth), tone: 'dim'}], nameWidth)),
			...withBeside(axisCell(axis, zone), ({heading}) => [{text: heading, tone: sort.columnId === 'needs' && heading === 'NEEDS' ? 'strong' : 'dim'}]),
		],
		rows: rows.map((row, index) => [
			markCell(row, index === cursor),
			gapped(nameCell(row, nameWidth, isOfSeveral)),
			...withBeside(bars[index]!, ({cell}) => cell(row, minute, zone)),
		]),
		selected: cursor,
		pieces: new Set(bars.flat().flatMap(({text}) => [...text])),
	};
}

// Words that count seconds would have each of them drawn.
function wholeMinute(now: Now): Now {
	return {...now, server: Math.floor(now.server / minuteMs) * minuteMs};
}

function contextOf({serverId}: Row, now: Now, zone: string, width: number) {
	return {now: serverTime(now, serverId), zone, width};
}

const sortNames: Readonly<Record<string, string>> = {start: 'start', job: 'name', needs: 'need'};

function sortWords({columnId, direction}: Sort, width: number): string {
	const words = `JOB by ${sortNames[columnId] ?? columnId} ${direction === 'down' ? 'v' : '^'}`;
	return words.length > width ? 'JOB' : words;
}

function nameCell({jobName, serverName}: Row, width: number, isOfSeveral: boolean): Cell {
	if (!isOfSeveral) {
		return fitCell([{text: jobName}], width, {cut: 'middle'});
	}

	const server = fitCell([{text: serverName, tone: 'dim'}], Math.floor(width / 3));
	return [...fitCell([{text: jobName}], width - cellWidth(server) - 1, {cut: 'middle'}), {text: ' '}, ...server];
}

function gapped(cell: Cell): Cell {
	return [...cell, {text: ' '}];
}

/** A bar in words: status as the server says it, when it ran, what it needs. */
export function barWords(row: Row, now: Now, zone: string, width: number): Cell {
	const {session, verdict} = row;
	const minute = contextOf(row, wholeMinute(now), zone, width);
	const needsIn = (room: number) => verdict ? needsCell(verdict, {...minute, width: room}) : [];
	if (!session) {
		return [{text: ' '}, ...needsIn(width - 1)];
	}

	const status = valueOf(session.status);
	const began = valueOf(session.createdAt);
	const ended = isActive(session) ? undefined : valueOf(session.endedAt);
	const time = (at: number) => startTime(at, minute.now, zone, 9);
	const from = began === undefined ? '' : ` ${ended === undefined ? 'since ' : ''}${time(began)}`;
	const ran: Cell = [
		{text: ` ${statusWord(status ?? '?')}`, tone: statusTone(status ?? '')},
		{text: `${from}${ended === undefined ? '' : ` to ${time(ended)}`}`},
	];
	const needs = needsIn(width - cellWidth(ran) - 2);
	return [...ran, ...(needs.some(({text}) => text.trim() !== '') ? [{text: ', '}, ...needs] : [])];
}
