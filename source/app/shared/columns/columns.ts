import {unreadable, valueOf, type Field} from '../../../model/field.js';
import {serverTime, type Now} from '../../../model/now.js';
import {isActive, type Session, type Statistics} from '../../../model/session.js';
import {count, duration, rate, shortCount, size} from '../../../ui/format.js';
import type {ListName} from '../rows/lists.js';
import {needsCell} from '../verdict-words.js';
import {shareWords} from '../run-words.js';
import {elapsedMs, type Row} from '../rows/rows.js';
import type {Cell, Tone} from '../../../ui/text/spans.js';
import {statusTone, statusWord} from '../status-words.js';
import {cutText} from '../../../ui/text/text.js';
import {startTime} from '../../../ui/times.js';

/** What is watched, as far as the choice of columns and facts depends on it. */
export type Watching = {
	readonly servers: number;
	/** The list that is on screen; Sessions unless said. */
	readonly list?: ListName;
};

export const oneServer: Watching = {servers: 1};

/** What a cell may depend on besides its row. */
export type CellContext = {
	readonly now: Now;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	/** Columns that the cell will have. */
	readonly width: number;
};

/** A column of the list: one entry in the table below. */
export type Column = {
	readonly id: string;
	readonly heading: string;
	/** What it shows, for help and for choosing. */
	readonly label: string;
	/** Columns on the terminal, the gap to the next one not counted. */
	readonly width: number;
	/** The width on a wide terminal (100 columns and more), which it keeps while columns of a low rank leave. */
	readonly wide?: number;
	/** The width that it grows to where there is room left. */
	readonly comfortable?: number;
	/** The width that it shrinks to before it is left out. */
	readonly least?: number;
	/** Leaves the list earlier than columns with a higher rank; Infinity stays. */
	readonly rank: number;
	/** Terminal columns from which on it is shown at all. */
	readonly from?: number;
	/** Whether it means anything where that is watched; always, unless said. */
	readonly when?: (watching: Watching) => boolean;
	/** How it is shown in Now, where what a job needs has the room; `false`: not at all. */
	readonly inNow?: Partial<Pick<Column, 'width' | 'wide' | 'comfortable' | 'rank' | 'from'>> | false;
	readonly align?: 'left' | 'right';
	readonly cut?: 'end' | 'middle';
	readonly cell: (row: Row, context: CellContext) => Cell;
	/** What the list is sorted by; undefined comes last whatever the direction. */
	readonly sortBy?: (row: Row, now: Now) => string | number | undefined;
	/** Whether the first press sorts from high to low. */
	readonly highFirst?: boolean;
};

const plain = (text: string, tone: Tone = 'plain'): Cell => [{text, tone}];
const dash: Cell = [{text: '-', tone: 'dim'}];
const unread: Cell = [{text: '?', tone: 'warning'}];
const nothing: Cell = [];

/** A field as a cell: its value by `show`, nothing where absent (or what `absent` says), `?` where unreadable. */
export function fieldCell<Value>(field: Field<Value>, show: (value: Value) => Cell, absent: Cell = nothing): Cell {
	if (field === unreadable) {
		return unread;
	}

	return field === undefined ? absent : show(field);
}

const sessionCell = <Value>(row: Row, field: (session: Session) => Field<Value>, show: (value: Value) => Cell, absent: Cell = dash): Cell =>
	row.session ? fieldCell(field(row.session), show, absent) : nothing;

// A zero in a column of figures is noise to the eye, yet it is a figure: dim, not left out.
const figure = (value: number, show: (value: number) => string) => plain(show(value), value === 0 ? 'dim' : 'plain');

function statistic(id: string, texts: Pick<Column, 'heading' | 'label' | 'width' | 'rank' | 'from' | 'inNow'>, field: keyof Omit<Statistics, 'bottleneck'>, show: (value: number) => string): Column {
	return {
		...texts,
		id,
		align: 'right',
		highFirst: true,
		cell: row => sessionCell(row, session => session.statistics[field], value => figure(value, show)),
		sortBy: row => valueOf(row.session?.statistics[field]),
	};
}

// The elapsed time as a share of the usual one.
function versusUsual({verdict, session}: Row, now: Now): number | undefined {
	const baseline = verdict?.baseline?.durationMs.median;
	// In the queue nothing has run yet.
	const elapsed = session && session.status !== 'Queued' ? elapsedMs(session, now) : undefined;
	return baseline === undefined || baseline === 0 || elapsed === undefined ? undefined : elapsed / baseline;
}

