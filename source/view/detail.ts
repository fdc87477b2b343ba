import {unreadable, valueOf, type Field} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';
import {serverTime, type Now} from '../model/now.js';
import {isActive, type Session} from '../model/session.js';
import type {Chain} from '../triage/chains.js';
import {bottleneckWord, fieldCell, oneServer, type Watching} from './columns.js';
import {fitCell} from './fit-cell.js';
import {countWithin, duration, longDuration, rate, size} from './format.js';
import {retryCell} from './retry-words.js';
import {elapsedMs, type Row} from './rows.js';
import {statusTone, statusWord, type Cell} from './spans.js';
import {cutText, fitText, wrapText} from './text.js';
import {fullTime, timeOfDay} from './times.js';

export type DetailOptions = {
	readonly row: Row;
	readonly session: Session;
	/** The run and its retries that the session is one of. */
	readonly chain?: Chain;
	/** `v6`, `v7` or `v8`. */
	readonly version: string | undefined;
	readonly lacks: ReadonlySet<keyof Session>;
	readonly now: Now;
	readonly zone: string;
	/** Whether the session has left the list and stands as it was last seen. */
	readonly isGone: boolean;
	/** One server, unless said. */
	readonly watching?: Watching;
};

/** One fact of a session: its words and its value. */
export type Fact = {readonly label: string; readonly value: Cell};

type FactEntry = {
	readonly label: string;
	/** The session's field that it needs; where the version lacks it, the fact says so. */
	readonly field?: keyof Session;
	/** Whether it is told where that is watched; always, unless said. */
	readonly when?: (watching: Watching) => boolean;
	readonly value: (options: DetailOptions) => Cell;
};

const plain = (text: string): Cell => [{text}];
const none: Cell = [{text: '-', tone: 'dim'}];
const text = (field: Field<string>) => fieldCell(field, plain, none);

/** The facts of a run, in the order on screen. */
const facts: readonly FactEntry[] = [
	{label: 'Status', value: ({session}) => fieldCell(session.status, status => [{text: statusWord(status), tone: statusTone(status)}], none)},
	{label: 'Server', when: ({servers}) => servers > 1, value: ({row}) => plain(row.serverName)},
	{label: 'Job', value: ({row}) => plain(row.jobName)},
	{label: 'Job type', value: ({row}) => text(row.jobType)},
	{label: 'Kind', field: 'kind', value: ({session}) => text(session.kind)},
	{label: 'Organization', value: ({row}) => text(row.organization)},
	{label: 'Repository', value: ({row}) => text(row.repository)},
	{label: 'Proxy', field: 'proxyId', value: ({row, session}) => fieldCell(row.proxy, name => plain(session.proxyId === undefined ? `${name} (pool)` : name), none)},
	{label: 'Started', value: ({session, now, zone}) => fieldCell(session.createdAt, at => plain(fullTime(at, serverTime(now, session.serverId), zone)), none)},
	{label: 'Ended', value: ({session, now, zone, isGone}) => isActive(session) ? [{text: isGone ? 'was active when last seen' : 'still active', tone: 'active'}] : fieldCell(session.endedAt, at => plain(fullTime(at, serverTime(now, session.serverId), zone)), none)},
	{label: 'Duration', value: ({session, now}) => durationCell(session, now)},
	{label: 'Retry', value: ({session, chain, now}) => retryCell(session, chain, serverTime(now, session.serverId))},
	{label: 'Retried next', field: 'willBeRetried', value: ({session}) => fieldCell(session.willBeRetried, will => plain(will ? 'yes, announced' : 'no'), none)},
];

/** The facts that are too long to stand beside the statistics. */
const ids: readonly FactEntry[] = [
	{label: 'Session id', value: ({session}) => plain(session.id)},
	{label: 'Job id', value: ({session}) => text(session.jobId)},
	{label: 'Retry of', field: 'mainSessionId', value: ({session}) => text(session.mainSessionId)},
];

function durationCell(session: Session, now: Now): Cell {
	const ms = elapsedMs(session, now);
	if (ms !== undefined) {
		return plain(longDuration(ms));
	}

	return session.createdAt === unreadable || session.endedAt === unreadable ? [{text: '?', tone: 'warning'}] : none;
}

/** The facts of a session that stand beside its statistics, each with its value, or with what the version lacks. */
export function sessionFacts(options: DetailOptions): readonly Fact[] {
	const {watching = oneServer} = options;
	return facts.filter(({when}) => when?.(watching) ?? true).map(entry => factOf(entry, options));
}

/** The ids of a session. */
export function sessionIds(options: DetailOptions): readonly Fact[] {
	return ids.map(entry => factOf(entry, options));
}

function factOf({label, field, value}: FactEntry, options: DetailOptions): Fact {
	const isLacking = field !== undefined && options.lacks.has(field);
	return {label, value: isLacking ? [{text: `not in ${options.version ?? 'this version'}`, tone: 'dim'}] : value(options)};
}

/** The eight statistics of a session, with their units, all as reported. */
export function sessionStatistics(session: Session): readonly Fact[] {
	const {statistics} = session;
	const number = (field: Field<number>, show: (value: number) => string) => fieldCell(field, value => plain(show(value)), none);
	return [
		{label: 'Processing rate', value: number(statistics.processingRateBytesPerSecond, rate)},
		{label: 'Item rate', value: number(statistics.processingRateItemsPerSecond, value => `${countWithin(value, 7)} items/s`)},
		{label: 'Read rate', value: number(statistics.readRateBytesPerSecond, rate)},
		{label: 'Write rate', value: number(statistics.writeRateBytesPerSecond, rate)},
		{label: 'Transferred', value: number(statistics.transferredBytes, size)},
		{label: 'Objects', value: number(session.progress, value => countWithin(value, 15))},
		{label: 'Items processed', value: number(statistics.processedItems, value => countWithin(value, 15))},
		{label: 'Bottleneck', value: fieldCell(statistics.bottleneck, word => plain(bottleneckWord(word)), none)},
	];
}

/** A fact as one line of a width, its value from a column on. */
export function factLine({label, value}: Fact, labelWidth: number, width: number): Cell {
	return [{text: ` ${cutText(label, labelWidth).padEnd(labelWidth)} `, tone: 'dim'}, ...fitCell(value, Math.max(0, width - labelWidth - 2))];
}

/** The server's sentence about the run, as lines. */
export function detailsLines(session: Session, width: number, maxLines: number): readonly string[] {
	const details = session.details === unreadable ? '?' : session.details;
	return details ? wrapText(details, width, maxLines) : [];
}

/** A log item as one line: time, what it is, how long it took, its text. */
export function logLine(item: LogItem, zone: string, width: number): Cell {
	const type = valueOf(item.type);
	const from = valueOf(item.createdAt);
	const to = valueOf(item.endedAt);
	const took = from === undefined || to === undefined || to - from < 1000 ? '' : ` ${duration(to - from)}`;
	const tone = statusTone(type ?? '');
	const time = from === undefined ? (item.createdAt === unreadable ? '?' : '').padStart(8) : timeOfDay(from, zone);
	const body = fieldCell(item.text, words => [{text: words, tone: tone === 'bad' || tone === 'warning' ? tone : 'plain'}]);
	const start: Cell = [{text: ` ${time} `, tone: 'dim'}, {text: fitText(type ?? (item.type === unreadable ? '?' : '-'), 8), tone}];
	return [...start, ...fitCell([{text: ' '}, ...body], Math.max(0, width - 18 - took.length)), {text: took, tone: 'dim'}];
}
