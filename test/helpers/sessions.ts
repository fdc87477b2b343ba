import type {Connection} from '../../source/model/connection.js';
import type {Job} from '../../source/model/job.js';
import type {LogItem} from '../../source/model/log-item.js';
import type {Named} from '../../source/model/named.js';
import type {Now} from '../../source/model/now.js';
import type {Session, Statistics} from '../../source/model/session.js';
import type {Snapshot} from '../../source/model/snapshot.js';
import type {Row} from '../../source/app/shared/rows/rows.js';
import type {ServerState} from '../../source/app/shared/servers.js';
import type {Cell} from '../../source/ui/text/spans.js';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Monday 23 November 2026, 02:14:37 UTC, the middle of a backup window. */
export const now: Now = {server: Date.UTC(2026, 10, 23, 2, 14, 37), monotonic: 1_000_000};

/** The same clocks some time later. */
export function later(ms: number, from = now): Now {
	return {server: from.server + ms, monotonic: from.monotonic + ms};
}

export type SessionOptions = Partial<Omit<Session, 'statistics'>> & {readonly statistics?: Partial<Statistics>};

/** A session of job `j1` that succeeded: began an hour before `now`, took half of one. */
export function session({statistics, ...fields}: SessionOptions = {}): Session {
	return {
		serverId: 'vb1',
		id: 's1',
		jobId: 'j1',
		jobType: 'Backup',
		kind: 'Incremental',
		status: 'Success',
		createdAt: now.server - hour,
		endedAt: now.server - (30 * minute),
		retryCount: 0,
		willBeRetried: false,
		mainSessionId: undefined,
		progress: 310,
		details: 'Transferred: 3.4 GB (51000 items) at 1.9 MB/s (28 items/s)',
		repositoryId: 'r1',
		proxyId: 'p1',
		proxyPoolId: undefined,
		eTag: 'W1',
		...fields,
		statistics: {
			processingRateBytesPerSecond: 1_992_294,
			processingRateItemsPerSecond: 28,
			readRateBytesPerSecond: 2_097_152,
			writeRateBytesPerSecond: 1_048_576,
			transferredBytes: 3_650_722_202,
			processedItems: 51_000,
			bottleneck: 'Source',
			...statistics,
		},
	};
}

/** A session that runs since an hour. */
export function running(fields: SessionOptions = {}): Session {
	return session({status: 'Running', endedAt: undefined, ...fields});
}

/** A row as `rowsOf` makes it, with names of its own. */
export function row(fields: SessionOptions = {}, names: Partial<Row> = {}): Row {
	const its = session(fields);
	const jobName = names.jobName ?? 'Contoso Mail';
	return {
		key: `${its.serverId}/${its.id}`,
		serverId: its.serverId,
		serverName: 'vb365-prod',
		session: its,
		job: undefined,
		jobName,
		jobType: its.jobType,
		organization: 'contoso.onmicrosoft.com',
		repository: 'repo-01',
		proxy: 'vbp-01',
		haystack: `${jobName}\ncontoso.onmicrosoft.com\nrepo-01\nvbp-01`.toLowerCase(),
		...names,
	};
}

/** As many rows as asked for, `s1` the newest, each a minute older than the one before. */
export function rows(amount: number, fields: SessionOptions = {}): readonly Row[] {
	return Array.from({length: amount}, (_, index) => row({id: `s${index + 1}`, createdAt: now.server - ((index + 1) * minute), ...fields}, {jobName: `Job ${index + 1}`}));
}

export function job(fields: Partial<Job> = {}): Job {
	return {
		id: 'j1',
		type: 'Backup',
		name: 'Contoso Mail',
		organizationId: 'o1',
		repositoryId: 'r1',
		backupJobId: undefined,
		isEnabled: true,
		lastStatus: 'Success',
		lastRunAt: undefined,
		nextRunAt: undefined,
		lastBackupAt: undefined,
		schedule: undefined,
		everyMs: undefined,
		windowHours: undefined,
		windowOffsetMinutes: undefined,
		retryTimes: undefined,
		retryWaitMs: undefined,
		...fields,
	};
}

/** Things by their ids. */
export function byId<Thing extends {readonly id: string}>(...things: readonly Thing[]): ReadonlyMap<string, Thing> {
	return new Map(things.map(thing => [thing.id, thing]));
}

const named = (id: string, name: string): Named => ({id, name});

/** A whole v8 snapshot of the last day: one session of one job, unless told otherwise. */
export function snapshot(fields: Partial<Snapshot> = {}): Snapshot {
	return {
		serverId: 'vb1',
		serverName: 'vb365-prod',
		version: 'v8',
		certificate: undefined,
		lacks: new Set(),
		scope: {jobType: undefined, rangeMs: day},
		sessions: [session()],
		isLoading: false,
		missing: undefined,
		jobs: byId(job()),
		organizations: byId(named('o1', 'contoso.onmicrosoft.com')),
		repositories: byId(named('r1', 'repo-01')),
		proxies: byId(named('p1', 'vbp-01')),
		changes: {added: [], updated: [], removed: []},
		observations: new Map(),
		...fields,
	};
}

