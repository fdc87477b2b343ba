import {test, type TestContext} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {visibleText} from '../../source/api/wire/visible-text.js';
import {cutText, drawable, fitText, textWidth, wrapText, type Fit} from '../../source/ui/text/text.js';
import {hostileText} from '../helpers/hostile-text.js';
import {Screen} from '../helpers/terminal.js';

const columns = 48;
const left = 3;
const amount = 25;
const dots = '.'.repeat(columns - 1);
const texts = fc.array(hostileText, {minLength: amount, maxLength: amount});
const fits = fc.record<Fit>({align: fc.constantFrom('left', 'right'), cut: fc.constantFrom('end', 'middle')});

/** Draws texts in a column, between rows of dots: what is seen outside of the column, and where the cursor is. */
async function drawnBeside(screen: Screen, drawn: readonly string[], width: number) {
	const beside = '>'.repeat(columns - 1 - left - width);
	const rows = drawn.map(text => `${'<'.repeat(left)}${text}${beside}\r\n${dots}\r\n`);
	await screen.draw(`\u{1B}[2J\u{1B}[H${dots}\r\n${rows.join('')}`);
	const outside = Array.from({length: columns}, (_cell, column) => column).filter(column => column < left || column >= left + width);
	return {
		rows: screen.lines().map((text, row) => row % 2 === 0 ? text : outside.map(column => screen.cell(row, column)).join('')),
		...screen.state(),
		effects: [...screen.effects],
	};
}

const newScreen = () => new Screen(columns, (2 * amount) + 2);

test('whatever a server says, the cells outside its column stay as they are, and nothing but the column is touched', async (t: TestContext) => {
	const screen = newScreen();
	const blanks = new Map<number, unknown>();
	const found = await fc.check(fc.asyncProperty(texts, fc.integer({min: 1, max: 40}), fits, async (said, width, fit) => {
		const blank = blanks.get(width) ?? await drawnBeside(screen, said.map(() => ' '.repeat(width)), width);
		blanks.set(width, blank);
		return isDeepStrictEqual(await drawnBeside(screen, said.map(text => fitText(visibleText(text), width, fit)), width), blank);
	}), {numRuns: 100});
	t.assert.strictEqual(found.counterexample, null);
	t.assert.deepStrictEqual(screen.effects, []);
});

test('the screen of that test does see what a raw text does', async (t: TestContext) => {
	const blank = await drawnBeside(newScreen(), [' '.repeat(10)], 10);
	for (const text of ['\u{1B}[1A          ', `e\u{301}${' '.repeat(8)}`, `${' '.repeat(10)}\u{1B}[?25l\u{1B}[?2004h`, `${' '.repeat(10)}\n`, '\u{1F972}'.repeat(5), `\u{301}${' '.repeat(10)}`]) {
		t.assert.notDeepStrictEqual(await drawnBeside(newScreen(), [text], 10), blank);
	}

	const screen = newScreen();
	await screen.draw('\u{1B}]0;t\u{7}\u{1B}]52;c;cm0=\u{7}\u{1B}]8;;x\u{7}\u{7}\u{1B}[6n\u{1B}[c');
	t.assert.strictEqual(screen.effects.length, 6);
});

test('a drawable text has the width of its clusters, for what measures and what draws', async (t: TestContext) => {
	const screen = newScreen();
	const found = await fc.check(fc.asyncProperty(texts, async said => {
		const drawn = said.map(text => cutText(visibleText(text), columns - 2));
		await screen.draw(`\u{1B}[2J\u{1B}[H${drawn.map(text => `${text}|\r\n`).join('')}`);
		return drawn.every((text, row) => screen.cell(row, textWidth(text)) === '|' && textWidth(text) === stringWidth(text));
	}), {numRuns: 100});
	t.assert.strictEqual(found.counterexample, null);
});

test('what is drawable stays as it is', (t: TestContext) => {
	const found = fc.check(fc.property(hostileText, text => drawable(drawable(visibleText(text))) === drawable(visibleText(text))), {numRuns: 1500});
	t.assert.strictEqual(found.counterexample, null);
});

test('a wrapped hostile text exceeds neither width nor lines', (t: TestContext) => {
	const found = fc.check(fc.property(hostileText, fc.integer({min: 4, max: 60}), (text, width) => {
		const lines = wrapText(visibleText(text), width, 4);
		return lines.length <= 4 && lines.every(line => textWidth(line) <= width);
	}), {numRuns: 1000});
	t.assert.strictEqual(found.counterexample, null);
});

const marked = '\u{FFFD}';

const names: ReadonlyArray<readonly [what: string, text: string, seen: string]> = [
	['Persian with its non-joiner', 'می\u{200C}خواهم', 'می\u{200C}خواهم'],
	['Hebrew, Arabic', 'גיבוי نسخ احتياطي', 'גיבוי نسخ احتياطي'],
	['Vietnamese, Polish, Turkish', 'Việt Łódź İstanbul', 'Việt Łódź İstanbul'],
	['Tamil, Bengali, Burmese', 'தமிழ் বাংলা မြန်မာ', 'தமிழ் বাংলা မြန်မာ'],
	['Thai, its am in two parts', 'น้ำ', 'น้\u{E4D}\u{E32}'],
	['Hindi, its conjuncts side by side', 'नमस्ते', 'नमस्\u{200C}ते'],
	['Korean in jamo', '\u{1112}\u{1161}\u{11AB}', '한'],
	['a Japanese name with its own glyph', '葛\u{E0100}城', '葛城'],
	['flags', '🇩🇪🇯🇵', '🇩🇪🇯🇵'],
	['half a flag, and one of no country', '🇩 🇽🇽', `${marked} ${marked}`],
	['an emoji that is newer than many terminals', '🥲', marked],
	['jamo alone, private use, unassigned, a sentence in one character', '\u{1161}\u{E000}\u{378}\u{FDFD}', marked.repeat(4)],
	['a combining mark on nothing', '\u{301}a', `${marked}a`],
];

for (const [what, text, seen] of names) {
	test(`drawn: ${what}`, (t: TestContext) => {
		t.assert.strictEqual(drawable(visibleText(text)), seen);
	});
}

test('what steers a terminal is not drawn, though nobody took it out before', (t: TestContext) => {
	t.assert.strictEqual(drawable('a\u{1B}[31m\u{9B}2J\r\n\t\u{202E}b\u{2066}\u{200B}'), `a${marked}[31m${marked}2J${marked.repeat(4)}b${marked.repeat(2)}`);
});

test('of a text of thousands of characters only what can be seen is looked at', (t: TestContext) => {
	for (const unit of ['a', '漢', '👩\u{200D}', '\u{600}', 'क्']) {
		const text = unit.repeat(10_000);
		t.assert.ok(cutText(text, 20).endsWith('..'));
		t.assert.match(cutText(`${text}end`, 20, 'middle'), /\.\..*end$/v);
		t.assert.ok(wrapText(text, 20, 2).at(-1)!.endsWith('..'));
	}
});
