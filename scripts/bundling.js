/*
How sources and packages become one program: what esbuild is told, for dist/ and for the benchmarks of its parts.
*/
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// ink-table requires Ink, an ES module with a top-level await, which Node refuses. In the bundle its requires become imports.
const inkTable = {
	name: 'ink-table',
	setup(plugin) {
		plugin.onLoad({filter: /[/\\]ink-table[/\\]dist[/\\]index\.js$/}, async ({path: file}) => {
			const source = await readFile(file, 'utf8');
			const imports = [];
			const contents = source.replaceAll(/require\("(?<name>[^"]+)"\)/gv, (_whole, name) => {
				imports.push(`import * as required${imports.length} from ${JSON.stringify(name)};`);
				return `required${imports.length - 1}`;
			});
			return {contents: `${imports.join('\n')}\nconst exports = {};\n${contents}\nexport default exports.default;`, loader: 'js'};
		});
		plugin.onLoad({filter: /[/\\]source[/\\]ui[/\\]table[/\\]ink-table\.tsx$/}, () => ({contents: 'export {default as Table} from \'ink-table\';', loader: 'ts', resolveDir: path.join(root, 'source', 'ui', 'table')}));
	},
};

// Ink's renderer draws with the faster Output of source/ui/ink.
const inkOutput = {
	name: 'ink-output',
	setup(plugin) {
		plugin.onResolve({filter: /^\.\/output\.js$/}, ({importer}) => {
			const isInk = /[\/\\]node_modules[\/\\]ink[\/\\]build[\/\\]renderer\.js$/v.test(importer);
			return isInk ? {path: path.join(root, 'source', 'ui', 'ink', 'output.ts')} : undefined;
		});
	},
};

// Ink loads React's developer tools only when DEV is set; they are no dependency of this package.
const noDevtools = {
	name: 'no-devtools',
	setup(plugin) {
		plugin.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
		plugin.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
	},
};

/** @type {import('esbuild').BuildOptions} */
export const bundling = {
	bundle: true,
	jsx: 'automatic',
	define: {'process.env.NODE_ENV': '"production"'},
	plugins: [inkTable, inkOutput, noDevtools],
	// CommonJS packages in the bundle still require modules of Node.
	banner: {js: 'import {createRequire as bundleRequire} from \'node:module\'; const require = bundleRequire(import.meta.url);'},
};
