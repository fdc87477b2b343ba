import {useEffect, useRef} from 'react';
import useSWR, {type SWRConfiguration} from 'swr';
import type {ServerWatch} from './server-watch.js';

const fixed = {
	revalidateOnFocus: false,
	revalidateOnReconnect: false,
	// Each of these would leave a timer behind that keeps the process alive.
	dedupingInterval: 0,
	loadingTimeout: 0,
} as const satisfies SWRConfiguration;

/**
Keeps servers polled while the component is mounted, each by itself: none waits for another. What comes of it is sent by the
watches; nothing is drawn anew for it.
@param watches - the same ones at each call
@param refreshMs - milliseconds between the end of one poll and the next
*/
export function usePolling(watches: readonly ServerWatch[], refreshMs: number): void {
	for (const watch of watches) {
		// eslint-disable-next-line react-hooks/rules-of-hooks -- the number of watches is constant
		useWatch(watch, refreshMs);
	}
}

// SWR's data and error are never read: so it renders nothing anew.
function useWatch(watch: ServerWatch, refreshMs: number): void {
	const retryTimer = useRef<NodeJS.Timeout>(undefined);
	const isMounted = useRef(false);
	const pollsUnderWay = useRef(0);
	const poll = async () => {
		clearTimeout(retryTimer.current);
		pollsUnderWay.current++;
		try {
			await watch.poll();
			return true;
		} finally {
			pollsUnderWay.current--;
		}
	};

	const {mutate} = useSWR<boolean, unknown>(['poll', watch.serverId], poll, {
		...fixed,
		refreshInterval: refreshMs,
		// SWR does not poll while an error stands; what follows an error is all up to this.
		onErrorRetry(_error, _key, _config, revalidate) {
			clearTimeout(retryTimer.current);
			const delay = watch.retryDelay();
			// Where the message of the fault woke another poll, that one goes on.
			if (delay !== undefined && isMounted.current && pollsUnderWay.current === 0) {
				retryTimer.current = setTimeout(() => {
					void revalidate();
				}, delay);
			}
		},
	});

	useEffect(() => {
		isMounted.current = true;
		const unsubscribe = watch.onWake(() => {
			clearTimeout(retryTimer.current);
			void mutate();
		});
		return () => {
			isMounted.current = false;
			unsubscribe();
			clearTimeout(retryTimer.current);
		};
	}, [watch, mutate]);
}
