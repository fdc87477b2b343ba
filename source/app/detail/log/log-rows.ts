import {valueOf} from '../../../model/field.js';
import type {LogItem} from '../../../model/log-item.js';
import type {LogLevel, LogOrder} from '../../shared/state/layers.js';

/** Which lines of a log are shown, from all of them to the fewest. */
export const logLevels: readonly LogLevel[] = ['all', 'problems', 'errors'];

/** What of a log is to be shown, and how. */
export type LogRowsQuery = {
	/** By time, newest last. */
	readonly items: readonly LogItem[];
	readonly level: LogLevel;
	readonly order: LogOrder;
	/** What is searched for, in any case of its letters; nothing where it is empty. */
	readonly search: string;
};

/** The lines of a log that are shown. */
export type LogRows = {
	readonly items: readonly LogItem[];
	/** Of each row the index of its item. */
	readonly rows: readonly number[];
	/** Of each item whether it is a hit (1) or not (0). */
	readonly hits: Uint8Array;
	/** Of each item whether it is an error (2), a warning (1) or neither (0). */
	readonly severities: Uint8Array;
};

/** Gives the rows of a log; what was found of the log before is used again where nothing changed. */
export type LogReader = (query: LogRowsQuery) => LogRows;

const severities: ReadonlyMap<string, number> = new Map([['Error', 2], ['Failed', 2], ['Warning', 1]]);
const leastSeverity: Readonly<Record<LogLevel, number>> = {all: 0, problems: 1, errors: 2};

const severityOf = ({type}: LogItem) => severities.get(valueOf(type) ?? '') ?? 0;

type LineMarks = Pick<LogRows, 'hits' | 'severities'>;

const nothing: LogRowsQuery = {items: [], level: 'all', order: 'time', search: ''};

/**
A reader of one log, which remembers the last rows that it gave: lines that it has seen are not looked at again
when others come, and while a word is typed only those that its beginning was found in.
*/
export function createLogReader(): LogReader {
	let asked = nothing;
	let marks: LineMarks = {hits: new Uint8Array(), severities: new Uint8Array()};
	let given: LogRows = {items: [], rows: [], ...marks};
	return query => {
		if (asked.items !== query.items || asked.search !== query.search) {
			marks = marksOf(query, asked, marks);
		} else if (asked.level === query.level && asked.order === query.order) {
			return given;
		}

		asked = query;
		given = {items: query.items, rows: shownOf(query, marks), ...marks};
		return given;
	};
}

function marksOf({items, search}: LogRowsQuery, before: LogRowsQuery, marks: LineMarks): LineMarks {
	const hits = new Uint8Array(items.length);
	const found = new Uint8Array(items.length);
	const words = search.toLowerCase();
	const known = before.search.toLowerCase();
	const isNarrower = known !== '' && words.includes(known);
	const isHit = (item: LogItem) => (valueOf(item.text) ?? '').toLowerCase().includes(words);
	const indexBefore = indexesBefore(before.items, items);
	for (const [index, item] of items.entries()) {
		const focus = indexBefore(index);
		found[index] = focus === undefined ? severityOf(item) : marks.severities[focus]!;
		if (words === '') {
			continue;
		}

		const wasHit = focus === undefined ? undefined : marks.hits[focus] === 1;
		const isKnown = wasHit !== undefined && (words === known || (isNarrower && !wasHit));
		hits[index] = Number(isKnown ? wasHit : isHit(item));
	}

	return {hits, severities: found};
}

// Where each item stood before: what comes, comes at one end or replaces a line, so that both ends are compared.
function indexesBefore(before: readonly LogItem[], items: readonly LogItem[]): (index: number) => number | undefined {
	const shared = Math.min(before.length, items.length);
	const shift = before.length - items.length;
	let start = 0;
	while (start < shared && before[start] === items[start]) {
		start++;
	}

	let end = items.length;
	while (end > start && end + shift > start && before[end - 1 + shift] === items[end - 1]) {
		end--;
	}

	return index => {
		if (index < start) {
			return index;
		}

		return index >= end ? index + shift : undefined;
	};
}

function shownOf({level, order}: LogRowsQuery, marks: LineMarks): readonly number[] {
	const least = leastSeverity[level];
	const rows: number[] = [];
	const add = (isShown: (severity: number) => boolean) => {
		for (const [index, severity] of marks.severities.entries()) {
			if (severity >= least && isShown(severity)) {
				rows.push(index);
			}
		}
	};

	if (order === 'time') {
		add(() => true);
	} else {
		for (const severity of [2, 1, 0]) {
			add(its => its === severity);
		}
	}

	return rows;
}

/** The row of an item by its id; where it is not shown, the row of the next one in time, else the last; -1 where there are no rows. */
export function rowOfItem({items, rows}: LogRows, id: string | undefined): number {
	const index = id === undefined ? -1 : items.findLastIndex(item => item.id === id);
	const row = rows.indexOf(index);
	if (row !== -1 || index === -1) {
		return row === -1 ? rows.length - 1 : row;
	}

	const next = rows.findIndex(other => other >= index);
	return next === -1 ? rows.length - 1 : next;
}

/** How many rows are hits, and how many of those are at or before a row. */
export function hitCounts({rows, hits}: LogRows, until: number): {readonly all: number; readonly before: number} {
	let all = 0;
	let before = 0;
	for (const [row, index] of rows.entries()) {
		const hit = hits[index]!;
		all += hit;
		before += row <= until ? hit : 0;
	}

	return {all, before};
}
