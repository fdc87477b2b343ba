import type {KeyName} from '../model/key.js';

// A sequence without its ESC and without its modifier. Sources: xterm's ctlseqs, rxvt's manual, console_codes(4), tmux.
const keyBySequence: ReadonlyMap<string, KeyName> = new Map([
	// xterm, tmux, Linux console; with O in application mode.
	['[A', 'up'], ['[B', 'down'], ['[C', 'right'], ['[D', 'left'], ['[H', 'home'], ['[F', 'end'],
	['OA', 'up'], ['OB', 'down'], ['OC', 'right'], ['OD', 'left'], ['OH', 'home'], ['OF', 'end'],
	// VT220; home and end as the Linux console and tmux send them, then as rxvt does.
	['[3~', 'delete'], ['[5~', 'pageup'], ['[6~', 'pagedown'],
	['[1~', 'home'], ['[4~', 'end'],
	['[7~', 'home'], ['[8~', 'end'],
	// PuTTY.
	['[[5~', 'pageup'], ['[[6~', 'pagedown'],
	// rxvt with Shift.
	['[a', 'up'], ['[b', 'down'], ['[c', 'right'], ['[d', 'left'],
	['[3$', 'delete'], ['[5$', 'pageup'], ['[6$', 'pagedown'], ['[7$', 'home'], ['[8$', 'end'],
	// rxvt with Ctrl.
	['Oa', 'up'], ['Ob', 'down'], ['Oc', 'right'], ['Od', 'left'],
	['[3^', 'delete'], ['[5^', 'pageup'], ['[6^', 'pagedown'], ['[7^', 'home'], ['[8^', 'end'],
	// Shift-Tab, and Enter of the keypad in application mode.
	['[Z', 'shift-tab'], ['OM', 'enter'],
]);

// Code points that `CSI number u` sends for keys that type nothing; from 57414 on those of the keypad.
const keyByCode: ReadonlyMap<number, KeyName> = new Map([
	[13, 'enter'], [27, 'escape'], [127, 'backspace'],
	[57_414, 'enter'], [57_417, 'left'], [57_418, 'right'], [57_419, 'up'], [57_420, 'down'],
	[57_421, 'pageup'], [57_422, 'pagedown'], [57_423, 'home'], [57_424, 'end'], [57_426, 'delete'],
]);

// A modifier is sent as one more than the sum of its bits.
const shiftBit = 1;
const ctrlBit = 4;
// Alt and Meta: nothing is bound to a key with one of them.
const altBits = 2 + 32;

const withLetter = /^(?<lead>[O\[])(?:1;(?<modifier>\d*)(?::\d+)?|(?<only>\d+))?(?<end>[A-Za-z])$/v;
const withNumber = /^(?<lead>\[\[?)(?<number>\d+)(?:;(?<modifier>\d+)(?::\d+)?)?(?<end>[$\^~])$/v;
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
	const key = keyByCode.get(code);
	if (key === 'escape' || (key !== undefined && !isAlt(bits))) {
		return [key];
	}

	if (isAlt(bits)) {
		return [];
	}

	if (code === 9) {
		return [(bits & shiftBit) === 0 ? 'tab' : 'shift-tab'];
	}

	const typed = text === undefined ? characterOf(code) : text.split(':').map(each => characterOf(Number(each))).join('');
	if ((bits & ctrlBit) !== 0) {
		return typed.length === 1 ? [`ctrl-${typed.toLowerCase()}`] : [];
	}

	return keysOfText(typed);
}

// Private-use code points stand for keys: modifiers, media keys.
function characterOf(code: number): string {
	return code > 0x10_FF_FF || /^[\p{Cc}\p{Cs}\u{E000}-\u{F8FF}]$/v.test(String.fromCodePoint(code)) ? '' : String.fromCodePoint(code);
}

function bitsOf(modifier: string | undefined): number {
	return Math.max(0, Number(modifier ?? '') - 1);
}

function isAlt(bits: number): boolean {
	return (bits & altBits) !== 0;
}
