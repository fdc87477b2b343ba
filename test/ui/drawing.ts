import {test, type TestContext} from 'node:test';
import stringWidth from 'string-width';
import {asciiText, drawings, rule, sparkline, type Drawing} from '../../source/ui/drawing.js';
import {drawable} from '../../source/ui/text/text.js';
import {Screen} from '../helpers/terminal.js';

const piecesOf = ({rule: line, bar, levels}: Drawing) => [line, ...Object.values(bar), ...levels];

for (const [name, drawing] of Object.entries(drawings)) {
	test(`each piece of ${name} takes one column, on the terminal too`, async (t: TestContext) => {
		const screen = new Screen(80, 2);
		const pieces = piecesOf(drawing);
		await screen.draw(`${pieces.join('')}end`);
		t.assert.deepStrictEqual(pieces.map(piece => [stringWidth(piece), drawable(piece) === piece]), pieces.map(() => [1, true]));
		t.assert.strictEqual(screen.lines()[0]!.indexOf('end'), pieces.length);
	});

	test(`the cells of a bar, and the heights of a sparkline, are told apart in ${name}`, (t: TestContext) => {
		t.assert.strictEqual(new Set(Object.values(drawing.bar)).size, 4);
		t.assert.strictEqual(new Set(drawing.levels).size, drawing.levels.length);
	});
}

test('the ASCII drawing is ASCII', (t: TestContext) => {
	t.assert.match(piecesOf(drawings.ascii).join(''), /^[\p{ASCII}--\s]+$/v);
});

test('a rule has its width, and none where there is no room', (t: TestContext) => {
	t.assert.strictEqual(rule(5, drawings.ascii), '-----');
	t.assert.strictEqual(rule(3, drawings.unicode), '───');
	t.assert.strictEqual(rule(-1, drawings.ascii), '');
});

const lines: ReadonlyArray<readonly [what: string, values: ReadonlyArray<number | undefined>, width: number, drawn: string]> = [
	['rises to the highest value', [0, 1, 2, 3, 4, 5, 6, 7], 8, '▁▂▃▄▅▆▇█'],
	['has the newest value at the right', [7, 0], 5, '   █▁'],
	['leaves out the oldest values', [7, 7, 7, 0, 7], 2, '▁█'],
	['has a gap where no value is', [7, undefined, 7, NaN, 7, Infinity], 6, '█ █ █ '],
	['draws little otherwise than nothing', [0, 0.001, 1000], 3, '▁▂█'],
	['is flat where all is nothing', [0, 0, 0], 3, '▁▁▁'],
	['takes what is below nothing for nothing', [-5, 10], 2, '▁█'],
	['scales by what is drawn', [1_000_000, 1, 7], 2, '▂█'],
	['is empty without values', [], 3, ' '.repeat(3)],
	['takes no column where there is none', [1], 0, ''],
];

for (const [what, values, width, drawn] of lines) {
	test(`a sparkline ${what}`, (t: TestContext) => {
		t.assert.strictEqual(sparkline(values, width, drawings.unicode), drawn);
	});
}

test('a sparkline in ASCII rises as well', (t: TestContext) => {
	t.assert.strictEqual(sparkline([0, 1, 2, 3, 4, 5, 6, undefined, 6], 9, drawings.ascii), '.:-=+*# #');
});

for (const [text, drawn] of [
	['Contoso Exchange', 'Contoso Exchange'],
	['Bücher für Zoë', 'B?cher f?r Zo?'],
	['東京 mail', '???? mail'],
	['e\u{301}tat', '?tat'],
	['🙂!', '??!'],
	['', ''],
] as const) {
	test(`"${text}" in ASCII alone keeps its columns`, (t: TestContext) => {
		t.assert.strictEqual(asciiText(text), drawn);
		t.assert.strictEqual(asciiText(text).length, stringWidth(text));
	});
}