/** Every column that a list can have, in the order on screen. */
export const columns: readonly Column[] = [
	{
		id: 'status', heading: 'STATUS', label: 'status, as the server says it', width: 14, rank: Infinity,
		cell: row => row.session ? fieldCell(row.session.status, status => plain(statusWord(status), statusTone(status)), dash) : dash,
		sortBy: row => valueOf(row.session?.status)?.toLowerCase(),
	},
	{
		id: 'job', heading: 'JOB', label: 'name of the job', width: 21, wide: 28, comfortable: 36, rank: Infinity, inNow: {wide: 24}, cut: 'middle',
		cell: row => plain(row.jobName),
		sortBy: row => row.jobName.toLowerCase(),
	},
	{
		id: 'server', heading: 'SERVER', label: 'server that the session is of', width: 11, wide: 16, comfortable: 24, least: 6, rank: 85,
		when: ({servers}) => servers > 1,
		// Hosts of a domain differ at their start, short names mostly at their end.
		cell: ({serverName}, {width}) => plain(cutText(serverName, width, serverName.includes('.') ? 'end' : 'middle')),
		sortBy: ({serverName}) => serverName.toLowerCase(),
	},
	{
		id: 'organization', heading: 'ORGANIZATION', label: 'organization that is backed up', width: 18, comfortable: 24, rank: 45, inNow: {from: 116}, from: 100,
		cell: row => fieldCell(row.organization, text => plain(text), dash),
		sortBy: row => valueOf(row.organization)?.toLowerCase(),
	},
	{
		id: 'type', heading: 'TYPE', label: 'Backup or Copy', width: 6, least: 1, rank: 80,
		cell: row => fieldCell(row.jobType, type => plain(type), dash),
		sortBy: row => valueOf(row.jobType),
	},
	{
		id: 'start', heading: 'START', label: 'when it was created', width: 7, comfortable: 12, rank: 70, inNow: {width: 6, wide: 9}, align: 'right', highFirst: true,
		cell(row, {now, zone, width}) {
			const today = serverTime(now, row.serverId);
			return sessionCell(row, session => session.createdAt, at => plain(startTime(at, today, zone, width)));
		},
		sortBy: row => valueOf(row.session?.createdAt),
	},
	{
		id: 'elapsed', heading: 'ELAPS', label: 'how long it has run, or ran', width: 5, rank: Infinity, align: 'right', highFirst: true,
		cell(row, {now}) {
			if (!row.session) {
				return nothing;
			}

			const ms = elapsedMs(row.session, now);
			const hasUnreadable = row.session.createdAt === unreadable || (row.session.endedAt === unreadable && !isActive(row.session));
			return ms === undefined ? (hasUnreadable ? unread : dash) : plain(duration(ms));
		},
		sortBy: (row, now) => row.session && elapsedMs(row.session, now),
	},
	{
		id: 'objects', heading: 'OBJECTS', label: 'mailboxes, sites, teams visited so far (a count, no percentage)', width: 7, rank: 60, inNow: {from: 100}, align: 'right', highFirst: true,
		cell: row => sessionCell(row, session => session.progress, value => figure(value, shortCount)),
		sortBy: row => valueOf(row.session?.progress),
	},
	statistic('items', {heading: 'ITEMS', label: 'mails, files, posts processed so far', width: 9, rank: 30, from: 100, inNow: {from: 190}}, 'processedItems', value => String(value).length > 7 ? shortCount(value) : count(value)),
	statistic('transferred', {heading: 'TRANSF', label: 'bytes transferred so far', width: 8, rank: 50, inNow: {from: 110}}, 'transferredBytes', size),
	statistic('rate', {heading: 'RATE', label: 'processing rate as reported', width: 10, rank: 35, from: 100, inNow: {from: 140}}, 'processingRateBytesPerSecond', rate),
	statistic('item-rate', {heading: 'ITEMS/S', label: 'items per second as reported', width: 7, rank: 12, from: 140, inNow: {from: 220}}, 'processingRateItemsPerSecond', shortCount),
	statistic('read', {heading: 'READ', label: 'read rate as reported', width: 10, rank: 10, from: 220}, 'readRateBytesPerSecond', rate),
	statistic('write', {heading: 'WRITE', label: 'write rate as reported', width: 10, rank: 10, from: 220}, 'writeRateBytesPerSecond', rate),
	{
		id: 'bottleneck', heading: 'BOTTLENECK', label: 'what slows it down: Source or Target', width: 10, rank: 20, inNow: {from: 150}, from: 100,
		cell: row => sessionCell(row, session => session.statistics.bottleneck, word => plain(bottleneckWord(word), word === 'NA' ? 'dim' : 'plain')),
		sortBy: row => valueOf(row.session?.statistics.bottleneck),
	},
	{
		id: 'retry', heading: 'RT', label: 'ordinal of the retry, 0 for a first run', width: 2, rank: 40, inNow: false, align: 'right', highFirst: true,
		cell: row => sessionCell(row, session => session.retryCount, value => figure(value, retry => retry > 99 ? '>9' : String(retry))),
		sortBy: row => valueOf(row.session?.retryCount),
	},
	{
		id: 'versus-usual', heading: 'USUAL', label: 'how long it has run, or ran, against its usual length', width: 5, rank: 25, from: 100, align: 'right', highFirst: true,
		when: ({list}) => list === 'now',
		cell(row, {now}) {
			const share = versusUsual(row, now);
			return share === undefined ? dash : plain(shareWords(share), share > 1.5 ? 'warning' : 'plain');
		},
		sortBy: versusUsual,
	},
	{
		id: 'needs', heading: 'NEEDS', label: 'what the job needs, or why it needs nothing', width: 20, wide: 33, comfortable: 72, rank: Infinity,
		when: ({list}) => list === 'now',
		cell: ({verdict, serverId}, {now, zone, width}) => verdict ? needsCell(verdict, {now: serverTime(now, serverId), zone, width}) : nothing,
		sortBy: ({rank}) => rank,
	},
	{
		id: 'details', heading: 'DETAILS', label: 'the server\'s sentence about the run', width: 30, comfortable: 72, rank: 42, inNow: false, from: 140,
		cell: row => sessionCell(row, session => session.details, text => plain(text), nothing),
	},
];

/** The columns that mean something where that is watched. */
export function columnsFor(watching: Watching): readonly Column[] {
	const shown = columns.filter(({when}) => when?.(watching) ?? true);
	return watching.list === 'now' ? shown.flatMap(({inNow, ...column}) => inNow === false ? [] : [{...column, ...inNow}]) : shown;
}

/** The bottleneck in the words of the VB365 console. */
export function bottleneckWord(bottleneck: string): string {
	return bottleneck === 'NA' ? 'N/A' : bottleneck;
}
