import {valueOf} from '../model/field.js';
import {isActive, statusClass} from '../model/session.js';
import type {Changes} from '../model/snapshot.js';
import type {Row} from './rows.js';
import {statusTone, statusWord, type Tone} from './spans.js';

/** Something that happened to a session, worth a line. */
export type SessionEvent = {
	/** Milliseconds since 1970 by the server's clock; undefined where the session does not say. */
	readonly at: number | undefined;
	readonly text: string;
	readonly tone: Tone;
};

// What is told first when several sessions changed at once; a status that is not here is told last.
const order = ['Failed', 'Disconnected', 'Warning', 'Stopped', 'NotConfigured', 'Success'];

/**
The event to tell of a batch of changes: the worst end of a session, else the start of one.
*/
export function newestEvent(rows: readonly Row[], changes: Changes): SessionEvent | undefined {
	const changed = new Set([...changes.added, ...changes.updated]);
	if (changed.size === 0) {
		return undefined;
	}

	const isNew = new Set(changes.added);
	const told = rows
		.filter(({key, session}) => changed.has(key) && session && (statusClass(session.status) === 'finished' || (isActive(session) && isNew.has(key))))
		.toSorted((a, b) => rank(a) - rank(b))[0];
	return told && eventOf(told);
}

function rank({session}: Row): number {
	const place = order.indexOf(valueOf(session?.status) ?? '');
	return place === -1 ? order.length : place;
}

function eventOf({session, jobName}: Row): SessionEvent {
	const status = valueOf(session!.status) ?? '?';
	if (isActive(session!)) {
		return {at: valueOf(session!.createdAt), text: `${status === 'Queued' ? 'Queued' : 'Started'}: ${jobName}`, tone: 'plain'};
	}

	const details = valueOf(session!.details);
	return {at: valueOf(session!.endedAt), text: `${statusWord(status)}: ${jobName}${details ? `, ${details}` : ''}`, tone: statusTone(status)};
}
