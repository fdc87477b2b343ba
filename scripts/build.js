/*
Builds dist/: the entry, one bundle with the production build of React, and the licences of the packages in it.
*/
import {readFile, rm, writeFile, chmod, readdir} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundling} from './bundling.js';

const packageFolder = /^(?<folder>.*node_modules\/(?:@[^\/]+\/)?[^\/]+)\//v;
const root = fileURLToPath(new URL('..', import.meta.url));

const common = {
	absWorkingDir: root,
	outdir: 'dist',
	outbase: 'source',
	platform: 'node',
	format: 'esm',
	target: 'node22.19',
	logLevel: 'warning',
};

await rm(path.join(root, 'dist'), {recursive: true, force: true});
await build({...common, entryPoints: ['source/vbtop.ts'], target: 'es2019'});
const {metafile} = await build({
	...common,
	...bundling,
	entryPoints: ['source/cli/main.ts'],
	// A command loads its own parts alone: the simulator no screen, the monitor no simulator. Of a CommonJS package that is a part of
	// its own, `import()` gives the default alone.
	splitting: true,
	chunkNames: 'cli/parts/[name]-[hash]',
	metafile: true,
	legalComments: 'none',
});
await chmod(path.join(root, 'dist', 'vbtop.js'), 0o755);
await writeFile(path.join(root, 'dist', 'LICENSES.txt'), await licences(Object.keys(metafile.inputs)));

async function licences(inputs) {
	const folders = [...new Set(inputs.map(input => packageFolder.exec(input)?.groups.folder).filter(Boolean))].toSorted((a, b) => a.localeCompare(b));
	const texts = await Promise.all(folders.map(async folder => {
		const {name, version, license, author} = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
		const entries = await readdir(path.join(root, folder));
		const files = entries.filter(file => /^licen[cs]e/iv.test(file));
		const words = await Promise.all(files.map(async file => readFile(path.join(root, folder, file), 'utf8')));
		return `${name} ${version} (${license})\n\n${(words.join('\n').trim() || await defaultText(license, author))}\n`;
	}));
	return `vbtop contains these packages:\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

// Some packages name their licence without its text. The text of MIT is always the same but for the copyright line.
async function defaultText(license, author) {
	if (license !== 'MIT') {
		throw new Error(`There is no text for the licence ${license}.`);
	}

	const text = await readFile(path.join(root, 'LICENSE'), 'utf8');
	return text.replace(/^Copyright .*$/mv, () => `Copyright (c) ${author?.name ?? author ?? 'its authors'}`).trim();
}
