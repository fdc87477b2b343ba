import type {ServerFault} from './errors.js';

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
