import type {Input, KeyName} from '../model/key.js';
import {keysOfSequence} from './key-sequences.js';

/** What is not finished yet between two reads. Plain data. */
export type Parser = {
	readonly state: StateName;
	/** What the state has read so far: a sequence behind its ESC, or a pasted text. */
	readonly text: string;
	/** Whether two ESC stand before the sequence: Alt is down, or Esc was pressed before. */
	readonly isDoubled: boolean;
	/** The first bytes of a character in UTF-8, at most three. */
	readonly bytes: readonly number[];
	/** When what waits is given up as a sequence, in the time of `at`. */
	readonly wakeAt: number | undefined;
};

type StateName = 'ground' | 'escape' | 'csi' | 'ss3' | 'paste';

export type Parsed = {
	readonly parser: Parser;
	/** In the order in which they were typed. */
	readonly inputs: readonly Input[];
	/** When to call `parse` without bytes, unless there are some before; undefined: not at all. */
	readonly wakeAt: number | undefined;
};

/** Nothing read yet. */
export function newParser(): Parser {
	return {state: 'ground', text: '', isDoubled: false, bytes: [], wakeAt: undefined};
}

/**
Turns bytes of a terminal into keys and pastes. A sequence may come in several reads; a lone Esc
looks like the start of one, so it is given once `wakeAt` has passed without more.
@param bytes - what was read; none at `wakeAt`
@param at - a monotonic time in milliseconds
*/
export function parse(parser: Parser, bytes: Uint8Array, at: number): Parsed {
	const run: Run = {state: parser.state, text: parser.text, isDoubled: parser.isDoubled, inputs: []};
	if (bytes.length === 0) {
		if (parser.wakeAt === undefined || at < parser.wakeAt) {
			return {parser, inputs: [], wakeAt: parser.wakeAt};
		}

		giveUp(run);
		return finish(run, parser.bytes, undefined);
	}

	const {text, rest} = decode(parser.bytes, bytes);
	let index = 0;
	while (index < text.length) {
		index = states[run.state].read(run, text, index);
	}

	const waitMs = states[run.state].waitMs(run);
	return finish(run, rest, waitMs === undefined ? undefined : at + waitMs);
}

function finish({state, text, isDoubled, inputs}: Run, bytes: readonly number[], wakeAt: number | undefined): Parsed {
	return {parser: {state, text, isDoubled, bytes, wakeAt}, inputs, wakeAt};
}

/** What changes while one read is parsed. */
type Run = {
	state: StateName;
	text: string;
	isDoubled: boolean;
	readonly inputs: Input[];
};

type State = {
	/** Reads from `index` on, at least one character unless the state changes; gives where to go on. */
	readonly read: (run: Run, text: string, index: number) => number;
	/** How long an unfinished state waits for more, in milliseconds; undefined: for ever. */
	readonly waitMs: (run: Run) => number | undefined;
};

const escape = '\u{1B}';
// A terminal sends a sequence in one piece: longer gaps are made by slow links, and a lone Esc is not to lag.
const sequenceWaitMs = 20;
const pasteStart = '[200~';
const pasteEnd = `${escape}[201~`;

