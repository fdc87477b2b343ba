import {faultPolicies, ServerFault} from '../../model/errors.js';
import {valueOf, type Field} from '../../model/field.js';
import {Secret} from '../../model/secret.js';
import {singleFlight} from '../transport/abortable.js';
import {jsonOf, statusFault, type Answer} from '../transport/answer.js';
import {reader} from '../wire/reader.js';
import type {ApiVersion} from '../server-api.js';
import type {TokenForm} from '../transport/transport.js';
import {versions} from '../wire/versions.js';

/** The least time between two token requests once one failed: servers allow 5 a minute. */
export const pauseMs = 15_000;

/** The access token of one server, renewed when it is due; at most one token request is under way. */
export type TokenManager = {
	/** A token that is not due for renewal; signs in or refreshes first where there is none. */
	bearer(version: ApiVersion): Promise<Secret>;
	/** Another token than the one that the server rejected. */
	renew(version: ApiVersion, rejected: Secret): Promise<Secret>;
	/** Forgets a token that was rejected even when new, and pauses as after a failed request. */
	drop(rejected: Secret, fault: ServerFault): void;
	/** Uses another password (or fixed token), entered just now; former failures are forgotten. */
	enter(secret: Secret): void;
	/** Removes and gives the access token, to be ended at the server; undefined where there is none. */
	take(): Secret | undefined;
	/** Whether only a request shows that the server accepts the token. */
	readonly isUnproven: boolean;
};

/** A token pair that outlives the program. */
export type CurrentTokens = {
	readonly access: Secret;
	readonly refresh: Secret | undefined;
	/** Milliseconds since 1970 by this machine. */
	readonly expiresAt: number;
};

/** What is stored about sign-ins from one start to the next. */
export type SignInMemory = {
	/** Whether the password was refused before, and was not entered again since. */
	readonly isRefused: (password: Secret) => Promise<boolean>;
	/** Called with a password that the server just refused. */
	readonly refused: (password: Secret) => void;
	/** Called with each new token pair, and with undefined when the last one became useless. */
	readonly renewed: (tokens: CurrentTokens | undefined) => void;
};

export type TokenOptions = {
	readonly account: string;
	/** Undefined where the user has to enter it. */
	readonly secret: Secret | undefined;
	/** The pair of an earlier sign-in, used until it expires. */
	readonly tokens?: CurrentTokens;
	readonly memory?: SignInMemory;
	/** A clock that never goes back, in ms. */
	readonly monotonic: () => number;
	/** Milliseconds since 1970 by this machine. */
	readonly wall: () => number;
	readonly send: (version: ApiVersion, form: TokenForm) => Promise<Answer>;
};

type Pair = {
	readonly access: Secret;
	readonly refresh: Secret | undefined;
	readonly lifetimeMs: number;
	/** Monotonic ms from which on it is renewed before use. */
	readonly dueAt: number;
};

type Failure = {readonly fault: ServerFault; readonly until: number};

/** The tokens of one server; a refused password is never sent again. */
export function createTokenManager(options: TokenOptions): TokenManager {
	return new AccountTokens(options);
}

class AccountTokens implements TokenManager {
	readonly #options: TokenOptions;
	readonly #obtain = singleFlight(async () => this.#newToken());
	#secret: Secret | undefined;
	#isEntered = false;
	#pair: Pair | undefined;
	#failure: Failure | undefined;
	#version: ApiVersion = 'v8';

	constructor(options: TokenOptions) {
		this.#options = options;
		this.#secret = options.secret;
		this.#pair = options.tokens && currentPair(options.tokens, options);
	}

	get isUnproven(): boolean {
		return false;
	}

