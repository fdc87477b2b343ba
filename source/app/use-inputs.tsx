import {createContext, useContext, useEffect, useEffectEvent} from 'react';
import type {Input} from '../model/key.js';

type Listener = (inputs: readonly Input[]) => void;

/** Subscribes to what is typed; a listener gets all inputs of one read at once. */
export const InputContext = createContext<(listener: Listener) => () => void>(() => () => undefined);

/** Calls back with what is typed, all of one read at once. */
export function useInputs(onInputs: Listener): void {
	const subscribe = useContext(InputContext);
	const take = useEffectEvent(onInputs);
	useEffect(() => subscribe(inputs => {
		take(inputs);
	}), [subscribe]);
}
