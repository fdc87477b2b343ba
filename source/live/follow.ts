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
			if (current && isSameReading(current.target, target)) {
				current.target = target;
				current.opening.setActive(target.isActive);
				return;
			}

			current?.opening.close();
			current = target && {target, opening: new Opening(target, readingOf(target, options), options.send)};
		},
	};
}

function isSameReading(one: FollowTarget, other: FollowTarget | undefined): other is FollowTarget {
	return one.what === other?.what && one.sessionId === other.sessionId;
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

/** What is followed now: read at once, and again when its time has come. */
class Opening {
	readonly #what: FollowTarget['what'];
	readonly #reading: Reading;
	readonly #send: (message: ServerMessage) => void;
	readonly #closing = new AbortController();
	#isActive: boolean;
	#isReading = false;
	#hasEnded = false;
	#found: Found | undefined;
	#failure: string | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor({what, isActive}: FollowTarget, reading: Reading, send: (message: ServerMessage) => void) {
		this.#what = what;
		this.#isActive = isActive;
		this.#reading = reading;
		this.#send = send;
		void this.#readOnce();
	}

	setActive(isActive: boolean) {
		if (isActive === this.#isActive) {
			return;
		}

		this.#hasEnded = !isActive;
		this.#isActive = isActive;
		if (!this.#isReading) {
			clearTimeout(this.#timer);
			this.#schedule();
		}
	}

	/** Aborts what is under way; nothing more is read or sent. */
	close() {
		clearTimeout(this.#timer);
		this.#closing.abort();
	}

	async #readOnce() {
		clearTimeout(this.#timer);
		this.#isReading = true;
		this.#hasEnded = false;
		// What was read stays while a fault stands.
		let found = this.#found;
		let failure: string | undefined;
		try {
			found = await this.#reading.read(this.#closing.signal, this.#isActive);
		} catch (error) {
			failure = error instanceof Error ? error.message : String(error);
		}

		this.#isReading = false;
		if (!this.#closing.signal.aborted) {
			this.#take(found, failure);
			this.#schedule();
		}
	}

	#take(found: Found | undefined, failure: string | undefined) {
		if (found !== this.#found || failure !== this.#failure) {
			this.#found = found;
			this.#failure = failure;
			this.#send(this.#reading.message(found, failure));
		}
	}

	#schedule() {
		const found = this.#found;
		const next = nextRead({
			what: this.#what,
			isActive: this.#isActive,
			hasEnded: this.#hasEnded,
			hasFailed: this.#failure !== undefined,
			hasMore: found !== undefined && 'reading' in found && found.reading !== undefined,
		});
		if (next === 0) {
			void this.#readOnce();
		} else if (next !== undefined) {
			this.#timer = setTimeout(() => {
				void this.#readOnce();
			}, next);
		}
	}
}
