import {useCallback} from 'react';
import type {ProcessedObject, ProcessedObjects} from '../model/processed-object.js';
import {useFollowed} from './use-followed.js';
import type {ObjectsApi} from './read-queue.js';

/** The objects of an active session are read this often, in milliseconds; after a fault those of any are. */
const followMs = 15_000;
/** The first page is on screen soon; the others are as large as the API gives them, so that they are few. */
const pageObjects = {first: 1000, next: 10_000} as const;
const mostObjects = 100_000;
const mostPages = 100;

export type ObjectsState = {
	/** Undefined until the first answer. */
	readonly objects: ProcessedObjects | undefined;
	/** Why they could not be read the last time. */
	readonly error: unknown;
};

/**
The objects of the session that is open; they are read again while the session is active, and once
more when it ends. What was read stays while a fault stands. Nothing is asked while no session is open.
*/
export function useObjects(api: ObjectsApi, serverId: string, sessionId: string | undefined, isActive: boolean): ObjectsState {
	const begin = useCallback((id: string) => ({read: async (signal: AbortSignal) => readObjects(api, id, signal)}), [api]);
	const {data: objects, error} = useFollowed<ProcessedObjects>({name: 'objects', serverId, sessionId, isActive, everyMs: followMs, begin});
	return {objects, error};
}

// All pages, until the last one, until there are enough, or until a server repeats itself.
async function readObjects(api: ObjectsApi, sessionId: string, signal: AbortSignal): Promise<ProcessedObjects> {
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
