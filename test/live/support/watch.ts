import type {TestContext} from 'node:test';
import type {RecordingServer} from '../../helpers/recording-server.js';
import {clientOf} from '../../helpers/wire-server.js';
import {simulator} from '../../helpers/monitor.js';
import {parseServerAddress} from '../../../source/api/transport/address.js';
import type {ApiVersion} from '../../../source/api/server-api.js';
import {createFeed, type Feed} from '../../../source/live/feed.js';
import {valueOf} from '../../../source/model/field.js';
import {Secret} from '../../../source/model/secret.js';
import type {Session} from '../../../source/model/session.js';
import type {Scope, Snapshot} from '../../../source/model/snapshot.js';
import type {RequestRecord, Simulator, SimulatorOptions} from '../../../source/simulator/server/server.js';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** When the nights of these tests begin. */
export const epoch = Date.UTC(2026, 10, 22, 22);

export const versions = ['v6', 'v7', 'v8'] as const satisfies readonly ApiVersion[];

/** A clock of server and feed that stands still until it is moved. */
export class Time {
	server = epoch;
	monotonic = 0;

	forward(ms: number): void {
		this.server += ms;
		this.monotonic += ms;
	}

	now = () => ({server: this.server, monotonic: this.monotonic});
}

export type Watch = {
	readonly feed: Feed;
	/** Snapshots as they were published. */
	readonly published: readonly Snapshot[];
};

/** A feed of the server, its clock in the test's hand. */
export function watch(t: TestContext, server: Pick<RecordingServer, 'address'>, {time, scope = {}, api, account}: {
	readonly time: Time;
	readonly scope?: Partial<Scope>;
	readonly api?: ApiVersion;
	readonly account?: Simulator['account'];
}): Watch {
	const client = clientOf(t, server, {
		api,
		monotonic: () => time.monotonic,
		...(account && {account: account.username, secret: new Secret(account.password)}),
	});
	const feed = createFeed({serverId: 'vb1', serverName: 'vb365-prod', api: client, scope: {jobType: undefined, rangeMs: day, ...scope}, now: time.now});
	const published: Snapshot[] = [];
	feed.subscribe(() => {
		published.push(feed.snapshot());
	});
	return {feed, published};
}

export type WatchedNight = Watch & {
	readonly server: Simulator;
	readonly time: Time;
	/** Requests for sessions since the last call. */
	readonly asked: () => RequestRecord[];
};

/** A simulated server and a feed of it. */
export async function watchNight(
	t: TestContext,
	{scope, time = new Time(), ...options}: SimulatorOptions & {readonly scope?: Partial<Scope>; readonly time?: Time} = {},
): Promise<WatchedNight> {
	const server = await simulator(t, {epoch, clock: () => time.server, ...options});
	const address = parseServerAddress(server.url);
	let from = 0;
	return {
		...watch(t, {address}, {time, scope, account: server.account}),
		server,
		time,
		asked() {
			const requests = server.requests.slice(from);
			from = server.requests.length;
			return requests.filter(({path}) => path.includes('/JobSessions'));
		},
	};
}

type Told = {id: string; status: unknown; createdAt: unknown; endedAt: unknown; progress: unknown; bytes: unknown};

/** What the feed says of the sessions, by id. */
export function told(sessions: readonly Session[]): Told[] {
	return sessions
		.map(({id, status, createdAt, endedAt, progress, statistics}) => ({id, status, createdAt, endedAt, progress, bytes: statistics.transferredBytes}))
		.toSorted(byId);
}

/** What the world says of the sessions in range: active ones of any age, others by their end. */
export function truth({server: {world}, time}: Pick<WatchedNight, 'server' | 'time'>, rangeMs: number, jobType?: string): Told[] {
	return world.sessionsAt(time.server)
		.filter(({run, endedAt}) => (jobType ?? run.job.type) === run.job.type && (endedAt === undefined || endedAt >= time.server - rangeMs))
		.map(({id, status, createdAt, endedAt, progress, statistics}) => ({id, status, createdAt, endedAt, progress, bytes: statistics.transferredDataBytes}))
		.toSorted(byId);
}

/** Whether the sessions are newest first. */
export function isNewestFirst(sessions: readonly Session[]): boolean {
	return sessions.every((session, index) => index === 0 || Number(valueOf(session.createdAt)) <= Number(valueOf(sessions[index - 1]!.createdAt)));
}

function byId(a: Told, b: Told): number {
	return a.id < b.id ? -1 : 1;
}

export const idsOf = (sessions: ReadonlyArray<{readonly id: string}>): string[] => sessions.map(({id}) => id).toSorted();
