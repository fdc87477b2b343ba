import {unreadable} from '../../model/field.js';
import {rule, type Drawing} from '../../ui/drawing.js';
import {activeFilters, type Filters} from '../shared/filters/filters.js';
import {cellWidth, fitCell} from '../../ui/text/fit-cell.js';
import {count, counted} from '../../ui/format.js';
import type {Row} from '../shared/rows/rows.js';
import type {Cell, Span} from '../../ui/text/spans.js';
import {statusTone, statusWord} from '../shared/status-words.js';
import {spanWord} from '../shared/filters/steps.js';
import {cutMark} from '../../ui/text/text.js';

const alwaysShown = ['Running', 'Queued', 'Failed', 'Warning', 'Success'];

/** The second line: every session loaded, by status. Where it is too long, rare statuses are added up, then words shorten. */
export function countsLine(rows: readonly Row[], width: number): Cell {
	const byStatus = countByStatus(rows);
	const others = [...byStatus.keys()].filter(status => !alwaysShown.includes(status)).toSorted();
	const lines = [statusSpans(byStatus, [...alwaysShown, ...others]), withOther(byStatus, others)];
	return fitCell(lines.find(line => cellWidth(line) <= width) ?? fitting(shortSpans(byStatus, others), width), width);
}

// A figure is never cut: a status that does not fit leaves with its figure, and a mark says so.
function fitting(spans: Span[], width: number): Span[] {
	if (cellWidth(spans) <= width) {
		return spans;
	}

	let kept = spans;
	while (kept.length > 0 && cellWidth(kept) + 1 + cutMark.length > width) {
		kept = kept.slice(0, -2);
	}

	return [...kept, {text: ` ${cutMark}`, tone: 'dim'}];
}

export type ShownOptions = {
	/** How many rows are loaded, and how many of them the filters let pass. */
	readonly total: number;
	readonly shown: number;
	readonly filters: Filters;
	readonly rangeMs: number;
	readonly isLoading: boolean;
	readonly width: number;
	readonly drawing: Drawing;
	/** What a row is: a session, or a job in Now. */
	readonly word?: string;
	/** Problems that nobody has acknowledged among those that the filters hide. */
	readonly hiddenProblems?: number;
};

/** The rule above the list, which says what of the sessions or jobs is shown. */
export function shownRule({total, shown, filters, rangeMs, isLoading, width, drawing, word = 'session', hiddenProblems = 0}: ShownOptions): Cell {
	const filtered = activeFilters(filters);
	const amount = filtered.length === 0 ? counted(total, word) : `${count(shown)} of ${counted(total, word)}`;
	const start: Span = {text: rule(2, drawing), tone: 'dim'};
	const loading: Cell = isLoading ? [{text: ` loading, ${count(total)} so far `, tone: 'warning'}, start] : [];
	const words = isLoading ? [spanWord(rangeMs), ...filtered] : [amount, spanWord(rangeMs), ...(filtered.length === 0 ? ['all types'] : filtered)];
	const cell: Cell = [start, ...loading, {text: ` ${words.join(', ')} `, tone: filtered.length === 0 ? 'plain' : 'strong'}];
	// What is hidden is never what is cut.
	const hidden: Cell = hiddenProblems === 0 ? [] : [{...start, text: `${start.text} `}, {text: `+${counted(hiddenProblems, 'problem')} hidden `, tone: 'bad'}];
	const room = Math.max(0, width - cellWidth(hidden));
	const line = [...(cellWidth(cell) > room ? fitCell(cell, room) : cell), ...hidden];
	const left = width - cellWidth(line);
	return fitCell(left > 0 ? [...line, {text: rule(left, drawing), tone: 'dim'}] : line, width);
}

/** How many rows there are of each status, as sent; a job without a session in range has none. */
export function countByStatus(rows: readonly Row[]): ReadonlyMap<string, number> {
	const found = countCache.get(rows);
	if (found) {
		return found;
	}

	const counts = new Map<string, number>();
	for (const {session} of rows) {
		if (!session) {
			continue;
		}

		const status = session.status === unreadable ? '?' : session.status ?? '-';
		counts.set(status, (counts.get(status) ?? 0) + 1);
	}

	countCache.set(rows, counts);
	return counts;
}

const countCache = new WeakMap<readonly Row[], ReadonlyMap<string, number>>();

function statusSpans(byStatus: ReadonlyMap<string, number>, statuses: readonly string[]): Span[] {
	return statuses.flatMap((status, index) => {
		const amount = byStatus.get(status) ?? 0;
		return [
			{text: `${index === 0 ? ' ' : '  '}${statusWord(status)} `, tone: 'dim'} as const,
			{text: count(amount), tone: amount === 0 ? 'dim' : statusTone(status)} as const,
		];
	});
}

function sum(byStatus: ReadonlyMap<string, number>, statuses: readonly string[]): number {
	let amount = 0;
	for (const status of statuses) {
		amount += byStatus.get(status) ?? 0;
	}

	return amount;
}

function withOther(byStatus: ReadonlyMap<string, number>, others: readonly string[]): Span[] {
	const amount = sum(byStatus, others);
	const spans = statusSpans(byStatus, alwaysShown);
	return amount === 0 ? spans : [...spans, {text: '  other ', tone: 'dim'}, {text: count(amount)}];
}

const shortWords = {Running: 'Run', Queued: 'Que', Failed: 'Fail', Warning: 'Warn', Success: 'OK'} as const;

function shortSpans(byStatus: ReadonlyMap<string, number>, others: readonly string[]): Span[] {
	const amount = sum(byStatus, others);
	return [
		...Object.entries(shortWords).flatMap(([status, word]): Span[] => [{text: ` ${word} `, tone: 'dim'}, {text: count(byStatus.get(status) ?? 0), tone: statusTone(status)}]),
		...(amount === 0 ? [] : [{text: ' oth ', tone: 'dim'} as const, {text: count(amount)}]),
	];
}
