import {useEffect, useMemo, useRef} from 'react';
import useSWR, {unstable_serialize as serialized, useSWRConfig} from 'swr';

/** What one opening of a session reads. */
export type Followed<Answer> = {
	/** One request or a few for what is new; of a session that has ended, for what may have been missed. */
	readonly read: (signal: AbortSignal, isActive: boolean) => Promise<Answer>;
};

export type FollowOptions<Answer> = {
	/** Tells what is read from all else that is. */
	readonly name: string;
	readonly serverId: string;
	/** The session that is open; nothing is asked while none is. */
	readonly sessionId: string | undefined;
	/** Whether the session can still change: then it is read again, and once more when it ends. */
	readonly isActive: boolean;
	/** Milliseconds between two readings, and from a fault to the next try. */
	readonly everyMs: number;
	/** Begins for a session that was just opened; the same function as long as it reads from the same server. */
	readonly begin: (sessionId: string) => Followed<Answer>;
};

/**
Something of the session that is open, read while it is. What was read stays while a fault stands;
a session that is opened again is read anew, and one that is closed is neither asked for nor held.
*/
export function useFollowed<Answer>({name, serverId, sessionId, isActive, everyMs, begin}: FollowOptions<Answer>) {
	const opening = useMemo(() => {
		if (sessionId === undefined) {
			return undefined;
		}

		// Each opening has a key of its own: what another one left in the cache is not shown.
		const closing = new AbortController();
		return {key: [name, serverId, sessionId, closing] as const, closing, followed: begin(sessionId)};
	}, [name, serverId, sessionId, begin]);
	const retryTimer = useRef<NodeJS.Timeout>(undefined);
	const {data, error, mutate} = useSWR<Answer, unknown>(opening?.key, async () => opening!.followed.read(opening!.closing.signal, isActive), {
		compare: Object.is,
		revalidateOnFocus: false,
		revalidateOnReconnect: false,
		// Both would leave a timer behind that keeps the process alive.
		dedupingInterval: 0,
		loadingTimeout: 0,
		refreshInterval: isActive ? everyMs : 0,
		onErrorRetry(_error, _key, _config, revalidate) {
			clearTimeout(retryTimer.current);
			if (!opening?.closing.signal.aborted) {
				retryTimer.current = setTimeout(() => {
					void revalidate();
				}, everyMs);
			}
		},
	});
	const {cache} = useSWRConfig();
	useEffect(() => () => {
		clearTimeout(retryTimer.current);
		opening?.closing.abort();
		cache.delete(serialized(opening?.key));
	}, [opening, cache]);
	const before = useRef({opening, isActive});
	useEffect(() => {
		const hasEnded = before.current.opening === opening && before.current.isActive && !isActive;
		before.current = {opening, isActive};
		if (hasEnded) {
			void mutate();
		}
	}, [opening, isActive, mutate]);
	return {data, error, mutate};
}
