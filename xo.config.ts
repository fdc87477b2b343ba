import path from 'node:path';
import xoRules from 'eslint-config-xo';
import reactHooks from 'eslint-plugin-react-hooks';
import type {FlatXoConfig} from 'xo';

/*
What each part of source/ may import: parts of ours, packages, `node:*`. The first entry that a file's path begins with is the
one that holds for it; a part may always import itself. `import type` counts as an import.
The direction is the way the data moves: api, live, triage, app, ui.
*/
const layers: ReadonlyArray<{readonly path: string; readonly ours: readonly string[]; readonly packages: readonly string[]}> = [
	{path: 'model/', ours: [], packages: []},
	{path: 'api/', ours: ['model/'], packages: ['node:*', 'undici']},
	{path: 'live/', ours: ['model/', 'api/'], packages: ['react', 'swr']},
	{path: 'triage/', ours: ['model/'], packages: []},
	{path: 'ui/table/ink-table.tsx', ours: [], packages: ['node:module', 'react', 'ink', 'ink-table']},
	{path: 'ui/ink/output.ts', ours: [], packages: ['@alcalzone/ansi-tokenize', 'string-width']},
	{path: 'ui/', ours: [], packages: ['react', 'ink', 'string-width', 'cli-truncate']},
	{path: 'app/', ours: ['model/', 'triage/', 'live/', 'ui/'], packages: ['react', 'ink', 're2js', 'swr', 'zustand', 'reselect']},
	// A stored address and version are checked as typed ones are.
	{path: 'storage/', ours: ['model/', 'triage/', 'api/'], packages: ['node:*', 'conf', 'env-paths', 'proper-lockfile']},
	{path: 'terminal/', ours: ['model/'], packages: ['node:*']},
	{path: 'simulator/', ours: [], packages: ['node:*', 'selfsigned']},
];

// Files whose meaning may depend on nothing but their arguments: time comes in as `now`.
const pureFiles = ['source/{model,triage}/**/*.ts', 'source/api/wire/**/*.ts', 'source/{app,ui}/**/*.ts'];

const sourceFolder = path.join(import.meta.dirname, 'source');

// The path of a file below source/, with slashes.
function sourcePath(file: string): string {
	return path.relative(sourceFolder, file).split(path.sep).join('/');
}

function isAllowed(importer: string, specifier: string): boolean {
	const layer = layers.find(({path: prefix}) => importer.startsWith(prefix));
	if (!layer) {
		return true;
	}

	if (!specifier.startsWith('.')) {
		return layer.packages.some(name => name === 'node:*' ? specifier.startsWith('node:') : specifier === name || specifier.startsWith(`${name}/`));
	}

	const target = sourcePath(path.resolve(sourceFolder, path.dirname(importer), specifier));
	const [own] = importer.split('/', 1);
	return target.startsWith(`${own!}/`) || layer.ours.some(prefix => target.startsWith(prefix));
}

// ESLint's own rule for imports knows no folders of other depths.
const layersRule = {
	create(context: {readonly filename: string; readonly report: (problem: {readonly node: never; readonly message: string}) => void}) {
		const check = (node: {readonly source?: {readonly value?: unknown} | null}) => {
			const specifier = node.source?.value;
			const importer = sourcePath(context.filename);
			if (typeof specifier === 'string' && !isAllowed(importer, specifier)) {
				context.report({node: node as never, message: `source/${importer} may not import ${specifier}: see the table of layers in xo.config.ts.`});
			}
		};

		return {ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check};
	},
};

const ruleNames = xoRules().flatMap(({rules = {}}) => Object.keys(rules));

/** All rules of a plugin, switched off. */
function without(plugin: string): Readonly<Record<string, 'off'>> {
	return Object.fromEntries(ruleNames.filter(name => name.startsWith(`${plugin}/`)).map(name => [name, 'off']));
}

