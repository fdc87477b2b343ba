import type {LogItem} from '../../../model/log-item.js';
import type {LogAction, LogLevel, LogView, Move} from '../../shared/state/layers.js';
import {textHeight} from './log-lines.js';
import {logLevels, rowOfItem, type LogReader, type LogRows} from './log-rows.js';
import {firstLogRow, rowAfter, type HeightOf} from './log-window.js';

/** The log that an action is applied to, and the room that it has. */
export type LogInput = {
	/** By time, newest last. */
	readonly items: readonly LogItem[];
	/** Whether new lines can come. */
	readonly isActive: boolean;
	readonly rowsOf: LogReader;
	readonly width: number;
	/** Lines for the items. */
	readonly height: number;
	/** How far the message that is open can be scrolled. */
	readonly messageEnd: number;
};

/** The view after an action, and what is to be said where that cannot be seen. */
export type LogOutcome = {readonly log: LogView; readonly notice?: string};

/** The rows that the view shows. */
export function logRows({level, order, search}: LogView, {items, rowsOf}: Pick<LogInput, 'items' | 'rowsOf'>): LogRows {
	return rowsOf({items, level, order, search});
}

/** The row under the cursor, -1 where there is none. */
export function logCursor(log: LogView, rows: LogRows): number {
	return log.isFollowing ? rows.rows.length - 1 : rowOfItem(rows, log.cursorId);
}

/** The item of a row. */
export function itemOfRow({items, rows}: LogRows, row: number): LogItem | undefined {
	return items[rows[row] ?? -1];
}

/** The lines that each row takes. */
export function logHeights(log: LogView, rows: LogRows, {width, height}: Pick<LogInput, 'width' | 'height'>): HeightOf {
	return row => log.isWrapped ? Math.min(height, textHeight(itemOfRow(rows, row)!, width)) : 1;
}

/** The first row on screen. */
export function logTop(log: LogView, rows: LogRows, input: Pick<LogInput, 'width' | 'height'>): number {
	const cursor = logCursor(log, rows);
	const top = log.isFollowing || log.topId === undefined ? cursor : rowOfItem(rows, log.topId);
	return firstLogRow(top, cursor, rows.rows.length, input.height, logHeights(log, rows, input));
}

const levelsInWords: Readonly<Record<LogLevel, string>> = {all: 'all lines', problems: 'warnings and errors', errors: 'errors only'};

const actions: Readonly<Record<Exclude<LogAction['does'], 'next' | 'error' | 'move'>, (log: LogView, input: LogInput) => LogOutcome>> = {
	message: (log, input) => logCursor(log, logRows(log, input)) === -1
		? {log, notice: 'there is no line to open'}
		: {log: {...log, isMessageOpen: !log.isMessageOpen, messageTop: 0}},
	follow: (log, input) => follow(log, input),
	find(log, input) {
		const found = searched(log, log, log.search, input);
		return {log: found, notice: noHitNotice(found, input)};
	},
	wrap: log => ({log: {...log, isWrapped: !log.isWrapped}}),
	level(log) {
		const level = logLevels[(logLevels.indexOf(log.level) + 1) % logLevels.length]!;
		return {log: {...log, level}, notice: levelsInWords[level]};
	},
	order(log, input) {
		if (log.order === 'errors-first') {
			return {log: {...log, order: 'time'}};
		}

		const turned: LogView = {...log, order: 'errors-first'};
		return {log: atRow(turned, 0, logRows(turned, input), input)};
	},
};

/** The view after one of the log's keys. */
export function logAfter(log: LogView, action: LogAction, input: LogInput): LogOutcome {
	if ('to' in action) {
		return {log: logMoved(log, action.to, input)};
	}

	if (!('by' in action)) {
		return actions[action.does](log, input);
	}

	return action.does === 'error' || log.search === '' ? nextError(log, action.by, input) : nextHit(log, action.by, input);
}

// The view after the cursor, or the message that is open, was moved.
function logMoved(log: LogView, to: Move, input: LogInput): LogView {
	const {height, messageEnd} = input;
	if (log.isMessageOpen) {
		return {...log, messageTop: moves[to](Math.min(log.messageTop, messageEnd), height, messageEnd + 1, () => 1)};
	}

	if (to === 'last' && log.order === 'time') {
		return {...log, isFollowing: true};
	}

	const rows = logRows(log, input);
	const cursor = logCursor(log, rows);
	const row = cursor === -1 ? -1 : moves[to](cursor, height, rows.rows.length, logHeights(log, rows, input));
	return row === cursor ? log : atRow(log, row, rows, input);
}

const moves: Readonly<Record<Move, (row: number, page: number, count: number, heightOf: HeightOf) => number>> = {
	up: row => Math.max(0, row - 1),
	down: (row, _page, count) => Math.min(count - 1, row + 1),
	'page-up': (row, page, count, heightOf) => rowAfter(row, -page, count, heightOf),
	'page-down': (row, page, count, heightOf) => rowAfter(row, page, count, heightOf),
	'half-up': (row, page, count, heightOf) => rowAfter(row, -Math.ceil(page / 2), count, heightOf),
	'half-down': (row, page, count, heightOf) => rowAfter(row, Math.ceil(page / 2), count, heightOf),
	first: () => 0,
	last: (_row, _page, count) => count - 1,
};

