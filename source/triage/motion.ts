import type {LogEvidence} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';
import type {Session} from '../model/session.js';
import type {Observation} from '../model/snapshot.js';

const minute = 60_000;

/** A shorter time says nothing about a rate. */
const leastSpanMs = 20_000;
const rateWindowMs = 2 * minute;
/** A session must be watched this long before its silence counts: the log alone does not show that no byte moved. */
const leastWatchMs = 2 * minute;
/** The log of a quiet session is read again after this. */
const logStaysFreshMs = 5 * minute;

/** Rates from differences between polls; undefined where a count cannot be read or went down. */
export type RatesNow = {
	readonly bytesPerSecond: number | undefined;
	readonly itemsPerSecond: number | undefined;
	readonly objects: number | undefined;
	/** The time in milliseconds that they are measured over. */
	readonly overMs: number;
};

/** How an active session moves. */
export type Motion = {
	/** Milliseconds since anything of it moved, as far as is known: no less than this. */
	readonly quietMs: number;
	/** Whether its log was read during the silence, and recently: only then is the silence certain. */
	readonly isLogRead: boolean;
	/** Whether it was watched long enough to say that nothing else moved. */
	readonly isWatched: boolean;
	/** Undefined until it was watched for 20 s. */
	readonly now: RatesNow | undefined;
};

/**
How an active session moves, by its polls and its log.
@param observations - oldest first, one for each change that was seen, the first one from when it was first seen
@param now - milliseconds since 1970 by the clock of the session's server
*/
export function motionOf(session: Session, observations: readonly Observation[], log: LogEvidence | undefined, now: number): Motion {
	const first = observations[0]?.at ?? now;
	const last = observations.at(-1)?.at ?? now;
	const inLog = log?.newest && newestMoment(log.newest.items);
	// The first poll shows no change; the log may say when the last one was.
	const moved = observations.length > 1 ? last : undefined;
	const known = [moved, inLog].filter(at => at !== undefined);
	const since = known.length === 0 ? first : Math.max(...known);
	const readAt = log?.newest?.readAt;
	return {
		quietMs: Math.max(0, now - Math.max(since, valueOf(session.createdAt) ?? since)),
		isLogRead: readAt !== undefined && readAt >= last && now - readAt < logStaysFreshMs + minute,
		isWatched: now - last >= leastWatchMs,
		now: ratesNow(observations, now),
	};
}

/** The log of a younger session is not read: it cannot be stuck yet. */
const youngMs = 30 * minute;
/** After its log was read once, a silence is examined again from this length on. */
const quietAgainMs = 10 * minute;
/** The log of a late session is read again after this. */
const lateAgainMs = 10 * minute;

/**
Whether the newest log items should be read: the session is silent, and its log was not read in that silence, or not
recently; or it is late, and its log may say why.
*/
export function needsNewestLog(session: Session, {quietMs, isLogRead}: Motion, log: LogEvidence | undefined, {isLate, now}: Moment): boolean {
	const readAt = log?.newest?.readAt;
	const isOld = now - (valueOf(session.createdAt) ?? now) >= youngMs;
	return readAt === undefined
		? isLate || (quietMs >= leastSpanMs && isOld)
		: (isLate && now - readAt >= lateAgainMs) || (quietMs >= quietAgainMs && (!isLogRead || now - readAt >= logStaysFreshMs));
}

type Moment = {readonly isLate: boolean; readonly now: number};

/** When the newest of the items came or ended, in milliseconds since 1970; undefined where none says. */
export function newestMoment(items: readonly LogItem[]): number | undefined {
	let newest: number | undefined;
	for (const {createdAt, endedAt} of items) {
		for (const at of [valueOf(createdAt), valueOf(endedAt)]) {
			newest = at === undefined ? newest : Math.max(newest ?? at, at);
		}
	}

	return newest;
}

function ratesNow(observations: readonly Observation[], now: number): RatesNow | undefined {
	const from = now - rateWindowMs;
	const base = observations.findLast(({at}) => at <= from) ?? observations[0];
	const last = observations.at(-1);
	const overMs = base ? now - Math.max(base.at, from) : 0;
	if (!base || !last || overMs < leastSpanMs) {
		return undefined;
	}

	const gain = (count: (observation: Observation) => Observation['progress']) => {
		const [before, after] = [valueOf(count(base)), valueOf(count(last))];
		return before === undefined || after === undefined || after < before ? undefined : after - before;
	};

	const perSecond = (amount: number | undefined) => amount === undefined ? undefined : amount / (overMs / 1000);
	return {
		bytesPerSecond: perSecond(gain(({transferredBytes}) => transferredBytes)),
		itemsPerSecond: perSecond(gain(({processedItems}) => processedItems)),
		objects: gain(({progress}) => progress),
		overMs,
	};
}
