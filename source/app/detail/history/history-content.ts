import type {JobHistory} from '../../../model/evidence.js';
import {valueOf} from '../../../model/field.js';
import {serverTime, type Now} from '../../../model/now.js';
import {isActive, type Session} from '../../../model/session.js';
import type {Baseline} from '../../../triage/baseline.js';
import {columnsFor, fieldCell, oneServer, type Column} from '../../shared/columns/columns.js';
import {sparkline, type Drawing} from '../../../ui/drawing.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {fitColumns, type FittedColumn} from '../../shared/columns/fit-columns.js';
import {counted, duration} from '../../../ui/format.js';
import {shareWords} from '../../shared/run-words.js';
import {elapsedMs, type Row} from '../../shared/rows/rows.js';
import type {Cell} from '../../../ui/text/spans.js';
import type {TableTab} from '../table-tab.js';
import {startTime} from '../../../ui/times.js';

export type HistoryOptions = {
	/** The session, or the job without one, that is open. */
	readonly row: Row;
	/** Every run of the job that is known, newest first. */
	readonly runs: readonly Session[];
	readonly isRead: boolean;
	/** Whether reading it failed, until it is tried again. */
	readonly hasFailed: boolean;
	/** What is usual for the session that is open; undefined without a baseline. */
	readonly baseline: Baseline | undefined;
	readonly lacks: ReadonlySet<keyof Session>;
	readonly now: Now;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	readonly drawing: Drawing;
	readonly width: number;
	/** Lines that fit. */
	readonly height: number;
};

/**
The runs of one job that are known, newest first: those of the list, which are fresher, and those of its history.
@param sessions - sessions of any jobs
@param opened - the session that is open, which the list may have no longer
*/
export function runsOf(jobId: string, sessions: readonly Session[], history: JobHistory | undefined, opened: Session | undefined): readonly Session[] {
	const runs = new Map<string, Session>();
	for (const session of [...history?.sessions ?? [], ...(opened ? [opened] : []), ...sessions.filter(session => session.jobId === jobId)]) {
		runs.set(session.id, session);
	}

	return [...runs.values()].toSorted((a, b) => (valueOf(b.createdAt) ?? 0) - (valueOf(a.createdAt) ?? 0));
}

const markWidth = 2;
/** With fewer lines than these, runs are worth more than what is said of them. */
const short = 10;

/** The runs of a job, newest first, below a sparkline of how long they took. */
export function historyTab(options: HistoryOptions): TableTab {
	const {row, runs, now, zone, width} = options;
	const fitted = fitColumns(columnsOf(options), width - markWidth, width + 1);
	const last = fitted.length - 1;
	return {
		above: [...durationLines(options), ...(options.height < short ? [] : [[]])].map(cell => fitCell(cell, width)),
		heading: [[{text: ' '.repeat(markWidth)}], ...fitted.map((entry, index) => withGap([{text: entry.column.heading, tone: 'dim'}], entry, index === last))],
		rowCount: runs.length,
		rowAt(index) {
			const session = runs[index]!;
			const its: Row = {...row, session};
			const mark = session.id === row.session?.id ? '> ' : '  ';
			return [
				[{text: mark}],
				...fitted.map((entry, focus) => withGap(entry.column.cell(its, {now, zone, width: entry.width}), entry, focus === last)),
			];
		},
	};
}

function withGap(cell: Cell, {column, width}: FittedColumn, isLast: boolean): Cell {
	const fit = fitCell(cell, width, column);
	return isLast ? fit : [...fit, {text: ' '}];
}

const listColumns = new Map(columnsFor(oneServer).map(column => [column.id, column]));

const none: Cell = [{text: '-', tone: 'dim'}];

/** The columns of the list that are shown of a run, with how they differ here. */
const shared: ReadonlyArray<readonly [id: string, differs: Partial<Column>]> = [
	['elapsed', {heading: 'TOOK'}],
	['objects', {}],
	['items', {}],
	['transferred', {}],
	['rate', {from: 0}],
	['retry', {rank: 55}],
];

