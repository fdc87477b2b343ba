import {faults, ServerFault} from '../model/errors.js';
import {valueOf, type Field} from '../model/field.js';
import {Secret} from '../model/secret.js';
import {singleFlight} from './abortable.js';
import {jsonOf, statusFault, type Answer} from './answer.js';
import {reader} from './reader.js';
import type {ApiVersion} from './server-api.js';
import type {TokenForm} from './transport.js';
import {versions} from './versions.js';

/** The least time between two token requests once one failed: servers allow 5 a minute. */
export const pauseMs = 15_000;

/** The access token of one server, renewed when it is due; at most one token request is under way. */
export type TokenKeeper = {
	/** A token that is not due for renewal; signs in or refreshes first where there is none. */
	bearer(version: ApiVersion): Promise<Secret>;
	/** Another token than the one that the server did not take. */
	renew(version: ApiVersion, rejected: Secret): Promise<Secret>;
	/** Forgets a token that was not taken even when new, and pauses as after a failed request. */
	drop(rejected: Secret, fault: ServerFault): void;
};

export type TokenOptions = {
	readonly username: string;
	readonly password: Secret;
	/** A clock that never goes back, in ms. */
	readonly monotonic: () => number;
	readonly send: (version: ApiVersion, form: TokenForm) => Promise<Answer>;
};

type Pair = {
	readonly access: Secret;
	readonly refresh: Secret | undefined;
	/** Monotonic ms from which on it is renewed before use. */
	readonly dueAt: number;
};

type Failure = {readonly fault: ServerFault; readonly until: number};

/** The keeper of one server's token; a refused password is never sent again by it. */
export function createTokenKeeper(options: TokenOptions): TokenKeeper {
	const {monotonic} = options;
	let pair: Pair | undefined;
	let failure: Failure | undefined;
	let version: ApiVersion = 'v8';

	const obtain = singleFlight(async () => {
		throwWhilePaused(failure, monotonic());
		try {
			// A pair whose refresh is refused is of no more use.
			pair = pair?.refresh && await refresh(options, version, pair.refresh);
			pair ??= await logIn(options, version);
			failure = undefined;
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
	};
}

async function logIn({send, username, password, monotonic}: TokenOptions, version: ApiVersion): Promise<Pair> {
	const answer = await send(version, {grant_type: 'password', username, password, ...antiforgery(version)});
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
	if (failure?.fault.kind === 'signInRefused') {
		throw failure.fault;
	}
}

function throwWhilePaused(failure: Failure | undefined, now: number): void {
	throwIfRefused(failure);
	if (!failure || now >= failure.until) {
		return;
	}

	const {kind, message} = failure.fault;
	throw new ServerFault(kind, message.slice(`${faults[kind].word}: `.length), {retryAfterMs: failure.until - now});
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

// Fit to be sent in a header.
const tokenText = /^[\u{21}-\u{7E}]+$/v;

function pairOf(answer: Answer, receivedAt: number): Pair {
	const wire = jsonOf(answer);
	const {access_token: access, refresh_token: renewal} = (wire ?? {}) as Record<string, unknown>;
	if (typeof access !== 'string' || !tokenText.test(access)) {
		throw new ServerFault('badAnswer', 'no token in the answer to the sign-in');
	}

	return {
		access: new Secret(access),
		refresh: typeof renewal === 'string' && renewal !== '' ? new Secret(renewal) : undefined,
		dueAt: receivedAt + renewAfter(reader(wire)?.count('expires_in')),
	};
}

const defaultLifetimeMs = 3600 * 1000;

/**
Milliseconds after which a token is renewed: at 90 % of its life or 60 s before its
end, whichever is earlier, but not before half of it, so that a life of a minute is
not renewed with every request. `expiresIn` is in seconds; without it, an hour.
*/
export function renewAfter(expiresIn: Field<number>): number {
	const seconds = valueOf(expiresIn) ?? 0;
	const lifetime = seconds > 0 ? seconds * 1000 : defaultLifetimeMs;
	return Math.min(lifetime * 0.9, Math.max(lifetime - 60_000, lifetime / 2));
}
