import type {FollowTarget, ServerMessage} from '../model/messages.js';
import type {Log} from '../model/log.js';
import type {ProcessedObjects} from '../model/processed-object.js';
import {createLogTail} from './log-tail.js';
import {readObjects} from './objects.js';
import {nextRead} from './policy.js';
import type {LogApi, ObjectsApi} from './read-queue.js';

/** Follows the log or the objects of one session at a time. */
export type Follower = {
	/**
	Follows this and nothing else: reads it at once, again while the session is active, and once more when it ends.
	The same session again only says whether it is still active; one that was left meanwhile is read anew.
	*/
	readonly follow: (target: FollowTarget | undefined) => void;
};

export type FollowerOptions = {
	readonly serverId: string;
	readonly api: LogApi & ObjectsApi;
	/** Gets a `log` or `objects` message whenever a read brought something new, failed, or healed. */
	readonly send: (message: ServerMessage) => void;
};

/** Something that is read again and again: what came last, and why the last read failed. */
type Reading = {
	/** Reads once. */
	readonly read: (signal: AbortSignal, isActive: boolean) => Promise<Found>;
	readonly message: (found: Found | undefined, failure: string | undefined) => ServerMessage;
};

type Found = Log | ProcessedObjects;

/** A follower that follows nothing yet. */
export function createFollower(options: FollowerOptions): Follower {
	let current: {target: FollowTarget; readonly opening: Opening} | undefined;
	return {
		follow(target) {
			if (current && target && current.target.what === target.what && current.target.sessionId === target.sessionId) {
				current.target = target;
				current.opening.setActive(target.isActive);
				return;
			}

			current?.opening.close();
			current = target && {target, opening: open(target, readingOf(target, options), options.send)};
		},
	};
}

function readingOf({what, sessionId}: FollowTarget, {serverId, api}: FollowerOptions): Reading {
	if (what === 'objects') {
		return {
			read: async signal => readObjects(api, sessionId, signal),
			message: (found, failure) => ({type: 'objects', serverId, sessionId, objects: found as ProcessedObjects | undefined, failure}),
		};
	}

	const tail = createLogTail(api, sessionId);
	return {
		read: async (signal, isActive) => tail.poll(signal, !isActive),
		message: (found, failure) => ({type: 'log', serverId, sessionId, log: found as Log | undefined, failure}),
	};
}

type Opening = {
	readonly setActive: (isActive: boolean) => void;
	/** Aborts what is under way; nothing more is read or sent. */
	readonly close: () => void;
};

function open({what, isActive: isActiveAtFirst}: FollowTarget, {read, message}: Reading, send: (message: ServerMessage) => void): Opening {
	const closing = new AbortController();
	let isActive = isActiveAtFirst;
	let isReading = false;
	let hasEnded = false;
	let found: Found | undefined;
	let failure: string | undefined;
	let timer: NodeJS.Timeout | undefined;

	const take = (nextFound: Found | undefined, nextFailure: string | undefined) => {
		if (nextFound !== found || nextFailure !== failure) {
			found = nextFound;
			failure = nextFailure;
			send(message(found, failure));
		}
	};

	const readOnce = async () => {
		clearTimeout(timer);
		isReading = true;
		hasEnded = false;
		let outcome: {readonly found: Found | undefined; readonly failure: string | undefined};
		try {
			outcome = {found: await read(closing.signal, isActive), failure: undefined};
		} catch (error) {
			// What was read stays while a fault stands.
			outcome = {found, failure: error instanceof Error ? error.message : String(error)};
		}

		isReading = false;
		if (closing.signal.aborted) {
			return;
		}

		take(outcome.found, outcome.failure);
		schedule();
	};

	const schedule = () => {
		const hasMore = found !== undefined && 'reading' in found && found.reading !== undefined;
		const next = nextRead({what, isActive, hasEnded, hasFailed: failure !== undefined, hasMore});
		if (next === 0) {
			void readOnce();
		} else if (next !== undefined) {
			timer = setTimeout(() => {
				void readOnce();
			}, next);
		}
	};

	void readOnce();
	return {
		setActive(nowActive) {
			if (nowActive === isActive) {
				return;
			}

			hasEnded = !nowActive;
			isActive = nowActive;
			if (!isReading) {
				clearTimeout(timer);
				schedule();
			}
		},
		close() {
			clearTimeout(timer);
			closing.abort();
		},
	};
}
