import {useCallback, useEffect, useRef, useSyncExternalStore} from 'react';
import useSWR, {type SWRConfiguration} from 'swr';
import type {Connection} from '../model/connection.js';
import {ServerFault} from '../model/errors.js';
import type {Snapshot} from '../model/snapshot.js';
import {connectionOf, retryDelay, type ConnectionTimes} from './connection.js';
import type {Feed} from './feed.js';

export type FeedState = {
	/** The newest snapshot, partial ones of a first load among them. */
	readonly snapshot: Snapshot;
	/** How things stand at a moment; cheap, so that each tick can ask. */
	readonly connectionAt: (monotonic: number) => Connection;
	/** Asks the server now, also while a pause after a fault runs. */
	readonly refresh: () => void;
};

const fixed = {
	compare: Object.is,
	revalidateOnFocus: false,
	revalidateOnReconnect: false,
	dedupingInterval: 0,
} as const satisfies SWRConfiguration;

/**
Keeps one server's feed polled. SWR schedules it and holds the error; snapshots come from
the feed itself, which also publishes during a first load, and are the same object while
nothing changed, so that nothing is drawn anew then.
@param refreshMs - milliseconds between the end of one answer and the next question
*/
export function useFeed(feed: Feed, refreshMs: number): FeedState {
	const snapshot = useSyncExternalStore(feed.subscribe, feed.snapshot);
	const times = useRef<ConnectionTimes>({lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined});
	const failures = useRef(0);
	const retryTimer = useRef<NodeJS.Timeout>(undefined);

	const {error, mutate} = useSWR<Snapshot, unknown>(['sessions', feed.serverId], async () => feed.poll(), {
		...fixed,
		refreshInterval: refreshMs,
		onSuccess() {
			clearTimeout(retryTimer.current);
			failures.current = 0;
			times.current = {lastGoodAt: feed.now().monotonic, nextTryAt: undefined, faultSince: undefined};
		},
		// SWR does not poll while an error stands; what follows an error is all up to this.
		onErrorRetry(reason, _key, _config, revalidate, {retryCount}) {
			clearTimeout(retryTimer.current);
			failures.current++;
			const delay = retryDelay(asFault(reason), failures.current, Math.random());
			const {monotonic} = feed.now();
			times.current = {
				lastGoodAt: times.current.lastGoodAt,
				nextTryAt: delay === undefined ? undefined : monotonic + delay,
				faultSince: times.current.faultSince ?? monotonic,
			};
			if (delay !== undefined) {
				retryTimer.current = setTimeout(() => {
					void revalidate({retryCount});
				}, delay);
			}
		},
	});

	useEffect(() => () => {
		clearTimeout(retryTimer.current);
	}, []);

	const refresh = useCallback(() => {
		void mutate();
	}, [mutate]);
	const fault = error === undefined ? undefined : asFault(error);
	const connectionAt = useCallback((monotonic: number) => connectionOf(fault, times.current, refreshMs, monotonic), [fault, refreshMs]);
	return {snapshot, connectionAt, refresh};
}

// Anything else is a bug of ours; it is said as such, and does not end the monitor.
function asFault(reason: unknown): ServerFault {
	return reason instanceof ServerFault ? reason : new ServerFault('badAnswer', reason instanceof Error ? reason.message : String(reason), {cause: reason});
}
