import reactHooks from 'eslint-plugin-react-hooks';
import type {FlatXoConfig} from 'xo';

/*
What each folder under source/ may import: folders of ours, packages, `node:*`.
The direction is the way the server's answer flows: api, live, view, panes.
*/
const mayImport: Record<string, string[]> = {
	model: [],
	triage: ['model'],
	view: ['triage', 'model', 'string-width', 'cli-truncate', 're2js'],
	api: ['model', 'node:*', 'undici'],
	live: ['model', 'api', 'react', 'swr'],
	panes: ['model', 'triage', 'view', 'react', 'ink', 'ink-table', 'node:module'],
	simulator: ['node:*', 'selfsigned'],
};

const folders = Object.keys(mayImport);

// Files whose meaning may depend on nothing but their arguments: time comes in as `now`.
const pureFiles = ['source/{model,triage,view}/**/*.{ts,tsx}', 'source/api/{v*,*wire,reader,visible-text}.ts'];

function importRule(folder: string) {
	const allowed = mayImport[folder]!;
	const ours = allowed.filter(name => folders.includes(name));
	const packages = allowed.filter(name => !folders.includes(name) && name !== 'node:*');
	return {
		patterns: [
			{
				regex: String.raw`^\.\./(?!(${[...ours, folder].join('|')})/)`,
				message: `source/${folder} may import of ours only: ${ours.join(', ') || 'nothing'}.`,
			},
			{
				regex: String.raw`^(?!\.|${allowed.includes('node:*') ? 'node:|' : ''}(${packages.join('|') || '$'})(/|$))`,
				message: `source/${folder} may import only: ${packages.join(', ') || 'no package'}.`,
			},
		],
	};
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
			// A doc comment names the parameters whose unit or bound the type cannot say.
			'jsdoc/require-param': 'off',
			'jsdoc/require-param-description': 'off',
			'jsdoc/check-param-names': 'off',
			'jsdoc/require-description': 'off',
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
		files: ['scripts/build.js'],
		// esbuild reads its filters as Go regular expressions, which know no flags.
		rules: {'require-unicode-regexp': 'off'},
	},
	{
		files: ['source/**/*.tsx', 'source/app-hooks.ts', 'source/live/**/*.ts'],
		// The plugin's types are those of another ESLint.
		plugins: {'react-hooks': reactHooks as never},
		rules: {
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
		},
	},
	...folders.map(folder => ({
		files: [`source/${folder}/**/*.{ts,tsx}`],
		rules: {'no-restricted-imports': ['error', importRule(folder)]},
	})),
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
		files: ['source/{api,live,panes,simulator}/**/*.{ts,tsx}'],
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
			// Tables of cases are loops, steps of use come one after another, and builders are shared between tests.
			'no-await-in-loop': 'off',
			'unicorn/no-await-expression-member': 'off',
			'node-test/no-import-test-files': 'off',
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
