import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {bundling} from '../../../scripts/bundling.js';
import type {Bench} from './figures.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
Benches of code in this process, compiled as the program's build does it: the loader that runs this
file wraps every function that has a name, which alone takes as long as reading a session.
*/
export async function builtBenches(names: readonly string[]): Promise<readonly Bench[]> {
	const cache = path.join(root, 'node_modules', '.cache');
	await mkdir(cache, {recursive: true});
	// Below node_modules, from where packages are found and nothing is committed.
	const folder = await mkdtemp(path.join(cache, 'vbtop-bench-'));
	try {
		await build({
			absWorkingDir: root, entryPoints: names.map(name => `test/bench/${name}.ts`), outdir: folder, outExtension: {'.js': '.mjs'},
			...bundling, platform: 'node', format: 'esm', target: 'node22.19', splitting: true, logLevel: 'warning',
		});
		return await Promise.all(names.map(async name => {
			const module = await import(pathToFileURL(path.join(folder, `${name}.mjs`)).href) as Record<string, Bench>;
			return module[name]!;
		}));
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}
