import type {ServerFault} from './errors.js';
import {serverTime, type Now} from './now.js';

/** How things stand with one server. */
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

/**
The time up to which it is known what a server does, in milliseconds since 1970 by its clock: now while it answers, else that
of its last good answer.
*/
export function heardUntil({state, lastGoodAt}: Pick<Connection, 'state' | 'lastGoodAt'>, now: Now, serverId: string): number {
	const silentMs = state === 'LIVE' || lastGoodAt === undefined ? 0 : Math.max(0, now.monotonic - lastGoodAt);
	return serverTime(now, serverId) - silentMs;
}
