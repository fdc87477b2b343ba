import type {KeyName} from '../model/key.js';

/*
What a key sends, without its ESC and without its modifier. Of each key first xterm's, tmux's and
the Linux console's, with O in application mode; then those of rxvt, with Shift ($, a small letter
behind [) and with Ctrl (^, a small letter behind O); [[5~ and [[6~ are PuTTY's.
Sources: xterm's ctlseqs, rxvt's reference, console_codes(4).
*/
const sequencesOf: Readonly<Record<string, string>> = {
	up: '[A OA [a Oa',
	down: '[B OB [b Ob',
	right: '[C OC [c Oc',
	left: '[D OD [d Od',
	home: '[H OH [1~ [7~ [7$ [7^',
	end: '[F OF [4~ [8~ [8$ [8^',
	pageup: '[5~ [[5~ [5$ [5^',
	pagedown: '[6~ [[6~ [6$ [6^',
	delete: '[3~ [3$ [3^',
	'shift-tab': '[Z',
	// Of the keypad in application mode.
	enter: 'OM',
};

const keyBySequence: ReadonlyMap<string, KeyName> = new Map(Object.entries(sequencesOf).flatMap(
	([key, sequences]) => sequences.split(' ').map(sequence => [sequence, key] as const),
));

// Code points that `CSI number u` sends for keys that type nothing; from 57414 on those of the keypad.
const keyByCode: Readonly<Record<number, KeyName>> = {
	13: 'enter',
	27: 'escape',
	127: 'backspace',
	57_414: 'enter',
	57_417: 'left',
	57_418: 'right',
	57_419: 'up',
	57_420: 'down',
	57_421: 'pageup',
	57_422: 'pagedown',
	57_423: 'home',
	57_424: 'end',
	57_426: 'delete',
};

// A modifier is sent as one more than the sum of these.
const shift = 1;
const alt = 2;
const ctrl = 4;
const meta = 32;

const withLetter = /^(?<lead>[O\[])(?:1;(?<modifier>\d*)(?::\d+)?|(?<only>\d+))?(?<end>[A-Za-z])$/v;
const withNumber = /^(?<lead>\[\[?)(?<number>\d+)(?:;(?<modifier>\d+)(?::\d+)?)?(?<end>[$^~])$/v;
const withCode = /^\[(?<code>\d+)(?::\d*(?::\d+)?)?(?:;(?<modifier>\d*)(?::\d+)?(?:;(?<text>[\d:]+))?)?u$/v;

/**
The keys of a complete control sequence: most of them are one key or none, `CSI u` may carry a text.
@param sequence - what follows its ESC
@param keysOfText - the keys that a text is typed with
*/
export function keysOfSequence(sequence: string, keysOfText: (text: string) => readonly KeyName[]): readonly KeyName[] {
	const code = withCode.exec(sequence)?.groups;
	if (code) {
		return keysOfCode(Number(code['code']), bitsOf(code['modifier']), code['text'], keysOfText);
	}

	const {lead = '', number = '', modifier, only, end = ''} = (withLetter.exec(sequence) ?? withNumber.exec(sequence))?.groups ?? {};
	const key = keyBySequence.get(lead + number + end);
	return key === undefined || isAlt(bitsOf(modifier ?? only)) ? [] : [key];
}

function keysOfCode(code: number, bits: number, text: string | undefined, keysOfText: (text: string) => readonly KeyName[]): readonly KeyName[] {
	const key = keyByCode[code];
	if (key === 'escape' || (key !== undefined && !isAlt(bits))) {
		return [key];
	}

	if (isAlt(bits)) {
		return [];
	}

	if (code === 9) {
		return [has(bits, shift) ? 'shift-tab' : 'tab'];
	}

	const typed = text === undefined ? characterOf(code) : text.split(':').map(each => characterOf(Number(each))).join('');
	if (has(bits, ctrl)) {
		return typed.length === 1 ? [`ctrl-${typed.toLowerCase()}`] : [];
	}

	return keysOfText(typed);
}

// Private-use code points stand for keys: modifiers, media keys.
function characterOf(code: number): string {
	return code > 0x10_FF_FF || /^[\p{Control}\p{Surrogate}\u{E000}-\u{F8FF}]$/v.test(String.fromCodePoint(code)) ? '' : String.fromCodePoint(code);
}

function bitsOf(modifier: string | undefined): number {
	return Math.max(0, Number(modifier ?? '') - 1);
}

function has(bits: number, bit: number): boolean {
	return Math.floor(bits / bit) % 2 === 1;
}

// Nothing is bound to a key with one of these.
function isAlt(bits: number): boolean {
	return has(bits, alt) || has(bits, meta);
}
