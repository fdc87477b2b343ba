import type {TestContext} from 'node:test';
import {createServerApi, type ServerApiOptions} from '../../source/api/client.js';
import type {ApiVersion, ServerApi} from '../../source/api/server-api.js';
import {Secret} from '../../source/model/secret.js';
import {startRecordingServer, type Recorded, type RecordingServer, type Reply} from './recording-server.js';

/** A password that must not turn up anywhere but in a token request. */
export const password = 'p@ss word&1';

export type WireServerOptions = {
	/** Versions that are not 404. */
	readonly versions?: readonly ApiVersion[];
	/** Overrides the answer of a token request. */
	readonly token?: (request: Recorded, count: number) => Reply | undefined;
	/** Answers of GETs by path, as `/v8/Jobs`; a bearer is asked for before. */
	readonly paths?: Readonly<Record<string, (request: Recorded) => Reply | Promise<Reply>>>;
};

export type WireServer = RecordingServer & {
	/** Token requests so far. */
	tokenRequests(): readonly Recorded[];
	/** Makes the server take none of the tokens that it gave so far. */
	revoke(): void;
};

/** A VB365 server in the least: versions, tokens (`at-1`, `at-2`, …), 401 with an empty body, and the given paths. */
export async function startWireServer(t: TestContext, {versions = ['v8'], token, paths = {}}: WireServerOptions = {}): Promise<WireServer> {
	let issued = 0;
	let revoked = 0;

	function grant(request: Recorded): Reply {
		const reply = token?.(request, tokenRequests().length);
		if (reply) {
			return reply;
		}

		issued++;
		return {json: {access_token: `at-${issued}`, refresh_token: `rt-${issued}`, token_type: 'bearer', expires_in: 3600}};
	}

	const isServed = ({path}: Recorded) => versions.some(version => path.startsWith(`/${version}/`));
	const server = await startRecordingServer(t, async request => {
		if (!isServed(request)) {
			return {status: 404};
		}

		if (request.method === 'POST' && request.path.endsWith('/token')) {
			return grant(request);
		}

		const number = Number(/^Bearer at-(?<number>\d+)$/v.exec(request.headers.authorization ?? '')?.groups?.['number']);
		return (number > revoked) ? paths[request.path]?.(request) ?? {status: 404, json: {message: 'Not found.', errorCode: 'ResourceNotFound'}} : {status: 401};
	});
	const tokenRequests = () => server.requests.filter(({path}) => path.endsWith('/token'));
	return {
		...server,
		tokenRequests,
		revoke() {
			revoked = issued;
		},
	};
}

/** A monotonic clock that stands still until it is moved. */
export type StandingClock = {now: number};

/** A client of the server, with a clock that stands still; it ends with the test. */
export function clientOf(t: TestContext, server: Pick<RecordingServer, 'address'>, options: Partial<ServerApiOptions> & {clock?: StandingClock} = {}): ServerApi {
	const {clock = {now: 0}, ...rest} = options;
	const api = createServerApi({
		serverId: 'vb1',
		address: server.address,
		account: String.raw`CONTOSO\svc-monitor`,
		secret: new Secret(password),
		monotonic: () => clock.now,
		...rest,
	});
	t.after(async () => api.close());
	return api;
}

/** A page object as the servers send it. */
export function pageOf(results: readonly unknown[], {offset = 0, limit = 30, next}: {offset?: number; limit?: number; next?: string} = {}): Reply {
	return {json: {offset, limit, results, _links: next === undefined ? {} : {next: {href: next}}}};
}
