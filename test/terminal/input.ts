import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keysOf, type InkKey} from '../../source/terminal/input.js';

const cases: ReadonlyArray<readonly [what: string, input: string, key: InkKey, keys: readonly string[]]> = [
	['a letter', 'j', {}, ['j']],
	['a capital', 'J', {shift: true}, ['J']],
	['fast typing', 'jj', {}, ['j', 'j']],
	['a key and Enter in one chunk', 'j\r', {}, ['j', 'enter']],
	['a filter typed in one chunk', '/x\r', {}, ['/', 'x', 'enter']],
	['an emoji of many code points', '👨‍👩‍👧a', {}, ['👨‍👩‍👧', 'a']],
	['a letter with a combining mark', 'e\u{301}', {}, ['e\u{301}']],
	['Enter', '', {return: true}, ['enter']],
	['CR', '\r', {}, ['enter']],
	['LF', '\n', {}, ['enter']],
	['CR and LF', '\r\n', {}, ['enter']],
	['Esc', '', {escape: true}, ['escape']],
	['Esc within a chunk', 'a\u{1B}', {}, ['a', 'escape']],
	['Up', '', {upArrow: true}, ['up']],
	['Down', '', {downArrow: true}, ['down']],
	['Left', '', {leftArrow: true}, ['left']],
	['Right', '', {rightArrow: true}, ['right']],
	['PgUp', '', {pageUp: true}, ['pageup']],
	['PgDn', '', {pageDown: true}, ['pagedown']],
	['Home', '', {home: true}, ['home']],
	['End', '', {end: true}, ['end']],
	['Tab', '', {tab: true}, ['tab']],
	['Shift-Tab', '', {tab: true, shift: true}, ['shift-tab']],
	['a tab character', '\t', {}, ['tab']],
	['Backspace', '', {backspace: true}, ['backspace']],
	['the byte DEL', '\u{7F}', {}, ['backspace']],
	['the byte BS', '\u{8}', {}, ['backspace']],
	['two Backspaces in one chunk', '\u{7F}\u{7F}', {}, ['backspace', 'backspace']],
	['Delete', '', {delete: true}, ['delete']],
	['Ctrl-C', 'c', {ctrl: true}, ['ctrl-c']],
	['Ctrl-Shift-D', 'D', {ctrl: true, shift: true}, ['ctrl-d']],
	['Ctrl-C behind letters', 'ab\u{3}', {}, ['a', 'b', 'ctrl-c']],
	['Ctrl with a function key', 'f5', {ctrl: true}, []],
	['a function key', '', {}, []],
	['Alt and a letter', 'q', {meta: true}, []],
	['Alt and Enter', '', {meta: true, return: true}, []],
	['Alt and Up', '', {meta: true, upArrow: true}, []],
	['Alt and Tab', '', {meta: true, tab: true}, []],
	['Esc twice in one chunk', '', {meta: true, escape: true}, ['escape']],
	['Space', ' ', {}, [' ']],
	['a C1 character', '\u{9B}', {}, []],
];

for (const [what, input, key, keys] of cases) {
	test(`${what}: ${keys.join(', ') || 'no key'}`, () => {
		assert.deepEqual(keysOf(input, key), keys);
	});
}
