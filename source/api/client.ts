import {ServerFault} from '../model/errors.js';
import type {Job, JobType} from '../model/job.js';
import type {Named} from '../model/named.js';
import type {Certificate} from '../model/certificate.js';
import type {Secret} from '../model/secret.js';
import type {Session} from '../model/session.js';
import {wholeCollection} from './collection.js';
import {createConnection, type ApiConnection} from './connection.js';
import type {Route} from './transport/connector.js';
import {createFixedToken} from './auth/fixed-token.js';
import {ascending} from './wire/log-wire.js';
import {newestAmong, byNewest} from './newest-sessions.js';
import type {ApiVersion, DateReading, ServerApi} from './server-api.js';
import {createTokenManager, type CurrentTokens, type SignInMemory} from './auth/token.js';
import {observedTransport, type Exchange} from './transport/observed-transport.js';
import {createTransport, type TokenForm} from './transport/transport.js';
import {checkCertificates} from './transport/trust.js';
import {parseNamed, parseProxyEntry, parseRepository} from './wire/named-wire.js';
import {parsePage, parseProcessedObject, type Query, type WireVersion} from './wire/wire.js';

export type ServerApiOptions = Partial<Route> & Pick<Route, 'address'> & {
	readonly serverId: string;
	/** `DOMAIN\\user` or `user@domain`; undefined where the secret is a bearer token instead of a password. */
	readonly account: string | undefined;
	/** Undefined where the user has to enter it: then calls reject with `signInNeeded`. */
	readonly secret: Secret | undefined;
	/** The token pair of an earlier sign-in. */
	readonly tokens?: CurrentTokens;
	readonly memory?: SignInMemory;
	/** The version to use; left out, the newest served is detected. */
	readonly api?: ApiVersion;
	/** A clock that never goes back, in ms. */
	readonly monotonic: () => number;
	/** Called with every `Date` header. */
	readonly onDate?: (reading: DateReading) => void;
	/** Called after every request. */
	readonly onExchange?: (exchange: Exchange) => void;
	readonly timeouts?: {readonly connectMs?: number; readonly totalMs?: number};
};

/** The API of one server. Sends nothing before the first call. Throws `UsageError` where one of `ca` holds no certificate. */
export function createServerApi(options: ServerApiOptions): ServerApi {
	const {serverId, account, ca = [], timeouts = {}, monotonic, onExchange} = options;
	checkCertificates(ca);
	let certificate: Certificate | undefined;
	const silent = createTransport({
		...options,
		ca,
		connectMs: timeouts.connectMs ?? 10_000,
		totalMs: timeouts.totalMs ?? 30_000,
		onCertificate(shown) {
			certificate = certificate?.fingerprint === shown.fingerprint ? certificate : shown;
		},
	});
	const transport = onExchange ? observedTransport(silent, {monotonic, onExchange}) : silent;
	const send = async (version: ApiVersion, form: TokenForm) => transport.token(version, form);
	const tokens = account === undefined ? createFixedToken(options.secret) : createTokenManager({...options, account, wall: () => Date.now(), send});
	const connection = createConnection(transport, tokens, options.api);
	return {
		connect: async signal => connection.connect(signal),
		capabilities: () => connection.capabilities(),
		reconnect: async () => connection.reconnect(),
		detect: async signal => connection.detect(signal),
		signIn: async (secret, signal) => connection.signIn(secret, signal),
		signOut: async signal => connection.signOut(signal),
		certificate: () => certificate,
		...sessionCalls(connection, serverId),
		...nameCalls(connection),
		async close() {
			await transport.close();
		},
	};
}

type SessionCalls = Pick<ServerApi, 'sessions' | 'session' | 'newestSessionsOfJob' | 'logItems' | 'processedObjects'>;

