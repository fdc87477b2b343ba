import type {Feed} from '../../../source/live/feed.js';
import {emptySnapshot, type Scope, type Snapshot} from '../../../source/model/snapshot.js';
import {day} from './watch.js';

/** A feed whose answers come when the test gives them. */
export function scriptedFeed(serverId = 'vb1') {
	const polls: Array<PromiseWithResolvers<Snapshot>> = [];
	const listeners = new Set<() => void>();
	const time = {monotonic: 0};
	const calls: Array<'reload' | Scope> = [];
	let snapshot: Snapshot = {...emptySnapshot(serverId, 'vb365-prod', {jobType: undefined, rangeMs: day}), version: 'v8'};
	const feed: Feed = {
		serverId,
		snapshot: () => snapshot,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async poll() {
			const poll = Promise.withResolvers<Snapshot>();
			polls.push(poll);
			return poll.promise;
		},
		reload() {
			calls.push('reload');
		},
		setScope(scope) {
			calls.push(scope);
			snapshot = {...snapshot, scope};
		},
		now: () => ({server: time.monotonic, monotonic: time.monotonic}),
	};
	return {
		feed,
		time,
		/** What it was set to, and `reload`, call by call. */
		calls,
		/** How often the feed was polled. */
		count: () => polls.length,
		listeners: () => listeners.size,
		/** Answers the last poll, with a new snapshot where some of its fields are given. */
		answer(fields?: Partial<Snapshot>) {
			if (fields) {
				snapshot = {...snapshot, ...fields};
				for (const listener of listeners) {
					listener();
				}
			}

			polls.at(-1)!.resolve(snapshot);
		},
		fail(reason: unknown) {
			polls.at(-1)!.reject(reason);
		},
	};
}
