import {useEffect, useMemo, useRef} from 'react';
import useSWR, {unstable_serialize as serialized, useSWRConfig} from 'swr';
import {createLogTail, type Log} from './log-tail.js';
import type {LogApi} from './read-queue.js';

/** The log of an active session is asked for this often, in milliseconds; after a fault any log is. */
const followMs = 5000;
/** While a log is read on, a page is asked for this long after the one before. */
const readOnMs = 1000;

export type LogState = {
	/** Undefined until the first answer. */
	readonly log: Log | undefined;
	readonly error: unknown;
};

/**
The log of the session that is open: read page by page, then followed while the session is active,
and read once more when it ends. Nothing is asked while no session is open.
@param sessionId - the session's id, undefined while none is open
*/
export function useLog(api: LogApi, serverId: string, sessionId: string | undefined, isActive: boolean): LogState {
	const opening = useMemo(() => sessionId === undefined ? undefined : open(api, serverId, sessionId), [api, serverId, sessionId]);
	const retryTimer = useRef<NodeJS.Timeout>(undefined);
	const {data: log, error, mutate} = useSWR<Log, unknown>(opening?.key, async () => opening!.tail.poll(opening!.closing.signal, !isActive), {
		compare: Object.is,
		revalidateOnFocus: false,
		revalidateOnReconnect: false,
		// Both would leave a timer behind that keeps the process alive.
		dedupingInterval: 0,
		loadingTimeout: 0,
		refreshInterval: isActive ? followMs : 0,
		onErrorRetry(_error, _key, _config, revalidate) {
			clearTimeout(retryTimer.current);
			if (!opening?.closing.signal.aborted) {
				retryTimer.current = setTimeout(() => {
					void revalidate();
				}, followMs);
			}
		},
	});
	useClosing(opening, retryTimer);
	useEnd(opening, isActive, () => {
		void mutate();
	});
	useReadingOn(log, mutate);
	return {log, error};
}

type Opening = {readonly key: readonly unknown[]; readonly tail: ReturnType<typeof createLogTail>; readonly closing: AbortController};

// Each opening has a key of its own: what another one left in the cache is not shown.
function open(api: LogApi, serverId: string, sessionId: string): Opening {
	const tail = createLogTail(api, sessionId);
	return {key: ['log', serverId, sessionId, tail], tail, closing: new AbortController()};
}

// A log that is closed is neither asked for nor held any longer.
function useClosing(opening: Opening | undefined, retryTimer: {readonly current: NodeJS.Timeout | undefined}): void {
	const {cache} = useSWRConfig();
	useEffect(() => () => {
		clearTimeout(retryTimer.current);
		opening?.closing.abort();
		cache.delete(serialized(opening?.key));
	}, [opening, cache, retryTimer]);
}

// Asks for the next page where there is one. After a fault the retry does.
function useReadingOn(log: Log | undefined, readOn: () => Promise<unknown>): void {
	useEffect(() => {
		if (log?.reading === undefined) {
			return undefined;
		}

		const timer = setTimeout(() => {
			void readOn();
		}, readOnMs);
		return () => {
			clearTimeout(timer);
		};
	}, [log, readOn]);
}

// Calls back when the session that is open ends.
function useEnd(opening: Opening | undefined, isActive: boolean, onEnd: () => void): void {
	const before = useRef({opening, isActive});
	useEffect(() => {
		const hasEnded = before.current.opening === opening && before.current.isActive && !isActive;
		before.current = {opening, isActive};
		if (hasEnded) {
			onEnd();
		}
	}, [opening, isActive, onEnd]);
}
