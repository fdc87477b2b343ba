import {parseJobV8, parseSessionV8} from '../../../source/api/wire/v8.js';
import {sessionKey, type Session} from '../../../source/model/session.js';
import type {Snapshot} from '../../../source/model/snapshot.js';

export const serverId = 'bench';

/** The moment at which the bench stands still. */
export const now = {server: Date.UTC(2026, 2, 2, 22), monotonic: 1_000_000};

const jobCount = 60;
const places = ['Exchange A-M', 'Exchange N-Z', 'OneDrive Sales', 'SharePoint', 'Teams', 'Équipe Finance', '東京 メール', 'Legal hold'];
const statuses = ['Success', 'Success', 'Success', 'Success', 'Warning', 'Success', 'Failed', 'Success'];
const running = 12;
const id = (kind: string, number: number) => `${kind}000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A session as a v8 server sends it; the lower the number the newer, and the first ones run. */
export function wireSession(number: number): Record<string, unknown> {
	const isRunning = number < running;
	const created = now.server - (number * 120_000) - 90_000;
	const own = id('aa', number);
	return {
		id: own,
		jobId: id('3d', number % jobCount),
		repositoryId: id('1b', number % 4),
		creationTime: new Date(created).toISOString().replace('Z', '4471Z'),
		...!isRunning && {endTime: new Date(created + 60_000 + ((number % 50) * 1000)).toISOString(), details: `Transferred: ${number % 900}.4 GB (${number * 7} items) at 4.9 MB/s`},
		retryCount: number % 4,
		jobWillBeRetried: false,
		progress: (number * 37) % 5000,
		jobType: number % 5 === 0 ? 'Copy' : 'Backup',
		jobSessionConfigType: 'Incremental',
		status: isRunning ? 'Running' : statuses[number % statuses.length],
		statistics: {
			processingRateBytesPS: 1_540_880 + (number * 1009),
			processingRateItemsPS: 17,
			readRateBytesPS: 6_120_447,
			writeRateBytesPS: 2_988_016,
			transferredDataBytes: 91_377_184 + (number * 7919),
			processedObjects: 1408 + number,
			bottleneck: 'Source',
		},
		eTag: 100 + number,
		proxyId: id('2c', number % 3),
		_links: {
			self: {href: `/v8/jobsessions/${own}`},
			log: {href: `/v8/jobsessions/${own}/logitems`},
			job: {href: `/v8/jobs/${id('3d', number % jobCount)}`},
		},
	};
}

/** What a monitor holds after so many sessions were read. */
export function snapshotOf(count: number): Snapshot {
	const sessions = Array.from({length: count}, (_session, number) => parseSessionV8(wireSession(number), serverId)!);
	const jobs = Array.from({length: jobCount}, (_job, number) => parseJobV8(
		{id: id('3d', number), name: `Contoso ${places[number % places.length]} ${number}`, organizationId: id('0a', number % 5), repositoryId: id('1b', number % 4), isEnabled: true},
		'Backup',
	)!);
	const named = (kind: string, names: readonly string[]) => new Map(names.map((name, number) => [id(kind, number), {id: id(kind, number), name}]));
	return {
		serverId, serverName: serverId, version: 'v8', certificate: undefined, lacks: new Set(), scope: {jobType: undefined, rangeMs: 30 * 24 * 3_600_000}, sessions, isLoading: false, missing: undefined,
		jobs: new Map(jobs.map(job => [job.id, job])),
		organizations: named('0a', ['contoso.test', 'fabrikam.test', 'litware.test', 'adatum.test', 'northwind.test']),
		repositories: named('1b', ['repo-ex-01', 'repo-sp-01', 'obj-archive', 'repo-od-02']),
		proxies: named('2c', ['vbp-01', 'vbp-02', 'vbp-03']),
		changes: {added: [], updated: [], removed: []},
		observations: new Map(),
	};
}

/** The next snapshot, in which one session's counters went on. */
export function withProgress(snapshot: Snapshot, number: number): Snapshot {
	const before = snapshot.sessions[number]!;
	const session: Session = {
		...before,
		progress: (before.progress as number) + 3,
		statistics: {
			...before.statistics,
			transferredBytes: (before.statistics.transferredBytes as number) + 34_567_890,
			processedItems: (before.statistics.processedItems as number) + 211,
			processingRateBytesPerSecond: (before.statistics.processingRateBytesPerSecond as number) + 54_321,
		},
	};
	return {...snapshot, sessions: snapshot.sessions.with(number, session), changes: {added: [], updated: [sessionKey(session)], removed: []}};
}
