import type {LogQuery, Page, Paging, ServerApi} from '../../../source/api/server-api.js';
import type {WatchedServer} from '../../../source/live/watched-server.js';
import {noEvidence, type Evidence, type PendingRead} from '../../../source/model/evidence.js';
import type {LogItem} from '../../../source/model/log-item.js';
import type {ProcessedObject} from '../../../source/model/processed-object.js';
import {scriptedFeed} from './scripted-feed.js';

type Request<Query, Answer> = {
	readonly sessionId: string;
	readonly query: Query;
	readonly signal: AbortSignal | undefined;
	readonly answer: PromiseWithResolvers<Answer>;
};

/** Logs and objects of sessions whose answers come when the test gives them. */
export function scriptedReads({listsObjects = true} = {}) {
	const logs: Array<Request<LogQuery, Page<LogItem>>> = [];
	const objects: Array<Request<Paging, Page<ProcessedObject> | undefined>> = [];
	const request = async <Query, Answer>(requests: Array<Request<Query, Answer>>, sessionId: string, query: Query, signal?: AbortSignal) => {
		const answer = Promise.withResolvers<Answer>();
		signal?.addEventListener('abort', () => {
			answer.reject(signal.reason);
		});
		requests.push({sessionId, query, signal, answer});
		return answer.promise;
	};

	const api = {
		connect: async () => ({logsNewestFirst: true, listsObjects}),
		logItems: async (sessionId: string, query: LogQuery, signal?: AbortSignal) => request(logs, sessionId, query, signal),
		processedObjects: async (sessionId: string, paging: Paging, signal?: AbortSignal) => request(objects, sessionId, paging, signal),
	} as unknown as WatchedServer['logs'];
	return {api, logs, objects};
}

/** A server whose answers come when the test gives them. */
export function scriptedServer(id = 'vb1') {
	const feed = scriptedFeed(id);
	const reads = scriptedReads();
	const listeners = new Set<() => void>();
	const requested: Array<readonly PendingRead[]> = [];
	const reconnects: Array<PromiseWithResolvers<void>> = [];
	let evidence: Evidence = noEvidence;
	const server: WatchedServer = {
		id,
		name: id,
		feed: feed.feed,
		api: {
			async reconnect() {
				const reconnect = Promise.withResolvers<void>();
				reconnects.push(reconnect);
				return reconnect.promise;
			},
		} as unknown as ServerApi,
		logs: reads.api,
		evidence: {
			serverId: id,
			current: () => evidence,
			subscribe(listener) {
				listeners.add(listener);
				return () => {
					listeners.delete(listener);
				};
			},
			request(pending) {
				requested.push(pending);
			},
			end() {
				// Not called here.
			},
		},
	};
	return {
		...feed,
		...reads,
		server,
		/** What was asked to be read, call by call. */
		requested,
		reconnects,
		/** Listeners of the feed and of the evidence. */
		listeners: () => feed.listeners() + listeners.size,
		/** Evidence comes. */
		read(fields: Partial<Evidence>) {
			evidence = {...evidence, ...fields};
			for (const listener of listeners) {
				listener();
			}
		},
	};
}
