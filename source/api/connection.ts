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
	/** The version in use, after connecting. */
	spoken(signal?: AbortSignal): Promise<WireVersion>;
	/** The JSON that came; undefined where the server has no such thing (404). */
	get(version: WireVersion, ask: Ask, signal?: AbortSignal): Promise<unknown>;
	/** The fault for a collection that is not there: the version went away with an upgrade, the next call detects it again. */
	notServed(version: WireVersion): ServerFault;
	/** Leaves the connections and what was found through them; the next call begins at the address again. */
	reconnect(): Promise<void>;
};

/** The connection over a transport; `api` is the version to use, undefined to detect the newest served. */
export function createConnection(transport: Transport, tokens: TokenManager, api: ApiVersion | undefined): ApiConnection {
	return new ServerConnection(transport, tokens, api);
}

class ServerConnection implements ApiConnection {
	readonly #transport: Transport;
	readonly #tokens: TokenManager;
	/** The version that was chosen; undefined to detect it. */
	readonly #api: ApiVersion | undefined;
	#version: ApiVersion | undefined;
	#connected: Capabilities | undefined;

	readonly #detectOnce = singleFlight(async () => {
		this.#version ??= await detectVersion(async probed => this.#transport.get(probed, {path: 'ServiceInstance'}));
		return this.#version;
	});

	readonly #connectOnce = singleFlight(async () => {
		const version = await this.#detectOnce();
		await this.#bearer(version);
		this.#connected = versions[version].capabilities;
		return this.#connected;
	});

	constructor(transport: Transport, tokens: TokenManager, api: ApiVersion | undefined) {
		this.#transport = transport;
		this.#tokens = tokens;
		this.#api = api;
		this.#version = api;
	}

	capabilities(): Capabilities | undefined {
		return this.#connected;
	}

	async detect(signal?: AbortSignal): Promise<ApiVersion> {
		return abortable(this.#detectOnce(), signal);
	}

	async connect(signal?: AbortSignal): Promise<Capabilities> {
		return this.#connected ?? abortable(this.#connectOnce(), signal);
	}

	async spoken(signal?: AbortSignal): Promise<WireVersion> {
		const {version} = await this.connect(signal);
		return versions[version];
	}

	async get({capabilities: {version}}: WireVersion, ask: Ask, signal?: AbortSignal): Promise<unknown> {
		const bearer = await abortable(this.#bearer(version), signal);
		const answer = await getWithToken(this.#transport, this.#tokens, {version, ask, bearer, signal});
		return answer.status === 404 ? undefined : jsonOf(answer);
	}

	async signIn(secret: Secret, signal?: AbortSignal): Promise<Capabilities> {
		this.#tokens.enter(secret);
		this.#connected = undefined;
		const capabilities = await this.connect(signal);
		if (this.#tokens.isUnproven) {
			// The first request of the monitor.
			await this.get(versions[capabilities.version], {path: 'JobSessions', query: {limit: 1}}, signal);
		}

		return capabilities;
	}

	async signOut(signal?: AbortSignal): Promise<void> {
		const bearer = this.#tokens.take();
		const version = this.#version;
		if (bearer && version !== undefined && versions[version].hasLogout) {
			await endSession(this.#transport, {version, bearer, signal});
		}
	}

	notServed({capabilities}: WireVersion): ServerFault {
		this.#forget(capabilities.version);
		return new ServerFault('notServed', `${capabilities.version} answers HTTP 404`);
	}

	async reconnect(): Promise<void> {
		this.#reset();
		await this.#transport.disconnect();
	}

	async #bearer(version: ApiVersion): Promise<Secret> {
		try {
			return await this.#tokens.bearer(version);
		} catch (error) {
			if (error instanceof ServerFault && error.kind === 'notServed') {
				this.#forget(version);
			}

			throw error;
		}
	}

	#forget(version: ApiVersion): void {
		if (version === this.#version) {
			this.#reset();
		}
	}

	#reset(): void {
		this.#version = this.#api;
		this.#connected = undefined;
	}
}

type TokenUse = {readonly version: ApiVersion; readonly bearer: Secret; readonly signal: AbortSignal | undefined};

async function endSession(transport: Transport, {version, bearer, signal}: TokenUse): Promise<void> {
	const answer = await transport.logout(version, bearer, signal);
	// A token that the server rejects has no session any more.
	if (answer.status >= 400 && !isTokenRejected(answer)) {
		throw statusFault(answer);
	}
}

type SignedGet = TokenUse & {readonly ask: Ask};

// A token may become invalid early (restart of the service, revocation): the request is repeated once, with a new token.
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
