import {ServerFault} from '../model/errors.js';
import type {Secret} from '../model/secret.js';
import {abortable, singleFlight} from './transport/abortable.js';
import {isTokenRejected, jsonOf, statusFault, type Answer} from './transport/answer.js';
import {detectVersion} from './detect.js';
import type {ApiVersion, Capabilities} from './server-api.js';
import type {TokenManager} from './auth/token.js';
import type {Transport} from './transport/transport.js';
import {versions} from './wire/versions.js';
import type {Ask, WireVersion} from './wire/wire.js';

/** A signed-in server whose version is known, both found on the first call and shared by all. */
export type ApiConnection = {
	connect(signal?: AbortSignal): Promise<Capabilities>;
	/** Finds the version without signing in. */
	detect(signal?: AbortSignal): Promise<ApiVersion>;
	/** Connects with a secret entered just now. */
	signIn(secret: Secret, signal?: AbortSignal): Promise<Capabilities>;
	/** Ends the session at the server where it can be ended. */
	signOut(signal?: AbortSignal): Promise<void>;
	capabilities(): Capabilities | undefined;
	/** The version spoken, connecting first. */
	spoken(signal?: AbortSignal): Promise<WireVersion>;
	/** The JSON that came; undefined where the server has no such thing (404). */
	get(version: WireVersion, ask: Ask, signal?: AbortSignal): Promise<unknown>;
	/** The fault for a collection that is not there: the version went away with an upgrade, the next call finds it anew. */
	notServed(version: WireVersion): ServerFault;
	/** Leaves the connections and what was found through them; the next call begins at the address again. */
	reconnect(): Promise<void>;
};

/** The connection over a transport; `api` is the version to speak, undefined to find the newest served. */
export function createConnection(transport: Transport, tokens: TokenManager, api: ApiVersion | undefined): ApiConnection {
	let detected = api;
	let connected: Capabilities | undefined;

	function forget(version: ApiVersion): void {
		if (version !== detected) {
			return;
		}

		detected = api;
		connected = undefined;
	}

	const bearerFor = async (version: ApiVersion) => withToken(tokens.bearer(version), () => {
		forget(version);
	});

	const detect = singleFlight(async () => {
		detected ??= await detectVersion(async probed => transport.get(probed, {path: 'ServiceInstance'}));
		return detected;
	});

	const connectOnce = singleFlight(async () => {
		const version = await detect();
		await bearerFor(version);
		connected = versions[version].capabilities;
		return connected;
	});

	async function connect(signal?: AbortSignal): Promise<Capabilities> {
		return connected ?? abortable(connectOnce(), signal);
	}

	async function get({capabilities: {version}}: WireVersion, ask: Ask, signal?: AbortSignal): Promise<unknown> {
		const bearer = await abortable(bearerFor(version), signal);
		const answer = await getWithToken(transport, tokens, {version, ask, bearer, signal});
		return answer.status === 404 ? undefined : jsonOf(answer);
	}

	return {
		connect,
		detect: async signal => abortable(detect(), signal),
		async signIn(secret, signal) {
			tokens.enter(secret);
			connected = undefined;
			const capabilities = await connect(signal);
			if (tokens.isUnproven) {
				// What the monitor reads first.
				await get(versions[capabilities.version], {path: 'JobSessions', query: {limit: 1}}, signal);
			}

			return capabilities;
		},
		async signOut(signal) {
			const bearer = tokens.take();
			if (bearer && detected !== undefined && versions[detected].hasLogout) {
				const answer = await transport.logout(detected, bearer, signal);
				// A token that is not taken has no session any more.
				if (answer.status >= 400 && !isTokenRejected(answer)) {
					throw statusFault(answer);
				}
			}
		},
		capabilities: () => connected,
		async spoken(signal) {
			const {version} = await connect(signal);
			return versions[version];
		},
		get,
		notServed({capabilities}) {
			forget(capabilities.version);
			return new ServerFault('notServed', `${capabilities.version} answers HTTP 404`);
		},
		async reconnect() {
			detected = api;
			connected = undefined;
			await transport.disconnect();
		},
	};
}

async function withToken(token: Promise<Secret>, onNotServed: () => void): Promise<Secret> {
	try {
		return await token;
	} catch (error) {
		if (error instanceof ServerFault && error.kind === 'notServed') {
			onNotServed();
		}

		throw error;
	}
}

type SignedGet = {readonly version: ApiVersion; readonly ask: Ask; readonly bearer: Secret; readonly signal: AbortSignal | undefined};

// A token may end before its time (restart of the service, revocation): one new one, one repeat.
async function getWithToken(transport: Transport, tokens: TokenManager, {version, ask, bearer, signal}: SignedGet): Promise<Answer> {
	const answer = await transport.get(version, ask, bearer, signal);
	if (!isTokenRejected(answer)) {
		return answer;
	}

	const renewed = await abortable(tokens.renew(version, bearer), signal);
	const repeated = await transport.get(version, ask, renewed, signal);
	if (!isTokenRejected(repeated)) {
		return repeated;
	}

	const fault = new ServerFault('badAnswer', repeated.status === 401 ? 'sign-in not accepted' : 'empty answer');
	tokens.drop(renewed, fault);
	throw fault;
}
