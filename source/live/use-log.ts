import {useEffect, useMemo, useRef} from 'react';
import useSWR from 'swr';
import type {ServerApi} from '../api/server-api.js';
import {createLogTail, type Log} from './log-tail.js';

/** The log of an active session is asked for this often, in milliseconds. */
const followMs = 5000;

export type LogState = {
	/** Undefined until the first answer. */
	readonly log: Log | undefined;
	readonly error: unknown;
};

/**
The log of the session that is open; it follows while the session is active and is read once
more when it ends. Nothing is asked while no session is open.
@param sessionId - the session's id, undefined while none is open
*/
export function useLog(api: ServerApi, serverId: string, sessionId: string | undefined, isActive: boolean): LogState {
	const tail = useMemo(() => sessionId === undefined ? undefined : createLogTail(api, sessionId), [api, sessionId]);
	const {data: log, error, mutate} = useSWR<Log, unknown>(tail && ['log', serverId, sessionId], async () => tail!.poll(), {
		compare: Object.is,
		revalidateOnFocus: false,
		revalidateOnReconnect: false,
		refreshInterval: isActive ? followMs : 0,
		onErrorRetry(_error, _key, _config, revalidate, {retryCount}) {
			setTimeout(() => {
				void revalidate({retryCount});
			}, followMs);
		},
	});
	const wasActive = useRef(isActive);
	useEffect(() => {
		if (wasActive.current && !isActive) {
			void mutate();
		}

		wasActive.current = isActive;
	}, [isActive, mutate]);
	return {log, error};
}
