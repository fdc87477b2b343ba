import {useCallback, useEffect} from 'react';
import {createLogTail} from './log-tail.js';
import type {Log} from '../model/log.js';
import type {LogApi} from './read-queue.js';
import {useFollowed} from './use-followed.js';

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
	const begin = useCallback((id: string) => {
		const tail = createLogTail(api, id);
		return {read: async (signal: AbortSignal, canGrow: boolean) => tail.poll(signal, !canGrow)};
	}, [api]);
	const {data: log, error, mutate} = useFollowed<Log>({name: 'log', serverId, sessionId, isActive, everyMs: followMs, begin});
	useReadingOn(log, mutate);
	return {log, error};
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
