import {randomBytes} from 'node:crypto';
import {second, timestamp} from '../world/time.js';
import type {SimulatedVersion} from '../wire/wire.js';
import type {WireAnswer} from './exchange.js';

export type Account = {username: string; password: string};
type TokenPair = {refreshToken: string; expiresAt: number; requiresAntiforgery: boolean};

/** Whether tokens need the antiforgery cookie unless the client disabled it; `always`: even if it did. */
export type Antiforgery = boolean | 'always';

/** How the server grants tokens. */
export type TokenSettings = {
	/** 1 token request a second and 5 a minute, else 429. */
	tokenQuota?: boolean;
	/** In seconds. */
	tokenLifetime?: number;
	requireAntiforgery?: Antiforgery;
};

export type TokenRules = {
	account: Account;
	/** In seconds. */
	lifetime: number;
	requireAntiforgery: Antiforgery;
	/** Bearer tokens without a sign-in: valid in all versions and for ever, after a restart and a logout too. */
	apiKeys: readonly string[];
};

/** The tokens that a server has granted; they are valid for all versions of the API. */
export class Tokens {
	readonly #pairs = new Map<string, TokenPair>();
	readonly #refreshTokens = new Set<string>();

	/** For tokens granted from now on. */
	readonly rules: TokenRules;
	/** Grant types that are always refused. */
	readonly refusedGrants = new Set<string>();

	constructor(rules: TokenRules) {
		this.rules = rules;
	}

	#newPair(requiresAntiforgery: boolean, now: number): WireAnswer {
		const {account: {username}, lifetime} = this.rules;
		// The lengths are those of a real server.
		const accessToken = randomBytes(780).toString('base64url');
		const refreshToken = randomBytes(60).toString('base64url');
		const expiresAt = now + (lifetime * second);
		this.#pairs.set(accessToken, {refreshToken, expiresAt, requiresAntiforgery});
		this.#refreshTokens.add(refreshToken);
		return {
			status: 200,
			json: {
				access_token: accessToken,
				refresh_token: refreshToken,
				token_type: 'bearer',
				expires_in: lifetime,
				userName: username,
				'.issued': timestamp(now),
				'.expires': timestamp(expiresAt),
			},
		};
	}

	/** Ends all tokens, as a restart of the service does. */
	forget(): void {
		this.#pairs.clear();
		this.#refreshTokens.clear();
	}

	/** Ends all access tokens; their refresh tokens stay valid. */
	expire(): void {
		this.#pairs.clear();
	}

	isAccepted(authorization: string | undefined, now: number): boolean {
		const accessToken = bearerOf(authorization);
		if (accessToken === undefined) {
			return false;
		}

		if (this.rules.apiKeys.includes(accessToken)) {
			return true;
		}

		const pair = this.#pairs.get(accessToken);
		return this.rules.requireAntiforgery !== 'always' && pair !== undefined && now < pair.expiresAt && !pair.requiresAntiforgery;
	}

	/** Ends the pair that this access token belongs to; false if there is none. */
	logOut(authorization: string | undefined): boolean {
		const accessToken = bearerOf(authorization) ?? '';
		this.#refreshTokens.delete(this.#pairs.get(accessToken)?.refreshToken ?? '');
		return this.#pairs.delete(accessToken);
	}

	/** Answers a token request. */
	grant(form: Readonly<Record<string, string>>, version: SimulatedVersion, now: number): WireAnswer {
		const antiforgery = form['disable_antiforgery_token'];
		if (antiforgery !== undefined && !version.hasAntiforgery) {
			return refusal('invalid_request', 'The parameter disable_antiforgery_token is unknown.');
		}

		const type = form['grant_type'] ?? '';
		const grant = grants[type];
		if (!grant) {
			return refusal('unsupported_grant_type', 'The grant type is not supported.');
		}

		const isGranted = !this.refusedGrants.has(type) && grant(form, this.rules.account, this.#refreshTokens);
		const needsAntiforgery = this.rules.requireAntiforgery !== false && version.hasAntiforgery && antiforgery?.toLowerCase() !== 'true';
		return isGranted ? this.#newPair(needsAntiforgery, now) : refusal('invalid_grant', 'Invalid credentials.');
	}
}

type Grant = (form: Readonly<Record<string, string>>, account: Account, refreshTokens: Set<string>) => boolean;

const grants: Readonly<Record<string, Grant>> = {
	password: (form, account) => form['username']?.toLowerCase() === account.username.toLowerCase() && form['password'] === account.password,
	// A refresh token can be used once.
	refresh_token: (form, _account, refreshTokens) => refreshTokens.delete(form['refresh_token'] ?? ''),
};

function refusal(error: string, description: string): WireAnswer {
	return {status: 400, json: {error, error_description: description}};
}

function bearerOf(authorization: string | undefined): string | undefined {
	return /^bearer (?<token>\S+)$/iv.exec(authorization ?? '')?.groups?.['token'];
}

/** The throttle of the token path: 1 a second, 5 a minute. */
export class TokenQuota {
	#granted: number[] = [];

	/** Seconds to wait, 0 if the request may pass. */
	take(now: number): number {
		this.#granted = this.#granted.filter(at => at > now - (60 * second) && at <= now);
		const last = this.#granted.at(-1);
		const oldest = this.#granted.length >= 5 ? this.#granted[0] : undefined;
		const wait = Math.max(last === undefined ? 0 : last + second - now, oldest === undefined ? 0 : oldest + (60 * second) - now);
		if (wait <= 0) {
			this.#granted.push(now);
			return 0;
		}

		return Math.ceil(wait / second);
	}
}
