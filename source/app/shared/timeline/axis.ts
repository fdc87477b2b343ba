import {valueOf} from '../../../model/field.js';
import {serverTime, type Now} from '../../../model/now.js';
import {backupWindowAt} from '../../../triage/backup-window.js';
import type {Verdict} from '../../../triage/verdicts/verdict.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import type {Row} from '../rows/rows.js';
import type {Cell, Span} from '../../../ui/text/spans.js';
import {timeOfDay} from '../../../ui/times.js';

/** A scale of time over columns of the screen; times are milliseconds since 1970 by one clock. */
export type Axis = {
	readonly from: number;
	/** The end, which is not on it. */
	readonly until: number;
	/** This minute. */
	readonly now: number;
	/** Columns that it is drawn in. */
	readonly cells: number;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** No more of what was, no more and no less of what comes. */
const mostBefore = 12 * hourMs;
const mostAhead = 12 * hourMs;
const leastAhead = 2 * hourMs;
const leastBefore = hourMs;

/**
The hours that matter: from the oldest start among the rows to the latest end that is expected or the closing of an open
backup window, in whole hours of the zone, so that it moves once an hour at most while nothing else changes.
@param cells - columns that it is drawn in
*/
export function axisOf(rows: readonly Row[], now: Now, zone: string, cells: number): Axis {
	const at = Math.floor(now.server / minuteMs) * minuteMs;
	let from = at - leastBefore;
	let until = at + leastAhead;
	for (const row of rows) {
		const ahead = aheadOf(row, now);
		from = Math.min(from, ...startsOf(row).map(start => start - ahead));
		until = Math.max(until, ...endsOf(row, at + ahead).map(end => end - ahead));
	}

	return {
		from: hourOf(Math.max(from, at - mostBefore), zone),
		until: hourOf(Math.min(until, at + mostAhead), zone) + hourMs,
		now: at,
		cells: Math.max(1, cells),
	};
}

/** The same columns by the clock of a row's server. */
export function axisFor(axis: Axis, row: Pick<Row, 'serverId'>, now: Now): Axis {
	const ahead = aheadOf(row, now);
	return {...axis, from: axis.from + ahead, until: axis.until + ahead, now: axis.now + ahead};
}

/** The column of a moment; below 0 or from `cells` on where it is not on the axis. */
export function cellOf({from, until, cells}: Axis, at: number): number {
	return Math.floor(((at - from) / (until - from)) * cells);
}

function aheadOf({serverId}: Pick<Row, 'serverId'>, now: Now): number {
	return serverTime(now, serverId) - now.server;
}

function startsOf({verdict, session}: Row): readonly number[] {
	const first = valueOf(verdict?.chain?.attempts[0]?.createdAt) ?? valueOf(session?.createdAt);
	return [first, verdict?.missedAt].filter(at => at !== undefined);
}

function endsOf({verdict, job}: Row, at: number): readonly number[] {
	const window = job && backupWindowAt(job, at);
	return [lastEnd(verdict), verdict?.chain?.nextAt, window?.isOpen ? window.closesAt : undefined].filter(end => end !== undefined);
}

function lastEnd(verdict: Verdict | undefined): number | undefined {
	return verdict?.estimate && (verdict.estimate.band?.until ?? verdict.estimate.endsAt);
}

// The start of the hour in that zone; not all zones are whole hours from UTC.
function hourOf(at: number, zone: string): number {
	const [, minutes, seconds] = timeOfDay(at, zone).split(':').map(Number);
	return (Math.floor(at / 1000) - seconds! - (60 * minutes!)) * 1000;
}

const labelWidth = 5;
/** From the start of one label to the next. */
const leastStep = labelWidth + 2;
/** Hours between labels. */
const steps = [1, 2, 3, 4, 6, 12] as const;

type Label = Span & {readonly cell: number};

/**
The line of times over the bars, in exactly `cells` columns: hours where there is room, and this minute, which goes before
them. Each stands where its moment is, so that an hour that the clocks leave out or have twice shows as what it is.
*/
export function axisCell(axis: Axis, zone: string): Cell {
	const text = timeOfDay(axis.now, zone).slice(0, labelWidth);
	const now: Label = {text, tone: 'strong', cell: Math.min(cellOf(axis, axis.now), axis.cells - labelWidth)};
	if (now.cell < 0) {
		return fitCell([now], axis.cells);
	}

	const labels: Label[] = [];
	for (const label of [...hourLabels(axis, zone), now].toSorted((a, b) => a.cell - b.cell)) {
		const last = labels.at(-1);
		const isFree = label === now || (Math.abs(label.cell - now.cell) > labelWidth && (!last || label.cell > last.cell + labelWidth));
		if (isFree && label.cell + labelWidth <= axis.cells) {
			labels.push(label);
		}
	}

	return spread(labels, axis.cells);
}

function hourLabels(axis: Axis, zone: string): readonly Label[] {
	const {from, until, cells} = axis;
	const perHour = (cells * hourMs) / (until - from);
	const step = steps.find(hours => hours * perHour >= leastStep) ?? 12;
	const hours = Array.from({length: Math.ceil((until - from) / hourMs)}, (_hour, index) => from + (index * hourMs));
	return hours
		.map((at): Label => ({text: timeOfDay(at, zone).slice(0, labelWidth), tone: 'dim', cell: cellOf(axis, at)}))
		.filter(({text}) => Number(text.slice(0, 2)) % step === 0);
}

function spread(labels: readonly Label[], cells: number): Cell {
	const spans: Span[] = [];
	let width = 0;
	for (const {text, tone, cell} of labels) {
		spans.push({text: ' '.repeat(cell - width)}, {text, tone});
		width = cell + labelWidth;
	}

	return fitCell(spans.filter(span => span.text !== ''), cells);
}
