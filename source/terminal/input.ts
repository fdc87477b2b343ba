import type {KeyName} from '../model/key.js';

/** What Ink's `useInput` says of a key besides its text. */
export type InkKey = Readonly<Partial<Record<
	'upArrow' | 'downArrow' | 'leftArrow' | 'rightArrow' | 'pageDown' | 'pageUp' | 'home' | 'end' | 'return' | 'escape' | 'tab' | 'backspace' | 'delete' | 'ctrl' | 'shift' | 'meta',
	boolean
>>>;

const namedKeys: ReadonlyArray<readonly [keyof InkKey, KeyName]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

const controlNames: ReadonlyMap<string, KeyName> = new Map([
	['\r', 'enter'],
	['\n', 'enter'],
	['\t', 'tab'],
	['\u{1B}', 'escape'],
	['\u{7F}', 'backspace'],
	['\u{8}', 'backspace'],
]);

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/**
The one place where input becomes keys. Ink gives fast typing as one string (`jj`, or `j`
and Enter together) and function keys as an empty one: the first is split here, the
second is no key. A key with Alt held is none either: nothing is bound to it, and an Esc
sent right before a letter looks the same.
*/
export function keysOf(input: string, key: InkKey): readonly KeyName[] {
	// Two Esc in one chunk look like Esc with Alt: that is an Esc still.
	if (key.meta && !key.escape) {
		return [];
	}

	const named = namedKeys.find(([flag]) => key[flag]);
	if (named) {
		return [named[1]];
	}

	if (key.tab) {
		return [key.shift ? 'shift-tab' : 'tab'];
	}

	if (key.ctrl) {
		return input.length === 1 ? [`ctrl-${input.toLowerCase()}`] : [];
	}

	return [...graphemes.segment(input)].flatMap(({segment}) => characterKeys(segment));
}

// A CR and LF together are one grapheme; a lone control character is the key that sends it.
function characterKeys(character: string): readonly KeyName[] {
	const code = character.codePointAt(0) ?? 0;
	const name = controlNames.get(character[0] ?? '');
	if (name) {
		return [name];
	}

	if (code < 0x20) {
		return [`ctrl-${String.fromCodePoint(code + 0x60)}`];
	}

	return code >= 0x80 && code < 0xA0 ? [] : [character];
}
