import {Readable} from 'node:stream';
import type {ReadStream} from 'node:tty';
import type {Input, InputListener} from '../model/key.js';
import {newParser, parse} from './input.js';

/** Keys and pastes from a terminal. */
export type Keyboard = {
	/** Gives the terminal to another program: raw mode and bracketed paste are off, nothing is read. */
	readonly pause: () => void;
	/** Takes the terminal back; nothing once it has ended. */
	readonly resume: () => void;
	/** Gives the terminal back for good. */
	readonly end: () => void;
};

/** What a keyboard needs of a terminal's stream. */
export type KeyboardStream = Readable & {
	readonly setRawMode: (isRaw: boolean) => unknown;
	readonly ref: () => unknown;
	readonly unref: () => unknown;
};

export type KeyboardOptions = {
	readonly stdin: KeyboardStream;
	/** Sends a sequence to the terminal. */
	readonly write: (sequence: string) => void;
	/** Gets all inputs of one read in one call, at least one. */
	readonly onInput: (inputs: readonly Input[]) => void;
	/** The terminal is gone: reading fails or has come to its end. */
	readonly onLost?: () => void;
	/** A monotonic time in milliseconds. */
	readonly now?: () => number;
};

const pasteOn = '\u{1B}[?2004h';
const pasteOff = '\u{1B}[?2004l';

/** Takes a terminal's keyboard: in raw mode, with pastes marked as such. */
export function openKeyboard({stdin, write, onInput, onLost, now = () => performance.now()}: KeyboardOptions): Keyboard {
	let parser = newParser();
	let timer: NodeJS.Timeout | undefined;
	let state: 'open' | 'paused' | 'ended' = 'paused';

	const feed = (bytes: Uint8Array, at: number) => {
		clearTimeout(timer);
		const {inputs, wakeAt, ...parsed} = parse(parser, bytes, at);
		parser = parsed.parser;
		if (wakeAt !== undefined) {
			timer = setTimeout(() => {
				// A timer may be early by a fraction of a millisecond.
				feed(new Uint8Array(), Math.max(wakeAt, now()));
			}, Math.max(0, wakeAt - now()));
		}

		if (inputs.length > 0) {
			onInput(inputs);
		}
	};

	const onData = (bytes: Uint8Array) => {
		feed(bytes, now());
	};

	const resume = () => {
		if (state === 'paused') {
			state = 'open';
			stdin.ref();
			stdin.setRawMode(true);
			write(pasteOn);
			stdin.on('data', onData).resume();
		}
	};

	const pause = () => {
		if (state === 'open') {
			state = 'paused';
			clearTimeout(timer);
			// The rest of a sequence goes to the other program.
			parser = newParser();
			stdin.off('data', onData).pause();
			stdin.setRawMode(false);
			stdin.unref();
			write(pasteOff);
		}
	};

	stdin.on('error', () => onLost?.()).once('end', () => onLost?.());
	resume();
	return {
		pause,
		resume,
		end() {
			pause();
			state = 'ended';
		},
	};
}

/** Hands inputs from the keyboard to what is shown. */
export type InputEmitter = {
	readonly emit: (inputs: readonly Input[]) => void;
	/** Calls back for the inputs of each read, first for those that came while nobody listened; gives how to end that. */
	readonly subscribe: (listener: InputListener) => () => void;
};

/** Inputs that come while nobody listens, at the start and between two views, wait for the next listener. */
export function createInputEmitter(): InputEmitter {
	const listeners = new Set<InputListener>();
	let waiting: readonly Input[] = [];
	const hand = (listener: InputListener, inputs: readonly Input[]) => {
		const left = listener(inputs);
		if (left) {
			listeners.delete(listener);
			waiting = [...waiting, ...left];
		}
	};

	return {
		emit(inputs) {
			if (listeners.size === 0) {
				waiting = [...waiting, ...inputs];
				return;
			}

			for (const listener of listeners) {
				hand(listener, inputs);
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			const inputs = waiting;
			waiting = [];
			if (inputs.length > 0) {
				hand(listener, inputs);
			}

			return () => {
				listeners.delete(listener);
			};
		},
	};
}

/** A standard input for Ink that says nothing and whose raw mode is nobody's: keys are read by `openKeyboard`. */
export function silentStdin(): ReadStream {
	return new SilentStdin() as unknown as ReadStream;
}

class SilentStdin extends Readable {
	get isTTY(): boolean {
		return true;
	}

	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	override _read(): void {
		// There is nothing to be read, ever.
	}
}
