import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cutText, drawable, fitText, textWidth, wrapText} from '../../../source/ui/text/text.js';

const drawn: ReadonlyArray<readonly [what: string, text: string, seen: string, width: number]> = [
	['plain Latin', 'Contoso Mail', 'Contoso Mail', 12],
	['nothing', '', '', 0],
	['CJK', '東京メール', '東京メール', 10],
	['a combining mark', 'cafe\u{301}', 'cafe\u{301}', 4],
	['an emoji', '📧', '📧', 2],
	['a family', '👨‍👩‍👧', '👨', 2],
	['a skin tone', '👍🏽', '👍', 2],
	['a heart with variation selector', '❤\u{FE0F}', '❤', 1],
	['a keycap', '1\u{FE0F}\u{20E3}', '1', 1],
	['a tagged flag', '🏴\u{E0067}\u{E0062}\u{E007F}', '🏴', 2],
	['a flag', '🇩🇪', '🇩🇪', 2],
	['all of them in a name', 'Mail 👩🏽‍💻 東京', 'Mail 👩 東京', 12],
];

for (const [what, text, seen, width] of drawn) {
	test(`${what} is drawn in ${width} columns`, () => {
		assert.equal(drawable(text), seen);
		assert.equal(textWidth(seen), width);
	});
}

const cuts: ReadonlyArray<readonly [text: string, width: number, atEnd: string, inMiddle: string]> = [
	['Contoso Mail', 12, 'Contoso Mail', 'Contoso Mail'],
	['Contoso Mail', 11, 'Contoso M..', 'Conto..Mail'],
	['Contoso Mail', 10, 'Contoso..', 'Cont..Mail'],
	['Contoso Mail', 8, 'Contos..', 'Con..ail'],
	['Contoso Mail', 7, 'Conto..', 'Conto..'],
	['Contoso Mail', 3, 'Con', 'Con'],
	['Contoso Mail', 1, 'C', 'C'],
	['Contoso Mail', 0, '', ''],
	['Contoso Mail', -4, '', ''],
	['Contoso all mail', 12, 'Contoso al..', 'Conto..mail'],
	['abc defghi jkl', 10, 'abc defg..', 'abc..jkl'],
	['東京メール受信箱', 9, '東京メ..', '東京..箱'],
	['東京', 3, '東', '東'],
	['東京', 1, '', ''],
];

for (const [text, width, atEnd, inMiddle] of cuts) {
	test(`${text} in ${width} columns: ${atEnd} or ${inMiddle}`, () => {
		assert.equal(cutText(text, width), atEnd);
		assert.equal(cutText(text, width, 'middle'), inMiddle);
	});
}

test('text is filled at the side that it is not aligned to', () => {
	assert.equal(fitText('41', 5), '41   ');
	assert.equal(fitText('41', 5, {align: 'right'}), '   41');
	assert.equal(fitText('東京', 5, {align: 'right'}), ' 東京');
	assert.equal(fitText('東京', 3), '東 ');
});

const pieces = fc.constantFrom('漢', '한', '😀', '👨‍👩‍👧', '👍🏽', '🇩🇪', 'e\u{301}', 'नि', 'ﷺ', ' ', 'a', 'Z', '-');
const anyText = fc.oneof(
	fc.array(pieces, {maxLength: 40}).map(found => found.join('')),
	fc.string({unit: 'grapheme', maxLength: 40}),
	fc.string({unit: 'grapheme-ascii', maxLength: 60}),
);
const anyWidth = fc.integer({min: 1, max: 60});
const fits = fc.record({align: fc.constantFrom('left', 'right'), cut: fc.constantFrom('end', 'middle')});

test('a fitted text has exactly its width', () => {
	fc.assert(fc.property(anyText, anyWidth, fits, (text, width, fit) => textWidth(fitText(text, width, fit)) === width), {numRuns: 2000});
});

test('a text that fits is not changed but for what cannot be drawn', () => {
	fc.assert(fc.property(anyText, anyWidth, fits, (text, width, {cut}) => {
		const whole = drawable(text);
		return textWidth(whole) > width || cutText(text, width, cut) === whole;
	}), {numRuns: 2000});
});

test('what cannot be drawn is gone after the first time', () => {
	fc.assert(fc.property(anyText, text => drawable(drawable(text)) === drawable(text)), {numRuns: 2000});
});

const letter = fc.constantFrom('a', 'b', 'c');
const longWord = fc.string({unit: letter, minLength: 30, maxLength: 60});

test('a cut in the middle keeps both ends', () => {
	fc.assert(fc.property(longWord, fc.integer({min: 8, max: 29}), (text, width) => {
		const [left, right] = cutText(text, width, 'middle').split('..') as [string, string];
		return text.startsWith(left) && text.endsWith(right) && left.length >= right.length && right.length >= 3;
	}));
});

const sentences: ReadonlyArray<readonly [what: string, text: string, width: number, maxLines: number, lines: readonly string[]]> = [
	['fits', 'Access is denied', 16, 2, ['Access is denied']],
	['breaks at a space', 'Access is denied', 12, 2, ['Access is', 'denied']],
	['has a space where it breaks', 'Access is denied', 9, 2, ['Access is', 'denied']],
	['has a word longer than a line', 'https://contoso.example/a', 10, 3, ['https://co', 'ntoso.exam', 'ple/a']],
	['has its one space too early to break at', 'a https://contoso.example', 12, 3, ['a https://co', 'ntoso.exampl', 'e']],
	['has a word that fits on a line of its own', 'Failed https://contoso.example/a 1', 26, 3, ['Failed', 'https://contoso.example/a', '1']],
	['ends in such a word', 'Failed https://contoso.example/a', 25, 3, ['Failed', 'https://contoso.example/a']],
	['is longer than its lines', 'one two three four five six', 9, 2, ['one two', 'three f..']],
	['has one line alone', 'one two three', 9, 1, ['one two..']],
	['is empty', '  ', 9, 3, []],
	['is CJK', '東京メール受信箱', 6, 3, ['東京メ', 'ール受', '信箱']],
];

for (const [what, text, width, maxLines, lines] of sentences) {
	test(`a sentence that ${what}`, () => {
		assert.deepEqual(wrapText(text, width, maxLines), lines);
	});
}

test('a wrapped text exceeds neither width nor lines', () => {
	fc.assert(fc.property(anyText, anyWidth, fc.integer({min: 1, max: 6}), (text, width, maxLines) => {
		const lines = wrapText(text, width, maxLines);
		return lines.length <= maxLines && lines.every(line => textWidth(line) <= width);
	}), {numRuns: 2000});
});

test('a wrapped text with lines enough loses nothing but spaces', () => {
	fc.assert(fc.property(anyText, fc.integer({min: 4, max: 60}), (text, width) =>
		wrapText(text, width, 1000).join('').replaceAll(/\s/gv, '') === drawable(text).replaceAll(/\s/gv, '')), {numRuns: 2000});
});
