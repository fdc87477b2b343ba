import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Input} from '../../source/model/key.js';
import {keysOfText, newParser, parse} from '../../source/terminal/input.js';

const encoder = new TextEncoder();
const none = new Uint8Array();

/** What comes of reads that follow each other within a millisecond, and of the wait after them; a paste in angle brackets. */
function typed(...reads: ReadonlyArray<string | Uint8Array>): readonly string[] {
	const words: string[] = [];
	const take = (inputs: readonly Input[]) => {
		words.push(...inputs.map(input => input.type === 'key' ? input.key : `<${input.text}>`));
	};

	let parser = newParser();
	for (const [at, read] of reads.entries()) {
		const parsed = parse(parser, typeof read === 'string' ? encoder.encode(read) : read, at);
		({parser} = parsed);
		take(parsed.inputs);
	}

	if (parser.wakeAt !== undefined) {
		take(parse(parser, none, parser.wakeAt).inputs);
	}

	return words;
}

/** All ways to cut bytes in two, but those within a grapheme: its second part would be a key of its own. */
function cuts(text: string): ReadonlyArray<readonly [Uint8Array, Uint8Array]> {
	const bytes = encoder.encode(text);
	const length = /\r\n|\p{Mark}|\u{200D}/v.test(text) ? 0 : Math.max(0, bytes.length - 1);
	return Array.from({length}, (_cut, index) => [bytes.subarray(0, index + 1), bytes.subarray(index + 1)] as const);
}

