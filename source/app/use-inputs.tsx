import {createContext, useContext, useEffect, useEffectEvent} from 'react';
import type {InputListener} from '../model/key.js';

/** Subscribes to what is typed; a listener gets all inputs of one read at once. */
export const InputContext = createContext<(listener: InputListener) => () => void>(() => () => undefined);

/** Calls back with what is typed, all of one read at once, until it gives what it leaves to the next view. */
export function useInputs(onInputs: InputListener): void {
	const subscribe = useContext(InputContext);
	const take = useEffectEvent(onInputs);
	useEffect(() => subscribe(inputs => take(inputs)), [subscribe]);
}
