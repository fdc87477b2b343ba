import type {LogItem} from '../../../model/log-item.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {count, counted} from '../../../ui/format.js';
import type {Cell, Span} from '../../../ui/text/spans.js';
import {cutText, textWidth} from '../../../ui/text/text.js';
import type {LogView} from '../../shared/state/layers.js';
import {hitCounts, type LogRows} from './log-rows.js';
import {logItemLines, logMessageLines} from './log-lines.js';
import {itemOfRow, logCursor, logHeights, logRows, logTop, type LogInput} from './log-view.js';

/** What is known of the log of the session that is open. */
export type LoadedLog = {
	/** Newest last. */
	readonly items: readonly LogItem[];
	/** Whether older items exist that are not loaded. */
	readonly isCut: boolean;
	/** The items that are still being read. */
	readonly reading?: 'older' | 'newer';
};

export type LogContentOptions = {
	readonly view: LogView;
	/** Undefined until the first answer. */
	readonly log: LoadedLog | undefined;
	/** Why the last try to read it failed. */
	readonly failure: string | undefined;
	/** Whether a session is open: a job that did not run has none, and so no log. */
	readonly hasSession: boolean;
	readonly input: Omit<LogInput, 'messageEnd'>;
	readonly zone: string;
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: number;
};

/** What the log's tab shows. */
export type LogContent = {
	/** How much is loaded, and how it is shown. */
	readonly status: Cell;
	/** No more than fit. */
	readonly lines: ReadonlyArray<{readonly cell: Cell; readonly isCursor: boolean}>;
	/** How far the message that is open can be scrolled. */
	readonly messageEnd: number;
	/** What is shown at the end of the search prompt: `3 of 17`. */
	readonly searchNote: string;
};

/** The log's tab for a width and height. Lines are made of the items on screen only. */
export function logContent(options: LogContentOptions): LogContent {
	const {view, log, input} = options;
	const rows = logRows(view, input);
	const searchNote = view.search === '' ? '' : hitWords(rows, logCursor(view, rows));
	const plain = (text: string) => ({cell: fitCell([{text: ` ${text}`}], input.width), isCursor: false});
	const frame = {status: statusLine(options, rows, searchNote), messageEnd: 0, searchNote};
	if (!log || rows.rows.length === 0) {
		return {...frame, lines: emptyWords(options).map(text => plain(text))};
	}

	return view.isMessageOpen ? {...frame, ...messageOf(options, rows)} : {...frame, lines: itemLines(options, rows)};
}

function itemLines({view, input, zone}: LogContentOptions, rows: LogRows): LogContent['lines'] {
	const {width, height} = input;
	const cursor = logCursor(view, rows);
	const lines: Array<LogContent['lines'][number]> = [];
	for (let row = logTop(view, rows, input); row < rows.rows.length && lines.length < height; row++) {
		const isCursor = row === cursor;
		const options = {width, zone, search: view.search, isCursor, isHit: rows.hits[rows.rows[row]!] === 1, mostLines: view.isWrapped ? height : 1};
		lines.push(...logItemLines(itemOfRow(rows, row)!, options).map((cell, index) => ({cell, isCursor: isCursor && index === 0})));
	}

	return lines.slice(0, height);
}

function messageOf({view, input: {width, height}, zone, now}: LogContentOptions, rows: LogRows): Pick<LogContent, 'lines' | 'messageEnd'> {
	const row = logCursor(view, rows);
	const line = rows.rows[row]! + 1;
	const cells = logMessageLines(itemOfRow(rows, row)!, {width, zone, search: view.search, now, line, lines: rows.items.length});
	const messageEnd = Math.max(0, cells.length - height);
	const top = Math.min(view.messageTop, messageEnd);
	return {lines: cells.slice(top, top + height).map(cell => ({cell, isCursor: false})), messageEnd};
}

function emptyWords({log, failure, hasSession, view: {level}}: LogContentOptions): readonly string[] {
	if (!hasSession) {
		return ['This job has no session in range, and so no log.'];
	}

	if (!log) {
		return failure === undefined ? ['The log is being read ...'] : ['The log could not be read:', failure];
	}

	const missing = level === 'errors' ? 'an error' : 'a warning or an error';
	return [log.items.length === 0 ? 'The log has no items yet.' : `None of ${counted(log.items.length, 'item')} is ${missing}; t shows others.`];
}

function hitWords(rows: LogRows, cursor: number): string {
	const {all, before} = hitCounts(rows, cursor);
	const hidden = rows.hits.reduce((sum, hit) => sum + hit, 0) - all;
	const isOnHit = rows.hits[rows.rows[cursor] ?? -1] === 1;
	const shown = isOnHit ? `${count(before)} of ${count(all)}` : counted(all, 'hit');
	return hidden === 0 ? shown : `${shown}, ${count(hidden)} hidden`;
}

/** New lines below what is on screen, since following ended. */
function waitingBelow({view, input}: LogContentOptions, rows: LogRows): number {
	if (view.isFollowing || view.seenId === undefined) {
		return 0;
	}

	const seen = rows.items.findLastIndex(({id}) => id === view.seenId);
	const heightOf = logHeights(view, rows, input);
	let below = logTop(view, rows, input);
	for (let lines = 0; below < rows.rows.length && lines + heightOf(below) <= input.height; below++) {
		lines += heightOf(below);
	}

	let waiting = 0;
	for (let row = rows.rows.length - 1; row >= below; row--) {
		waiting += Number(rows.rows[row]! > seen);
	}

	return waiting;
}

const levelWords = {all: '', problems: 'warnings and errors', errors: 'errors only'} as const;
const readingWords = {older: 'reading older lines ...', newer: 'reading on ...'} as const;

// The most important part first: what does not fit is left out whole.
function statusLine(options: LogContentOptions, rows: LogRows, searchNote: string): Cell {
	const {view, log, failure, input: {width, isActive}} = options;
	if (!log) {
		return fitCell([], width);
	}

	const itemCount = rows.items.length;
	const waiting = waitingBelow(options, rows);
	const parts: ReadonlyArray<Span | undefined> = [
		{text: view.level === 'all' ? counted(itemCount, 'item') : `${count(rows.rows.length)} of ${counted(itemCount, 'item')}`},
		waiting > 0 ? {text: `+${count(waiting)} new`, tone: 'active'} : undefined,
		view.level === 'all' ? undefined : {text: levelWords[view.level], tone: 'warning'},
		view.search === '' ? undefined : {text: `/${cutText(view.search, 20)} ${searchNote}`, tone: 'strong'},
		failure === undefined ? undefined : {text: `not read: ${failure}`, tone: 'warning'},
		log.reading === undefined ? undefined : {text: readingWords[log.reading], tone: 'dim'},
		log.isCut && log.reading !== 'older' ? {text: 'older not held', tone: 'warning'} : undefined,
		isActive ? {text: view.isFollowing ? 'following' : 'follow off', tone: 'dim'} : undefined,
		{text: view.order === 'errors-first' ? 'errors first' : 'newest last', tone: 'dim'},
		view.isWrapped ? {text: 'wrapped', tone: 'dim'} : undefined,
	];
	const fitting: Span[] = [];
	let left = width;
	for (const part of parts) {
		const text = part ? `${fitting.length === 0 ? ' ' : '  '}${part.text}` : '';
		if (!part || textWidth(text) > left) {
			continue;
		}

		fitting.push({...part, text});
		left -= textWidth(text);
	}

	return fitCell(fitting, width);
}
