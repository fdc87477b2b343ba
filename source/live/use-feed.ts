import {useCallback, useEffect, useMemo, useRef, useSyncExternalStore} from 'react';
import useSWR, {type SWRConfiguration} from 'swr';
import {connectionOf, type Connection} from '../model/connection.js';
import type {Contact} from '../model/messages.js';
import type {Snapshot} from '../model/snapshot.js';
import type {Feed} from './feed.js';
import {asFault, retryDelay} from './policy.js';

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
	// Each of these would leave a timer behind that keeps the process alive.
	dedupingInterval: 0,
	loadingTimeout: 0,
} as const satisfies SWRConfiguration;

/**
Keeps one server's feed polled. SWR schedules it and holds the error; snapshots come from
the feed itself, which also publishes during a first load, and are the same object while
nothing changed, so that nothing is drawn anew then.
@param refreshMs - milliseconds between the end of one answer and the next question
*/
export function useFeed(feed: Feed, refreshMs: number): FeedState {
	const snapshot = useSyncExternalStore(feed.subscribe, feed.snapshot);
	const times = useRef<Omit<Contact, 'fault'>>({lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined});
	const failures = useRef(0);
	const retryTimer = useRef<NodeJS.Timeout>(undefined);

	const isMounted = useRef(false);
	const {ask, joinUnderWay} = useAsking(feed);

	const {error, mutate} = useSWR<Snapshot, unknown>(['sessions', feed.serverId], ask, {
		...fixed,
		refreshInterval: refreshMs,
		onSuccess() {
			clearTimeout(retryTimer.current);
			failures.current = 0;
			times.current = {lastGoodAt: feed.now().monotonic, nextTryAt: undefined, faultSince: undefined};
		},
		// SWR does not poll while an error stands; what follows an error is all up to this.
		onErrorRetry(reason, _key, _config, revalidate) {
			clearTimeout(retryTimer.current);
			failures.current++;
			const delay = retryDelay(asFault(reason), failures.current, Math.random());
			const {monotonic} = feed.now();
			times.current = {
				lastGoodAt: times.current.lastGoodAt,
				nextTryAt: delay === undefined ? undefined : monotonic + delay,
				faultSince: times.current.faultSince ?? monotonic,
			};
			if (delay !== undefined && isMounted.current) {
				retryTimer.current = setTimeout(() => {
					void revalidate();
				}, delay);
			}
		},
	});

	useEffect(() => {
		isMounted.current = true;
		return () => {
			isMounted.current = false;
			clearTimeout(retryTimer.current);
		};
	}, []);

	const refresh = useCallback(() => {
		if (!joinUnderWay()) {
			clearTimeout(retryTimer.current);
			void mutate();
		}
	}, [mutate, joinUnderWay]);
	const fault = useMemo(() => error === undefined ? undefined : asFault(error), [error]);
	const connectionAt = useCallback((monotonic: number) => connectionOf({fault, ...times.current}, {isLoading: false, version: undefined}, refreshMs, monotonic), [fault, refreshMs]);
	return useMemo(() => ({snapshot, connectionAt, refresh}), [snapshot, connectionAt, refresh]);
}

// Asks the feed. Who wants an answer while one is awaited gets that one; where it fails (the connections
// were left for new ones, a request hung), the server is asked once more at once.
function useAsking(feed: Feed) {
	const state = useRef({isAsking: false, isWantedAgain: false});
	const ask = useCallback(async () => {
		state.current = {isAsking: true, isWantedAgain: false};
		try {
			return await feed.poll();
		} catch (error) {
			if (!state.current.isWantedAgain) {
				throw error;
			}

			return await feed.poll();
		} finally {
			state.current = {isAsking: false, isWantedAgain: false};
		}
	}, [feed]);
	const joinUnderWay = useCallback(() => {
		const {isAsking} = state.current;
		state.current.isWantedAgain = isAsking;
		return isAsking;
	}, []);
	return {ask, joinUnderWay};
}
