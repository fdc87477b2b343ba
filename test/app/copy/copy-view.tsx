import {test, type TestContext} from 'node:test';
import {render} from 'ink';
import {CopyView} from '../../../source/app/copy/copy-view.js';
import {copyLines} from '../../../source/app/copy/copy-text.js';
import {draw} from '../../helpers/frame.js';
import {Screen} from '../../helpers/terminal.js';

const short = ['Job:     Contoso SharePoint', '', '  12 x access denied'];
const long = Array.from({length: 30}, (_line, index) => `line ${index + 1}`);

test('the text stands alone from the first column on, and the last line says how to leave', (t: TestContext) => {
	const {lines} = draw(t, <CopyView lines={short} top={0} width={79} height={6}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [...short, '', '', ' Esc back  select the text to copy it']);
});

test('a text is in the terminal without a space behind its lines, and no line has left over the edge', async (t: TestContext) => {
	const screen = new Screen(40, 6);
	const stdout = screen as unknown as NodeJS.WriteStream;
	const instance = render(<CopyView lines={short} top={0} width={39} height={6}/>, {stdout, interactive: true, alternateScreen: true});
	t.after(() => {
		instance.unmount();
	});
	await instance.waitUntilRenderFlush();
	await t.waitFor(() => {
		t.assert.match(screen.lines().at(-1)!, /Esc back/v);
	}, {timeout: 20_000});
	t.assert.deepStrictEqual(screen.lines().slice(0, 5), [...short, '', '']);
	t.assert.strictEqual(screen.scrolledAway(), 0);
});

test('a text longer than the screen says how much follows', (t: TestContext) => {
	const {lines} = draw(t, <CopyView lines={long} top={3} width={79} height={10}/>);
	t.assert.deepStrictEqual(lines().slice(0, 9), long.slice(3, 12));
	t.assert.strictEqual(lines().at(-1)!.trimEnd(), ' Esc back  18 more lines, j scrolls  select the text to copy it');
});

test('at its end nothing follows, however far it is scrolled', (t: TestContext) => {
	const {lines} = draw(t, <CopyView lines={long} top={9999} width={79} height={10}/>);
	t.assert.deepStrictEqual(lines().slice(0, 9), long.slice(-9));
	t.assert.strictEqual(lines().at(-1)!.trimEnd(), ' Esc back  select the text to copy it');
});

for (const [width, height] of [[1, 1], [7, 2], [20, 3], [39, 10], [99, 40]] as const) {
	test(`a terminal of ${width + 1}x${height} is neither exceeded nor left unfilled`, (t: TestContext) => {
		const text = `${'a long line '.repeat(30)}\n${long.join('\n')}`;
		const {lines} = draw(t, <CopyView lines={copyLines(text, width)} top={0} width={width} height={height}/>);
		t.assert.strictEqual(lines().length, height);
		t.assert.ok(lines().every(line => line.length <= width));
		t.assert.match(lines().at(-1)!, width < 9 ? /^ (?:$|Esc\.\.)/v : /^ Esc back/v);
	});
}

test('a line made for a wider screen is cut with a mark until it is made anew', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <CopyView lines={['Contoso SharePoint']} top={0} width={10} height={2}/>).lines(), ['Contoso..', ' Esc bac..']);
});
