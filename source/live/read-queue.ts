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
export function createReadQueue({monotonic, everyMs = 1000, burst = 5, atOnce = 3}: ReadQueueOptions): ReadQueue {
	let waiting: readonly Waiting[] = [];
	let underWay = 0;
	let saved = burst;
	let savedAt = monotonic();
	let timer: NodeJS.Timeout | undefined;

	const save = () => {
		const at = monotonic();
		saved = Math.min(burst, saved + ((at - savedAt) / everyMs));
		savedAt = at;
	};

	const startNext = () => {
		clearTimeout(timer);
		save();
		while (waiting.length > 0 && underWay < atOnce && saved >= 1) {
			const [next, ...rest] = waiting;
			waiting = rest;
			saved--;
			underWay++;
			next!.start();
		}

		// One that waits for an answer to come is started by that.
		if (waiting.length > 0 && underWay < atOnce) {
			timer = setTimeout(startNext, Math.ceil((1 - saved) * everyMs));
		}
	};

	const turn = async (place: number, signal: AbortSignal | undefined) => {
		signal?.throwIfAborted();
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const entry: Waiting = {place, start: resolve};
		const leave = () => {
			if (waiting.includes(entry)) {
				waiting = waiting.filter(other => other !== entry);
				reject(signal!.reason);
				startNext();
			}
		};

		const behind = waiting.findIndex(other => other.place > place);
		waiting = waiting.toSpliced(behind === -1 ? waiting.length : behind, 0, entry);
		signal?.addEventListener('abort', leave, {once: true});
		startNext();
		try {
			await promise;
		} finally {
			signal?.removeEventListener('abort', leave);
		}
	};

	return {
		async run(request, {urgency, signal}) {
			await turn(urgencies.indexOf(urgency), signal);
			try {
				if (signal?.aborted) {
					// It was left when its turn had just come: nothing is sent, and nothing spent.
					saved++;
					signal.throwIfAborted();
				}

				return await request();
			} finally {
				underWay--;
				startNext();
			}
		},
	};
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
