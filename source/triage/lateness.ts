import {valueOf} from '../model/field.js';
import {isActive, type Session} from '../model/session.js';
import type {WindowState} from './backup-window.js';

/** What a run is compared with: how long earlier runs took, and their kind where it is known. */
export type LateBaseline = {
	readonly durationMs: {readonly median: number; readonly p90: number};
	readonly kind: string | undefined;
};

/** By how much an active run is late, in milliseconds. */
export type Late = {
	/** From its creation, how long it might have taken. */
	readonly limitMs: number;
	/** How far past that limit it is. */
	readonly byMs: number;
	/** How far past the usual median it is. */
	readonly pastUsualMs: number;
};

const limitFactor = 1.25;
// A job of a few minutes is not late for taking a few more.
const leastPastMs = 15 * 60_000;

/**
By how much an active session is past max(1.25 x p90, p90 + 15 min) of its job's runs, counted from its creation. Runs of
another kind say nothing: a Full run is never compared with Incremental ones.
@param now - milliseconds since 1970 by the clock of the session's server
@returns undefined where it is not late, not active, or nothing is known to compare it with
*/
export function lateRun(session: Session, baseline: LateBaseline | undefined, now: number): Late | undefined {
	const createdAt = valueOf(session.createdAt);
	if (!baseline || createdAt === undefined || !isActive(session) || !isOfKind(session, baseline)) {
		return undefined;
	}

	const {median, p90} = baseline.durationMs;
	const elapsed = now - createdAt;
	const limitMs = Math.max(limitFactor * p90, p90 + leastPastMs);
	return elapsed > limitMs ? {limitMs, byMs: elapsed - limitMs, pastUsualMs: elapsed - median} : undefined;
}

function isOfKind(session: Session, {kind}: LateBaseline): boolean {
	return kind === undefined || kind === valueOf(session.kind);
}

/**
By how many milliseconds a run is estimated to end after its backup window closes. While the window is closed there is no
answer: the next opening is not the one in which the run began.
@param now - milliseconds since 1970 by the clock of the run's server; a run that is active does not end before it
@returns undefined where it fits, or where the end or the window is not known
*/
export function msPastWindow(estimate: {readonly endsAt: number} | undefined, window: WindowState | undefined, now: number): number | undefined {
	if (!estimate || !window?.isOpen || window.closesAt === undefined) {
		return undefined;
	}

	const pastMs = Math.max(estimate.endsAt, now) - window.closesAt;
	return pastMs > 0 ? pastMs : undefined;
}
