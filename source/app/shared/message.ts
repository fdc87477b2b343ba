import type {ServerFault} from '../../model/errors.js';
import type {Now} from '../../model/now.js';
import {cellWidth} from '../../ui/text/fit-cell.js';
import {counted, duration} from '../../ui/format.js';
import type {Cell} from '../../ui/text/spans.js';
import {cutText} from '../../ui/text/text.js';
import {timeOfDay} from '../../ui/times.js';
import type {Notice} from './state/state.js';
import {aboutServer, worstFirst, type ServerState} from './servers.js';
import {activeFilters, waysOut, type Filters} from './filters/filters.js';
import type {SessionEvent} from './rows/events.js';

export type MessageOptions = {
	readonly servers: readonly ServerState[];
	/** What is to be known of what is on screen, such as that the list is not whole. */
	readonly warning: string | undefined;
	readonly event: SessionEvent | undefined;
	readonly isOrderFrozen: boolean;
	/** What the last key did. */
	readonly notice: Notice | undefined;
	readonly now: Now;
	readonly zone: string;
	/** Columns of the line, the last of which stays empty. */
	readonly width: number;
};

const leastFault = 12;
const leastWideColumns = 60;
/** How long an event goes before a warning that lasts. */
const freshMs = 60_000;

const fingerprints = /(?:SHA-256 )?(?<start>(?:[\dA-F]{2}:){3}[\dA-F]{2})(?::[\dA-F]{2}){28}/gv;

/** The words of a fault in one line: of fingerprints, which would fill it, the first four pairs. */
function shortFault({message}: ServerFault): string {
	return message.replaceAll(fingerprints, '$<start>..');
}

/** The message line: the answer to the last key for a few seconds, else the worst fault with its next try, then a warning, then the last event. */
export function messageLine({servers, warning, event, isOrderFrozen, notice, now, zone, width}: MessageOptions): Cell {
	if (notice && now.monotonic < notice.until) {
		return [{text: ` ${notice.text}`, tone: 'strong'}];
	}

	const {connection, snapshot} = worstFirst(servers)[0]!;
	const {fault, nextTryAt, faultSince} = connection;
	const about = (text: string) => aboutServer(servers, snapshot, text);
	const total: Cell = isOrderFrozen ? [{text: ' order held', tone: 'dim'}] : [];
	if (fault) {
		const since = faultSince === undefined ? '' : `${timeOfDay(now.server - (now.monotonic - faultSince), zone)} `;
		const next = nextTryAt === undefined ? '' : `, next ${width < leastWideColumns ? '' : 'try '}in ${duration(Math.max(0, nextTryAt - now.monotonic) + 999)}`;
		// When it is tried again is never what is cut.
		const what = cutText(about(shortFault(fault)), Math.max(leastFault, width - 2 - since.length - next.length));
		return [{text: ` ${since}${what}${next}`, tone: fault.policy === 'retry' ? 'warning' : 'bad'}];
	}

	if (connection.state === 'STALE' && connection.lastGoodAt !== undefined) {
		const since = timeOfDay(now.server - (now.monotonic - connection.lastGoodAt), zone);
		return [{text: ` ${about(`no answer since ${since}; R begins a new request`)}`, tone: 'warning'}];
	}

	// What lasts long must not hide what happens.
	const isFresh = event?.at !== undefined && now.server - event.at < freshMs;
	if (warning !== undefined && !isFresh) {
		return [{text: ` ${cutText(warning, width - 2 - cellWidth(total))}`, tone: 'warning'}, ...total];
	}

	if (!event) {
		return total;
	}

	const time = event.at === undefined ? '' : `${timeOfDay(event.at, zone)} `;
	return [{text: ` ${time}`, tone: 'dim'}, {text: event.text, tone: event.tone}, ...(total.length > 0 ? [{text: ' '}, ...total] : [])];
}

export type EmptyOptions = {
	readonly servers: readonly ServerState[];
	/** Rows loaded, before filters. */
	readonly total: number;
	/** What a row is: a session or a job. */
	readonly word: string;
	readonly filters: Filters;
	/** The job type that the request is limited to. */
	readonly requested: string | undefined;
	readonly range: string;
	/** Whether no longer range can be chosen. */
	readonly isLongest: boolean;
	readonly now: Now;
};

/** Why an empty list is empty, a line each: what is the case, then what to do. Of several servers each has a line of its own. */
export function emptyLines(options: EmptyOptions): string[] {
	const {servers, total, word, filters} = options;
	if (total > 0) {
		const none = total === 1 ? `The only ${word} does not pass` : `None of the ${counted(total, word)} passes`;
		return [`${none}: ${activeFilters(filters).join(', ')}.`, `${waysOut(filters).join(', ')}.`];
	}

	const reasons = servers.map(server => reasonOf(server, options));
	if (servers.length === 1) {
		const {why, advice, next} = reasons[0]!;
		return [why, advice, next].filter(line => line !== '');
	}

	const further = reasons.find(({isRead}) => isRead)?.advice;
	return [...reasons.map(({why, next}) => next === '' ? why : `${why} ${next}`), ...(further === undefined ? [] : [further])];
}

type Reason = {readonly why: string; readonly advice: string; readonly next: string; readonly isRead: boolean};

// Why nothing is known of a server.
function reasonOf({connection, snapshot: {serverName, isLoading}}: ServerState, {servers, requested, range, isLongest, now}: EmptyOptions): Reason {
	const {fault, nextTryAt, lastGoodAt} = connection;
	if (fault && lastGoodAt === undefined) {
		const next = nextTryAt === undefined ? '' : `Next try in ${duration(Math.max(0, nextTryAt - now.monotonic) + 999)}; R tries now.`;
		return {why: `${serverName}: ${sentence(fault.message)}`, advice: fault.advice, next, isRead: false};
	}

	if (isLoading) {
		const reading = servers.length === 1 ? 'Reading sessions ...' : `Reading sessions of ${serverName} ...`;
		return {why: lastGoodAt === undefined ? `Connecting to ${serverName} ...` : reading, advice: '', next: '', isRead: false};
	}

	const what = requested === undefined ? 'No session' : `No ${requested} session`;
	const further = isLongest ? 'This is the longest range.' : '] looks further back.';
	const advice = requested === undefined ? further : `${further} t asks for all job types.`;
	return {why: `${what} in the last ${range} on ${serverName}.`, advice, next: '', isRead: true};
}

// The words of a server often end in a full stop already.
const sentence = (words: string) => words.endsWith('.') ? words : `${words}.`;
