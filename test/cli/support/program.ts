import {spawn, type ChildProcess} from 'node:child_process';
import {EventEmitter} from 'node:events';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {Readable, Writable} from 'node:stream';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import type {Io} from '../../../source/cli/io.js';
import {main} from '../../../source/cli/main.js';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The entry of the built program. */
export const program = path.join(root, 'dist', 'vbtop.js');

/** All text of the built program but its entry. */
export async function programText(): Promise<string> {
	const folder = path.join(root, 'dist', 'cli');
	const files = (await readdir(folder, {recursive: true, withFileTypes: true})).filter(entry => entry.isFile());
	const texts = await Promise.all(files.map(async ({parentPath, name}) => readFile(path.join(parentPath, name), 'utf8')));
	return texts.join('\n');
}

/** Why a test of the built program cannot run, or false. */
export const unbuilt = existsSync(program) ? false : 'dist/vbtop.js is missing: npm run build';

export type RunOptions = {
	/** Besides a bare environment: no server, no CI, no colours asked for. */
	readonly env?: Readonly<Record<string, string>>;
	/** The Node that runs it. */
	readonly node?: string;
	/** Node's own arguments. */
	readonly nodeArguments?: readonly string[];
	/** Another copy of the entry. */
	readonly program?: string;
};

export type Outcome = {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** Both, in this order. */
	readonly output: string;
};

// What the program keeps goes with the tests of this file.
const home = mkdtempSync(path.join(tmpdir(), 'vbtop-test-home-'));
process.once('exit', () => { // eslint-disable-line unicorn/no-top-level-side-effects -- the folder belongs to the process
	rmSync(home, {recursive: true, force: true});
});

/** What every run has of this process's environment. */
export function bareEnvironment(): Record<string, string> {
	return {
		PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: tmpdir(), TERM: 'xterm-256color', TZ: 'UTC', LANG: 'C.UTF-8',
	};
}

/** A program that runs, its output so far, and its end. */
export type Running = {
	readonly child: ChildProcess;
	readonly stdout: () => string;
	readonly ended: Promise<Outcome>;
};

/** Starts the program without a terminal; it ends with the test. */
export function start(t: TestContext, flags: readonly string[], options: RunOptions = {}): Running {
	const {env = {}, node = process.execPath, nodeArguments = [], program: entry = program} = options;
	const child = spawn(node, [...nodeArguments, entry, ...flags], {env: {...bareEnvironment(), ...env}, stdio: ['ignore', 'pipe', 'pipe']});
	const written = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			written[name] += text;
		});
	}

	const {promise: ended, resolve, reject} = Promise.withResolvers<Outcome>();
	child.once('error', reject);
	child.once('close', code => {
		resolve({code, ...written, output: `${written.stdout}${written.stderr}`});
	});
	t.after(() => {
		child.kill('SIGKILL');
	});
	return {child, stdout: () => written.stdout, ended};
}

export type CallOptions = Pick<RunOptions, 'env'> & {
	/** What standard input holds. */
	readonly input?: string;
	/** Which streams are a terminal. */
	readonly terminals?: ReadonlyArray<'stdin' | 'stdout'>;
	/** The fault code of each write to standard output. */
	readonly outputFault?: string;
	/** The file that was started. */
	readonly program?: string;
};

/** A run in this process. */
export type Calling = {
	readonly stdout: () => string;
	/** Sends a signal or another event of the process. */
	readonly send: (event: string, value?: unknown) => void;
	/** The exit code asked for with `process.exit`. */
	readonly exitCode: () => number | undefined;
	readonly ended: Promise<Outcome>;
};

/** Starts the program in this process: as fast as a function, and without signals or a terminal of its own. */
export function startCall(argv: readonly string[], {env = {}, input = '', terminals = [], outputFault, program: file = program}: CallOptions = {}): Calling {
	const written = {stdout: '', stderr: ''};
	let exitCode: number | undefined;
	const stream = (name: keyof typeof written, fault?: string) => Object.assign(new Writable({
		write(chunk, _encoding, done) {
			if (fault === undefined) {
				written[name] += String(chunk);
				done();
			} else {
				done(Object.assign(new Error(`write ${fault}`), {code: fault}));
			}
		},
	}), {isTTY: (terminals as readonly string[]).includes(name)});
	const events = new EventEmitter(); // eslint-disable-line unicorn/prefer-event-target -- it stands in for `process`
	const io: Io = {
		stdin: Object.assign(Readable.from(input === '' ? [] : [input]), {isTTY: terminals.includes('stdin')}),
		stdout: stream('stdout', outputFault),
		stderr: stream('stderr'),
		argv: [process.execPath, file],
		once: (event, listener) => events.once(event, listener),
		exit(code) {
			exitCode = code;
		},
	};
	const ended = main(argv, {...bareEnvironment(), ...env}, io).then(code => ({code, ...written, output: `${written.stdout}${written.stderr}`}));
	return {
		stdout: () => written.stdout,
		send(event, value) {
			events.emit(event, value);
		},
		exitCode: () => exitCode,
		ended,
	};
}

/** Runs the program in this process to its end. */
export async function call(argv: readonly string[], options: CallOptions = {}): Promise<Outcome> {
	return startCall(argv, options).ended;
}

/** Runs the program without a terminal to its end. */
export async function run(t: TestContext, flags: readonly string[], options: RunOptions = {}): Promise<Outcome> {
	return start(t, flags, options).ended;
}

/** A folder that goes with the test. */
export async function temporaryFolder(t: TestContext, name = 'vbtop-test-'): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), name));
	t.after(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** Waits until there is an answer other than undefined and false; throws what `otherwise` says when it takes a minute. */
export async function until<Answer>(ask: () => Answer | Promise<Answer>, otherwise: () => string): Promise<Exclude<Answer, undefined | false>> {
	const patience = performance.now() + 60_000;
	while (performance.now() < patience) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) {
			return answer as Exclude<Answer, undefined | false>;
		}

		await wait(120);
	}

	throw new Error(otherwise());
}