function sessionCalls(connection: ApiConnection, serverId: string): SessionCalls {
	const sessions: ServerApi['sessions'] = async (query, signal) => {
		const limited = bounded(query);
		const version = await connection.spoken(signal);
		const wire = await connection.get(version, {path: 'JobSessions', query: version.sessionsQuery(limited)}, signal);
		if (wire === undefined) {
			throw connection.notServed(version);
		}

		return parsePage(wire, limited, entry => version.session(entry, serverId));
	};

	return {
		sessions,
		async session(id, signal) {
			const version = await connection.spoken(signal);
			const wire = await connection.get(version, {path: `JobSessions/${encodeURIComponent(id)}`}, signal);
			return wire === undefined ? undefined : whole(version.session(wire, serverId));
		},
		async newestSessionsOfJob(job, limit, signal, inTurn = async request => request()) {
			const limited = bounded({offset: 0, limit});
			const version = await connection.spoken(signal);
			const path = version.jobSessionsPath?.(job);
			if (path !== undefined) {
				const wire = await inTurn(async () => connection.get(version, {path, query: limited}, signal));
				// The job is gone, and its sessions with it.
				return byNewest(parsePage(wire ?? [], limited, entry => version.session(entry, serverId)));
			}

			return version.capabilities.filtersByJob
				? byNewest(await inTurn(async () => sessions({...limited, jobId: job.id}, signal)))
				: newestAmong(job.id, limited.limit, async offset => inTurn(async () => sessions({jobType: job.type, offset, limit: 100}, signal)));
		},
		async logItems(sessionId, query, signal) {
			const limited = bounded(query);
			const version = await connection.spoken(signal);
			const path = `JobSessions/${encodeURIComponent(sessionId)}/LogItems`;
			// A session that retention removed has no log either.
			const wire = await connection.get(version, {path, query: version.logQuery(limited)}, signal) ?? [];
			return ascending(parsePage(wire, limited, entry => version.logItem(entry)), limited.newest === true && version.capabilities.logsNewestFirst);
		},
		async processedObjects(sessionId, paging, signal) {
			const limited = bounded(paging);
			const version = await connection.spoken(signal);
			const path = `JobSessions/${encodeURIComponent(sessionId)}/ProcessedObjects`;
			const wire = version.capabilities.listsObjects ? await connection.get(version, {path, query: {...limited}}, signal) : undefined;
			return wire === undefined ? undefined : parsePage(wire, limited, parseProcessedObject);
		},
	};
}

function whole(session: Session | undefined): Session {
	if (!session) {
		throw new ServerFault('badAnswer', 'no session');
	}

	return session;
}

type NameCalls = Pick<ServerApi, 'jobs' | 'organizations' | 'repositories' | 'proxies'>;

type Collection = {
	readonly path: string;
	readonly query?: (version: WireVersion) => Query;
	/** Whether some builds of the version do not have it: then it is empty. */
	readonly isOptional?: boolean;
};

const collections = {
	jobs: {path: 'Jobs'},
	copyJobs: {path: 'CopyJobs'},
	// The extended view makes the server ask its proxies, which is slow.
	organizations: {path: 'Organizations', query: () => ({extendedView: false})},
	repositories: {path: 'BackupRepositories'},
	proxies: {path: 'Proxies', query: version => version.proxiesQuery},
	proxyPools: {path: 'ProxyPools', isOptional: true},
} as const satisfies Record<string, Collection>;

function nameCalls(connection: ApiConnection): NameCalls {
	async function all<Entry extends {readonly id: string}>(
		{path, query, isOptional}: Collection,
		parse: (wire: unknown, version: WireVersion) => Entry | undefined,
		signal?: AbortSignal,
	): Promise<readonly Entry[]> {
		const version = await connection.spoken(signal);
		const limit = version.collectionLimit;
		return wholeCollection(async offset => {
			const paging = limit === undefined && offset === 0 ? {} : {offset, limit};
			const wire = await connection.get(version, {path, query: {...query?.(version), ...paging}}, signal);
			if (wire === undefined && !isOptional) {
				throw connection.notServed(version);
			}

			return parsePage(wire ?? [], {offset, limit: limit ?? defaultLimit}, entry => parse(entry, version));
		});
	}

	const named = <Thing extends Named>(collection: Collection, parse: (wire: unknown) => Thing | undefined) =>
		async (signal?: AbortSignal): Promise<readonly Thing[]> => all(collection, wire => parse(wire), signal);
	const proxies = named(collections.proxies, parseProxyEntry);
	const proxyPools = named(collections.proxyPools, wire => parseNamed(wire, ['name']));
	const jobs = async (collection: Collection, type: JobType, signal?: AbortSignal): Promise<readonly Job[]> =>
		all(collection, (wire, version) => version.job(wire, type), signal);
	return {
		async jobs(signal) {
			const both = await Promise.all([jobs(collections.jobs, 'Backup', signal), jobs(collections.copyJobs, 'Copy', signal)]);
			return both.flat();
		},
		organizations: named(collections.organizations, wire => parseNamed(wire, ['name', 'officeName'])),
		repositories: named(collections.repositories, parseRepository),
		async proxies(signal) {
			const {hasProxyPools} = await connection.spoken(signal);
			const both = await Promise.all([proxies(signal), hasProxyPools ? proxyPools(signal) : []]);
			return both.flat();
		},
	};
}

// The size of a page where the request has no limit.
const defaultLimit = 30;

const largestLimit = 10_000;

function bounded<Requested extends {readonly offset: number; readonly limit: number}>(query: Requested): Requested {
	return {...query, offset: Math.max(0, Math.trunc(query.offset)), limit: Math.min(Math.max(1, Math.trunc(query.limit)), largestLimit)};
}
