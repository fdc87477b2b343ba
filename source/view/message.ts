import type {Connection} from '../model/connection.js';
import type {Now} from '../model/now.js';
import type {Snapshot} from '../model/snapshot.js';
import type {SessionEvent} from './events.js';
import type {Notice} from './screen.js';
import {duration} from './format.js';
import type {Cell} from './spans.js';
import {timeOfDay} from './times.js';

export type MessageOptions = {
	readonly connection: Connection;
	/** What is to be known of what is on screen, such as that the list is not whole. */
	readonly warning: string | undefined;
	readonly event: SessionEvent | undefined;
	readonly isOrderHeld: boolean;
	/** What the last key did. */
	readonly notice: Notice | undefined;
	readonly now: Now;
	readonly zone: string;
};

/** That something could not be read, sessions or names, and why. */
export function notWhole({missing}: Pick<Snapshot, 'missing'>): string | undefined {
	return missing === undefined ? undefined : `Incomplete: ${missing}`;
}

/** The message line: the answer to the last key for a few seconds, else a fault with its next try, then a warning, then the last event. */
export function messageLine({connection, warning, event, isOrderHeld, notice, now, zone}: MessageOptions): Cell {
	if (notice && now.monotonic < notice.until) {
		return [{text: ` ${notice.text}`, tone: 'strong'}];
	}

	const {fault, nextTryAt, faultSince} = connection;
	const held: Cell = isOrderHeld ? [{text: ' order held', tone: 'dim'}] : [];
	if (fault) {
		const since = faultSince === undefined ? '' : `${timeOfDay(now.server - (now.monotonic - faultSince), zone)} `;
		const next = nextTryAt === undefined ? '' : `, next try in ${duration(Math.max(0, nextTryAt - now.monotonic) + 999)}`;
		return [{text: ` ${since}${fault.message}${next}`, tone: fault.policy === 'retry' ? 'warning' : 'bad'}];
	}

	if (connection.state === 'STALE' && connection.lastGoodAt !== undefined) {
		const since = timeOfDay(now.server - (now.monotonic - connection.lastGoodAt), zone);
		return [{text: ` no answer since ${since}; R begins a new request`, tone: 'warning'}];
	}

	if (warning !== undefined) {
		return [{text: ` ${warning}`, tone: 'warning'}, ...held];
	}

	if (!event) {
		return held;
	}

	const time = event.at === undefined ? '' : `${timeOfDay(event.at, zone)} `;
	return [{text: ` ${time}`, tone: 'dim'}, {text: event.text, tone: event.tone}, ...(held.length > 0 ? [{text: ' '}, ...held] : [])];
}

export type EmptyOptions = {
	readonly connection: Connection;
	readonly serverName: string;
	readonly isLoading: boolean;
	/** Rows held, before filters. */
	readonly held: number;
	/** The filters that narrow the list. */
	readonly filters: readonly string[];
	/** The job type that the request is narrowed to. */
	readonly requested: string | undefined;
	readonly range: string;
	/** Whether no longer range can be chosen. */
	readonly isLongest: boolean;
	readonly now: Now;
};

/** Why an empty list is empty, a line each: what stands, then what to do. */
export function emptyLines({connection, serverName, isLoading, held, filters, requested, range, isLongest, now}: EmptyOptions): string[] {
	const {fault, nextTryAt} = connection;
	if (held > 0) {
		return [`${held === 1 ? 'The only session does not pass' : `None of the ${held} sessions passes`}: ${filters.join(', ')}.`, 'Esc clears the filter, t changes the job type.'];
	}

	if (fault && connection.lastGoodAt === undefined) {
		const next = nextTryAt === undefined ? '' : `Next try in ${duration(Math.max(0, nextTryAt - now.monotonic) + 999)}; R tries now.`;
		return [`${serverName}: ${sentence(fault.message)}`, fault.advice, next].filter(line => line !== '');
	}

	if (isLoading) {
		return [connection.lastGoodAt === undefined ? `Connecting to ${serverName} ...` : 'Reading sessions ...'];
	}

	const what = requested === undefined ? 'No session' : `No ${requested} session`;
	const further = isLongest ? 'This is the longest range.' : '] looks further back.';
	return [`${what} in the last ${range} on ${serverName}.`, requested === undefined ? further : `${further} t asks for all job types.`];
}

// The words of a server often end in a full stop already.
const sentence = (words: string) => words.endsWith('.') ? words : `${words}.`;
