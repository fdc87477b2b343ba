import type {Connection} from '../model/connection.js';
import {faultPolicies, type ServerFault} from '../model/errors.js';

const firstDelayMs = 2000;
const longestDelayMs = 60_000;

/**
How long to wait before the next try after a fault, in milliseconds; undefined where only
the user can go on. Faults in a row wait 2, 4, 8 ... 60 s, a server that names a longer pause gets it,
and up to a tenth is added, so that several monitors do not come back together.
@param failures - tries that failed in a row, from 1
@param random - 0 to 1
*/
export function retryDelay(fault: ServerFault, failures: number, random: number): number | undefined {
	if (fault.policy === 'ask') {
		return undefined;
	}

	const backoff = Math.min(longestDelayMs, firstDelayMs * (2 ** Math.min(10, failures - 1)));
	const delay = Math.max(backoff, fault.retryAfterMs ?? 0) * (1 + (random / 10));
	// A stopped state can heal too (a certificate is renewed, a service is moved): it is looked at, rarely.
	return fault.policy === 'stop' ? longestDelayMs : delay;
}

export type ConnectionTimes = {
	/** Monotonic ms. */
	readonly lastGoodAt: number | undefined;
	/** Monotonic ms. */
	readonly nextTryAt: number | undefined;
	/** Monotonic ms. */
	readonly faultSince: number | undefined;
};

/**
How things stand with the server. LIVE turns STALE when a fault stands though the server was
reached, or when the newest answer is older than three intervals (and 15 s): a request hangs.
@param monotonic - milliseconds now
*/
export function connectionOf(fault: ServerFault | undefined, times: ConnectionTimes, refreshMs: number, monotonic: number): Connection {
	const {lastGoodAt, nextTryAt, faultSince} = times;
	const parts = {lastGoodAt, nextTryAt: fault && nextTryAt, fault, faultSince: fault && faultSince};
	if (fault) {
		const state = fault.policy === 'ask' ? 'SIGN IN' : (faultPolicies[fault.kind].reached ? 'STALE' : 'OFFLINE');
		return {...parts, state};
	}

	if (lastGoodAt === undefined) {
		return {...parts, state: 'CONNECTING'};
	}

	const isOld = monotonic - lastGoodAt > Math.max(15_000, 3 * refreshMs);
	return {...parts, state: isOld ? 'STALE' : 'LIVE'};
}