/**
The view while something is searched for: the cursor goes to the first hit from where it stood.
@param before - the view before it was typed
*/
export function searched(log: LogView, before: LogView, search: string, input: LogInput): LogView {
	const typed: LogView = {...log, search};
	const rows = logRows(typed, input);
	const from = logCursor(before, rows);
	const hit = nextRow(rows, from - 1, 1, index => rows.hits[index] === 1)?.row;
	return hit === undefined
		? {...typed, cursorId: before.cursorId, topId: before.topId, isFollowing: before.isFollowing, seenId: before.seenId}
		: jumpedTo(typed, hit, rows, input);
}

/** Why no line can be seen that is searched for; undefined where one can, or nothing is searched for. */
export function noHitNotice(log: LogView, input: LogInput): string | undefined {
	return log.search === '' ? undefined : noHitWords(log, logRows(log, input));
}

/** The view without what is open in it: the message, then the search; undefined where none is. */
export function logClosed(log: LogView): LogView | undefined {
	if (log.isMessageOpen) {
		return {...log, isMessageOpen: false};
	}

	return log.search === '' ? undefined : {...log, search: ''};
}

// The newest line is what follows: it does not exist in another order.
function follow(log: LogView, input: LogInput): LogOutcome {
	if (!log.isFollowing || log.order !== 'time') {
		return input.isActive ? {log: {...log, order: 'time', isFollowing: true}} : {log, notice: 'the session has ended: nothing new comes'};
	}

	const rows = logRows(log, input);
	return {log: atRow(log, rows.rows.length - 1, rows, input)};
}

const seenOf = ({isFollowing, seenId}: LogView, {items}: LogRows) => isFollowing ? items.at(-1)?.id : seenId;

// The cursor on a row; following ends with that.
function atRow(log: LogView, row: number, rows: LogRows, input: LogInput): LogView {
	const top = logTop(log, rows, input);
	const moved = {
		...log, cursorId: itemOfRow(rows, row)?.id, isFollowing: false, seenId: seenOf(log, rows), messageTop: 0,
	};
	const first = row < 0 ? 0 : firstLogRow(top, row, rows.rows.length, input.height, logHeights(log, rows, input));
	return {...moved, topId: itemOfRow(rows, first)?.id};
}

// As `atRow`; where the row was not on screen, some lines before it are shown as well.
function jumpedTo(log: LogView, row: number, rows: LogRows, input: LogInput): LogView {
	const top = logTop(log, rows, input);
	const isOnScreen = row >= top && row < top + input.height;
	const first = isOnScreen ? top : Math.max(0, row - Math.floor(input.height / 3));
	const from: LogView = {...log, isFollowing: false, seenId: seenOf(log, rows), cursorId: itemOfRow(rows, row)?.id, topId: itemOfRow(rows, first)?.id};
	return atRow(from, row, rows, input);
}

function nextHit(log: LogView, by: 1 | -1, input: LogInput): LogOutcome {
	const rows = logRows(log, input);
	return toNext(log, by, input, {rows, isSought: index => rows.hits[index] === 1, none: noHitWords(log, rows)});
}

// Undefined where a line that is shown is a hit.
function noHitWords({search}: LogView, {rows, hits}: LogRows): string | undefined {
	if (!hits.includes(1)) {
		return `no line has "${search}"`;
	}

	return rows.some(index => hits[index] === 1) ? undefined : `no line that is shown has "${search}"; t shows others`;
}

function nextError(log: LogView, by: 1 | -1, input: LogInput): LogOutcome {
	const rows = logRows(log, input);
	return toNext(log, by, input, {rows, isSought: index => rows.severities[index] === 2, none: 'there is no error in this log'});
}

type Sought = {readonly rows: LogRows; readonly isSought: (index: number) => boolean; readonly none: string | undefined};

function toNext(log: LogView, by: 1 | -1, input: LogInput, {rows, isSought, none}: Sought): LogOutcome {
	const found = nextRow(rows, logCursor(log, rows), by, isSought);
	if (!found) {
		return {log, notice: none};
	}

	const moved = jumpedTo(log, found.row, rows, input);
	return found.isPastEnd ? {log: moved, notice: by === 1 ? 'on from the first line' : 'on from the last line'} : {log: moved};
}

// The next row of that kind, past the end from the other one on; the row itself comes last.
function nextRow({rows}: LogRows, from: number, by: 1 | -1, isSought: Sought['isSought']): {readonly row: number; readonly isPastEnd: boolean} | undefined {
	for (let steps = 1; steps <= rows.length; steps++) {
		const row = (from + (by * steps) + (2 * rows.length)) % rows.length;
		if (isSought(rows[row]!)) {
			return {row, isPastEnd: by === 1 ? row <= from : row >= from};
		}
	}

	return undefined;
}