/** A connection that answered four seconds before `now`. */
export function connection(fields: Partial<Connection> = {}): Connection {
	return {state: 'LIVE', lastGoodAt: now.monotonic - (4 * second), nextTryAt: undefined, fault: undefined, faultSince: undefined, ...fields};
}

/** A server with its snapshot and its connection. */
export function server(fields: Partial<Snapshot> = {}, its: Partial<Connection> = {}): ServerState {
	return {snapshot: snapshot(fields), connection: connection(its)};
}

export function logItem(fields: Partial<LogItem> = {}): LogItem {
	return {id: 'l1', usn: 1, type: 'Success', text: 'Found 310 objects', createdAt: now.server - hour, endedAt: now.server - hour + (9 * second), ...fields};
}

/** The text of a cell, without its tones. */
export function textOf(cell: Cell): string {
	return cell.map(({text}) => text).join('');
}

/** Fields that sessions of v6 do not have. */
export const v6Lacks: Snapshot['lacks'] = new Set(['jobType', 'kind', 'willBeRetried', 'mainSessionId', 'repositoryId', 'proxyId', 'proxyPoolId', 'eTag']);

const v6Fields = Object.fromEntries([...v6Lacks].map(field => [field, undefined])) as Partial<Session>;

/** Half an hour after the seed's last session. */
export const seedNow: Now = {server: Date.UTC(2022, 0, 31, 17, 9, 33), monotonic: 1_000_000};

/** The three sessions of a v6 server that the monitor must show to the letter. */
export const seedSessions: readonly Session[] = [
	session({
		...v6Fields, id: 'fcb1c775-edbb-4beb-830f-fb051ef9ab1b', jobId: '1f6f7c97-0df4-4866-8c37-309fda301894',
		createdAt: Date.parse('2022-01-31T16:39:24.008Z'), endedAt: Date.parse('2022-01-31T16:39:33.402Z'), progress: 1,
		details: 'Transferred: 0 B (0 items) at 0 B/s (0 items/s)',
		statistics: {
			processingRateBytesPerSecond: 0, processingRateItemsPerSecond: 0, readRateBytesPerSecond: 797_001_305, writeRateBytesPerSecond: 41,
			transferredBytes: 0, processedItems: 0, bottleneck: 'Target',
		},
	}),
	session({
		...v6Fields, id: '8b92cfa3-6b94-4f62-b40a-7ecfa988ae08', jobId: 'b7c1cc0b-2b3c-4096-9ba1-2d665b4ae504', status: 'Warning', retryCount: 3,
		createdAt: Date.parse('2022-01-31T16:38:59.529Z'), endedAt: Date.parse('2022-01-31T16:39:23.684Z'), progress: 0,
		details: 'Some objects were processed with warnings',
		statistics: {
			processingRateBytesPerSecond: 30_457, processingRateItemsPerSecond: 0, readRateBytesPerSecond: 327_661, writeRateBytesPerSecond: 0,
			transferredBytes: 359_459, processedItems: 0, bottleneck: 'Target',
		},
	}),
	session({
		...v6Fields, id: 'd5f34eeb-17cc-48f9-bab0-4fc5cee225b5', jobId: '1f6f7c97-0df4-4866-8c37-309fda301894',
		createdAt: Date.parse('2022-01-31T16:08:19.636Z'), endedAt: Date.parse('2022-01-31T16:11:55.726Z'), progress: 76,
		details: 'Transferred: 36.1 KB (6 items) at 2.4 KB/s (0 items/s)',
		statistics: {
			processingRateBytesPerSecond: 2484, processingRateItemsPerSecond: 0, readRateBytesPerSecond: 0, writeRateBytesPerSecond: 17,
			transferredBytes: 36_924, processedItems: 6, bottleneck: 'Source',
		},
	}),
];

/** A v6 snapshot of the seed, with the two jobs that its sessions are of. */
export function seedSnapshot(): Snapshot {
	return snapshot({
		version: 'v6',
		lacks: v6Lacks,
		sessions: seedSessions,
		jobs: byId(
			job({id: '1f6f7c97-0df4-4866-8c37-309fda301894', name: 'Contoso Mail', repositoryId: 'r1'}),
			job({
				id: 'b7c1cc0b-2b3c-4096-9ba1-2d665b4ae504', name: 'Contoso Mail copy', type: 'Copy',
				organizationId: undefined, backupJobId: '1f6f7c97-0df4-4866-8c37-309fda301894',
			}),
		),
	});
}
