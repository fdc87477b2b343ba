import {test, type TestContext} from 'node:test';
import {Footer, type FooterProps} from '../../source/ui/footer.js';
import {bindings} from '../../source/app/keymap.js';
import {shortKeys} from '../../source/app/shared/state/key-table.js';
import {edit, openPrompt, type Prompt} from '../../source/ui/text-field/edit.js';
import {textWidth} from '../../source/ui/text/text.js';
import {draw} from '../helpers/frame.js';

const footer = (t: TestContext, props: Partial<FooterProps> = {}) => draw(t, <Footer message={[{text: ' 02:13:58 Failed: Contoso'}]} keys={shortKeys(bindings, 'list')} width={79} {...props}/>);

test('details, message and keys stand below a rule', (t: TestContext) => {
	const {lines} = footer(t, {details: [{text: ' Transferred: 36.1 KB (6 items)'}]});
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [
		'-'.repeat(79),
		' Transferred: 36.1 KB (6 items)',
		' 02:13:58 Failed: Contoso',
		' Enter open  / filter  t type  T status  n problem  l log  ? help  q quit',
	]);
});

test('a place without details has a line less', (t: TestContext) => {
	t.assert.strictEqual(footer(t, {details: undefined}).lines().length, 3);
});

test('an empty message is a line still', (t: TestContext) => {
	t.assert.strictEqual(footer(t, {message: []}).lines().length, 3);
});

const keys: ReadonlyArray<readonly [width: number, line: string]> = [
	[92, ' Enter open  / filter  t type  T status  n problem  l log  Y copy  [ ] range  ? help  q quit'],
	[81, ' Enter open  / filter  t type  T status  n problem  l log  Y copy  ? help  q quit'],
	[79, ' Enter open  / filter  t type  T status  n problem  l log  ? help  q quit'],
	[66, ' Enter open  / filter  t type  T status  n problem  ? help  q quit'],
	[39, ' Enter open  / filter  ? help  q quit'],
	[20, ' ? help  q quit'],
];

for (const [width, line] of keys) {
	test(`${width} columns show the keys${line}`, (t: TestContext) => {
		t.assert.strictEqual(footer(t, {width}).lines().at(-1)!.trimEnd(), line);
	});
}

test('help and the way out are there at any width', (t: TestContext) => {
	const {lines, rerender} = footer(t);
	for (let width = 39; width <= 99; width++) {
		for (const [place, way] of [['list', 'q quit'], ['detail', 'Esc back'], ['help', 'Esc back']] as const) {
			rerender(<Footer message={[]} keys={shortKeys(bindings, place)} width={width}/>);
			t.assert.ok(lines().at(-1)!.includes('? help'), `${place} at ${width}`);
			t.assert.ok(lines().at(-1)!.includes(way), `${place} at ${width}`);
		}
	}
});

const at = (written: string): Prompt => ({...openPrompt(written.replace('|', '')), cursor: written.indexOf('|')});
const filter = (prompt: Prompt) => ({lead: ' /', prompt, note: '18 of 214'});
const inverse = (line: string) => line.split('\u{1B}[7m', 2)[1]?.split('\u{1B}[27m', 1)[0];

const prompts: ReadonlyArray<readonly [written: string, line: string, under: string]> = [
	['|', ' /                                 18 of 214', ' '],
	['contoso|', ' /contoso                          18 of 214', ' '],
	['con|toso', ' /contoso                          18 of 214', 't'],
	['東|京', ' /東京                             18 of 214', '京'],
	['|😀 a', ' /😀 a                             18 of 214', '😀'],
	['|👨‍👩‍👧 a', ' /👨 a                             18 of 214', '👨'],
	['abcdefghijklmnopqrstuvwxyz0123456789|', ' /fghijklmnopqrstuvwxyz0123456789  18 of 214', ' '],
	['|abcdefghijklmnopqrstuvwxyz0123456789', ' /abcdefghijklmnopqrstuvwxyz0123.. 18 of 214', 'a'],
	['東京メールボックス毎日バックアップ|', ' /メールボックス毎日バックアップ   18 of 214', ' '],
];

for (const [written, line, under] of prompts) {
	test(`a prompt of ${written} says how much passes, its cursor on "${under}"`, (t: TestContext) => {
		const {lines, styled} = footer(t, {prompt: filter(at(written)), width: 45});
		t.assert.strictEqual(lines().at(-1), line);
		t.assert.strictEqual(inverse(styled().at(-1)!), under);
	});
}

test('a prompt keeps to its line, wherever its cursor is', (t: TestContext) => {
	let prompt = openPrompt('Contoso 東京 👨‍👩‍👧 tous les utilisateurs 😀😀😀 fin');
	const {lines, rerender} = footer(t, {prompt: filter(prompt), width: 39});
	for (let count = 0; count < 50; count++) {
		prompt = edit(prompt, {type: 'left'});
		rerender(<Footer message={[]} keys={[]} prompt={filter(prompt)} width={39}/>);
		t.assert.strictEqual(lines().length, 3);
		const line = lines().at(-1)!;
		t.assert.ok(textWidth(line) <= 39, line);
		t.assert.ok(line.isWellFormed(), line);
		t.assert.ok(line.endsWith('18 of 214'), line);
	}
});