	async bearer(version: ApiVersion): Promise<Secret> {
		this.#version = version;
		throwIfRefused(this.#failure);
		return this.#pair && this.#options.monotonic() < this.#pair.dueAt ? this.#pair.access : this.#obtain();
	}

	async renew(version: ApiVersion, rejected: Secret): Promise<Secret> {
		this.#version = version;
		throwIfRefused(this.#failure);
		return this.#pair && this.#pair.access !== rejected ? this.#pair.access : this.#obtain();
	}

	drop(rejected: Secret, fault: ServerFault): void {
		if (this.#pair?.access !== rejected) {
			return;
		}

		this.#pair = undefined;
		this.#failure = failed(fault, this.#options.monotonic());
	}

	enter(secret: Secret): void {
		this.#secret = secret;
		this.#isEntered = true;
		this.#pair = undefined;
		this.#failure = undefined;
	}

	take(): Secret | undefined {
		const access = this.#pair?.access;
		this.#pair = undefined;
		return access;
	}

	async #newToken(): Promise<Secret> {
		const {monotonic, wall, memory} = this.#options;
		throwWhilePaused(this.#failure, monotonic());
		try {
			// A pair whose refresh token is refused is useless.
			const before = this.#pair;
			this.#pair = before?.refresh && await refresh(this.#options, this.#version, before.refresh);
			if (before && !this.#pair) {
				memory?.renewed(undefined);
			}

			const pair = this.#pair ?? await this.#logIn();
			this.#pair = pair;
			this.#failure = undefined;
			memory?.renewed({access: pair.access, refresh: pair.refresh, expiresAt: wall() + pair.lifetimeMs});
			return pair.access;
		} catch (error) {
			if (error instanceof ServerFault) {
				this.#failure = failed(error, monotonic());
			}

			throw error;
		}
	}

	async #logIn(): Promise<Pair> {
		const password = this.#secret;
		const [outcome] = await Promise.allSettled([this.#signInWith(password)]);
		// A password that was entered meanwhile replaces it: that one is to be tried.
		if (this.#secret !== password) {
			return this.#logIn();
		}

		if (outcome.status === 'rejected') {
			throw outcome.reason as Error;
		}

		return outcome.value;
	}

	async #signInWith(password: Secret | undefined): Promise<Pair> {
		const {memory} = this.#options;
		if (!password) {
			throw new ServerFault('signInNeeded');
		}

		if (!this.#isEntered && await memory?.isRefused(password)) {
			throw new ServerFault('signInRefused', 'this password was refused before');
		}

		try {
			return await requestPair(this.#options, this.#version, password);
		} catch (error) {
			if (error instanceof ServerFault && error.kind === 'signInRefused') {
				memory?.refused(password);
			}

			throw error;
		}
	}
}

function currentPair({access, refresh: renewal, expiresAt}: CurrentTokens, {monotonic, wall}: TokenOptions): Pair {
	const leftMs = expiresAt - wall();
	return {access, refresh: renewal, lifetimeMs: leftMs, dueAt: monotonic() + (leftMs > 0 ? renewAfter(leftMs / 1000) : 0)};
}

async function requestPair({send, account, monotonic}: TokenOptions, version: ApiVersion, password: Secret): Promise<Pair> {
	const answer = await send(version, {grant_type: 'password', username: account, password, ...antiforgery(version)});
	if (answer.status !== 200) {
		throw signInFault(answer);
	}

	return pairOf(answer, monotonic());
}

/** The new pair; undefined where the refresh token is used up, expired or revoked, so that only the password helps. */
async function refresh({send, monotonic}: TokenOptions, version: ApiVersion, token: Secret): Promise<Pair | undefined> {
	const answer = await send(version, {grant_type: 'refresh_token', refresh_token: token, ...antiforgery(version)});
	if (answer.status === 200) {
		const renewed = pairOrUndefined(answer, monotonic());
		return renewed && {...renewed, refresh: renewed.refresh ?? token};
	}

	if (answer.status === 429 || answer.status < 400 || answer.status >= 500) {
		throw signInFault(answer);
	}

	return undefined;
}

function antiforgery(version: ApiVersion): TokenForm {
	return versions[version].hasAntiforgery ? {disable_antiforgery_token: 'true'} : {};
}

function failed(fault: ServerFault, now: number): Failure {
	return {fault, until: now + Math.max(pauseMs, fault.retryAfterMs ?? 0)};
}

function throwIfRefused(failure: Failure | undefined): void {
	if (failure?.fault.policy === 'ask') {
		throw failure.fault;
	}
}

function throwWhilePaused(failure: Failure | undefined, now: number): void {
	throwIfRefused(failure);
	if (!failure || now >= failure.until) {
		return;
	}

	const {kind, message} = failure.fault;
	throw new ServerFault(kind, message.slice(`${faultPolicies[kind].word}: `.length), {retryAfterMs: failure.until - now});
}

// A wrong password is a 400 on these servers, whether the body is OAuth's or the API's.
function signInFault(answer: Answer): ServerFault {
	if (answer.status === 400 || answer.status === 401) {
		return new ServerFault('signInRefused', answer.message);
	}

	return answer.status === 429
		? new ServerFault('signInThrottled', answer.message, {retryAfterMs: answer.retryAfterMs})
		: statusFault(answer);
}

function pairOrUndefined(answer: Answer, receivedAt: number): Pair | undefined {
	try {
		return pairOf(answer, receivedAt);
	} catch {
		return undefined;
	}
}

/** Longer tokens fit in no header of a usual server. */
const longestToken = 64 * 1024;

// What may be sent in a header.
const tokenText = /^[\u{21}-\u{7E}]+$/v;

function pairOf(answer: Answer, receivedAt: number): Pair {
	const wire = jsonOf(answer);
	const {access_token: access, refresh_token: renewal} = (wire ?? {}) as Record<string, unknown>;
	if (typeof access !== 'string' || access.length > longestToken || !tokenText.test(access)) {
		throw new ServerFault('badAnswer', 'no token in the answer to the sign-in');
	}

	const expiresIn = reader(wire)?.count('expires_in');
	return {
		access: new Secret(access),
		refresh: typeof renewal === 'string' && renewal !== '' ? new Secret(renewal) : undefined,
		lifetimeMs: lifetimeOf(expiresIn),
		dueAt: receivedAt + renewAfter(expiresIn),
	};
}

const defaultLifetimeMs = 3600 * 1000;

/**
Milliseconds after which a token is renewed: at 90 % of its life or 60 s before its
end, whichever is earlier, but not before half of it, so that a life of a minute is
not renewed with every request. `expiresIn` is in seconds; without it, an hour.
*/
export function renewAfter(expiresIn: Field<number>): number {
	const lifetime = lifetimeOf(expiresIn);
	return Math.min(lifetime * 0.9, Math.max(lifetime - 60_000, lifetime / 2));
}

function lifetimeOf(expiresIn: Field<number>): number {
	const seconds = valueOf(expiresIn) ?? 0;
	return seconds > 0 ? seconds * 1000 : defaultLifetimeMs;
}
