import {valueOf, type Field} from '../../../model/field.js';
import {isActive, type Session} from '../../../model/session.js';
import type {Motion} from '../../../triage/motion.js';
import type {Baseline} from '../../../triage/baseline.js';
import {bottleneckWord, fieldCell} from '../../shared/columns/columns.js';
import {verdictOfSession, usualFor, type DetailOptions, type Fact} from '../../shared/session-facts.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {count, countWithin, rate, size} from '../../../ui/format.js';
import type {Cell} from '../../../ui/text/spans.js';
import {roughSpan} from '../../shared/verdict-sentence.js';

type Measure = {
	readonly label: string;
	readonly reported: (session: Session) => Field<number>;
	readonly show: (value: number) => string;
	readonly baseline: (baseline: Baseline) => {readonly median: number} | undefined;
	/** What it is now; undefined where that is not known. */
	readonly now?: (motion: Motion) => string | undefined;
};

/** Columns that a figure of the table takes at most, so that a space is left before it. */
const mostFigure = 11;
// The word goes where a figure is too big for it.
const withUnit = (figure: string, mark = '') => `${figure}${mark.length + figure.length + ' items/s'.length <= mostFigure ? ' items/s' : ' /s'}`;
const itemRate = (value: number) => withUnit(countWithin(value, 7));
const whole = (value: number) => countWithin(value, 10);
const figure = (value: number | undefined, show: (value: number) => string) => value === undefined ? undefined : `~${show(value)}`;
const itemRateNow = (value: number) => withUnit(value > 0 && value < 9.95 ? value.toFixed(1) : countWithin(value, 7), '~');

// Counts are the server's at both ends, so no estimate.
function gain(amount: number | undefined, show: (value: number) => string, {quietMs, now}: Motion): string | undefined {
	if (amount === undefined || !now) {
		return undefined;
	}

	return amount < 0.5 ? `+0 in ${roughSpan(Math.max(quietMs, now.overMs))}` : `+${show(amount)}`;
}

function total(perSecond: number | undefined, {now}: Motion): number | undefined {
	return perSecond === undefined || !now ? undefined : perSecond * now.overMs / 1000;
}

const measures: readonly Measure[] = [
	{
		label: 'Processing rate', show: rate, reported: ({statistics}) => statistics.processingRateBytesPerSecond, baseline: baseline => baseline.processingRate,
		now: ({now}) => figure(now?.bytesPerSecond, rate),
	},
	{
		label: 'Item rate', show: itemRate, reported: ({statistics}) => statistics.processingRateItemsPerSecond, baseline: baseline => baseline.itemRate,
		now: ({now}) => figure(now?.itemsPerSecond, itemRateNow),
	},
	{label: 'Read rate', show: rate, reported: ({statistics}) => statistics.readRateBytesPerSecond, baseline: baseline => baseline.readRate},
	{label: 'Write rate', show: rate, reported: ({statistics}) => statistics.writeRateBytesPerSecond, baseline: baseline => baseline.writeRate},
	{
		label: 'Transferred', show: size, reported: ({statistics}) => statistics.transferredBytes, baseline: baseline => baseline.bytes,
		now: motion => gain(total(motion.now?.bytesPerSecond, motion), size, motion),
	},
	{label: 'Objects', show: whole, reported: ({progress}) => progress, baseline: baseline => baseline.objects, now: motion => gain(motion.now?.objects, whole, motion)},
	{
		label: 'Items processed', show: whole, reported: ({statistics}) => statistics.processedItems, baseline: baseline => baseline.items,
		now: motion => gain(total(motion.now?.itemsPerSecond, motion), count, motion),
	},
];

const dash: Cell = [{text: '-', tone: 'dim'}];
const plain = (text: string): Cell => [{text}];
const bottleneckOf = ({statistics}: Session) => fieldCell(statistics.bottleneck, word => plain(bottleneckWord(word)), dash);

/** The eight statistics of a session, with their units, all as reported. */
export function sessionStatistics(session: Session): readonly Fact[] {
	return [
		...measures.map(({label, reported, show}) => ({label, value: fieldCell(reported(session), value => plain(show(value)), dash)})),
		{label: 'Bottleneck', value: bottleneckOf(session)},
	];
}

/** A table of fitted cells, and the columns that it takes. */
export type StatisticsTable = {readonly heading: readonly Cell[]; readonly rows: ReadonlyArray<readonly Cell[]>; readonly width: number};

type Column = {readonly heading: string; readonly width: number; readonly cells: readonly Cell[]};

/**
The statistics as a table: as reported, now (of an active session), usual. Where three columns of figures have no room, what
is usual is left out of an active session's.
*/
export function statisticsTable(options: DetailOptions, room: number): StatisticsTable {
	const {session} = options;
	const baseline = usualFor(options);
	const motion = verdictOfSession(options)?.motion;
	const statistics = sessionStatistics(session);
	const label: Column = {heading: 'STATISTICS', width: 15, cells: statistics.map(({label}) => [{text: label, tone: 'dim'}])};
	const reported: Column = {heading: 'reported', width: 11, cells: statistics.map(({value}) => value)};
	const now: Column = {
		heading: motion?.now ? `now (${roughSpan(motion.now.overMs)})` : 'now', width: 12,
		cells: [...measures.map(({now}) => said(motion && now?.(motion))), dash],
	};
	const usually: Column = {
		heading: 'usual', width: 12,
		cells: [...measures.map(({baseline: of, show}) => said(median(baseline && of(baseline), show))), dash],
	};
	const columns = isActive(session) ? [label, reported, now, usually] : [label, reported, usually];
	const shown = widthOf(columns) > room ? columns.slice(0, 3) : columns;
	return {
		heading: shown.map((column, index) => fitted([{text: column.heading, tone: 'dim'}], column.width, index)),
		rows: statistics.map((_, row) => shown.map((column, index) => fitted(column.cells[row]!, column.width, index))),
		width: widthOf(shown),
	};
}

const widthOf = (columns: readonly Column[]) => columns.reduce((sum, {width}) => sum + width, 0);
const fitted = (cell: Cell, width: number, index: number) => fitCell(cell, width, {align: index === 0 ? 'left' : 'right'});
const said = (words: string | undefined): Cell => words === undefined ? dash : plain(words);

function median(spread: {readonly median: number} | undefined, show: (value: number) => string): string | undefined {
	return spread && show(spread.median);
}

/** The processing rate now as a share of the usual one; undefined where either is not known. */
export function shareOfUsualRate(options: DetailOptions): number | undefined {
	const baseline = usualFor(options)?.processingRate?.median ?? 0;
	const now = verdictOfSession(options)?.motion?.now?.bytesPerSecond ?? valueOf(options.session.statistics.processingRateBytesPerSecond);
	return baseline === 0 || now === undefined ? undefined : now / baseline;
}
