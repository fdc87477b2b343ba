import {isReadToEnd, type Evidence, type LogEvidence} from '../../model/evidence.js';
import {valueOf} from '../../model/field.js';
import type {LogItem} from '../../model/log-item.js';
import {statusClass, type Session} from '../../model/session.js';
import {causeOfDetails, causesOf, isThrottling, type Cause} from './causes.js';

/** The items of a log that its errors and warnings are among, oldest first: those that were read, and what came since; undefined while nothing was read. */
export function problemItems(log: LogEvidence | undefined): readonly LogItem[] | undefined {
	const {problems, newest} = log ?? {};
	if (!problems || !newest || newest.readAt <= problems.readAt) {
		return problems?.items ?? newest?.items;
	}

	const cached = itemsCache.get(newest.items);
	if (cached?.problems === problems.items) {
		return cached.items;
	}

	const known = new Set(problems.items.map(({id}) => id));
	const items = [...problems.items, ...newest.items.filter(({id}) => !known.has(id))];
	itemsCache.set(newest.items, {problems: problems.items, items});
	return items;
}

// Items that were read never change, so each list of them is examined once, not at each poll.
const itemsCache = new WeakMap<readonly LogItem[], {readonly problems: readonly LogItem[]; readonly items: readonly LogItem[]}>();
const causesCache = new WeakMap<readonly LogItem[], readonly Cause[]>();

function cachedCauses(items: readonly LogItem[]): readonly Cause[] {
	const found = causesCache.get(items) ?? causesOf(items);
	causesCache.set(items, found);
	return found;
}

/** The causes that a session's log names; where it names none, the one that the session's details name. */
export function causesOfSession(session: Session, log: LogEvidence | undefined): readonly Cause[] {
	const items = problemItems(log);
	const found = items ? cachedCauses(items) : [];
	const isGood = session.status === 'Success' || session.status === 'Stopped';
	if (found.length > 0 || isGood || statusClass(session.status) !== 'finished') {
		return found;
	}

	const details = valueOf(session.details);
	const cause = details ? causeOfDetails(details, session.status === 'Warning' ? 'Warning' : 'Error', valueOf(session.endedAt)) : undefined;
	return cause ? [cause] : [];
}

/** The keys of the causes of a finished session; undefined until its log was read. A run that succeeded has none. */
export function causeKeys(session: Session, {logs}: Evidence): ReadonlySet<string> | undefined {
	if (session.status === 'Success') {
		return new Set();
	}

	const problems = logs.get(session.id)?.problems;
	return isReadToEnd(problems, session) ? new Set(cachedCauses(problems.items).map(({key}) => key)) : undefined;
}

/** An older throttling line says nothing of the present. */
const throttlingLastsMs = 3_600_000;

/** Whether the newest items of a log say that Microsoft throttled the run in the hour before `now`. */
export function isThrottledNow(log: LogEvidence | undefined, now: number): boolean {
	return log?.newest?.items.some(({type, text, createdAt, endedAt}) => {
		const at = valueOf(endedAt) ?? valueOf(createdAt) ?? 0;
		return (type === 'Warning' || type === 'Error') && now - at < throttlingLastsMs && isThrottling(valueOf(text) ?? '');
	}) ?? false;
}
