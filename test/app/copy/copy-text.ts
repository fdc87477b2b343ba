import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {visibleText} from '../../../source/api/wire/visible-text.js';
import {copyLines, copyWords} from '../../../source/app/copy/copy-text.js';
import {forClipboard} from '../../../source/model/clipboard-text.js';
import {drawable, textWidth} from '../../../source/ui/text/text.js';
import {hostileText} from '../../helpers/hostile-text.js';

const mark = '\u{FFFD}';
const lines = fc.array(hostileText, {maxLength: 5}).map(texts => texts.join('\n'));

const texts: ReadonlyArray<readonly [what: string, text: string, left: string]> = [
	['lines of ours', 'Job:  Contoso\nStatus: Failed\n\n  3 x access denied', 'Job:  Contoso\nStatus: Failed\n\n  3 x access denied'],
	['names in any script, emoji in one piece', 'می\u{200C}خواهم 漢 Łódź 👩‍👩‍👧 ❤\u{FE0F}', 'می\u{200C}خواهم 漢 Łódź 👩‍👩‍👧 ❤\u{FE0F}'],
	['spaces at the end of lines', 'a  \n  b \n   \nc', 'a\n  b\n\nc'],
	['line breaks at the end', 'rm -rf ~\n\n \n', 'rm -rf ~'],
	['other line ends', 'a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{B}g', `a${mark}\nb${mark}c${mark}d${mark}e${mark}f${mark}g`],
	['escape sequences', '\u{1B}[31mred\u{1B}]52;c;cm0=\u{7}\u{9B}2J', `${mark}[31mred${mark}]52;c;cm0=${mark}${mark}2J`],
	['the end of a bracketed paste', 'a\u{1B}[201~rm -rf ~', `a${mark}[201~rm -rf ~`],
	['other controls', 'a\tb\u{0}c\u{8}d\u{7F}', `a${mark}b${mark}c${mark}d${mark}`],
	['what turns the direction', '\u{202E}gpj.exe\u{202C}\u{2066}\u{200F}', `${mark}gpj.exe${mark.repeat(3)}`],
	['half a pair', 'a\u{D83D}b', `a${mark}b`],
	['nothing', ' \n ', ''],
];

for (const [what, text, left] of texts) {
	test(`for the clipboard: ${what}`, (t: TestContext) => {
		t.assert.strictEqual(forClipboard(text), left);
	});
}

test('whatever a text holds, of controls line feeds alone are left, and none of them at its end', (t: TestContext) => {
	const found = fc.check(fc.property(lines, text => {
		const left = forClipboard(text);
		return !/[[\p{Bidi_Control}\p{Control}]--\n]|\s(?:\n|$)/v.test(left.replaceAll(/\n+/gv, '\n')) && left.isWellFormed() && forClipboard(left) === left;
	}), {numRuns: 1000});
	t.assert.strictEqual(found.counterexample, null);
});

test('a text that was made visible when it was read is copied as it is', (t: TestContext) => {
	const found = fc.check(fc.property(hostileText, text => forClipboard(visibleText(text)) === visibleText(text).trimEnd()), {numRuns: 1000});
	t.assert.strictEqual(found.counterexample, null);
});

test('lines to select keep their order, their indent and the empty ones', (t: TestContext) => {
	t.assert.deepStrictEqual(copyLines('Job: Contoso\n\n  3 x access denied\n', 40), ['Job: Contoso', '', '  3 x access denied']);
});

test('a longer line goes on below, under its beginning', (t: TestContext) => {
	t.assert.deepStrictEqual(copyLines('  12 x access denied to mailbox anna@contoso.test\nend', 20), ['  12 x access denied', '  to mailbox', '  anna@contoso.test', 'end']);
});

test('of lines to select nothing is cut, and none is wider than the screen', (t: TestContext) => {
	const bare = (text: string) => text.replaceAll(/\s/gv, '');
	const plain = fc.array(fc.constantFrom('a', 'Contoso', ' ', '\n', '漢', '漢字かな', '/', 'é', 'Ж', '\n   '), {maxLength: 60}).map(pieces => pieces.join(''));
	const whole = fc.check(fc.property(plain, fc.integer({min: 8, max: 60}), (text, width) => {
		const drawn = forClipboard(text).split('\n').map(line => drawable(line)).join('');
		return bare(copyLines(text, width).join('')) === bare(drawn);
	}), {numRuns: 1000});
	t.assert.strictEqual(whole.counterexample, null);
	const read = fc.array(hostileText.map(text => visibleText(text)), {maxLength: 5}).map(said => said.join('\n'));
	const narrow = fc.check(fc.property(read, fc.integer({min: 8, max: 60}), (text, width) => (
		copyLines(text, width).every(line => textWidth(line) <= width)
	)), {numRuns: 50});
	t.assert.strictEqual(narrow.counterexample, null);
});

test('it is said what was copied, in one line', (t: TestContext) => {
	t.assert.match(copyWords('session id', 'tmux'), /^session id copied: in tmux/v);
	t.assert.match(copyWords('summary', 'osc52'), /^summary sent .*OSC 52/v);
	t.assert.match(copyWords('job id', 'screen'), /select the job id$/v);
	for (const way of ['tmux', 'osc52', 'screen'] as const) {
		t.assert.ok(copyWords('session id', way).length < 79, way);
	}
});
