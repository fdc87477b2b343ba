import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {TextField, type TextFieldProps} from '../../../source/ui/text-field/text-field.js';
import {edit, openPrompt, type Prompt} from '../../../source/ui/text-field/edit.js';
import {textWidth} from '../../../source/ui/text/text.js';
import {draw} from '../../helpers/frame.js';

/** A prompt written with `|` where its cursor is. */
const at = (written: string): Prompt => ({...openPrompt(written.replace('|', '')), cursor: written.indexOf('|')});
const field = (written: string, props: Partial<TextFieldProps> = {}) => <TextField isFocused lead='> Name ' prompt={at(written)} width={30} {...props}/>;
const inverse = (line: string) => line.split('\u{1B}[7m', 2)[1]?.split('\u{1B}[27m', 1)[0];

const cases: ReadonlyArray<readonly [what: string, written: string, props: Partial<TextFieldProps>, line: string, under: string]> = [
	['empty', '|', {}, '> Name', ' '],
	['with text', 'contoso|', {}, '> Name contoso', ' '],
	['with the cursor inside', 'con|toso', {}, '> Name contoso', 't'],
	['with a note', 'abc|', {note: 'a note'}, '> Name abc             a note', ' '],
	['with a note that leaves too little room', 'abc|', {note: 'a note that is very long'}, '> Name abc', ' '],
	['with text that is too long', 'abcdefghijklmnopqrstuvwxyz|', {}, '> Name ghijklmnopqrstuvwxyz', ' '],
	['hidden', 'abc|', {isSecret: true}, '> Name ***', ' '],
	['hidden, the cursor inside', 'a|bc', {isSecret: true}, '> Name ***', '*'],
	['hidden, the cursor on a space', 'a| c', {isSecret: true}, '> Name ***', '*'],
	['hidden, of wide characters and clusters', '東👨‍👩‍👧e\u{301}|', {isSecret: true}, '> Name ***', ' '],
	['hidden and long', `${'x'.repeat(8000)}|`, {isSecret: true}, `> Name ${'*'.repeat(20)}`, ' '],
];

for (const [what, written, props, line, under] of cases) {
	test(`a field ${what}`, (t: TestContext) => {
		const {lines, styled} = draw(t, field(written, props));
		t.assert.deepStrictEqual(lines().map(text => text.trimEnd()), [line]);
		t.assert.strictEqual(inverse(styled()[0]!), under);
	});
}

test('a field without the cursor draws none', (t: TestContext) => {
	const {styled} = draw(t, field('abc|', {isFocused: false}));
	t.assert.strictEqual(inverse(styled()[0]!), undefined);
});

test('a secret is nowhere in the frame, wherever the cursor is', (t: TestContext) => {
	let prompt = openPrompt('hush 0123');
	const {styled, rerender} = draw(t, field('|'));
	for (let moves = 0; moves <= 9; moves++) {
		rerender(<TextField isFocused isSecret lead='> ' prompt={prompt} width={30}/>);
		t.assert.doesNotMatch(styled().join(''), /[hsux]/v);
		t.assert.strictEqual(styled().join('').split('*').length - 1, 9);
		prompt = edit(prompt, {type: 'left'});
	}
});

test('any text, with the cursor anywhere, keeps to its line', (t: TestContext) => {
	const {lines, rerender} = draw(t, field('|'));
	const anyText = fc.oneof(fc.string({unit: 'grapheme', maxLength: 60}), fc.constantFrom('東京メールボックス毎日', '👨‍👩‍👧👍🏽🇩🇪', 'a'.repeat(300)));
	const holds = fc.property(anyText, fc.nat(40), fc.integer({min: 12, max: 90}), fc.constantFrom('', 'host or host:port'), (text, moves, width, note) => {
		const isSecret = moves % 2 === 1;
		let prompt = edit(openPrompt(''), {type: 'insert', text}, isSecret);
		for (let count = 0; count < moves; count++) {
			prompt = edit(prompt, {type: 'left'});
		}

		rerender(<TextField isFocused lead='> Name ' prompt={prompt} isSecret={isSecret} note={note} width={width}/>);
		t.assert.strictEqual(lines().length, 1, lines().join('\n'));
		t.assert.ok(textWidth(lines()[0]!) <= width, lines()[0]);
	});
	fc.assert(holds, {numRuns: 100});
});
