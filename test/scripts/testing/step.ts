import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {after, test, type TestContext} from 'node:test';
import {runCheck, runTests} from '../../../scripts/testing/step.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vbtop-test-step-'));
after(() => {
	rmSync(folder, {recursive: true, force: true});
});

function fileOf(name: string, text: string): string {
	const file = path.join(folder, `${name}.mjs`);
	writeFileSync(file, `import {test, suite, before} from 'node:test';\n${text}`);
	// As the reporter names it.
	return path.relative(process.cwd(), file);
}

const passes = fileOf('passes', 'test("good", () => {}); test("off", {skip: "no moon"}, () => {}); test("bare", {skip: true}, () => {});');
const fails = fileOf('fails', 'suite("outer", () => { test("parent", async t => { await t.test("child", () => { throw new Error("broken"); }); }); test("fine", () => {}); });');
const crashes = fileOf('crashes', 'test("first", () => {}); throw new Error("on fire");');
const imports = fileOf('imports', 'import "./missing.mjs";');
const exits = fileOf('exits', 'test("leaves", () => { process.exit(3); });');
const late = fileOf('late', `test('early', () => { setTimeout(() => { throw new Error('late boom'); }, 1); });
test('waits', async () => { await new Promise(resolve => { setTimeout(resolve, 50); }); });`);
const empty = fileOf('empty', '');
const hook = fileOf('hook', 'suite("hooked", () => { before(() => { throw new Error("no setup"); }); test("inner", () => {}); });');

type Counts = readonly [passed: number, failed: number, skipped: number];
type Case = readonly [what: string, files: readonly string[], counts: Counts, printed: readonly RegExp[]];

const cases: readonly Case[] = [
	['what passes and what is skipped', [passes], [1, 0, 2], []],
	['a test that fails, with the names of those around it', [passes, fails], [2, 2, 2], [/^outer > parent > child\n.*fails\.mjs:2\nError: broken/v]],
	['a file that throws when it is loaded', [crashes, passes], [2, 1, 2], [/crashes\.mjs is loaded\n[\s\S]*Error: on fire/v]],
	['a file that cannot be loaded', [imports, passes], [1, 2, 2], [/imports\.mjs is loaded\n.*\n.*missing\.mjs/v, /^No test is in .*imports\.mjs$/v]],
	['a file that cannot be loaded, among those that fail', [imports, fails], [1, 4, 0], [/imports\.mjs is loaded\n/v, /^outer > parent > child\n/v, /^No test is in .*imports\.mjs$/v]],
	['a test that ends the process of all', [passes, exits], [0, 1, 0], [/^The tests of these ended with status 3 before all were run:/v]],
	['an error after the end of its test', [late], [2, 1, 0], [/^The tests of these passed, but their process ended with status 1:\n.*late boom/v]],
	['a file without tests', [empty, passes], [1, 1, 2], [/^No test is in .*empty\.mjs$/v]],
	['no file at all', [], [0, 1, 0], [/^The tests of these ended with status 0 before all were run:\nNo file has tests\.$/v]],
	['a hook that fails', [hook], [0, 2, 0], [/^hooked > inner\n/v, /^hooked\n.*\n[\s\S]*no setup/v]],
];

for (const [what, files, counts, printed] of cases) {
	test(what, async (t: TestContext) => {
		const {passed, failed, skips, failures} = await runTests('these', files, ['--import', 'tsx']);
		t.assert.deepStrictEqual([passed, failed, skips.length], counts, failures.join('\n'));
		t.assert.strictEqual(failures.length, printed.length, failures.join('\n'));
		for (const [index, pattern] of printed.entries()) {
			t.assert.match(failures[index]!, pattern);
		}
	});
}

test('reasons of skipped tests are given', async (t: TestContext) => {
	const {skips} = await runTests('these', [passes], ['--import', 'tsx']);
	t.assert.deepStrictEqual(skips.map(({name, reason}) => [name, reason]), [['off', 'no moon'], ['bare', 'no reason given']]);
});

test('a check counts only where it fails, with what it wrote', async (t: TestContext) => {
	t.assert.deepStrictEqual(await runCheck('It', '-e', 'console.log("fine")'), {passed: 0, failed: 0, skips: [], failures: []});
	const {passed, failed, failures} = await runCheck('It', '-e', 'console.error("wrong"); process.exit(2)');
	t.assert.deepStrictEqual([passed, failed, failures], [0, 1, ['It ended with status 2:\nwrong\n']]);
});
