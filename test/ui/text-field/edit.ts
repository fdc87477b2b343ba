import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {edit, openPrompt, type Edit, type Prompt} from '../../../source/ui/text-field/edit.js';

/** A prompt written with `|` where its cursor is. */
const at = (written: string): Prompt => ({...openPrompt(written.replace('|', '')), cursor: written.indexOf('|')});
const written = ({text, cursor}: Prompt) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;
const insert = (text: string): Edit => ({type: 'insert', text});

const cases: ReadonlyArray<readonly [before: string, change: Edit, after: string]> = [
	['|', insert('a'), 'a|'],
	['con|so', insert('to'), 'conto|so'],
	['|', insert('東京 👨‍👩‍👧'), '東京 👨‍👩‍👧|'],
	['a|', insert('one\r\ntwo\t three\n'), 'aone two three |'],
	['a|', insert('\u{0}\u{1B}[2J'), 'a [2J|'],
	['ab|c', {type: 'delete-before'}, 'a|c'],
	['|abc', {type: 'delete-before'}, '|abc'],
	['a👨‍👩‍👧|', {type: 'delete-before'}, 'a|'],
	['cafe\u{301}|', {type: 'delete-before'}, 'caf|'],
	['a|bc', {type: 'delete-after'}, 'a|c'],
	['a|', {type: 'delete-after'}, 'a|'],
	['|👍🏽a', {type: 'delete-after'}, '|a'],
	['one two|', {type: 'delete-word'}, 'one |'],
	['one two  |', {type: 'delete-word'}, 'one |'],
	['one|two', {type: 'delete-word'}, '|two'],
	['|', {type: 'delete-word'}, '|'],
	['one two| three', {type: 'delete-line'}, '| three'],
	['ab|', {type: 'left'}, 'a|b'],
	['|ab', {type: 'left'}, '|ab'],
	['a👨‍👩‍👧|', {type: 'left'}, 'a|👨‍👩‍👧'],
	['a|b', {type: 'right'}, 'ab|'],
	['ab|', {type: 'right'}, 'ab|'],
	['|🇩🇪a', {type: 'right'}, '🇩🇪|a'],
	['ab|c', {type: 'home'}, '|abc'],
	['a|bc', {type: 'end'}, 'abc|'],
];

for (const [before, change, after] of cases) {
	test(`${JSON.stringify(before)}, ${change.type}: ${JSON.stringify(after)}`, () => {
		const edited = edit(at(before), change);
		assert.equal(written(edited), after);
	});
}

test('a prompt opens behind its text and remembers it', () => {
	const prompt = openPrompt('contoso');
	assert.equal(written(prompt), 'contoso|');
	assert.equal(edit(prompt, {type: 'delete-line'}).before, 'contoso');
});

/** What of a text is taken behind as many characters. */
function typedBehind(amount: number, text: string): string {
	const before = openPrompt('a'.repeat(amount));
	return edit(before, insert(text)).text.slice(amount);
}

test('a prompt takes 500 characters', () => {
	assert.equal(typedBehind(498, 'bcdef'), 'bc');
	assert.equal(typedBehind(500, 'b'), '');
});

test('the limit cuts no character in half', () => {
	assert.equal(typedBehind(499, '😀'), '');
	assert.equal(typedBehind(496, '😀👨‍👩‍👧'), '😀');
});

const someEdit: fc.Arbitrary<Edit> = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 8}).map(text => insert(text)),
	fc.constantFrom<Exclude<Edit['type'], 'insert'>>('delete-before', 'delete-word', 'delete-line', 'delete-after', 'left', 'right', 'home', 'end').map(type => ({type})),
);

test('whatever is typed, the cursor is within the text and the text well formed', () => {
	fc.assert(fc.property(fc.array(someEdit, {maxLength: 30}), edits => {
		let prompt = openPrompt('');
		for (const change of edits) {
			prompt = edit(prompt, change);
		}

		const {text, cursor} = prompt;
		return cursor >= 0 && cursor <= text.length && text.isWellFormed() && text.slice(0, cursor).isWellFormed();
	}));
});
