import {useEffect, useSyncExternalStore} from 'react';
import type {Evidence, PendingRead} from '../model/evidence.js';
import type {EvidenceReader} from './evidence.js';
import {useSameArray} from './use-feeds.js';

/**
What was read of several servers besides what they list.
@param readers - as many at each call
@returns that of each, in the order of the readers; the same array while nothing came
*/
export function useEvidence(readers: readonly EvidenceReader[]): readonly Evidence[] {
	// eslint-disable-next-line react-hooks/rules-of-hooks -- the number of readers is constant
	return useSameArray(readers.map(({subscribe, current}) => useSyncExternalStore(subscribe, current)));
}

/**
Tells each reader what is wanted of it, until the component goes.
@param requests - by server, in the order of the readers; the same arrays while the same is wanted
*/
export function useRequests(readers: readonly EvidenceReader[], requests: ReadonlyArray<readonly PendingRead[]>): void {
	useEffect(() => {
		for (const [index, reader] of readers.entries()) {
			reader.request(requests[index] ?? nothing);
		}
	}, [readers, requests]);
	useEffect(() => () => {
		for (const reader of readers) {
			reader.request(nothing);
		}
	}, [readers]);
}

const nothing: readonly PendingRead[] = [];
