import {test, type TestContext} from 'node:test';
import {Line} from '../../source/ui/line.js';
import {StyleContext, type Style} from '../../source/ui/appearance-context.js';
import {Rule} from '../../source/ui/rule.js';
import {themeOf} from '../../source/ui/theme.js';
import {drawings} from '../../source/ui/drawing.js';
import type {Cell, Tone} from '../../source/ui/text/spans.js';
import {draw} from '../helpers/frame.js';

const escape = '\u{1B}[';

const tones: ReadonlyArray<readonly [tone: Tone, styled: string]> = [
	['plain', 'Failed'],
	['dim', `${escape}2mFailed${escape}22m`],
	['strong', `${escape}1mFailed${escape}22m`],
	['good', `${escape}32mFailed${escape}39m`],
	['active', `${escape}36mFailed${escape}39m`],
	['warning', `${escape}33mFailed${escape}39m`],
	['bad', `${escape}1m${escape}31mFailed${escape}39m${escape}22m`],
];

test('each tone of the theme has its case here', (t: TestContext) => {
	t.assert.deepStrictEqual(tones.map(([tone]) => tone), Object.keys(themeOf('16', 'dark')));
});

for (const [tone, styled] of tones) {
	test(`a ${tone} line`, (t: TestContext) => {
		const {styled: lines} = draw(t, <Line cell={[{text: 'Failed', tone}]}/>);
		t.assert.deepStrictEqual(lines(), [styled]);
	});
}

test('a span without a tone is plain', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <Line cell={[{text: 'Failed'}]}/>).styled(), ['Failed']);
});

test('spans stand side by side, each in its tone', (t: TestContext) => {
	const cell: Cell = [{text: 'Failed ', tone: 'dim'}, {text: '2', tone: 'good'}];
	const {lines, styled} = draw(t, <Line cell={cell}/>);
	t.assert.deepStrictEqual(lines(), ['Failed 2']);
	t.assert.deepStrictEqual(styled(), [`${escape}2mFailed ${escape}22m${escape}32m2${escape}39m`]);
});

test('a line under the cursor is inverse as a whole, without other colours', (t: TestContext) => {
	const {styled} = draw(t, <Line isInverse cell={[{text: 'Failed  ', tone: 'bad'}, {text: '2', tone: 'good'}]}/>);
	t.assert.deepStrictEqual(styled(), [`${escape}7mFailed  2${escape}27m`]);
});

test('an empty cell is a line still', (t: TestContext) => {
	const {lines} = draw(t, <><Line cell={[]}/><Line cell={[{text: 'below'}]}/></>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), ['', 'below']);
});

const style: Style = {theme: themeOf('none', 'dark'), drawing: drawings.unicode, isTextAscii: false};

test('a line takes its colours from the theme around it', (t: TestContext) => {
	const cell: Cell = [{text: 'Failed ', tone: 'bad'}, {text: '2', tone: 'good'}];
	const {styled, rerender} = draw(t, <StyleContext value={style}><Line cell={cell}/></StyleContext>);
	t.assert.deepStrictEqual(styled(), [`${escape}1mFailed ${escape}22m2`]);
	rerender(<StyleContext value={{...style, theme: themeOf('256', 'light')}}><Line cell={cell}/></StyleContext>);
	t.assert.deepStrictEqual(styled(), [`${escape}1m${escape}38;5;160mFailed ${escape}22m${escape}38;5;28m2${escape}39m`]);
});

test('a rule is drawn with the pieces around it; in ASCII where nothing is said', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <Rule width={4}/>).lines(), ['----']);
	t.assert.deepStrictEqual(draw(t, <StyleContext value={style}><Rule width={4}/></StyleContext>).lines(), ['────']);
});

test('a terminal that has ASCII alone gets marks for the rest, in a line, its spans and under the cursor; ASCII drawing alone leaves text as it is', (t: TestContext) => {
	const lines = (isTextAscii: boolean) => draw(t, (
		<StyleContext value={{...style, drawing: drawings.ascii, isTextAscii}}>
			<Line cell={[{text: 'Zoë'}]}/>
			<Line cell={[{text: '東京 ', tone: 'dim'}, {text: 'für'}]}/>
			<Line isInverse cell={[{text: 'Zoë'}]}/>
		</StyleContext>
	)).lines().join('').replaceAll(/(?=Zo)/gv, '|');
	t.assert.match(lines(true), /^\|Zo\?.*\?{4} f\?r.*\|Zo\?$/v);
	t.assert.match(lines(false), /^\|Zoë.*東京 für.*\|Zoë$/v);
});
