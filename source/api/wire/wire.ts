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

/** How the requests and answers of one version of the API differ from the others. */
export type WireVersion = {
	readonly capabilities: Capabilities;
	/** Whether the token path has `disable_antiforgery_token` (v7, v8); without it these versions require a cookie. */
	readonly hasAntiforgery: boolean;
	/** Whether a token's session can be ended (v7, v8). */
	readonly hasLogout: boolean;
	/** The `limit` for requests of collections; undefined where they are bare arrays without pages. */
	readonly collectionLimit: number | undefined;
	/** The query for proxies: without the slow extended view where the version has it. */
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
`requested` is used where the page does not repeat offset and limit.
Throws `ServerFault` (`badAnswer`) where `wire` is neither.
*/
export function parsePage<Entry>(wire: unknown, requested: Paging, parse: (entry: unknown) => Entry | undefined): Page<Entry> {
	const results = Array.isArray(wire) ? wire as readonly unknown[] : resultsOf(wire);
	const entries = results.map(entry => parse(entry)).filter(entry => entry !== undefined);
	const dropped = results.length - entries.length;
	const envelope = Array.isArray(wire) ? undefined : reader(wire);
	if (!envelope) {
		return {entries, dropped, offset: 0, limit: results.length, isLast: true};
	}

	const offset = valueOf(envelope.count('offset')) ?? requested.offset;
	const echoedLimit = valueOf(envelope.count('limit')) ?? 0;
	const limit = echoedLimit > 0 ? echoedLimit : requested.limit;
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

/** An end; absent while it runs, since the server sends a filler then, and where it is before the start. */
export function endOf(fields: Reader, createdAt: Field<number>, isRunning: boolean): Field<number> {
	const endedAt = isRunning ? undefined : parseMoment(fields.time('endTime'));
	const start = valueOf(createdAt);
	return typeof endedAt === 'number' && start !== undefined && endedAt < start ? undefined : endedAt;
}

/** The fields that a session has in every version; the others are absent. */
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

/** A processed object of v7 and v8; undefined where `wire` is no object or has no id. */
export function parseProcessedObject(wire: unknown): ProcessedObject | undefined {
	const fields = reader(wire);
	const id = valueOf(fields?.text('id'));
	return fields && id ? {id, type: fields.text('type'), status: fields.text('status')} : undefined;
}

/** The session fields of v7 and v8. */
export function retryFields(fields: Reader, sessionId: string): Pick<Session, 'jobType' | 'willBeRetried' | 'mainSessionId' | 'repositoryId'> {
	const main = reference(fields.id('mainSessionId'));
	return {
		jobType: fields.text('jobType'),
		willBeRetried: fields.flag('jobWillBeRetried'),
		// A session that is no retry has no main session, a zero id or itself: all mean the same.
		mainSessionId: main === sessionId ? undefined : main,
		repositoryId: reference(fields.id('repositoryId')),
	};
}
