import {faultPolicies, type ServerFault} from './errors.js';
import type {Contact} from './messages.js';
import {serverTime, type Now} from './now.js';
import type {Snapshot} from './snapshot.js';

/** The state of the connection to one server. */
export type Connection = {
	/** CONNECTING until the first answer or fault, LOADING until the list is whole. */
	readonly state: 'CONNECTING' | 'LOADING' | 'LIVE' | 'STALE' | 'OFFLINE' | 'SIGN IN';
	/** Monotonic ms of the last good answer. */
	readonly lastGoodAt: number | undefined;
	/** Monotonic ms of the next try while a fault stands; undefined where only the user can go on. */
	readonly nextTryAt: number | undefined;
	readonly fault: ServerFault | undefined;
	/** Monotonic ms of the first of the faults that stand. */
	readonly faultSince: number | undefined;
};

/** An answer is no longer new after three intervals, and at least after this: then a request hangs. */
const leastStaleMs = 15_000;

/** The state of a connection while the fault stands. */
export function faultState({policy, kind}: ServerFault): Connection['state'] {
	return policy === 'ask' ? 'SIGN IN' : (faultPolicies[kind].reached ? 'STALE' : 'OFFLINE');
}

/**
The state of the connection to a server. LIVE turns STALE when a fault stands though the server was reached, or when the newest
answer is older than three intervals (and 15 s). A first load takes its time on a large server: it is LOADING meanwhile.
@param refreshMs - milliseconds between two polls
@param monotonic - milliseconds now
*/
export function connectionOf(
	{fault, lastGoodAt, nextTryAt, faultSince}: Contact, {isLoading, version}: Pick<Snapshot, 'isLoading' | 'version'>, refreshMs: number, monotonic: number,
): Connection {
	if (fault) {
		return {state: faultState(fault), lastGoodAt, nextTryAt, fault, faultSince};
	}

	const parts = {lastGoodAt, nextTryAt: undefined, fault, faultSince: undefined};
	if (isLoading && version !== undefined) {
		return {...parts, state: 'LOADING'};
	}

	return lastGoodAt === undefined ? {...parts, state: 'CONNECTING'} : {...parts, state: monotonic - lastGoodAt > Math.max(leastStaleMs, 3 * refreshMs) ? 'STALE' : 'LIVE'};
}

/**
The time up to which it is known what a server does, in milliseconds since 1970 by its clock: now while it answers, else that
of its last good answer.
*/
export function heardUntil({state, lastGoodAt}: Pick<Connection, 'state' | 'lastGoodAt'>, now: Now, serverId: string): number {
	const silentMs = state === 'LIVE' || lastGoodAt === undefined ? 0 : Math.max(0, now.monotonic - lastGoodAt);
	return serverTime(now, serverId) - silentMs;
}