// Compared once with what Ink 8.0 made of the same bytes: the same keys.
const cases: ReadonlyArray<readonly [what: string, bytes: string, keys: readonly string[]]> = [
	['a letter', 'j', ['j']],
	['a capital', 'J', ['J']],
	['fast typing', 'jj', ['j', 'j']],
	['a key and Enter', 'j\r', ['j', 'enter']],
	['a filter', '/x\r', ['/', 'x', 'enter']],
	['an emoji of many code points', '👨‍👩‍👧a', ['👨‍👩‍👧', 'a']],
	['a letter with a combining mark', 'e\u{301}', ['e\u{301}']],
	['a byte order mark', '\u{FEFF}x', ['\u{FEFF}', 'x']],
	['Space', ' ', [' ']],
	['CR', '\r', ['enter']],
	['LF', '\n', ['enter']],
	['CR and LF', '\r\n', ['enter']],
	['Tab', '\t', ['tab']],
	['DEL', '\u{7F}', ['backspace']],
	['BS', '\u{8}', ['backspace']],
	['two Backspaces', '\u{7F}\u{8}', ['backspace', 'backspace']],
	['Ctrl-A', '\u{1}', ['ctrl-a']],
	['Ctrl-Z', '\u{1A}', ['ctrl-z']],
	['Ctrl-C behind letters', 'ab\u{3}', ['a', 'b', 'ctrl-c']],
	['Ctrl and a punctuation mark', '\u{1C}\u{1D}\u{1E}\u{1F}', ['ctrl-\\', 'ctrl-]', 'ctrl-^', 'ctrl-_']],
	['Ctrl-Space', '\u{0}', ['ctrl- ']],
	['a C1 control', '\u{9B}', []],

	['Esc', '\u{1B}', ['escape']],
	['Esc behind a letter', 'a\u{1B}', ['a', 'escape']],
	['two Esc', '\u{1B}\u{1B}', ['escape']],
	['three Esc', '\u{1B}\u{1B}\u{1B}', ['escape', 'escape']],
	['two Esc and a letter', '\u{1B}\u{1B}a', ['escape', 'a']],
	['Alt and a letter', '\u{1B}q', []],
	['Alt and a letter outside the BMP', '\u{1B}𝐪j', ['j']],
	['Alt and Enter', '\u{1B}\r', []],
	['Alt and Tab', '\u{1B}\t', []],
	['Alt and Backspace', '\u{1B}\u{7F}', []],
	['Alt and Ctrl-C', '\u{1B}\u{3}', []],
	['Alt and O', '\u{1B}O', []],
	['Alt and Up, as rxvt sends it', '\u{1B}\u{1B}[A', []],

	['arrows', '\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D', ['up', 'down', 'right', 'left']],
	['arrows in application mode', '\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD', ['up', 'down', 'right', 'left']],
	['Home and End of xterm', '\u{1B}[H\u{1B}[F', ['home', 'end']],
	['Home and End in application mode', '\u{1B}OH\u{1B}OF', ['home', 'end']],
	['Home and End of the Linux console and tmux', '\u{1B}[1~\u{1B}[4~', ['home', 'end']],
	['Home and End of rxvt', '\u{1B}[7~\u{1B}[8~', ['home', 'end']],
	['PgUp and PgDn', '\u{1B}[5~\u{1B}[6~', ['pageup', 'pagedown']],
	['PgUp and PgDn of PuTTY', '\u{1B}[[5~\u{1B}[[6~', ['pageup', 'pagedown']],
	['Delete', '\u{1B}[3~', ['delete']],
	['Insert', '\u{1B}[2~', []],
	['Shift-Tab', '\u{1B}[Z', ['shift-tab']],
	['Enter of the keypad', '\u{1B}OM', ['enter']],
	['5 of the keypad', '\u{1B}[E\u{1B}OE', []],
	['digits of the keypad', '\u{1B}Op\u{1B}Oy', []],
	['F1 to F4', '\u{1B}OP\u{1B}OQ\u{1B}OR\u{1B}OS', []],
	['F1 of rxvt and of the Linux console', '\u{1B}[11~\u{1B}[[A', []],
	['F5 and F12', '\u{1B}[15~\u{1B}[24~', []],

	['Ctrl and Up', '\u{1B}[1;5A', ['up']],
	['Ctrl and Up, as sent by old terminals', '\u{1B}[5A\u{1B}O5A', ['up', 'up']],
	['Ctrl and Up of rxvt', '\u{1B}Oa', ['up']],
	['Shift and Up', '\u{1B}[1;2A\u{1B}[a', ['up', 'up']],
	['Alt and Up', '\u{1B}[1;3A', []],
	['Ctrl and PgDn', '\u{1B}[6;5~\u{1B}[6^', ['pagedown', 'pagedown']],
	['Shift and Delete', '\u{1B}[3;2~\u{1B}[3$', ['delete', 'delete']],
	['Shift and Insert of rxvt', '\u{1B}[2$j', ['j']],
	['Ctrl-Shift and Home of rxvt', '\u{1B}[7@', []],
	['Alt and Delete', '\u{1B}[3;3~', []],
	['Shift-Tab with its modifier', '\u{1B}[1;2Z', ['shift-tab']],

	['a letter as its code', '\u{1B}[97u', ['a']],
	['Ctrl-A as its code', '\u{1B}[97;5u', ['ctrl-a']],
	['Ctrl-Space as its code', '\u{1B}[32;5u', ['ctrl- ']],
	['Alt and a letter as its code', '\u{1B}[97;3u', []],
	['a letter with the text it types', '\u{1B}[97;2;65u', ['A']],
	['Shift and Enter as its code', '\u{1B}[13;2u', ['enter']],
	['Tab and Shift-Tab as their code', '\u{1B}[9u\u{1B}[9;2u', ['tab', 'shift-tab']],
	['Alt and Tab as its code', '\u{1B}[9;3u', []],
	['Esc as its code', '\u{1B}[27u', ['escape']],
	['Backspace as its code', '\u{1B}[127u', ['backspace']],
	['Up of the keypad as its code', '\u{1B}[57419u', ['up']],
	['Caps Lock as its code', '\u{1B}[57358u', []],
	['what is no code', '\u{1B}[1114112u\u{1B}[55296u\u{1B}[1u', []],

	['the focus comes and goes', '\u{1B}[I\u{1B}[O', []],
	['a mouse', '\u{1B}[<0;3;4M', []],
	['answers to questions', '\u{1B}[?1;2c\u{1B}[24;80R\u{1B}[1;5R\u{1B}[?64u', []],
	['an unknown sequence', '\u{1B}[27;5;13~j', ['j']],

	['Esc and [, then nothing', '\u{1B}[', ['[']],
	['a sequence without its end', '\u{1B}[1', ['[', '1']],
	['one in application mode without its end', '\u{1B}O1', ['O', '1']],
	['two Esc and [, then nothing', '\u{1B}\u{1B}[', ['escape', '[']],
	['two Esc and O, then nothing', '\u{1B}\u{1B}O', ['escape', 'O']],
	['Ctrl-C within a sequence', '\u{1B}[1\u{3}', ['[', '1', 'ctrl-c']],
	['a sequence within a sequence', '\u{1B}[\u{1B}[A', ['[', 'up']],

	['a paste', 'a\u{1B}[200~j\r\n\u{1B}[A\u{3}\u{1B}[201~k', ['a', '<j\r\n\u{1B}[A\u{3}>', 'k']],
	['an empty paste', '\u{1B}[200~\u{1B}[201~', ['<>']],
	['two pastes', '\u{1B}[200~a\u{1B}[201~\u{1B}[200~b\u{1B}[201~', ['<a>', '<b>']],
	['the end of a paste that was none', '\u{1B}[201~j', ['j']],
];

