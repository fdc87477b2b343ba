import type {ServerApi} from '../api/server-api.js';
import {urgencies, type Urgency} from '../model/evidence.js';

export type QueuedRead = {
	readonly urgency: Urgency;
	readonly signal?: AbortSignal;
};

/**
The background reads of one server, so that a server that is busy backing up is not asked for all
of them at once.
*/
export type ReadQueue = {
	/** Does one request in its turn. Rejects with what it rejects with, or with the signal's reason, at once also while it waits. */
	readonly run: <Value>(request: () => Promise<Value>, read: QueuedRead) => Promise<Value>;
};

export type ReadQueueOptions = {
	/** Milliseconds of a clock that only goes forward. */
	readonly monotonic: () => number;
	/** Milliseconds that one request costs in the long run. */
	readonly everyMs?: number;
	/** Requests that may go at once after a quiet time: opening a session must not wait. */
	readonly burst?: number;
	/** Requests under way at the same time; more than one, so that an answer that stalls does not hold up the others. */
	readonly atOnce?: number;
};

type Waiting = {readonly place: number; readonly start: () => void};

/** An empty queue: about one request a second, five at once after a quiet time, the most urgent first and of equals the oldest. */
export function createReadQueue(options: ReadQueueOptions): ReadQueue {
	return new RationedQueue(options);
}

class RationedQueue implements ReadQueue {
	readonly #monotonic: () => number;
	readonly #everyMs: number;
	readonly #burst: number;
	readonly #atOnce: number;
	#waiting: readonly Waiting[] = [];
	#underWay = 0;
	#saved: number;
	#savedAt: number;
	#timer: NodeJS.Timeout | undefined;

	constructor({monotonic, everyMs = 1000, burst = 5, atOnce = 3}: ReadQueueOptions) {
		this.#monotonic = monotonic;
		this.#everyMs = everyMs;
		this.#burst = burst;
		this.#atOnce = atOnce;
		this.#saved = burst;
		this.#savedAt = monotonic();
	}

	readonly run = async <Value>(request: () => Promise<Value>, {urgency, signal}: QueuedRead) => {
		await this.#turn(urgencies.indexOf(urgency), signal);
		try {
			if (signal?.aborted) {
				// It was left when its turn had just come: nothing is sent, and nothing spent.
				this.#saved++;
				signal.throwIfAborted();
			}

			return await request();
		} finally {
			this.#underWay--;
			this.#startNext();
		}
	};

	#save() {
		const at = this.#monotonic();
		this.#saved = Math.min(this.#burst, this.#saved + ((at - this.#savedAt) / this.#everyMs));
		this.#savedAt = at;
	}

	#startNext() {
		clearTimeout(this.#timer);
		this.#save();
		while (this.#waiting.length > 0 && this.#underWay < this.#atOnce && this.#saved >= 1) {
			const [next, ...rest] = this.#waiting;
			this.#waiting = rest;
			this.#saved--;
			this.#underWay++;
			next!.start();
		}

		// One that waits for an answer to come is started by that.
		if (this.#waiting.length > 0 && this.#underWay < this.#atOnce) {
			this.#timer = setTimeout(() => {
				this.#startNext();
			}, Math.ceil((1 - this.#saved) * this.#everyMs));
		}
	}

	async #turn(place: number, signal: AbortSignal | undefined) {
		signal?.throwIfAborted();
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const entry: Waiting = {place, start: resolve};
		const leave = () => {
			if (this.#waiting.includes(entry)) {
				this.#waiting = this.#waiting.filter(other => other !== entry);
				reject(signal!.reason);
				this.#startNext();
			}
		};

		const behind = this.#waiting.findIndex(other => other.place > place);
		this.#waiting = this.#waiting.toSpliced(behind === -1 ? this.#waiting.length : behind, 0, entry);
		signal?.addEventListener('abort', leave, {once: true});
		this.#startNext();
		try {
			await promise;
		} finally {
			signal?.removeEventListener('abort', leave);
		}
	}
}

/** What reads logs. */
export type LogApi = Pick<ServerApi, 'connect' | 'logItems'>;

/** What reads the objects that sessions have processed. */
export type ObjectsApi = Pick<ServerApi, 'connect' | 'processedObjects'>;

/** Reads the logs and the processed objects of a server through its queue, each page in its turn. */
export function queuedLogs(api: LogApi & ObjectsApi, queue: ReadQueue, urgency: Urgency): LogApi & ObjectsApi {
	return {
		connect: async signal => api.connect(signal),
		logItems: async (sessionId, query, signal) => queue.run(async () => api.logItems(sessionId, query, signal), {urgency, signal}),
		processedObjects: async (sessionId, paging, signal) => queue.run(async () => api.processedObjects(sessionId, paging, signal), {urgency, signal}),
	};
}
