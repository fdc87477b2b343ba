import type {Exchange} from '../api/transport/observed-transport.js';
import type {Feed} from '../live/feed.js';
import {faultState} from '../model/connection.js';
import {ServerFault} from '../model/errors.js';
import {crashText} from './crash.js';
import type {RunLog} from './run-log.js';

/** The events of one server, as they are logged. */
export type ServerLog = {
	/** A request has ended. */
	readonly exchanged: (exchange: Exchange) => void;
	/** The list was read. */
	readonly polled: (poll: Poll) => void;
	/** The list could not be read. */
	readonly failed: (error: unknown) => void;
};

export type Poll = {
	/** The API version that is spoken. */
	readonly version: string | undefined;
	/** Sessions in the list. */
	readonly sessions: number;
	readonly added: number;
	readonly updated: number;
	readonly removed: number;
	readonly durationMs: number;
	/** The part of the list that could not be read. */
	readonly missing: string | undefined;
};

/** How long equal faults are only counted, in milliseconds. */
const countMs = 5 * 60_000;

const signedIn: Readonly<Record<string, string>> = {password: 'signed in', refresh_token: 'token renewed'};

/**
The log of one server. A fault that comes again and again is written once; how often it came
follows when something else happens, every 5 minutes, and at the end.
@param wall - milliseconds since 1970
*/
export function serverLog(log: RunLog, server: string, wall: () => number = () => Date.now()): ServerLog {
	let version: string | undefined;
	let state = 'CONNECTING';
	let missing: string | undefined;
	const repeats = createRepeats(log, server, wall);
	const found = (spoken: string | undefined) => {
		if (spoken !== undefined && spoken !== version) {
			version = spoken;
			log.info('server found', {server, api: spoken});
		}
	};

	const turn = (to: string) => {
		if (to !== state) {
			log.info('state', {server, from: state, to});
			state = to;
		}
	};

	log.beforeEnd(repeats.write);
	return {
		exchanged({version: spoken, path, grant, ...exchange}) {
			log.debug('request', {server, ...exchange, path: `/${spoken}/${path}`});
			if (grant !== undefined && exchange.status === 200) {
				found(spoken);
				log.info(signedIn[grant] ?? 'signed in', {server});
			}
		},
		polled({version: spoken, missing: unread, ...poll}) {
			repeats.end();
			found(spoken);
			turn('LIVE');
			if (unread !== missing) {
				missing = unread;
				log.warn(unread === undefined ? 'list whole again' : 'list not whole', {server, what: unread});
			}

			log.debug('poll', {server, ...poll});
		},
		failed(error) {
			const fault = error instanceof ServerFault ? error : new ServerFault('badAnswer', String(error), {cause: error});
			const {kind, message: words} = fault;
			// A cancelled request was ended by vbtop itself.
			if (kind === 'cancelled' || repeats.isRepeated(kind, words)) {
				return;
			}

			log.warn('fault', {server, kind, words, stack: error === fault ? undefined : crashText(error)});
			turn(faultState(fault));
		},
	};
}

// A fault that comes again and again is written once, and then how often it came.
function createRepeats(log: RunLog, server: string, wall: () => number) {
	let last: {readonly kind: string; readonly words: string; readonly since: number; readonly repeated: number} | undefined;
	const write = () => {
		if (last && last.repeated > 0) {
			log.warn('fault repeated', {server, kind: last.kind, repeated: last.repeated, since: new Date(last.since).toISOString()});
			last = {...last, since: wall(), repeated: 0};
		}
	};

	return {
		write,
		/** The fault is over. */
		end() {
			write();
			last = undefined;
		},
		/** Counts a fault; false where it is another one than before. */
		isRepeated(kind: string, words: string): boolean {
			if (last?.kind !== kind || last.words !== words) {
				write();
				last = {kind, words, since: wall(), repeated: 0};
				return false;
			}

			last = {...last, repeated: last.repeated + 1};
			if (wall() - last.since >= countMs) {
				write();
			}

			return true;
		},
	};
}

/** The feed, each poll of which is logged. */
export function loggedFeed(feed: Feed, log: ServerLog): Feed {
	return {
		...feed,
		async poll() {
			const startedAt = performance.now();
			const changes = {added: 0, updated: 0, removed: 0};
			// A first load publishes several times.
			const unsubscribe = feed.subscribe(() => {
				const {added, updated, removed} = feed.snapshot().changes;
				changes.added += added.length;
				changes.updated += updated.length;
				changes.removed += removed.length;
			});
			try {
				const snapshot = await feed.poll();
				const {version, sessions, missing} = snapshot;
				log.polled({version, missing, sessions: sessions.length, ...changes, durationMs: Math.round(performance.now() - startedAt)});
				return snapshot;
			} catch (error) {
				log.failed(error);
				throw error;
			} finally {
				unsubscribe();
			}
		},
	};
}