const states: Readonly<Record<StateName, State>> = {
	ground: {
		read(run, text, index) {
			const found = text.indexOf(escape, index);
			const end = found === -1 ? text.length : found;
			pushKeys(run, keysOfText(text.slice(index, end)));
			if (found === -1) {
				return end;
			}

			enter(run, 'escape');
			return end + 1;
		},
		waitMs: () => undefined,
	},
	escape: {
		read(run, text, index) {
			const character = String.fromCodePoint(text.codePointAt(index)!);
			if (character === '[' || character === 'O') {
				enter(run, character === '[' ? 'csi' : 'ss3', character, run.isDoubled);
				return index + 1;
			}

			if (!run.isDoubled && character === escape) {
				run.isDoubled = true;
				return index + 1;
			}

			if (run.isDoubled) {
				giveUp(run);
				return index;
			}

			// Alt and a character, for which nothing is bound.
			enter(run, 'ground');
			return index + character.length;
		},
		waitMs: () => sequenceWaitMs,
	},
	csi: {
		read(run, text, index) {
			const character = text[index]!;
			// The second [ of the Linux console's function keys (ESC [ [ A) ends nothing.
			const isEnd = isFinal(character) && !(character === '[' && run.text === '[');
			const isRxvtEnd = character === '$' && /^\[[235-8]$/v.test(run.text);
			return readSequence(run, character, index, {isEnd: isEnd || isRxvtEnd, isMiddle: character === '[' || (character >= ' ' && character <= '?')});
		},
		// The start of a paste is followed by the paste for certain.
		waitMs: ({text, isDoubled}) => `${text}~` === pasteStart && !isDoubled ? undefined : sequenceWaitMs,
	},
	ss3: {
		read(run, text, index) {
			const character = text[index]!;
			return readSequence(run, character, index, {isEnd: isFinal(character), isMiddle: /[\d;]/v.test(character)});
		},
		waitMs: () => sequenceWaitMs,
	},
	paste: {
		read(run, text, index) {
			// The end may have begun in the read before.
			const overlap = Math.max(0, run.text.length - pasteEnd.length + 1);
			const unsearched = run.text.slice(overlap) + text.slice(index);
			const found = unsearched.indexOf(pasteEnd);
			if (found === -1) {
				run.text += text.slice(index);
				return text.length;
			}

			const searched = run.text.length - overlap;
			run.inputs.push({type: 'paste', text: run.text.slice(0, overlap) + unsearched.slice(0, found)});
			enter(run, 'ground');
			return index + found + pasteEnd.length - searched;
		},
		waitMs: () => undefined,
	},
};

function enter(run: Run, state: StateName, text = '', isDoubled = false): void {
	run.state = state;
	run.text = text;
	run.isDoubled = isDoubled;
}

function readSequence(run: Run, character: string, index: number, {isEnd, isMiddle}: {readonly isEnd: boolean; readonly isMiddle: boolean}): number {
	if (isEnd) {
		endSequence(run, run.text + character);
		return index + 1;
	}

	if (isMiddle) {
		run.text += character;
		return index + 1;
	}

	giveUp(run);
	return index;
}

// ECMA-48: what a control sequence may end with.
function isFinal(character: string): boolean {
	return character >= '@' && character <= '~';
}

function endSequence(run: Run, sequence: string): void {
	const {isDoubled} = run;
	if (sequence === pasteStart) {
		enter(run, 'paste');
		return;
	}

	enter(run, 'ground');
	// Two ESC: a key with Alt, for which nothing is bound.
	if (!isDoubled) {
		pushKeys(run, keysOfSequence(sequence, keysOfText));
	}
}

// What was no sequence after all was typed, with an Esc before where nothing else says what that one was for.
function giveUp(run: Run): void {
	const {state, text, isDoubled} = run;
	enter(run, 'ground');
	if (isDoubled || state === 'escape') {
		pushKeys(run, ['escape']);
	}

	// ESC and O alone are Alt and O.
	pushKeys(run, !isDoubled && text === 'O' ? [] : keysOfText(text));
}

function pushKeys({inputs}: Run, keys: readonly KeyName[]): void {
	for (const key of keys) {
		inputs.push({type: 'key', key});
	}
}

const controlNames: ReadonlyMap<number, KeyName> = new Map([
	[0x00, 'ctrl- '],
	[0x08, 'backspace'],
	[0x09, 'tab'],
	[0x0A, 'enter'],
	[0x0D, 'enter'],
	[0x1B, 'escape'],
	[0x7F, 'backspace'],
]);

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** The keys that a text without sequences is typed with: a key for each grapheme, CR and LF together are one Enter. */
export function keysOfText(text: string): readonly KeyName[] {
	return [...graphemes.segment(text)].flatMap(({segment}) => keysOfCharacter(segment));
}

function keysOfCharacter(character: string): readonly KeyName[] {
	const code = character.codePointAt(0)!;
	const name = controlNames.get(code);
	if (name !== undefined) {
		return [name];
	}

	if (code < 0x20) {
		return [`ctrl-${String.fromCodePoint(code + (code <= 26 ? 0x60 : 0x40))}`];
	}

	// C1 controls are no key.
	return code >= 0x80 && code < 0xA0 ? [] : [character];
}

// A byte order mark is a character as any other; what is no UTF-8 becomes U+FFFD.
const utf8 = new TextDecoder('utf-8', {ignoreBOM: true});

/** Decodes UTF-8, but for the start of a character at the end. */
function decode(before: readonly number[], bytes: Uint8Array): {readonly text: string; readonly rest: readonly number[]} {
	const all = before.length === 0 ? bytes : Uint8Array.from([...before, ...bytes]);
	const end = all.length - unfinishedLength(all);
	return {text: utf8.decode(all.subarray(0, end)), rest: [...all.subarray(end)]};
}

// How many bytes at the end begin a character that needs more.
function unfinishedLength(bytes: Uint8Array): number {
	for (let length = 1; length <= Math.min(3, bytes.length); length++) {
		const byte = bytes[bytes.length - length]!;
		// Not a byte within a character.
		if (byte < 0x80 || byte >= 0xC0) {
			return length < characterLength(byte) ? length : 0;
		}
	}

	return 0;
}

/** How many bytes a character has that begins with this one. */
function characterLength(first: number): number {
	if (first < 0xC2 || first > 0xF4) {
		return 1;
	}

	if (first < 0xE0) {
		return 2;
	}

	return first < 0xF0 ? 3 : 4;
}
