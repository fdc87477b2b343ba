import {useEffect, useMemo, useRef} from 'react';
import useSWR, {unstable_serialize as serialized, useSWRConfig} from 'swr';
import type {ProcessedObject} from '../model/processed-object.js';
import type {ObjectsApi} from './read-queue.js';

/** The objects of an active session are read this often, in milliseconds; after a fault those of any are. */
const followMs = 15_000;
/** The first page is on screen soon; the others are as large as the API gives them, so that they are few. */
const pageObjects = {first: 1000, next: 10_000} as const;
const mostObjects = 100_000;
const mostPages = 100;

/** The objects that a session has processed, or why there is no list of them. */
export type Objects =
	| {
		readonly kind: 'listed';
		/** In the server's order, at most 100,000. */
		readonly entries: readonly ProcessedObject[];
		/** Whether there are more than these. */
		readonly isCut: boolean;
		/** Entries that could not be read at all. */
		readonly dropped: number;
	}
	/** The version has no such list, or the server no longer has the session. */
	| {readonly kind: 'notInVersion' | 'gone'};

export type ObjectsState = {
	/** Undefined until the first answer. */
	readonly objects: Objects | undefined;
	/** Why they could not be read the last time. */
	readonly error: unknown;
};

/**
The objects of the session that is open; they are read again while the session is active, and once
more when it ends. What was read stays while a fault stands. Nothing is asked while no session is open.
*/
export function useObjects(api: ObjectsApi, serverId: string, sessionId: string | undefined, isActive: boolean): ObjectsState {
	const opening = useMemo(() => sessionId === undefined ? undefined : open(serverId, sessionId), [serverId, sessionId]);
	const retryTimer = useRef<NodeJS.Timeout>(undefined);
	const {data: objects, error, mutate} = useSWR<Objects, unknown>(opening?.key, async () => readObjects(api, opening!.sessionId, opening!.closing.signal), {
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
	return {objects, error};
}

type Opening = {readonly key: readonly unknown[]; readonly sessionId: string; readonly closing: AbortController};

// Each opening has a key of its own: what another one left in the cache is not shown.
function open(serverId: string, sessionId: string): Opening {
	const closing = new AbortController();
	return {key: ['objects', serverId, sessionId, closing], sessionId, closing};
}

// A list that is closed is neither asked for nor held any longer.
function useClosing(opening: Opening | undefined, retryTimer: {readonly current: NodeJS.Timeout | undefined}): void {
	const {cache} = useSWRConfig();
	useEffect(() => () => {
		clearTimeout(retryTimer.current);
		opening?.closing.abort();
		cache.delete(serialized(opening?.key));
	}, [opening, cache, retryTimer]);
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

// All pages, until the last one, until there are enough, or until a server repeats itself.
async function readObjects(api: ObjectsApi, sessionId: string, signal: AbortSignal): Promise<Objects> {
	const {listsObjects} = await api.connect(signal);
	if (!listsObjects) {
		return {kind: 'notInVersion'};
	}

	const entries: ProcessedObject[] = [];
	const seen = new Set<string>();
	let dropped = 0;
	let offset = 0;
	for (let pages = 0; pages < mostPages && entries.length < mostObjects; pages++) {
		// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
		const page = await api.processedObjects(sessionId, {offset, limit: pages === 0 ? pageObjects.first : pageObjects.next}, signal);
		if (!page) {
			return {kind: 'gone'};
		}

		// A list that grows while it is read gives some of its objects twice.
		const news = page.entries.filter(object => !seen.has(keyOf(object)));
		for (const object of news) {
			seen.add(keyOf(object));
			entries.push(object);
		}

		dropped += page.dropped;
		offset += page.entries.length + page.dropped;
		if (page.isLast || news.length + page.dropped === 0) {
			return {kind: 'listed', entries: entries.slice(0, mostObjects), isCut: !page.isLast || entries.length > mostObjects, dropped};
		}
	}

	return {kind: 'listed', entries: entries.slice(0, mostObjects), isCut: true, dropped};
}

function keyOf({id, type}: ProcessedObject): string {
	return `${String(type)} ${id}`;
}
