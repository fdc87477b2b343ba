import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {longestText, mark, visibleText} from '../../../source/api/wire/visible-text.js';
import {anyText} from '../../helpers/hostile-text.js';

const acute = '\u{301}';

const cases: ReadonlyArray<readonly [what: string, text: string, visible: string]> = [
	['ordinary text', 'Mail – all users', 'Mail – all users'],
	['tab, line ends', 'a\tb\nc\r\nd', 'a b c d'],
	['a lone carriage return', 'a\rb', `a${mark}b`],
	['CSI', '\u{1B}[31mred\u{1B}[0m', `${mark}red${mark}`],
	['CSI of one C1 character', '\u{9B}2Jx', `${mark}x`],
	['CSI with private parts', '\u{1B}[?1049h\u{1B}[1 q', mark + mark],
	['CSI cut off', 'x\u{1B}[31', `x${mark}31`],
	['OSC ended by BEL', '\u{1B}]0;title\u{7}x', `${mark}x`],
	['OSC ended by ST', '\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\', `${mark}link${mark}`],
	['OSC 52 of C1 characters', '\u{9D}52;c;cm0=\u{9C}x', `${mark}x`],
	['OSC without end', '\u{1B}]0;all the rest stays', `${mark}0;all the rest stays`],
	['OSC of C1 without end', 'a\u{9D}b', `a${mark}b`],
	['DCS', '\u{1B}Pq#0;1\u{1B}\\x', `${mark}x`],
	['DCS without end', '\u{1B}Prest', `${mark}rest`],
	['SOS, PM, APC', '\u{1B}Xa\u{1B}\\\u{1B}^b\u{1B}\\\u{1B}_c\u{1B}\\', mark.repeat(3)],
	['APC of C1 characters', '\u{9F}c\u{9C}', mark],
	['charset and reset', '\u{1B}(B\u{1B}c\u{1B}7', mark.repeat(3)],
	['an escape at the end', 'x\u{1B}', `x${mark}`],
	['C0, DEL, C1', '\u{0}\u{8}\u{7F}\u{85}', mark.repeat(4)],
	['bidi controls', '\u{202E}txt.exe\u{202C}\u{2066}\u{2069}\u{200F}\u{61C}', `${mark}txt.exe${mark.repeat(5)}`],
	['line and paragraph separators', 'a\u{2028}b\u{2029}', `a${mark}b${mark}`],
	['lone surrogates', 'a\u{D83D}b\u{DE00}', `a${mark}b${mark}`],
	['invisible characters', '\u{FEFF}a\u{200B}\u{AD}\u{2060}\u{E0041}\u{3164}', `${mark}a${mark.repeat(5)}`],
	['joiners', 'می\u{200C}خواهم 👩\u{200D}💻', 'می\u{200C}خواهم 👩\u{200D}💻'],
	['CJK, emoji, flags, Devanagari', '漢字 👩🏽‍❤️‍👨 🇩🇪 नमस्ते ﷽', '漢字 👩🏽‍❤️‍👨 🇩🇪 नमस्ते ﷽'],
	['four combining marks', `e${acute.repeat(4)}x`, `e${acute.repeat(4)}x`],
	['many combining marks', `e${acute.repeat(50)}x`, `e${acute.repeat(4)}${mark}x`],
	['joiners between marks', `e${`${acute}\u{200D}`.repeat(9)}x`, `e${`${acute}\u{200D}`.repeat(2)}${mark}x`],
	['as many characters as are kept', '漢'.repeat(longestText), '漢'.repeat(longestText)],
	['one more', '😀'.repeat(longestText + 1), `${'😀'.repeat(longestText)}...`],
	['far more', 'a'.repeat(1_000_000), `${'a'.repeat(longestText)}...`],
];

for (const [what, text, visible] of cases) {
	test(what, (t: TestContext) => {
		t.assert.strictEqual(visibleText(text), visible);
	});
}

const pieces = fc.constantFrom(...'\u{1B}\u{9B}\u{9D}\u{90}\u{9C}\u{7}\\[]P;m0 \n\t\ra\u{202E}\u{FEFF}\u{200D}\u{301}\u{D800}\u{DC00}漢😀'.split(''));

const hostile = fc.oneof(
	fc.array(pieces, {maxLength: 60}).map(found => found.join('')),
	anyText(60),
	fc.string({unit: 'grapheme', maxLength: 60}),
);

const steering = /[\p{Control}\u{61C}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2066}-\u{2069}\u{FEFF}]/v;

/** The text that the property does not hold for, if one is found. */
function counterexample(property: (text: string) => boolean, texts = hostile): readonly string[] | null {
	return fc.check(fc.property(texts, property), {numRuns: 2000}).counterexample;
}

test('nothing that steers a terminal is left', (t: TestContext) => {
	const found = counterexample(text => {
		const visible = visibleText(text);
		return visible.isWellFormed() && !steering.test(visible);
	});
	t.assert.strictEqual(found, null);
});

test('it is idempotent', (t: TestContext) => {
	t.assert.strictEqual(counterexample(text => visibleText(visibleText(text)) === visibleText(text)), null);
});

test('it is idempotent where it cuts', (t: TestContext) => {
	const units = ['a', '漢', '😀', `e${acute}`, '\u{1B}[m', `\u{1B}]${'x'.repeat(30)}\u{7}`];
	const cut = units.map(unit => visibleText(unit.repeat(200_000 / unit.length)));
	t.assert.deepStrictEqual(cut.map(text => visibleText(text)), cut);
});

test('printable ASCII is unchanged', (t: TestContext) => {
	t.assert.strictEqual(counterexample(text => visibleText(text) === text, fc.string({unit: 'grapheme-ascii'})), null);
});

test('hostile texts of 100,000 characters come to an end', (t: TestContext) => {
	const units = ['\u{1B}', '\u{1B}[', '\u{1B}]', '\u{9D}', '\u{1B}P', '\u{1B} ', '\u{1B}[0', '\u{9B}1;', '\u{1B}]a\t', acute];
	const visible = units.map(unit => visibleText(unit.repeat(100_000 / unit.length)));
	t.assert.ok(visible.every(text => [...text].length <= longestText + 3));
});
