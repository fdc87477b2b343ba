import {unreadable, valueOf} from '../../../model/field.js';
import {isActive, sessionKey, statusClass, type Session} from '../../../model/session.js';
import {serverTime, type Now} from '../../../model/now.js';
import type {Changes, Snapshot} from '../../../model/snapshot.js';
import {aboutServer} from '../servers.js';
import type {Tone} from '../../../ui/text/spans.js';
import {statusTone, statusWord} from '../status-words.js';
import {rowsOf, type Row} from './rows.js';

/** Something that happened to a session, worth a line. */
export type SessionEvent = {
	/** Milliseconds since 1970 by the server's clock; undefined where the session does not say. */
	readonly at: number | undefined;
	readonly text: string;
	readonly tone: Tone;
	/** Whose clock `at` is by. */
	readonly serverId?: string;
};

// What is said first when several sessions changed at once; a status that is not here is said last.
const order = ['Failed', 'Disconnected', 'Warning', 'Stopped', 'NotConfigured', 'Success'];

/**
The event to say of a batch of changes: the worst end of a session, else the start of one.
@param before - the sessions as they were: what was at its end already, or could not be read, brings no news
*/
export function newestEvent(rows: readonly Row[], changes: Changes, before: readonly Session[] = []): SessionEvent | undefined {
	const changed = new Set([...changes.added, ...changes.updated]);
	if (changed.size === 0) {
		return undefined;
	}

	const isNew = new Set(changes.added);
	const wasSettled = new Set(before.filter(({status}) => statusClass(status) === 'finished' || status === unreadable).map(session => sessionKey(session)));
	const reported = rows
		.filter(({key}) => changed.has(key) && !wasSettled.has(key))
		.filter(({key, session}) => session && (statusClass(session.status) === 'finished' || (isActive(session) && isNew.has(key))))
		.toSorted((a, b) => rank(a) - rank(b))[0];
	return reported && sessionEvent(reported);
}

/** How long a bad end is shown before a start or a good end may take its place, in milliseconds. */
const badStandsMs = 60_000;
const weights: Partial<Record<Tone, number>> = {bad: 2, warning: 1};

/** The event to show where one is shown already: the newer one, unless the older one is worse and less than a minute older. */
export function laterEvent(shown: SessionEvent | undefined, newer: SessionEvent | undefined, now?: Now): SessionEvent | undefined {
	if (!shown || !newer) {
		return newer ?? shown;
	}

	const isWorse = (weights[shown.tone] ?? 0) > (weights[newer.tone] ?? 0);
	const [before, after] = [shown, newer].map(event => momentOf(event, now));
	const isRecent = before !== undefined && after !== undefined && after - before < badStandsMs;
	return isWorse && isRecent ? shown : newer;
}

/**
The event to show after newer snapshots came; the sessions of a first load are none.
@param shown - the event shown before
@param before - the snapshots that it was made of, in the same order
*/
export function eventAfter(shown: SessionEvent | undefined, before: readonly Snapshot[], after: readonly Snapshot[], now: Now): SessionEvent | undefined {
	const isOneOfSeveral = after.length > 1;
	const events = after.flatMap((snapshot, index) => {
		const isNews = snapshot !== before[index] && !snapshot.isLoading && before[index]?.isLoading === false;
		const event = isNews ? newestEvent(rowsOf(snapshot, isOneOfSeveral), snapshot.changes, before[index]!.sessions) : undefined;
		return event ? [{...event, text: aboutServer(after, snapshot, event.text), serverId: snapshot.serverId}] : [];
	});
	let reported = shown;
	for (const event of events.toSorted((a, b) => (momentOf(a, now) ?? 0) - (momentOf(b, now) ?? 0))) {
		reported = laterEvent(reported, event, now);
	}

	return reported;
}

// When an event was by the one clock of all servers.
function momentOf({at, serverId}: SessionEvent, now: Now | undefined): number | undefined {
	return at === undefined || serverId === undefined || !now ? at : at - serverTime(now, serverId) + now.server;
}

function rank({session}: Row): number {
	const index = order.indexOf(valueOf(session?.status) ?? '');
	return index === -1 ? order.length : index;
}

/** What is shown of a row's session: its start, or how it ended. */
export function sessionEvent({session, jobName}: Row): SessionEvent {
	const status = valueOf(session!.status) ?? '?';
	if (isActive(session!)) {
		return {at: valueOf(session!.createdAt), text: `${status === 'Queued' ? 'Queued' : 'Started'}: ${jobName}`, tone: 'plain'};
	}

	const details = valueOf(session!.details);
	return {at: valueOf(session!.endedAt), text: `${statusWord(status)}: ${jobName}${details ? `, ${details}` : ''}`, tone: statusTone(status)};
}
