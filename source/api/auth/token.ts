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
	/** Another token than the one that the server did not take. */
	renew(version: ApiVersion, rejected: Secret): Promise<Secret>;
	/** Forgets a token that was not taken even when new, and pauses as after a failed request. */
	drop(rejected: Secret, fault: ServerFault): void;
	/** Goes on with another password (or fixed token), entered just now: what stood in the way is forgotten. */
	enter(secret: Secret): void;
	/** Takes the pair that is held out of use, to be ended at the server; undefined where there is none. */
	take(): Secret | undefined;
	/** Whether a request is what tells first that the token is taken. */
	readonly isUnproven: boolean;
};

/** A token pair that outlives the program. */
export type CurrentTokens = {
	readonly access: Secret;
	readonly refresh: Secret | undefined;
	/** Milliseconds since 1970 by this machine. */
	readonly expiresAt: number;
};

/** What is remembered of sign-ins from one start to the next. */
export type SignInMemory = {
	/** Whether the password was refused before, and was not entered anew since. */
	readonly isRefused: (password: Secret) => Promise<boolean>;
	/** Told of a password that the server just refused. */
	readonly refused: (password: Secret) => void;
	/** Told of each new token pair, and with undefined that the one it had is of no more use. */
	readonly renewed: (tokens: CurrentTokens | undefined) => void;
};

export type TokenOptions = {
	readonly account: string;
	/** Undefined where it is to be asked for. */
	readonly secret: Secret | undefined;
	/** The pair of an earlier sign-in, used as long as it is good. */
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

/** The keeper of one server's token; a refused password is never sent again by it. */
export function createTokenManager(options: TokenOptions): TokenManager {
	const {monotonic, memory} = options;
	let {secret} = options;
	let isEntered = false;
	let pair = options.tokens && currentPair(options.tokens, options);
	let failure: Failure | undefined;
	let version: ApiVersion = 'v8';

	const tried = async (password: Secret | undefined) => {
		if (!password) {
			throw new ServerFault('signInNeeded');
		}

		if (!isEntered && await memory?.isRefused(password)) {
			throw new ServerFault('signInRefused', 'this password was refused before');
		}

		try {
			return await requestPair(options, version, password);
		} catch (error) {
			if (error instanceof ServerFault && error.kind === 'signInRefused') {
				memory?.refused(password);
			}

			throw error;
		}
	};

	const logIn = async (): Promise<Pair> => {
		const password = secret;
		const [outcome] = await Promise.allSettled([tried(password)]);
		// One that was entered meanwhile takes its place: it is the one to be proven.
		if (secret !== password) {
			return logIn();
		}

		if (outcome.status === 'rejected') {
			throw outcome.reason as Error;
		}

		return outcome.value;
	};

	const obtain = singleFlight(async () => {
		throwWhilePaused(failure, monotonic());
		try {
			// A pair whose refresh is refused is of no more use.
			const before = pair;
			pair = pair?.refresh && await refresh(options, version, pair.refresh);
			if (before && !pair) {
				memory?.renewed(undefined);
			}

			pair ??= await logIn();
			failure = undefined;
			memory?.renewed({access: pair.access, refresh: pair.refresh, expiresAt: options.wall() + pair.lifetimeMs});
			return pair.access;
		} catch (error) {
			if (error instanceof ServerFault) {
				failure = failed(error, monotonic());
			}

			throw error;
		}
	});

	return {
		async bearer(servedVersion) {
			version = servedVersion;
			throwIfRefused(failure);
			return pair && monotonic() < pair.dueAt ? pair.access : obtain();
		},
		async renew(servedVersion, rejected) {
			version = servedVersion;
			throwIfRefused(failure);
			return pair && pair.access !== rejected ? pair.access : obtain();
		},
		drop(rejected, fault) {
			if (pair?.access !== rejected) {
				return;
			}

			pair = undefined;
			failure = failed(fault, monotonic());
		},
		enter(entered) {
			secret = entered;
			isEntered = true;
			pair = undefined;
			failure = undefined;
		},
		take() {
			const access = pair?.access;
			pair = undefined;
			return access;
		},
		isUnproven: false,
	};
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

/** Longer ones fit no header of a usual server. */
const longestToken = 64 * 1024;

// Fit to be sent in a header.
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
