import {valueOf} from '../model/field.js';
import {serverTime, type Now} from '../model/now.js';
import {isActive} from '../model/session.js';
import type {Watching} from './columns.js';
import type {Drawing} from './drawing.js';
import {cellWidth, fitCell} from './fit-cell.js';
import type {FittedColumn} from './fit-columns.js';
import {markCell, type ListContent} from './list-content.js';
import {needsCell} from './needs.js';
import type {Row} from './rows.js';
import type {Sort} from './sort.js';
import {statusTone, statusWord, type Cell, type Span} from './spans.js';
import {axisCell, axisFor, axisOf} from './timeline-axis.js';
import {barCell, marks} from './timeline-bar.js';
import {startTime} from './times.js';

/** What the rows of Window can be sorted by. */
const windowSorts = ['start', 'job', 'needs'] as const;

/** The ids of the columns that a list shows, or that Window has in its bars. */
export function shownIds(fitted: readonly FittedColumn[], {list}: Watching): readonly string[] {
	return list === 'window' ? windowSorts : fitted.map(({column}) => column.id);
}

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
const markWidth = 2;
const leastName = 10;
const mostName = 36;
/** From so many columns on there are words beside the bars. */
const wordsFrom = 100;
const mostWords = 60;

type Widths = {readonly name: number; readonly bar: number; readonly words: number};

function widthsOf(terminalColumns: number): Widths {
	const name = Math.min(mostName, Math.max(leastName, Math.round(terminalColumns / 4)));
	const words = terminalColumns < wordsFrom ? 0 : Math.min(mostWords, Math.round(terminalColumns * 0.26));
	const gaps = words === 0 ? 1 : 2;
	return {name, words, bar: Math.max(1, terminalColumns - 1 - markWidth - name - gaps - words)};
}

/** The cells of Window: mark, name of the job, its bar, where there is room what it needs. They change with minutes, not with seconds. */
export function windowContent({visible, rows, cursor, sort, now, zone, terminalColumns, drawing, isOfSeveral}: WindowOptions): ListContent {
	const widths = widthsOf(terminalColumns);
	const minute = wholeMinute(now);
	const axis = axisOf(visible, minute, zone, widths.bar);
	const hasWords = widths.words > 0;
	const withWords = (bar: Cell, words: () => Cell) => hasWords ? [gapped(bar), fitCell(words(), widths.words)] : [bar];
	return {
		heading: [
			[{text: ' '.repeat(markWidth)}],
			gapped(fitCell([{text: sortWords(sort, widths.name), tone: 'dim'}], widths.name)),
			...withWords(axisCell(axis, zone), () => [{text: 'NEEDS', tone: sort.columnId === 'needs' ? 'strong' : 'dim'}]),
		],
		rows: rows.map((row, place) => {
			const bar = barCell({row, axis: axisFor(axis, row, minute), drawing, endIn: hasWords ? undefined : zone});
			const words = () => row.verdict ? needsCell(row.verdict, contextOf(row, minute, zone, widths.words)) : [];
			return [markCell(row, place === cursor), gapped(nameCell(row, widths.name, isOfSeveral)), ...withWords(bar, words)];
		}),
		selected: cursor,
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

/** What the pieces of the bars mean, the commonest first; as many of them as fit in `width` columns, with a space at either end. */
export function legendCell({bar}: Drawing, width: number): Cell {
	const entries: ReadonlyArray<readonly [piece: string, word: string]> = [
		[bar.done, 'ran'],
		[bar.expected, 'to come'],
		[marks.closes, 'closes'],
		[bar.closed, 'closed'],
		[marks.success, 'ok'],
		[marks.warning, 'warning'],
		[marks.failed, 'failed'],
		[marks.problem, 'problem'],
		[marks.queued, 'queued'],
		[marks.retry, 'retry'],
		[marks.stopped, 'stopped'],
		[marks.acknowledged, 'acknowledged'],
	];
	let kept: readonly Span[] = [];
	for (const [piece, word] of entries) {
		const longer: readonly Span[] = [...kept, {text: ` ${piece} `}, {text: `${word} `, tone: 'dim'}];
		if (cellWidth(longer) > width) {
			break;
		}

		kept = longer;
	}

	return kept;
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
