import {useInput, usePaste} from 'ink';
import {keysOf} from '../terminal/input.js';
import type {KeyName} from '../model/key.js';

/** Calls back for each key in order, and for pasted text as a whole. */
export function useKeys(onKey: (key: KeyName) => void, onPaste: (text: string) => void): void {
	useInput((input, key) => {
		for (const name of keysOf(input, key)) {
			onKey(name);
		}
	});
	usePaste(onPaste);
}
