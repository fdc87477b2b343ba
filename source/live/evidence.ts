import type {ServerApi, Turn} from '../api/server-api.js';
import {ServerFault} from '../model/errors.js';
import {urgencies, readKey, type Evidence, type Urgency, type PendingRead} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import type {Now} from '../model/now.js';
import type {Session} from '../model/session.js';
import {createPauses} from './evidence-pauses.js';
import {createEvidenceStore} from './evidence-store.js';
import {readLogPart} from './log-evidence.js';
import type {ReadQueue} from './read-queue.js';

/** Newest sessions that are read of a job. */
const historySessions = 40;
/** Reads of one urgency that are begun at a time, so that those of the other are not held up. */
const mostReads = 3;

/** Reads what is wanted of one server besides what it lists. */
export type EvidenceReader = {
	readonly serverId: string;
	/** The same object until something came. */
	readonly current: () => Evidence;
	/** Calls back when something came; gives what ends that. */
	readonly subscribe: (listener: () => void) => () => void;
	/**
	What is wanted now, the most urgent first; replaces what was wanted before. What is no longer wanted and has
	not begun is left. What is still wanted when it was read is read again, once a minute at most.
	*/
	readonly request: (requested: readonly PendingRead[]) => void;
	/** Stops; nothing more is asked. */
	readonly end: () => void;
};

export type EvidenceReaderOptions = {
	readonly serverId: string;
	readonly api: Pick<ServerApi, 'connect' | 'capabilities' | 'newestSessionsOfJob' | 'logItems'>;
	readonly queue: ReadQueue;
	readonly now: () => Now;
};

type Read = {
	urgency: Urgency;
	/** Whether it had its first turn. */
	hasBegun: boolean;
	readonly leaving: AbortController;
};

/** Keeps what was read; gives the keys of all wants that it answers. */
type Commit = () => readonly string[];

/** A reader that asks nothing until something is wanted. Every request takes its turn in the queue. */
export function createEvidenceReader(options: EvidenceReaderOptions): EvidenceReader {
	return new QueuedEvidence(options);
}

class QueuedEvidence implements EvidenceReader {
	readonly serverId: string;
	readonly #api: EvidenceReaderOptions['api'];
	readonly #queue: ReadQueue;
	readonly #now: () => Now;
	readonly #store = createEvidenceStore();
	readonly #pauses = createPauses();
	readonly #listeners = new Set<() => void>();
	// By subject: a log of which several parts are wanted may come whole with the first.
	readonly #reads = new Map<string, Read>();
	#given: readonly PendingRead[] | undefined;
	#pending: ReadonlyMap<string, PendingRead> = new Map();
	#timer: NodeJS.Timeout | undefined;
	#hasEnded = false;

	constructor({serverId, api, queue, now}: EvidenceReaderOptions) {
		this.#api = api;
		this.#queue = queue;
		this.#now = now;
		this.serverId = serverId;
	}

	readonly current = this.#store.current;

	readonly subscribe = (listener: () => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly request = (requested: readonly PendingRead[]) => {
		if (requested === this.#given || this.#hasEnded) {
			return;
		}

		this.#given = requested;
		const byKey = new Map<string, PendingRead>();
		for (const request of requested.toSorted(byUrgency)) {
			const key = readKey(request);
			byKey.set(key, byKey.get(key) ?? request);
			this.#store.touch(request);
		}

		this.#pending = byKey;
		this.#leaveWaiting();
		this.#startDue();
	};

	readonly end = () => {
		this.#hasEnded = true;
		clearTimeout(this.#timer);
		this.#listeners.clear();
		for (const {leaving} of this.#reads.values()) {
			leaving.abort();
		}

		this.#reads.clear();
	};

	async #fetchRead(request: PendingRead, turn: Turn, signal: AbortSignal): Promise<Commit> {
		const capabilities = this.#api.capabilities() ?? await turn(async () => this.#api.connect(signal));
		if (request.kind === 'history') {
			const sessions = await readHistory(this.#api, request, turn, signal);
			return () => {
				this.#store.putHistory(request.jobId, {sessions, readAt: this.#now().server});
				return [readKey(request)];
			};
		}

		const {sessionId, part} = request;
		const {parts, total} = await readLogPart({
			api: this.#api, capabilities, sessionId, part, turn, signal, total: this.#store.totalOf(sessionId), now: () => this.#now().server,
		});
		return () => {
			this.#store.putLog(sessionId, parts, total);
			return (Object.keys(parts) as Array<keyof typeof parts>).map(read => readKey({...request, part: read}));
		};
	}

	// Of what was left while it waited nothing is taken any more.
	#over(subject: string, read: Read, take: (at: number) => void) {
		if (this.#reads.get(subject) !== read) {
			return;
		}

		this.#reads.delete(subject);
		const at = this.#now().monotonic;
		take(at);
		if (this.#pauses.heldBy(at)) {
			this.#leaveWaiting();
		}

		this.#pauses.forget(key => this.#pending.has(key), at);
		this.#store.publish(this.#pauses.failed());
		for (const listener of this.#listeners) {
			listener();
		}

		this.#startDue();
	}

	#start(key: string, pendingRead: PendingRead) {
		const read: Read = {urgency: pendingRead.urgency, hasBegun: false, leaving: new AbortController()};
		const subject = subjectOf(pendingRead);
		const turns = turnsOf(this.#queue, read);
		const turn: Turn = async request => turns.turn(async () => {
			const held = this.#pauses.heldBy(this.#now().monotonic);
			if (held) {
				throw held;
			}

			try {
				return await request();
			} catch (error) {
				// Before the next turn begins.
				this.#pauses.met(asFault(error), this.#now().monotonic);
				throw error;
			}
		});
		const finish = async () => {
			let take: (at: number) => void;
			try {
				await turns.first;
				const commit = await this.#fetchRead(pendingRead, turn, read.leaving.signal);
				take = at => {
					this.#pauses.wasRead(commit(), at);
				};
			} catch (error) {
				take = at => {
					this.#pauses.hasFailed(key, asFault(error), at);
				};
			} finally {
				turns.endFirst();
			}

			this.#over(subject, read, take);
		};

		this.#reads.set(subject, read);
		void finish();
	}

	#hasRoom(urgency: Urgency) {
		return this.#pauses.isInDoubt()
			? this.#reads.size === 0
			: this.#reads.values().filter(read => read.urgency === urgency).toArray().length < mostReads;
	}