for (const [what, bytes, keys] of cases) {
	test(`${what}: ${keys.map(key => JSON.stringify(key)).join(', ') || 'no key'}, also cut anywhere`, () => {
		assert.deepEqual(typed(bytes), keys);
		for (const [before, after] of cuts(bytes)) {
			assert.deepEqual(typed(before, after), keys, `cut after ${before.length} bytes`);
		}
	});
}

test('a paste in single bytes is one paste', () => {
	const bytes = encoder.encode('\u{1B}[200~müde \u{1B}[20 \u{1B}[201\u{1B}[201~j');
	assert.deepEqual(typed(...[...bytes].map(byte => Uint8Array.of(byte))), ['<müde \u{1B}[20 \u{1B}[201>', 'j']);
});

test('the start of a paste behind an Esc is one too: a pasted text is never keys', () => {
	assert.deepEqual(typed('\u{1B}\u{1B}[200~q\r\u{1B}[201~j'), ['<q\r>', 'j']);
});

test('what is no UTF-8 is U+FFFD, and hides nothing behind it', () => {
	assert.deepEqual(typed(Uint8Array.of(0x61, 0xFF, 0x62)), ['a', '\u{FFFD}', 'b']);
	assert.deepEqual(typed(Uint8Array.of(0xE2, 0x82), Uint8Array.of(0x6A)), ['\u{FFFD}', 'j']);
	assert.deepEqual(typed(Uint8Array.of(0xE2, 0x82, 0x1B, 0x5B, 0x41)), ['\u{FFFD}', 'up']);
	assert.deepEqual(typed(Uint8Array.of(0x80, 0x80, 0x80, 0x80)), Array.from({length: 4}, () => '\u{FFFD}'));
});

test('a lone Esc waits for 20 ms from its read on, and is given by a call without bytes', () => {
	const first = parse(newParser(), encoder.encode('a\u{1B}'), 1000);
	assert.deepEqual([first.inputs, first.wakeAt], [[{type: 'key', key: 'a'}], 1020]);
	const early = parse(first.parser, none, 1019.5);
	assert.deepEqual([early.inputs, early.wakeAt], [[], 1020]);
	const late = parse(early.parser, none, 1020);
	assert.deepEqual([late.inputs, late.wakeAt], [[{type: 'key', key: 'escape'}], undefined]);
	assert.deepEqual(late.parser, newParser());
});

test('the rest of a sequence makes it wait anew', () => {
	const {parser} = parse(newParser(), encoder.encode('\u{1B}['), 0);
	assert.equal(parse(parser, encoder.encode('1'), 15).wakeAt, 35);
});

test('the start of a paste, a paste and a character without its rest wait for ever', () => {
	for (const bytes of ['\u{1B}[200', '\u{1B}[200~', '\u{1B}[200~text\u{1B}[20']) {
		assert.equal(parse(newParser(), encoder.encode(bytes), 0).wakeAt, undefined, bytes);
	}

	assert.equal(parse(newParser(), Uint8Array.of(0xE2, 0x82), 0).wakeAt, undefined);
	assert.equal(parse(newParser(), encoder.encode('\u{1B}\u{1B}[200'), 0).wakeAt, 20);
});

test('without bytes and without anything that waits, nothing changes', () => {
	const parser = newParser();
	assert.deepEqual(parse(parser, none, 5), {parser, inputs: [], wakeAt: undefined});
});

test('a parser is plain data: written and read back it goes on', () => {
	for (const bytes of ['\u{1B}', '\u{1B}\u{1B}[1', '\u{1B}[200~text\u{1B}']) {
		const {parser} = parse(newParser(), Uint8Array.of(...encoder.encode(bytes), 0xE2), 0);
		const json = JSON.stringify({...parser, wakeAt: 0});
		assert.deepEqual(JSON.parse(json), {...parser, wakeAt: 0});
	}
});

test('a large paste takes no time of its own, whatever is in it', () => {
	const chunk = encoder.encode('~\u{1B}[20 '.repeat(10_000));
	let {parser} = parse(newParser(), encoder.encode('\u{1B}[200~'), 0);
	for (let count = 0; count < 50; count++) {
		({parser} = parse(parser, chunk, 0));
	}

	const {inputs} = parse(parser, encoder.encode('\u{1B}[201~'), 0);
	assert.deepEqual(inputs, [{type: 'paste', text: '~\u{1B}[20 '.repeat(500_000)}]);
});

test('a text is typed with the keys of its graphemes', () => {
	assert.deepEqual(keysOfText('/e\u{301}\r'), ['/', 'e\u{301}', 'enter']);
});
