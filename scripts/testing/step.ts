/*
Runs one step of scripts/test.ts in a process: a check of which only the exit status counts, or tests.
*/
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import type {EndRecord, TestRecord} from './reporter.js';

/** What a step leads to. */
export type Outcome = {
	readonly passed: number;
	readonly failed: number;
	/** Names of tests with the reasons why they were skipped. */
	readonly skips: ReadonlyArray<{readonly name: string; readonly reason: string}>;
	/** What is printed of the failures. */
	readonly failures: readonly string[];
	/** Milliseconds by file. */
	readonly files?: EndRecord['files'];
};

type Ended = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly output: string};

/** Enough of what a process wrote to see why it ended. */
const maxOutput = 20_000;

const reporter = new URL('reporter.ts', import.meta.url).href;

async function execute(command: string, commandArguments: readonly string[]): Promise<Ended> {
	// A test runner that is started by a test, as those of this file's tests, would report to that one's.
	const {NODE_TEST_CONTEXT: context, ...env} = process.env;
	const child = spawn(command, commandArguments, {env, stdio: ['ignore', 'pipe', 'pipe']});
	const chunks: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => {
			chunks.push(chunk);
		});
	}

	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			resolve({code, signal, output: stripVTControlCharacters(chunks.join(''))});
		});
	});
}

const endOf = ({code, signal}: Ended) => signal ? `signal ${signal}` : `status ${code}`;

/** Runs a script by this Node; every exit status but 0 counts as one failed test. */
export async function runCheck(name: string, ...commandArguments: readonly string[]): Promise<Outcome> {
	const ended = await execute(process.execPath, commandArguments);
	const failures = ended.code === 0 ? [] : [`${name} ended with ${endOf(ended)}:\n${ended.output}`];
	return {passed: 0, failed: failures.length, skips: [], failures};
}

/** Runs test files in one process of the test runner of Node, with these arguments of Node. */
export async function runTests(name: string, files: readonly string[], nodeArguments: readonly string[]): Promise<Outcome> {
	const folder = mkdtempSync(path.join(tmpdir(), 'vbtop-test-'));
	const report = path.join(folder, 'report.jsonl');
	try {
		const reporting = ['--test', `--test-reporter=${reporter}`, `--test-reporter-destination=${report}`];
		// Without a file Node would look for some itself.
		const ended = files.length === 0 ? noTests : await execute(process.execPath, [...nodeArguments, ...reporting, '--test-isolation=none', entryOf(files, folder)]);
		return outcomeOf(name, files, ended, recordsIn(report));
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

const noTests: Ended = {code: 0, signal: null, output: 'No file has tests.'};

/*
One module that imports all files: Node itself says nothing of a file that throws after its first test, where all files
share a process, and runs what it has.
*/
function entryOf(files: readonly string[], folder: string): string {
	const entry = path.join(folder, 'all.mjs');
	const modules = files.map(file => ({file, url: pathToFileURL(path.resolve(file)).href}));
	writeFileSync(entry, `import {test} from 'node:test';
for (const {file, url} of ${JSON.stringify(modules)}) {
	try {
		await import(url);
	} catch (error) {
		test(file + ' is loaded', () => {
			throw error;
		});
	}
}
`);
	return entry;
}

function recordsIn(report: string): readonly TestRecord[] {
	try {
		return readFileSync(report, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as TestRecord);
	} catch {
		// The process ended before it wrote all of it: then there is no record of its end.
		return [];
	}
}

function outcomeOf(run: string, files: readonly string[], ended: Ended, records: readonly TestRecord[]): Outcome {
	const end = records.find(record => record.kind === 'end');
	const failures = records.filter(record => record.kind === 'failure').map(({name, where, text}) => linesOf(name, where, text));
	const empty = end ? files.filter(file => end.files[file] === undefined) : [];
	failures.push(...empty.map(file => `No test is in ${file}`));
	const crash = crashOf(run, ended, end);
	if (crash !== undefined) {
		const diagnostics = records.filter(record => record.kind === 'diagnostic').map(({text}) => text);
		failures.push(linesOf(crash, ...diagnostics, ended.output.slice(-maxOutput)));
	}

	return {
		passed: end?.passed ?? 0,
		failed: (end?.failed ?? 0) + empty.length + (crash === undefined ? 0 : 1),
		skips: records.filter(record => record.kind === 'skip'),
		failures,
		files: end?.files,
	};
}

const linesOf = (...lines: readonly string[]) => lines.filter(line => line !== '').join('\n');

// Why a run failed otherwise than by its tests.
function crashOf(name: string, ended: Ended, end: EndRecord | undefined): string | undefined {
	if (!end) {
		return `The tests of ${name} ended with ${endOf(ended)} before all were run:`;
	}

	return end.failed === 0 && (ended.code !== 0 || !end.isSuccess) ? `The tests of ${name} passed, but their process ended with ${endOf(ended)}:` : undefined;
}
