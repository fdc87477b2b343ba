import {ServerFault} from '../../model/errors.js';
import {valueOf, type Field} from '../../model/field.js';
import type {Job, JobType} from '../../model/job.js';
import type {LogItem} from '../../model/log-item.js';
import type {ProcessedObject} from '../../model/processed-object.js';
import {statusClass, type Session, type Statistics} from '../../model/session.js';
import type {Capabilities, LogQuery, Page, Paging, SessionQuery} from '../server-api.js';
import {reader, type Reader} from './reader.js';

/** Query of a request; what is undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a GET goes: the path below `/vN/` and the query. */
export type Ask = {readonly path: string; readonly query?: Query};

/** All that one version of the API says and is told in its own way. */
export type WireVersion = {
	readonly capabilities: Capabilities;
	/** Whether the token path knows `disable_antiforgery_token` (v7, v8); without it these ask for a cookie. */
	readonly hasAntiforgery: boolean;
	/** Whether a token's session can be ended (v7, v8). */
	readonly hasLogout: boolean;
	/** The `limit` to ask collections with; undefined where they are bare arrays and know none. */
	readonly collectionLimit: number | undefined;
	/** Whether proxies can be asked for without the slow extended view, as organizations can. */
	readonly proxiesQuery: Query;
	/** Whether sessions may name a pool of proxies instead of a proxy. */
	readonly hasProxyPools: boolean;
	sessionsQuery(query: SessionQuery): Query;
	/** The path of a job's own sessions (v6, backup jobs only), where sessions cannot be filtered by job. */
	jobSessionsPath?(job: Pick<Job, 'id' | 'type'>): string | undefined;
	logQuery(query: LogQuery): Query;
	/** Undefined, as with the other parsers, where `wire` is no object or has no id. */
	session(wire: unknown, serverId: string): Session | undefined;
	job(wire: unknown, type: JobType): Job | undefined;
	logItem(wire: unknown): LogItem | undefined;
};

/**
One page out of a page object or out of a bare array, which is a whole list.
`asked` stands in where the page does not echo offset and limit.
Throws `ServerFault` (`badAnswer`) where `wire` is neither.
*/
export function parsePage<Entry>(wire: unknown, asked: Paging, parse: (entry: unknown) => Entry | undefined): Page<Entry> {
	const results = Array.isArray(wire) ? wire as readonly unknown[] : resultsOf(wire);
	const entries = results.map(entry => parse(entry)).filter(entry => entry !== undefined);
	const dropped = results.length - entries.length;
	const envelope = Array.isArray(wire) ? undefined : reader(wire);
	if (!envelope) {
		return {entries, dropped, offset: 0, limit: results.length, isLast: true};
	}

	const offset = valueOf(envelope.count('offset')) ?? asked.offset;
	const echoedLimit = valueOf(envelope.count('limit')) ?? 0;
	const limit = echoedLimit > 0 ? echoedLimit : asked.limit;
	const next = envelope.nested('_links').nested('next').text('href');
	const isLast = results.length === 0 || (results.length < limit && next === undefined);
	return {entries, dropped, offset, limit, isLast};
}

function resultsOf(wire: unknown): readonly unknown[] {
	const results = typeof wire === 'object' && wire !== null && 'results' in wire ? wire.results : undefined;
	if (!Array.isArray(results)) {
		throw new ServerFault('badAnswer', 'neither a list nor a page');
	}

	return results;
}

const zeroUuid = '00000000-0000-0000-0000-000000000000';

/** An id that names another thing; the zero UUID names none. */
export function reference(id: Field<string>): Field<string> {
	return id === zeroUuid ? undefined : id;
}

const firstYear = Date.UTC(2000, 0);
const lastYear = Date.UTC(9000, 0);

/** A time, absent where it is one of the fillers for "none": year 1, year 9999 and their neighbours. */
export function parseMoment(time: Field<number>): Field<number> {
	return typeof time === 'number' && (time < firstYear || time >= lastYear) ? undefined : time;
}

/** An end; absent while the thing runs, since what stands there then is a filler, and where it is before the start. */
export function endOf(fields: Reader, createdAt: Field<number>, isRunning: boolean): Field<number> {
	const endedAt = isRunning ? undefined : parseMoment(fields.time('endTime'));
	const start = valueOf(createdAt);
	return typeof endedAt === 'number' && start !== undefined && endedAt < start ? undefined : endedAt;
}

/** What a session says in every version; what only some say is absent. */
export function sessionBase(fields: Reader, serverId: string): Session | undefined {
	const id = valueOf(fields.id('id'));
	if (id === undefined) {
		return undefined;
	}

	const status = fields.text('status');
	const createdAt = parseMoment(fields.time('creationTime'));
	return {
		serverId,
		id,
		jobId: reference(fields.lastSegment('job')),
		jobType: undefined,
		kind: undefined,
		status,
		createdAt,
		endedAt: endOf(fields, createdAt, statusClass(status) === 'active'),
		retryCount: fields.ordinal('retryCount'),
		willBeRetried: undefined,
		mainSessionId: undefined,
		progress: fields.count('progress'),
		details: fields.text('details'),
		repositoryId: undefined,
		proxyId: undefined,
		proxyPoolId: undefined,
		eTag: undefined,
		statistics: statisticsOf(fields.nested('statistics')),
	};
}

function statisticsOf(fields: Reader): Statistics {
	return {
		processingRateBytesPerSecond: fields.count('processingRateBytesPS'),
		processingRateItemsPerSecond: fields.count('processingRateItemsPS'),
		readRateBytesPerSecond: fields.count('readRateBytesPS'),
		writeRateBytesPerSecond: fields.count('writeRateBytesPS'),
		transferredBytes: fields.count('transferredDataBytes'),
		processedItems: fields.count('processedObjects'),
		bottleneck: fields.text('bottleneck'),
	};
}

/** A processed object as v7 and v8 say it; undefined where `wire` is no object or has no id. */
export function parseProcessedObject(wire: unknown): ProcessedObject | undefined {
	const fields = reader(wire);
	const id = valueOf(fields?.text('id'));
	return fields && id ? {id, type: fields.text('type'), status: fields.text('status')} : undefined;
}

/** What v7 added to a session and v8 kept. */
export function retryFields(fields: Reader, sessionId: string): Pick<Session, 'jobType' | 'willBeRetried' | 'mainSessionId' | 'repositoryId'> {
	const main = reference(fields.id('mainSessionId'));
	return {
		jobType: fields.text('jobType'),
		willBeRetried: fields.flag('jobWillBeRetried'),
		// A session that retries none has no main session, a zero one or itself: alike.
		mainSessionId: main === sessionId ? undefined : main,
		repositoryId: reference(fields.id('repositoryId')),
	};
}
