import {globSync} from 'node:fs';

/** One process of node's test runner. */
export type TestRun = {
	readonly name: string;
	/** Folders of test/. */
	readonly folders: readonly string[];
	/**
	Processes for files that change what belongs to a process (environment, umask, signals) or start programs: one for each file,
	so many at once. Without it all files run in one process, which saves the start of about a second of each.
	*/
	readonly processes?: number;
	/** Whether it uses dist/. */
	readonly isOfBuild?: boolean;
};

/** All tests, the longest run first. A new folder of test/ is added to one of these. */
export const testRuns: readonly TestRun[] = [
	{name: 'walks', folders: ['walks'], processes: 3, isOfBuild: true},
	{name: 'command line', folders: ['cli'], processes: 3, isOfBuild: true},
	{name: 'live', folders: ['live']},
	{name: 'simulator', folders: ['simulator']},
	{name: 'pure', folders: ['model', 'triage', 'ui', 'app', 'scripts']},
	{name: 'api', folders: ['api']},
	{name: 'storage', folders: ['storage', 'terminal'], processes: 2},
];

const notTests = ['test/{helpers,fixtures,soak,bench}/**', '**/support/**'];

const testsIn = (pattern: string) => globSync(`test/${pattern}/**/*.{ts,tsx}`, {exclude: notTests}).toSorted((a, b) => a.localeCompare(b));

/** The files of a run, sorted. */
export function filesOf({folders}: TestRun): readonly string[] {
	return folders.flatMap(folder => testsIn(folder));
}

/** Test files that belong to no run. */
export function filesWithoutRun(runs: readonly TestRun[]): readonly string[] {
	const files = new Set(runs.flatMap(run => filesOf(run)));
	return testsIn('*').filter(file => !files.has(file));
}

/** The arguments of Node for tests: they are TypeScript, and each process gets the same colours, zone and size. */
export const nodeArguments = ['--import', 'tsx', '--import', './test/helpers/setup.ts', '--test-timeout=120000'];