const config = [
	{ignores: ['dist', 'test/fixtures']},
	{
		files: ['package.json'],
		// Versions are exact, here and in the lock file.
		rules: {'package-json/dependency-version-range': 'off'},
	},
	{
		files: ['**/*.{js,ts,tsx}'],
		rules: {
			// Names follow the wire in fixtures and the environment in flags.
			'@typescript-eslint/naming-convention': 'off',
			// One table of words per thing that varies is the style here, not one object per line.
			'@stylistic/max-len': ['error', {code: 160, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true}],
			// Absent is `undefined` in the model; JSON has null.
			'@typescript-eslint/no-restricted-types': 'off',
			'capitalized-comments': 'off',
			// A field's reason fits on one line above it.
			'unicorn/single-line-block-comment-style': 'off',
			// Tables of words are read a line an entry.
			'@stylistic/object-curly-newline': 'off',
			'@typescript-eslint/strict-boolean-expressions': 'off',
			// Functions that compare (`sameSession`) read as what they say.
			'unicorn/consistent-boolean-name': 'off',
			// Declarations stand where they are read first, conditions in the order of their sense.
			'unicorn/no-declarations-before-early-exit': 'off',
			'unicorn/prefer-simple-condition-first': 'off',
			'unicorn/prefer-early-return': 'off',
			'unicorn/prefer-iterator-to-array': 'off',
			'unicorn/consistent-class-member-order': 'off',
		},
	},
	{
		// No test is AVA's, and doc comments are prose: what has nothing to check still visits every node.
		files: ['**/*.{js,ts,tsx}'],
		rules: {...without('ava'), ...without('jsdoc'), 'jsdoc/informative-docs': 'error'},
	},
	{
		files: ['{source,scripts}/**/*.{js,ts,tsx}', '*.ts'],
		rules: without('node-test'),
	},
	{
		// A limit that only warns is not respected.
		files: ['**/*.{js,ts,tsx}'],
		rules: {'max-params': ['error', {max: 5}]},
	},
	{
		files: ['{source,scripts}/**/*.{js,ts}'],
		rules: {
			complexity: ['error', {max: 20}],
			'max-lines-per-function': ['error', {max: 60, skipBlankLines: true, skipComments: true}],
		},
	},
	{
		// A component is mostly JSX.
		files: ['{source,scripts}/**/*.tsx'],
		rules: {
			complexity: ['error', {max: 20}],
			'max-lines-per-function': ['error', {max: 100, skipBlankLines: true, skipComments: true}],
		},
	},
	{
		files: ['scripts/bundling.js'],
		// esbuild reads its filters as Go regular expressions, which know no flags.
		rules: {'require-unicode-regexp': 'off'},
	},
	{
		files: ['source/**/*.tsx', 'source/live/**/*.ts'],
		// The plugin's types are those of another ESLint.
		plugins: {'react-hooks': reactHooks as never},
		rules: {
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
		},
	},
	{
		files: ['source/**/*.{ts,tsx}'],
		// The rule is written without ESLint's types.
		plugins: {vbtop: {rules: {layers: layersRule as never}}},
		rules: {'vbtop/layers': 'error'},
	},
	{
		files: pureFiles,
		rules: {
			'no-restricted-properties': [
				'error',
				{object: 'Date', property: 'now', message: 'Time comes in as `now`.'},
				{object: 'performance', property: 'now', message: 'Time comes in as `now`.'},
			],
			'no-restricted-syntax': [
				'error',
				{selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time comes in as `now`.'},
				{selector: 'ImportExpression', message: 'A pure file imports statically, so that the linter sees it.'},
			],
		},
	},
	{
		files: ['source/{api,live,simulator}/**/*.{ts,tsx}', 'source/{app,ui}/**/*.tsx'],
		ignores: pureFiles,
		rules: {
			'no-restricted-syntax': [
				'error',
				{selector: String.raw`ImportExpression[source.value=/^\./]`, message: 'An import across folders is static, so that the linter sees it.'},
			],
		},
	},
	{
		files: ['test/**/*.{ts,tsx}'],
		rules: {
			// node:test's `test()` returns a promise that the runner awaits.
			'@typescript-eslint/no-floating-promises': ['error', {allowForKnownSafeCalls: [{from: 'package', name: ['test', 'describe', 'it', 'suite', 'before', 'after', 'beforeEach', 'afterEach'], package: 'node:test'}]}],
			// A wire answer may have any shape; the assertion is what reads it.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			// What is given to a test as a callback may return anything.
			'@typescript-eslint/strict-void-return': 'off',
			// Tables of cases are loops, steps of use come one after another, and builders are shared between tests.
			'no-await-in-loop': 'off',
			'unicorn/no-await-expression-member': 'off',
			'node-test/no-import-test-files': 'off',
			// What is asserted is built, pressed, drawn and read in one expression.
			'unicorn/max-nested-calls': 'off',
			'node-test/no-conditional-assertion': 'off',
			// A test of the monitor asserts by waiting for what must be seen; its patterns read one screen.
			'node-test/require-assertion': 'off',
			'regexp/no-super-linear-move': 'off',
			'regexp/letter-case': 'off',
			// What needs the OpenAPI files or a terminal multiplexer is skipped, with its reason, where they are missing.
			'node-test/no-skip-test': 'off',
		},
	},
];

export default config as FlatXoConfig;