function columnsOf({lacks, baseline}: HistoryOptions): readonly Column[] {
	const inList = (id: string, differs: Partial<Column> = {}) => ({...listColumns.get(id)!, ...differs});
	return [
		start,
		inList('status'),
		...(lacks.has('kind') ? [] : [kind]),
		...shared.map(([id, differs]) => inList(id, differs)),
		versusUsual(baseline),
		inList('details'),
	];
}

const start: Column = {
	id: 'date', heading: 'STARTED', label: 'when it was created', width: 12, rank: Infinity, align: 'right',
	cell({session, serverId}, {now, zone, width}) {
		const today = serverTime(now, serverId);
		return fieldCell(session?.createdAt, at => [{text: startTime(at, today, zone, width)}], none);
	},
};

const kind: Column = {
	id: 'kind', heading: 'KIND', label: 'Full or Incremental', width: 4, wide: 11, rank: 40,
	cell: ({session}, {width}) => fieldCell(session?.kind, text => [{text: text.slice(0, width)}], none),
};

function versusUsual(baseline: Baseline | undefined): Column {
	return {
		id: 'versus', heading: 'USUAL', label: 'how long it ran against its usual length', width: 5, rank: 65, align: 'right',
		cell({session}, {now}) {
			const took = session && elapsedMs(session, now);
			const isCompared = baseline !== undefined && (baseline.kind === undefined || baseline.kind === session?.kind) && baseline.durationMs.median > 0;
			if (took === undefined || !isCompared) {
				return none;
			}

			const share = took / baseline.durationMs.median;
			return [{text: shareWords(share), tone: share > 1.5 ? 'warning' : 'plain'}];
		},
	};
}

function durationLines({row, runs, isRead, hasFailed, baseline, now, drawing, width, height}: HistoryOptions): readonly Cell[] {
	const ended = runs.filter(session => !isActive(session));
	const durations = ended.map(session => elapsedMs(session, now)).filter(ms => ms !== undefined);
	const unread: readonly Cell[] = isRead ? [] : [[{text: ` ${unreadWords(row, hasFailed)}`, tone: 'warning'}]];
	if (durations.length === 0) {
		return [...unread, [{text: ' no run of this job that has ended is known', tone: 'dim'}]];
	}

	const sorted = durations.toSorted((a, b) => a - b);
	const median = (sorted[Math.ceil(sorted.length / 2) - 1]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
	const lead = ' DURATIONS  ';
	const room = Math.min(durations.length, width - lead.length);
	return [
		...unread,
		[{text: lead, tone: 'dim'}, {text: sparkline(durations.toReversed(), room, drawing), tone: 'active'}, {text: '  newest at the right', tone: 'dim'}],
		[
			{text: ` min ${duration(sorted[0]!)}  median ${duration(median)}  max ${duration(sorted.at(-1)!)}`},
			{text: `  of ${counted(durations.length, 'run')}`, tone: 'dim'},
		],
		...(height < short ? [] : [[{text: ` ${usualWords(baseline, isRead)}`, tone: 'dim' as const}]]),
	];
}

function unreadWords({job, session}: Row, hasFailed: boolean): string {
	if (job === undefined && valueOf(session?.jobId) === undefined) {
		return 'the server does not say of which job this session is';
	}

	return hasFailed ? 'the history could not be read, only runs of the list are known' : 'history not read yet, only runs of the list are known';
}

function usualWords(baseline: Baseline | undefined, isRead: boolean): string {
	if (!baseline) {
		return isRead ? 'no baseline: fewer than five whole runs' : 'no baseline yet';
	}

	const {durationMs, runs, kind: ofKind, leftOut} = baseline;
	const which = ofKind === undefined ? '' : `${ofKind} `;
	const big = leftOut === 0 ? '' : `, ${counted(leftOut, 'big run')} left out`;
	return `usual ${duration(durationMs.median)} (p90 ${duration(durationMs.p90)}, ${counted(runs, `${which}run`)}${big})`;
}