	#startDue() {
		clearTimeout(this.#timer);
		if (this.#hasEnded) {
			return;
		}

		const at = this.#now().monotonic;
		let next = Infinity;
		for (const [key, request] of this.#pending) {
			const underWay = this.#reads.get(subjectOf(request));
			const dueAt = this.#pauses.dueAt(key);
			if (underWay) {
				underWay.urgency = byUrgency(request, underWay) < 0 ? request.urgency : underWay.urgency;
			} else if (dueAt > at) {
				next = Math.min(next, dueAt);
			} else if (this.#hasRoom(request.urgency)) {
				this.#start(key, request);
			}
		}

		// What waits for room is started when a read ends.
		if (next < Infinity) {
			this.#timer = setTimeout(() => {
				this.#startDue();
			}, Math.ceil(next - at));
		}
	}

	// They are started anew in the order of what is wanted then; a place in the queue that was not used costs nothing.
	#leaveWaiting() {
		const waiting = this.#reads.entries().filter(([, read]) => !read.hasBegun).toArray();
		for (const [subject, read] of waiting) {
			this.#reads.delete(subject);
			read.leaving.abort();
		}
	}
}

// The turns of one read. The first is asked for at once, whatever the read does before it sends: so turns
// come in the order in which reads start.
function turnsOf(queue: ReadQueue, read: Read) {
	const granted = Promise.withResolvers<void>();
	const over = Promise.withResolvers<void>();
	let isFirst = true;
	const ask: Turn = async request => queue.run(request, {urgency: read.urgency, signal: read.leaving.signal});
	ask(async () => {
		read.hasBegun = true;
		granted.resolve();
		return over.promise;
	}).catch(granted.reject);
	const turn: Turn = async request => {
		if (!isFirst) {
			return ask(request);
		}

		isFirst = false;
		try {
			return await request();
		} finally {
			over.resolve();
		}
	};

	return {first: granted.promise, turn, endFirst: over.resolve};
}

type HistoryRead = Extract<PendingRead, {readonly kind: 'history'}>;

async function readHistory(api: EvidenceReaderOptions['api'], {jobId, jobType}: HistoryRead, turn: Turn, signal: AbortSignal): Promise<readonly Session[]> {
	const ask = async () => {
		const {entries} = await api.newestSessionsOfJob({id: jobId, type: jobType}, historySessions, signal, turn);
		// A server that does not know the filter sends those of all jobs.
		return entries.filter(session => (valueOf(session.jobId) ?? jobId) === jobId).slice(0, historySessions);
	};

	try {
		return await ask();
	} catch (error) {
		if (!isNotServed(error)) {
			throw error;
		}
	}

	// The version may have gone with an upgrade. Where it is served as before, it is the job that is gone.
	await turn(async () => api.connect(signal));
	try {
		return await ask();
	} catch (error) {
		if (isNotServed(error)) {
			return [];
		}

		throw error;
	}
}

function isNotServed(error: unknown): boolean {
	return error instanceof ServerFault && error.kind === 'notServed';
}

function asFault(reason: unknown): ServerFault {
	return reason instanceof ServerFault ? reason : new ServerFault('badAnswer', '', {cause: reason});
}

type Urgent = {readonly urgency: Urgency};

// The more urgent first.
function byUrgency(a: Urgent, b: Urgent): number {
	return urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency);
}

function subjectOf(request: PendingRead): string {
	return request.kind === 'history' ? `history ${request.jobId}` : `log ${request.sessionId}`;
}
