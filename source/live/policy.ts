import {ServerFault} from '../model/errors.js';
import type {Contact, FollowTarget} from '../model/messages.js';

/*
When to ask next, as functions of what came: no clock, no timer. All times are monotonic milliseconds, all pauses milliseconds.
*/

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
	// A stopped state can heal too (a certificate is renewed, a service is moved): it is tried again, rarely.
	return fault.policy === 'stop' ? longestDelayMs : delay;
}

/** What came of the polls of one server so far. */
export type PollState = {
	readonly contact: Contact;
	/** Polls that failed in a row. */
	readonly failures: number;
	/** Milliseconds from the last poll to the next try while a fault stands; undefined where only the user can go on, and without a fault. */
	readonly retryMs: number | undefined;
};

/** The state of a server that was not asked yet. */
export const notPolled: PollState = {
	contact: {fault: undefined, lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined},
	failures: 0,
	retryMs: undefined,
};

/**
The state after one more poll.
@param fault - why the poll failed; undefined where it brought a good answer
@param at - when it ended, monotonic ms
@param random - 0 to 1
*/
export function contactAfter({contact, failures}: PollState, fault: ServerFault | undefined, at: number, random: number): PollState {
	if (!fault) {
		return {contact: {...notPolled.contact, lastGoodAt: at}, failures: 0, retryMs: undefined};
	}

	const retryMs = retryDelay(fault, failures + 1, random);
	return {
		contact: {
			fault,
			lastGoodAt: contact.lastGoodAt,
			nextTryAt: retryMs === undefined ? undefined : at + retryMs,
			faultSince: contact.faultSince ?? at,
		},
		failures: failures + 1,
		retryMs,
	};
}

/** What was thrown, as a fault. Anything else than a fault is a bug of this program: it is shown as one and ends no polling. */
export function asFault(reason: unknown): ServerFault {
	return reason instanceof ServerFault ? reason : new ServerFault('badAnswer', reason instanceof Error ? reason.message : String(reason), {cause: reason});
}

/** The log and the objects of an active session are read this often; after a fault those of any session are tried again as often. */
const followMs: Readonly<Record<FollowTarget['what'], number>> = {log: 5000, objects: 15_000};
/** While a log is longer than what was read, a page is read this long after the one before. */
const nextPageMs = 1000;

/** What came of the last read of something that is followed. */
export type FollowedRead = {
	readonly what: FollowTarget['what'];
	/** Whether the session can still change. */
	readonly isActive: boolean;
	/** Whether the session ended while it was read: what came last may be missing. */
	readonly hasEnded: boolean;
	readonly hasFailed: boolean;
	/** Whether there are pages that were not read yet. */
	readonly hasMore: boolean;
};

/** Milliseconds until the next read of something that is followed; undefined where there is nothing more to read. */
export function nextRead({what, isActive, hasEnded, hasFailed, hasMore}: FollowedRead): number | undefined {
	if (hasEnded) {
		return 0;
	}

	if (hasMore && !hasFailed) {
		return nextPageMs;
	}

	return isActive || hasFailed ? followMs[what] : undefined;
}

/** A little past the full second: a timer that fires early would show the old second twice. */
const pastSecondMs = 10;

/**
Milliseconds until the next tick, so that the seconds on screen never skip.
@param serverTime - milliseconds since 1970 by the server's clock
*/
export function nextTick(serverTime: number): number {
	return 1000 + pastSecondMs - (serverTime % 1000);
}
