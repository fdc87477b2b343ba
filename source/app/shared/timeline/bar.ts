import {valueOf} from '../../../model/field.js';
import type {Job} from '../../../model/job.js';
import {isActive, statusClass, type Session} from '../../../model/session.js';
import {backupWindowAt} from '../../../triage/backup-window.js';
import type {Estimate} from '../../../triage/estimate.js';
import {verdictRules, type Verdict} from '../../../triage/verdicts/verdict.js';
import type {Drawing} from '../../../ui/drawing.js';
import type {Row} from '../rows/rows.js';
import type {Cell, Span, Tone} from '../../../ui/text/spans.js';
import {statusTone} from '../status-words.js';
import {cellOf, type Axis} from './axis.js';

/** The marks of a bar that are letters and signs in every drawing. */
export const marks = {
	success: '+', warning: 'w', failed: 'x', disconnected: 'd', notConfigured: 'n', stopped: 's', other: '?',
	/** A session that waits in the queue. */
	queued: 'q',
	/** When the next attempt is due. */
	retry: 'r',
	/** Where the end may lie, when usual runs differ much. */
	band: '-',
	/** A backup window closes. */
	closes: ']',
	problem: '!',
	acknowledged: 'a',
	/** It goes on beyond the edge. */
	before: '<',
	after: '>',
} as const;

/** How a run ended; a new status is an entry here. */
const outcomes: ReadonlyMap<string, string> = new Map([
	['Success', marks.success],
	['Warning', marks.warning],
	['Failed', marks.failed],
	['Disconnected', marks.disconnected],
	['NotConfigured', marks.notConfigured],
	['Stopped', marks.stopped],
]);

export type BarOptions = {
	readonly row: Row;
	/** By the clock of the row's server. */
	readonly axis: Axis;
	readonly drawing: Drawing;
};

type Canvas = {readonly axis: Axis; readonly spots: Span[]};

/** What one job did and will do, in exactly `axis.cells` columns; what was painted last lies on top. */
export function barCell({row, axis, drawing}: BarOptions): Cell {
	const canvas: Canvas = {axis, spots: Array.from({length: axis.cells}, () => ({text: ' '}))};
	const {verdict, job} = row;
	const runs = runsOf(row, axis);
	const closed = job ? closedSpells(job, axis) : [];
	for (const {from, until} of closed) {
		fill(canvas, from, until - 1, {text: drawing.bar.closed, tone: 'dim'});
	}

	paintEstimate(canvas, verdict?.estimate, drawing);
	for (const run of runs) {
		paintRun(canvas, run, drawing);
	}

	for (const {from} of closed) {
		if (from > axis.from) {
			put(canvas, from, {text: marks.closes, tone: 'strong'});
		}
	}

	put(canvas, axis.now, {text: drawing.bar.now, tone: 'dim'});
	for (const run of runs) {
		paintEnd(canvas, run);
	}

	paintNext(canvas, verdict);
	paintProblem(canvas, row);
	return joined(canvas.spots);
}

// The newest chain, oldest attempt first, before it earlier runs that reach into the axis.
function runsOf({verdict, session}: Row, {from}: Axis): readonly Session[] {
	const newest = verdict?.chain?.attempts ?? [session].filter(run => run !== undefined);
	const earlier = (verdict?.earlier ?? []).filter(({endedAt}) => (valueOf(endedAt) ?? 0) >= from);
	return [...earlier.toReversed(), ...newest];
}

function timesOf(session: Session, {now}: Axis): {readonly from: number; readonly until: number} | undefined {
	const from = valueOf(session.createdAt);
	const ended = valueOf(session.endedAt);
	const until = {active: now, finished: ended ?? from, other: ended ?? now}[statusClass(session.status)];
	return from === undefined || until === undefined ? undefined : {from, until: Math.max(from, until)};
}

