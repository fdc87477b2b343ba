/*
`npm test`: types, lint, structure, build and all tests, some steps at once. A step that fails stops no other one. Failures are printed
when their step ends, then the times, and on the last line `N passed, N failed, N skipped` over all tests; types, lint, build,
a run that crashed or had no test count as one failed test each. `npm test -- lint live` runs these steps alone.
*/
import {availableParallelism} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {filesOf, filesWithoutRun, memoryFlags, nodeArguments, testRuns} from './testing/runs.js';
import {runCheck, runTests, type Outcome} from './testing/step.js';

type Step = {
	readonly name: string;
	/** The step that has to end first, whether it fails or not. */
	readonly after?: string;
	readonly run: () => Promise<Outcome>;
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

// The script of a package's command, started by this Node and not by one of the system.
const bin = (name: string) => path.join('node_modules', ...name.split('/'));

/** Fails where a test file would be run by nobody. */
async function checkRuns(): Promise<Outcome> {
	const failures = filesWithoutRun(testRuns).map(file => `${file} belongs to no run: see scripts/testing/runs.ts`);
	return {passed: 0, failed: failures.length, skips: [], failures};
}

// What others wait for, then the longest, so that no slot is idle at the end.
const steps: readonly Step[] = [
	{name: 'build', run: async () => runCheck('The build', 'scripts/build.js')},
	// Without a limit it takes 3.3 GB, and a fifth more processor time for the pages that it touches first.
	{name: 'lint', run: async () => runCheck('xo', ...memoryFlags, '--max-old-space-size=2400', bin('xo/dist/cli.js'))},
	...testRuns.map((run): Step => ({name: run.name, after: run.isOfBuild ? 'build' : undefined, run: async () => runTests(run.name, filesOf(run), nodeArguments)})),
	{name: 'types', run: async () => runCheck('tsc', bin('typescript/bin/tsc'))},
	{name: 'structure', run: async () => runCheck('The structure of source/', '--import', 'tsx', 'scripts/check-structure.ts')},
	{name: 'runs', run: checkRuns},
];

function wantedSteps(names: readonly string[]): readonly Step[] {
	const unknown = names.filter(name => steps.every(step => step.name !== name));
	if (unknown.length > 0) {
		throw new Error(`There is no step ${unknown.join(', ')}; there are: ${steps.map(({name}) => name).join(', ')}`);
	}

	return names.length === 0 ? steps : steps.filter(({name}) => names.includes(name));
}

type Result = Outcome & {readonly name: string; readonly ms: number};

async function runStep({name, run}: Step): Promise<Result> {
	const startedAt = performance.now();
	const outcome = await run();
	const ms = performance.now() - startedAt;
	console.log(`${outcome.failed === 0 ? 'ok    ' : 'FAILED'}  ${name}, ${seconds(ms)}`);
	for (const failure of outcome.failures) {
		console.log(`\n${name}: ${failure.trimEnd().replaceAll('\n', '\n    ')}\n`);
	}

	return {...outcome, name, ms};
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Runs steps, so many at once, each as soon as there is a slot for it and the one that it waits for has ended. */
async function runSteps(wanted: readonly Step[], slots: number): Promise<readonly Result[]> {
	const waiting = [...wanted];
	const running = new Map<string, Promise<Result>>();
	const results: Result[] = [];
	const isReady = ({after}: Step) => after === undefined || (waiting.every(({name}) => name !== after) && !running.has(after));
	while (waiting.length > 0 || running.size > 0) {
		for (let next = waiting.findIndex(step => isReady(step)); next !== -1 && running.size < slots; next = waiting.findIndex(step => isReady(step))) {
			const [step] = waiting.splice(next, 1);
			running.set(step!.name, runStep(step!));
		}

		const result = await Promise.race(running.values()); // eslint-disable-line no-await-in-loop -- steps start as others end
		running.delete(result.name);
		results.push(result);
	}

	return results;
}

function printTimes(results: readonly Result[], ms: number, slots: number): void {
	console.log(`\nTime: ${seconds(ms)}, ${slots} steps at once`);
	for (const {name, ms: time} of results.toSorted((a, b) => b.ms - a.ms)) {
		console.log(`  ${seconds(time).padStart(8)}  ${name}`);
	}

	const files = results.flatMap(({files: times = {}}) => Object.entries(times)).toSorted(([, a], [, b]) => b - a);
	if (files.length > 0) {
		console.log('The files whose tests take longest:');
	}

	for (const [file, time] of files.slice(0, 10)) {
		console.log(`  ${seconds(time).padStart(8)}  ${file}`);
	}
}

function printSkips(results: readonly Result[]): void {
	const byReason = Map.groupBy(results.flatMap(({skips}) => skips), ({reason}) => reason);
	for (const [reason, skips] of byReason) {
		console.log(`\nSkipped: ${reason}`);
		for (const {name} of skips) {
			console.log(`  ${name}`);
		}
	}
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

// One more than the two cores that the time is promised for, as tests wait for half of theirs; more than five need more memory
// than they save time.
const slots = Math.max(3, Math.min(5, availableParallelism() + 1));
const startedAt = performance.now();
const results = await runSteps(wantedSteps(process.argv.slice(2)), slots);
printSkips(results);
printTimes(results, performance.now() - startedAt, slots);
const failed = sum(results.map(result => result.failed));
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${sum(results.map(({passed}) => passed))} passed, ${failed} failed, ${sum(results.map(({skips}) => skips.length))} skipped`);
