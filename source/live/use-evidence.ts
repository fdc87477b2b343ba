import {useEffect, useSyncExternalStore} from 'react';
import type {Evidence, Want} from '../model/evidence.js';
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
@param wants - by server, in the order of the readers; the same arrays while the same is wanted
*/
export function useWants(readers: readonly EvidenceReader[], wants: ReadonlyArray<readonly Want[]>): void {
	useEffect(() => {
		for (const [index, reader] of readers.entries()) {
			reader.want(wants[index] ?? nothing);
		}
	}, [readers, wants]);
	useEffect(() => () => {
		for (const reader of readers) {
			reader.want(nothing);
		}
	}, [readers]);
}

const nothing: readonly Want[] = [];
