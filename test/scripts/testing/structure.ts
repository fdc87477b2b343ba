import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {parseSource, readSources, structureProblems} from '../../../scripts/testing/structure.js';

type Tree = Readonly<Record<string, string>>;

const problemsOf = (tree: Tree) => structureProblems(Object.entries(tree).map(([file, text]) => parseSource(file, text)));

const circles: ReadonlyArray<readonly [what: string, tree: Tree, problems: readonly string[]]> = [
	['no circle', {'a.ts': 'import {b} from \'./b.js\';', 'b.ts': 'import {c} from \'./c/c.js\';', 'c/c.tsx': ''}, []],
	['two files', {'a.ts': 'import {b} from \'./b.js\';', 'b.ts': 'import {a} from \'./a.js\';'}, ['Import circle of 2 files: a.ts -> b.ts -> a.ts']],
	['a file with itself', {'a.ts': 'import {a} from \'./a.js\';'}, ['Import circle of 1 files: a.ts -> a.ts']],
	['types alone', {'a.ts': 'import type {B} from \'./b.js\';', 'b.ts': 'import {type A} from \'./a.js\';'}, ['Import circle of 2 files: a.ts -> b.ts -> a.ts']],
	['an import when it is needed', {'a.ts': 'const b = await import(\'./b.js\');', 'b.ts': 'import \'./a.js\';'}, ['Import circle of 2 files: a.ts -> b.ts -> a.ts']],
	['the type of an import', {'a.ts': 'type B = import(\'./b.js\').B;', 'b.ts': 'import \'./a.js\';'}, ['Import circle of 2 files: a.ts -> b.ts -> a.ts']],
	['exports from one another', {'a.ts': 'export * from \'./b.js\';', 'b.ts': 'export {a} from \'./a.js\';'}, ['Import circle of 2 files: a.ts -> b.ts -> a.ts']],
	[
		'folders, and a way round',
		{'list/a.tsx': 'import \'../b.js\'; import \'./long.js\';', 'list/long.ts': 'import \'../b.js\';', 'b.ts': 'import \'./list/a.js\';'},
		['Import circle of 3 files: b.ts -> list/a.tsx -> b.ts; also list/long.ts'],
	],
	[
		'two circles',
		{'a.ts': 'import \'./b.js\';', 'b.ts': 'import \'./a.js\';', 'c.ts': 'import \'./d.js\'; import \'./a.js\';', 'd.ts': 'import \'./c.js\';'},
		['Import circle of 2 files: a.ts -> b.ts -> a.ts', 'Import circle of 2 files: c.ts -> d.ts -> c.ts'],
	],
	['packages and files of no tree', {'a.ts': 'import \'react\'; import \'./styles.json\'; import \'../a.js\';'}, []],
];

for (const [what, tree, problems] of circles) {
	test(`import circles: ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual(problemsOf(tree), problems);
	});
}

const declarations: ReadonlyArray<readonly [text: string, names: readonly string[]]> = [
	['export const one = 1, two = 2;', ['one', 'two']],
	['export const {one, other: [two, , three]} = all;', ['one', 'two', 'three']],
	['export function one() {} function two() {}', ['one']],
	['export class One {} export type Two = 1; export interface Three {} export enum Four {}', ['One', 'Two', 'Three', 'Four']],
	['export type one = 1; export const one = 1;', ['one']],
	['const one = 1; export {one as two};', ['two']],
	['import {one} from \'./one.js\'; import two from \'./two.js\'; export {one, two as three};', []],
	['export {one} from \'./one.js\'; export * from \'./two.js\'; export * as three from \'./three.js\';', []],
	['export default function one() {}', []],
];

for (const [text, names] of declarations) {
	test(`the exports of ${text}`, (t: TestContext) => {
		t.assert.deepStrictEqual(parseSource('a.ts', text).exports, names);
	});
}

const doubles: ReadonlyArray<readonly [what: string, tree: Tree, problems: readonly string[]]> = [
	['a name of two files', {'a.ts': 'export const one = 1;', 'b/b.tsx': 'export function one() {}', 'c.ts': 'export type One = 1;'}, ['one is exported by a.ts and b/b.tsx: rename one, or list it with a reason in scripts/testing/structure.ts']],
	['a name that is listed', {'a.ts': 'export const v6 = 1; export function update() {}', 'b.ts': 'export const v6 = 1; export function update() {}'}, []],
	['a name of JavaScript\'s objects', {'a.ts': 'export const toString = 1;', 'b.ts': 'export const toString = 1;'}, ['toString is exported by a.ts and b.ts: rename one, or list it with a reason in scripts/testing/structure.ts']],
];

for (const [what, tree, problems] of doubles) {
	test(`exported twice: ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual(problemsOf(tree), problems);
	});
}

const packages: ReadonlyArray<readonly [file: string, text: string, isAllowed: boolean]> = [
	['app/list/rows.ts', 'import {useState} from \'react\';', false],
	['app/list/rows.ts', 'import type {TextProps} from \'ink\';', false],
	['ui/line.ts', 'import {jsx} from \'react/jsx-runtime\';', false],
	['ui/line.tsx', 'import {Text} from \'ink\';', true],
	['app/list/rows.ts', 'import \'react-like\'; import \'../ink/rows.js\';', true],
	['live/feed.ts', 'import useSWR from \'swr\';', false],
	['live/use-feed.tsx', 'import {useRef} from \'react\';', false],
	['live/use-polling.ts', 'import {useRef} from \'react\'; import useSWR from \'swr\';', true],
	['cli/screen.ts', 'import {render} from \'ink\';', true],
];

for (const [file, text, isAllowed] of packages) {
	test(`${file} ${isAllowed ? 'may' : 'may not'} have ${text}`, (t: TestContext) => {
		const problems = problemsOf({[file]: text});
		t.assert.strictEqual(problems.length, isAllowed ? 0 : 1);
		t.assert.ok(problems.every(problem => problem.startsWith(`${file} imports `)));
	});
}

test('a tree is read from its folder, without files of types', (t: TestContext) => {
	const folder = mkdtempSync(path.join(tmpdir(), 'vbtop-structure-'));
	t.after(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	mkdirSync(path.join(folder, 'ui'));
	writeFileSync(path.join(folder, 'ui', 'line.tsx'), 'import {a} from \'../a.js\';\nexport const line = a;\n');
	writeFileSync(path.join(folder, 'a.ts'), 'export const a = 1;\n');
	writeFileSync(path.join(folder, 'globals.d.ts'), 'export const a = 1;\n');
	t.assert.deepStrictEqual(readSources(folder), [{path: 'a.ts', imports: [], exports: ['a']}, {path: 'ui/line.tsx', imports: ['../a.js'], exports: ['line']}]);
});
