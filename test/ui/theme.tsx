import {test, type TestContext} from 'node:test';
import {themeOf, type Background, type Depth} from '../../source/ui/theme.js';
import type {Tone} from '../../source/ui/text/spans.js';

const depths: readonly Depth[] = ['none', '16', '256', 'true'];
const grounds: readonly Background[] = ['dark', 'light', 'unknown'];

// Red, green and blue of `#rrggbb`, or of a colour of the cube of 256.
function channels(color: string): readonly number[] {
	const hex = /^#(?<digits>[\da-f]{6})$/v.exec(color)?.groups?.['digits'];
	if (hex !== undefined) {
		return [0, 2, 4].map(at => Number.parseInt(hex.slice(at, at + 2), 16));
	}

	const place = Number(/^ansi256\((?<number>\d+)\)$/v.exec(color)!.groups!['number']) - 16;
	return [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(step => [0, 95, 135, 175, 215, 255][step]!);
}

// As WCAG 2 has it.
function luminance(color: string): number {
	const [red, green, blue] = channels(color).map(value => {
		const share = value / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
}

const onBlack = (color: string) => (luminance(color) + 0.05) / 0.05;
const onWhite = (color: string) => 1.05 / (luminance(color) + 0.05);

const coloursOf = (depth: Depth, background: Background) => Object.values(themeOf(depth, background)).flatMap(({color}) => color ?? []);

for (const background of grounds) {
	for (const depth of depths.slice(1)) {
		test(`${depth} colours on ${background}: what is good, active, a warning and bad differ, nothing else has a colour`, (t: TestContext) => {
			const theme = themeOf(depth, background);
			const told: readonly Tone[] = ['good', 'active', 'warning', 'bad'];
			t.assert.strictEqual(new Set(told.map(tone => theme[tone].color)).size, told.length);
			t.assert.deepStrictEqual(Object.keys(theme).filter(tone => theme[tone as Tone].color !== undefined), told);
		});
	}

	test(`without colours on ${background}: weights alone`, (t: TestContext) => {
		const theme = themeOf('none', background);
		t.assert.strictEqual(coloursOf('none', background).length, 0);
		t.assert.deepStrictEqual([theme.bad.bold, theme.strong.bold, theme.dim.dimColor], [true, true, true]);
	});
}

for (const depth of ['256', 'true'] as const) {
	test(`${depth} colours can be read: contrast 4.5 to their background, 4 to both where it is not known`, (t: TestContext) => {
		const poor = [
			...coloursOf(depth, 'dark').filter(color => onBlack(color) < 4.5),
			...coloursOf(depth, 'light').filter(color => onWhite(color) < 4.5),
			...coloursOf(depth, 'unknown').filter(color => Math.min(onBlack(color), onWhite(color)) < 4),
		];
		t.assert.deepStrictEqual(poor.map(color => [color, onBlack(color), onWhite(color)]), [] as unknown[]);
	});
}

test('16 colours on light: nothing yellow, white, cyan or bright', (t: TestContext) => {
	t.assert.doesNotMatch(coloursOf('16', 'light').join(' '), /yellow|white|cyan|Bright/v);
});

test('16 colours on what is not known: nothing yellow or white', (t: TestContext) => {
	t.assert.doesNotMatch(coloursOf('16', 'unknown').join(' '), /yellow|white|Bright/v);
});
