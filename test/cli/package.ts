import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {bareEnvironment, programText, root, unbuilt} from './support/program.js';

const npm = process.env['npm_execpath'];
const hasNpm = npm !== undefined || spawnSync('npm', ['--version']).status === 0;

function packed(): {readonly files: ReadonlyArray<{readonly path: string; readonly mode: number}>; readonly unpackedSize: number} {
	const words = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
	const options = {cwd: root, env: {...bareEnvironment(), npm_config_update_notifier: 'false'}, encoding: 'utf8'} as const;
	const {status, stdout, stderr} = npm === undefined ? spawnSync('npm', words, options) : spawnSync(process.execPath, [npm, ...words], options);
	assert.equal(status, 0, stderr);
	// npm 11 gives a list, npm 12 an object by package name.
	return Object.values(JSON.parse(stdout) as Record<string, ReturnType<typeof packed>>)[0]!;
}

test('the package holds the built program and its papers, and nothing else', {skip: unbuilt || (!hasNpm && 'npm is missing')}, (t: TestContext) => {
	const {files} = packed();
	const papers = ['LICENSE', 'README.md'];
	const names = files.map(file => file.path);
	const isPart = (name: string) => /^dist\/cli\/parts\/[\w\-]+\.js$/v.test(name);
	t.assert.deepStrictEqual(names.filter(name => !papers.includes(name) && !isPart(name)).toSorted(), ['dist/LICENSES.txt', 'dist/cli/main.js', 'dist/vbtop.js', 'package.json']);
	t.assert.deepStrictEqual(papers.filter(name => !names.includes(name)), []);
	t.assert.strictEqual(files.find(file => file.path === 'dist/vbtop.js')!.mode & 0o111, 0o111, 'the entry can be run'); // eslint-disable-line no-bitwise -- a file mode is bits
});

function hasLicenceFile(name: string): boolean {
	return readdirSync(path.join(root, 'node_modules', name)).some(file => /^licen[cs]e/iv.test(file));
}

test('the licences of all that is in the bundle come with it', {skip: unbuilt}, async (t: TestContext) => {
	const [licences, bundle] = await Promise.all([readFile(path.join(root, 'dist', 'LICENSES.txt'), 'utf8'), programText()]);
	const named = new Set([...licences.matchAll(/^(?<name>\S+) \d[\d.]*\d \(.+\)$/gmv)].map(({groups}) => groups!['name']!));
	// The bundle says of each part which file it came from.
	const bundled = new Set([...bundle.matchAll(/^ *\/\/ (?:\S*\/)?node_modules\/(?<name>@[^\s\/]+\/[^\s\/]+|[^\s\/]+)\//gmv)].map(({groups}) => groups!['name']!));
	t.assert.ok(bundled.size > 10, 'parts of the bundle can be told');
	t.assert.deepStrictEqual([...bundled].filter(name => !named.has(name)), []);
	const needed = ['ink', 'react', 'react-reconciler', 'ink-table', 'swr', 'undici', 'commander', 'string-width', 'cli-truncate', 'selfsigned', 'yoga-layout'];
	t.assert.deepStrictEqual(needed.filter(name => !named.has(name)), []);
	const texts = licences.split(`\n${'-'.repeat(80)}\n`).map(text => text.trim());
	const bare = texts.filter(text => !text.includes('\n')).map(text => text.split(' ', 1)[0]!);
	t.assert.deepStrictEqual(bare.filter(name => hasLicenceFile(name)), [], 'each with the text of its licence, where it has one');
});

test('Ink draws with the Output of this project', {skip: unbuilt}, async (t: TestContext) => {
	const parts = [...(await programText()).matchAll(/^ *\/\/ (?:\S*\/)?(?<file>(?:node_modules\/ink|source\/ui\/ink)\/\S+)$/gmv)].map(({groups}) => groups!['file']!);
	t.assert.ok(parts.includes('node_modules/ink/build/renderer.js'));
	t.assert.deepStrictEqual(parts.filter(file => file.endsWith('/output.js') || file.endsWith('/output.ts')), ['source/ui/ink/output.ts']);
});

test('the bundle needs nothing beside Node', {skip: unbuilt}, async (t: TestContext) => {
	const bundle = await programText();
	// Comments name types by `import()` too.
	const code = bundle.replaceAll(/^\s*(?:\*|\/\*|\/\/).*$/gmv, '');
	const imported = [...code.matchAll(/^(?:import (?:.* )?|\} from )["'](?<name>[^"']+)["'];$|\bimport\("(?<late>[^"]+)"\)/gmv)].map(({groups}) => groups!['name'] ?? groups!['late']!);
	const {builtinModules} = await import('node:module');
	t.assert.ok(imported.includes('node:process'), 'imports can be told');
	t.assert.deepStrictEqual(imported.filter(name => !name.startsWith('node:') && !builtinModules.includes(name) && !/^\.\/[\w\-\/]+\.js$/v.test(name)), []);
});
