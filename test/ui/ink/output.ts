import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import Output, {type Clip, type Transformer} from '../../../source/ui/ink/output.js';

type Drawn = Pick<Output, 'clip' | 'get' | 'unclip' | 'write'>;

const {default: InksOutput} = await import(new URL('output.js', import.meta.resolve('ink')).href) as {
	readonly default: new (size: {readonly width: number; readonly height: number}) => Drawn;
};

type Operation =
	| {readonly type: 'write'; readonly x: number; readonly y: number; readonly text: string; readonly transformers: readonly Transformer[]}
	| {readonly type: 'clip'; readonly clip: Clip}
	| {readonly type: 'unclip'};

const red = (line: string) => `\u{1B}[31m${line}\u{1B}[39m`;
const numbered = (line: string, index: number) => `${index}${line}`;

// Pieces that make the edges: wide, combining and invisible characters, emoji of several parts, styles that end and that do not.
const pieces = [
	'a',
	'bc ',
	'  ',
	' ',
	'\n',
	'東',
	'京都',
	'é',
	'e\u{301}',
	'\u{200B}',
	'\u{FEFF}',
	'👩‍👩‍👧',
	'🇩🇪',
	'\u{1F600}',
	'▌',
	'─',
	'\u{1B}[31m',
	'\u{1B}[39m',
	'\u{1B}[1m',
	'\u{1B}[22m',
	'\u{1B}[7m',
	'\u{1B}[27m',
	'\u{1B}[0m',
	'\u{1B}[48;5;238m',
	'\u{1B}[49m',
	'\u{1B}[38;2;1;2;3m',
];
const text = fc.array(fc.constantFrom(...pieces), {maxLength: 12}).map(parts => parts.join(''));
const bound = fc.option(fc.integer({min: -2, max: 14}), {nil: undefined});
const operation: fc.Arbitrary<Operation> = fc.oneof(
	{weight: 6, arbitrary: fc.record({
		type: fc.constant('write' as const), x: fc.integer({min: -3, max: 14}), y: fc.integer({min: -2, max: 6}), text,
		transformers: fc.subarray([red, numbered]),
	})},
	{weight: 1, arbitrary: fc.record({type: fc.constant('clip' as const), clip: fc.record({x1: bound, x2: bound, y1: bound, y2: bound})})},
	{weight: 1, arbitrary: fc.constant({type: 'unclip' as const})},
);

function drawn(output: Drawn, operations: readonly Operation[]) {
	for (const one of operations) {
		if (one.type === 'write') {
			output.write(one.x, one.y, one.text, {transformers: one.transformers});
		} else if (one.type === 'clip') {
			output.clip(one.clip);
		} else {
			output.unclip();
		}
	}

	return output.get();
}

test('the same operations lead to the same frame as in Ink', () => {
	const sizes = fc.record({width: fc.integer({min: 0, max: 12}), height: fc.integer({min: 0, max: 5})});
	fc.assert(fc.property(sizes, fc.array(operation, {maxLength: 12}), (size, operations) => {
		const inks = drawn(new InksOutput(size), operations);
		const ours = drawn(new Output(size), operations);
		return ours.height === inks.height && ours.output === inks.output;
	}), {numRuns: 3000});
});

test('a line that was drawn before is drawn the same among others, and at another width', (t: TestContext) => {
	const write = (x: number, y: number, words: string): Operation => ({type: 'write', x, y, text: words, transformers: []});
	const frames: ReadonlyArray<readonly [width: number, operations: readonly Operation[]]> = [
		[8, [write(0, 0, 'one'), write(0, 1, red('two'))]],
		[8, [write(0, 0, red('two')), write(0, 1, 'one'), write(1, 1, '東')]],
		[2, [write(0, 0, 'one'), write(1, 1, '東')]],
		[8, [write(0, 0, 'one'), write(0, 1, red('two'))]],
		// Text that looks like the place of another one.
		[8, [write(0, 0, '1 4 3')]],
		[8, [write(0, 0, '1'), write(4, 0, '3')]],
	];
	for (const [width, operations] of frames) {
		t.assert.deepStrictEqual(drawn(new Output({width, height: 2}), operations), drawn(new InksOutput({width, height: 2}), operations));
	}
});