function paintRun(canvas: Canvas, session: Session, drawing: Drawing): void {
	const times = timesOf(session, canvas.axis);
	if (!times) {
		return;
	}

	const status = valueOf(session.status) ?? '';
	const tone = statusTone(status);
	fill(canvas, times.from, times.until, {text: status === 'Queued' ? marks.queued : drawing.bar.done, tone});
	if (times.from < canvas.axis.from) {
		canvas.spots[0] = {text: marks.before, tone};
	}
}

function paintEnd(canvas: Canvas, session: Session): void {
	const times = timesOf(session, canvas.axis);
	if (!times) {
		return;
	}

	const {axis} = canvas;
	const status = valueOf(session.status) ?? '';
	const tone = statusTone(status);
	if (statusClass(session.status) === 'finished' || (!isActive(session) && valueOf(session.endedAt) !== undefined)) {
		put(canvas, times.until, {text: outcomes.get(status) ?? marks.other, tone});
	} else if (cellOf(axis, times.from) === cellOf(axis, axis.now)) {
		// It began a moment ago: this moment's line would hide it.
		put(canvas, axis.now, {text: status === 'Queued' ? marks.queued : marks.after, tone});
	}
}

function paintEstimate(canvas: Canvas, estimate: Estimate | undefined, {bar}: Drawing): void {
	if (!estimate) {
		return;
	}

	const {axis, spots} = canvas;
	const {endsAt, band} = estimate;
	if (band) {
		fill(canvas, axis.now, band.until, {text: marks.band, tone: 'dim'});
	}

	fill(canvas, axis.now, band?.from ?? endsAt, {text: bar.expected, tone: 'active'});
	if ((band?.until ?? endsAt) >= axis.until) {
		spots[axis.cells - 1] = {text: marks.after, tone: 'active'};
	}
}

function paintNext(canvas: Canvas, verdict: Verdict | undefined): void {
	if (verdict?.chain?.nextAt !== undefined) {
		put(canvas, verdict.chain.nextAt, {text: marks.retry, tone: 'warning'});
	}
}

// A problem from before the axis is marked at its edge: none is without a mark.
function paintProblem({axis, spots}: Canvas, {verdict, isAcknowledged = false}: Row): void {
	const at = verdict && verdictRules[verdict.kind].problemAt?.(verdict, axis.now);
	if (at !== undefined) {
		const cell = Math.min(Math.max(0, cellOf(axis, at)), axis.cells - 1);
		spots[cell] = isAcknowledged ? {text: marks.acknowledged, tone: 'dim'} : {text: marks.problem, tone: 'bad'};
	}
}

function fill({axis, spots}: Canvas, from: number, until: number, spot: Span): void {
	const last = Math.min(cellOf(axis, until), axis.cells - 1);
	for (let cell = Math.max(0, cellOf(axis, from)); cell <= last; cell++) {
		spots[cell] = spot;
	}
}

function put({axis, spots}: Canvas, at: number, spot: Span): void {
	const cell = cellOf(axis, at);
	if (cell >= 0 && cell < axis.cells) {
		spots[cell] = spot;
	}
}

type Spell = {readonly from: number; readonly until: number};

/** When a job's backup window is closed, cut to the axis. */
export function closedSpells(job: Job, {from, until}: Pick<Axis, 'from' | 'until'>): readonly Spell[] {
	const spells: Spell[] = [];
	let at = from;
	while (at < until) {
		const window = backupWindowAt(job, at);
		const changesAt = (window?.isOpen ? window.closesAt : window?.opensAt) ?? until;
		if (window && !window.isOpen) {
			spells.push({from: at, until: Math.min(changesAt, until)});
		}

		at = changesAt;
	}

	return spells;
}

const plain: Tone = 'plain';

function joined(spots: readonly Span[]): Cell {
	const spans: Span[] = [];
	for (const {text, tone = plain} of spots) {
		const last = spans.at(-1);
		if (last?.tone === tone) {
			spans[spans.length - 1] = {text: last.text + text, tone};
		} else {
			spans.push({text, tone});
		}
	}

	return spans;
}
