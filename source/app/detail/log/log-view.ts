import type {LogItem} from '../../../model/log-item.js';
import {edit, openPrompt, type Edit, type Prompt} from '../../../ui/text-field/edit.js';
import {textHeight} from './log-lines.js';
import {logLevels, rowOfItem, type LogLevel, type LogOrder, type LogReader, type LogRows} from './log-rows.js';
import {firstLogRow, rowAfter, type HeightOf} from './log-window.js';

/** What the user has set in the log that is open. */
export type LogView = {
	/** The item under the cursor; it is the newest line while the log is followed. */
	readonly cursorId: string | undefined;
	/** The item of the first line on screen, as the user left it. */
	readonly topId: string | undefined;
	/** Whether the cursor stays on the newest line. */
	readonly isFollowing: boolean;
	/** The newest item when following ended: what came after it waits. */
	readonly seenId: string | undefined;
	readonly isWrapped: boolean;
	readonly level: LogLevel;
	readonly order: LogOrder;
	/** What is searched for; nothing where it is empty. */
	readonly search: string;
	/** The search that is being typed, and what stood before it. */
	readonly typing: {readonly prompt: Prompt; readonly before: LogView} | undefined;
	/** Whether the whole message of the line under the cursor is on screen, and the lines of it scrolled away above. */
	readonly isMessageOpen: boolean;
	readonly messageTop: number;
};

export type LogAction =
	| {readonly type: 'log'; readonly does: 'message' | 'search' | 'accept' | 'follow' | 'wrap' | 'level' | 'order'}
	| {readonly type: 'log'; readonly does: 'next' | 'error'; readonly by: 1 | -1};

export type LogMove = 'up' | 'down' | 'page-up' | 'page-down' | 'half-up' | 'half-down' | 'first' | 'last';

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

/** The view after an action, and what is to be told where that cannot be seen. */
export type LogOutcome = {readonly log: LogView; readonly notice?: string};

/** The log when it is opened: at its newest line. */
export const firstLogView: LogView = {
	cursorId: undefined, topId: undefined, isFollowing: true, seenId: undefined, isWrapped: false, level: 'all', order: 'time', search: '',
	typing: undefined, isMessageOpen: false, messageTop: 0,
};

/** A log of which nothing is known yet. */
export const noLog: LogInput = {
	items: [], isActive: false, width: 1, height: 1, messageEnd: 0,
	rowsOf: ({items}) => ({items, rows: [], hits: new Uint8Array(), severities: new Uint8Array()}),
};

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

const actions: Readonly<Record<Exclude<LogAction['does'], 'next' | 'error'>, (log: LogView, input: LogInput) => LogOutcome>> = {
	message: (log, input) => logCursor(log, logRows(log, input)) === -1
		? {log, notice: 'there is no line to open'}
		: {log: {...log, isMessageOpen: !log.isMessageOpen, messageTop: 0}},
	search: log => ({log: {...log, search: '', typing: {prompt: openPrompt(''), before: log}}}),
	accept: (log, input) => ({log: {...log, typing: undefined}, notice: log.search === '' ? undefined : noHitWords(log, logRows(log, input))}),
	follow: (log, input) => follow(log, input),
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

/** The view after one of the log's own keys. */
export function logAfter(log: LogView, action: LogAction, input: LogInput): LogOutcome {
	if (!('by' in action)) {
		return actions[action.does](log, input);
	}

	return action.does === 'error' || log.search === '' ? nextError(log, action.by, input) : nextHit(log, action.by, input);
}

/** The view after the cursor, or the message that is open, was moved. */
export function logMoved(log: LogView, to: LogMove, input: LogInput): LogView {
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

const moves: Readonly<Record<LogMove, (row: number, page: number, count: number, heightOf: HeightOf) => number>> = {
	up: row => Math.max(0, row - 1),
	down: (row, _page, count) => Math.min(count - 1, row + 1),
	'page-up': (row, page, count, heightOf) => rowAfter(row, -page, count, heightOf),
	'page-down': (row, page, count, heightOf) => rowAfter(row, page, count, heightOf),
	'half-up': (row, page, count, heightOf) => rowAfter(row, -Math.ceil(page / 2), count, heightOf),
	'half-down': (row, page, count, heightOf) => rowAfter(row, Math.ceil(page / 2), count, heightOf),
	first: () => 0,
	last: (_row, _page, count) => count - 1,
};

/** The view after a key in the search: the cursor goes to the first hit from where it stood. */
export function logEdited(log: LogView, change: Edit, input: LogInput): LogView {
	if (!log.typing) {
		return log;
	}

	const {before} = log.typing;
	const prompt = edit(log.typing.prompt, change);
	const typed: LogView = {...log, search: prompt.text, typing: {prompt, before}};
	const rows = logRows(typed, input);
	const from = logCursor(before, rows);
	const hit = nextRow(rows, from - 1, 1, index => rows.hits[index] === 1)?.row;
	return hit === undefined
		? {...typed, cursorId: before.cursorId, topId: before.topId, isFollowing: before.isFollowing, seenId: before.seenId}
		: jumpedTo(typed, hit, rows, input);
}

/** The view without the innermost thing that is open: the search being typed, the message, the search; undefined where none is. */
export function logClosed(log: LogView): LogView | undefined {
	if (log.typing) {
		return log.typing.before;
	}

	if (log.isMessageOpen) {
		return {...log, isMessageOpen: false};
	}

	return log.search === '' ? undefined : {...log, search: ''};
}

// The newest line is what follows: it has no place in another order.
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
	return toNext(log, by, input, {rows, isWanted: index => rows.hits[index] === 1, none: noHitWords(log, rows)});
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
	return toNext(log, by, input, {rows, isWanted: index => rows.severities[index] === 2, none: 'there is no error in this log'});
}

type Sought = {readonly rows: LogRows; readonly isWanted: (index: number) => boolean; readonly none: string | undefined};

function toNext(log: LogView, by: 1 | -1, input: LogInput, {rows, isWanted, none}: Sought): LogOutcome {
	const found = nextRow(rows, logCursor(log, rows), by, isWanted);
	if (!found) {
		return {log, notice: none};
	}

	const moved = jumpedTo(log, found.row, rows, input);
	return found.isPastEnd ? {log: moved, notice: by === 1 ? 'on from the first line' : 'on from the last line'} : {log: moved};
}

// The next row of that kind, past the end from the other one on; the row itself comes last.
function nextRow({rows}: LogRows, from: number, by: 1 | -1, isWanted: Sought['isWanted']): {readonly row: number; readonly isPastEnd: boolean} | undefined {
	for (let steps = 1; steps <= rows.length; steps++) {
		const row = (from + (by * steps) + (2 * rows.length)) % rows.length;
		if (isWanted(rows[row]!)) {
			return {row, isPastEnd: by === 1 ? row <= from : row >= from};
		}
	}

	return undefined;
}
