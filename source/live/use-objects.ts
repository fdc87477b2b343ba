import {useCallback} from 'react';
import type {ProcessedObjects} from '../model/processed-object.js';
import {readObjects} from './objects.js';
import {useFollowed} from './use-followed.js';
import type {ObjectsApi} from './read-queue.js';

/** The objects of an active session are read this often, in milliseconds; after a fault those of any are. */
const followMs = 15_000;

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
