import {createContext, useContext, useEffect, useEffectEvent} from 'react';
import type {Input, KeyName} from '../model/key.js';

/** Subscribes to what is typed; a listener gets all inputs of one read at once. */
export const InputContext = createContext<(listener: (inputs: readonly Input[]) => void) => () => void>(() => () => undefined);

/** Calls back for each key in order, and for pasted text as a whole. */
export function useKeys(onKey: (key: KeyName) => void, onPaste: (text: string) => void): void {
	const subscribe = useContext(InputContext);
	const take = useEffectEvent((inputs: readonly Input[]) => {
		for (const input of inputs) {
			if (input.type === 'key') {
				onKey(input.key);
			} else {
				onPaste(input.text);
			}
		}
	});
	useEffect(() => subscribe(inputs => {
		take(inputs);
	}), [subscribe]);
}
