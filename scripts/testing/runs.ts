import {globSync, statSync} from 'node:fs';

/** One process of node's test runner, in which all files run one after another: that saves the start of about two seconds of each. */
export type TestRun = {
	readonly name: string;
	/** Folders of test/. */
	readonly folders: readonly string[];
	/** Which of so many shares of the files it runs, from 0; all files unless given. */
	readonly share?: readonly [index: number, of: number];
	/** Whether it uses dist/. */
	readonly isOfBuild?: boolean;
};

/** Two runs of half of the files each, for those that wait as long as they work. */
const halves = (run: TestRun): readonly TestRun[] => [
	{...run, name: `${run.name}, first half`, share: [0, 2]},
	{...run, name: `${run.name}, second half`, share: [1, 2]},
];

/**
All tests, the longest run first. A new folder of test/ is added to one of these. What belongs to a process (environment, umask,
signals) is put back by the test that changes it.
*/
export const testRuns: readonly TestRun[] = [
	...halves({name: 'walks', folders: ['walks'], isOfBuild: true}),
	...halves({name: 'command line', folders: ['cli'], isOfBuild: true}),
	{name: 'pure', folders: ['model', 'triage', 'ui', 'app', 'scripts']},
	{name: 'api and live', folders: ['api', 'live']},
	{name: 'simulator and storage', folders: ['simulator', 'storage', 'terminal']},
];

const notTests = ['test/{helpers,fixtures,soak,bench}/**', '**/support/**'];

const testsIn = (pattern: string) => globSync(`test/${pattern}/**/*.{ts,tsx}`, {exclude: notTests}).toSorted((a, b) => a.localeCompare(b));

/** The files of a run, sorted by name; those of a share by size, so that all shares take about as long. */
export function filesOf({folders, share}: TestRun): readonly string[] {
	const files = folders.flatMap(folder => testsIn(folder));
	if (!share) {
		return files;
	}

	const [index, count] = share;
	const size = (file: string) => statSync(file).size;
	return files.toSorted((a, b) => size(b) - size(a)).filter((_, position) => position % count === index);
}

/** Test files that belong to no run. */
export function filesWithoutRun(runs: readonly TestRun[]): readonly string[] {
	const files = new Set(runs.flatMap(run => filesOf(run)));
	return testsIn('*').filter(file => !files.has(file));
}

/**
More room, in megabytes, for young objects: most of what a frame or a syntax tree needs is dropped before it is moved once. No thread
collects beside the main one: the cores have other steps to run, and together threads take up to a tenth more processor time.
*/
export const memoryFlags = ['--max-semi-space-size=64', '--single-threaded-gc'];

/** The arguments of Node for tests: they are TypeScript, and each process gets the same colours, zone and size. */
export const nodeArguments = [...memoryFlags, '--import', 'tsx', '--import', './test/helpers/setup.ts', '--test-timeout=120000'];
