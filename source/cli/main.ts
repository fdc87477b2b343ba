import process from 'node:process';
import packageJson from '../../package.json' with {type: 'json'};
import {ServerFault, UsageError} from '../model/errors.js';
import {shownPath} from '../model/file-fault.js';
import {findDirectories, type Directories} from '../storage/directories.js';
import {helpText, parseCommandLine, type ParsedLine} from './command-line.js';
import {commandWords, type CommandName} from './commands.js';
import {crashText, endOnCrash, restoreTerminalNow, reportCrash} from './crash.js';
import {appearanceOf} from './appearance.js';
import type {Flags} from './flags.js';
import {createOutput, type Environment, type Io, type Output} from './io.js';
import type {LocalData} from './local-data.js';
import type {RunLog} from './run-log.js';
import {secretOfFlags, takeSecrets, usesStdin, type GivenSecret, type SecretKind} from './secrets.js';
import {isComplete, serversOf, storedServer, type ServerSettings} from './settings.js';
import {didYouMean} from './suggestions.js';

const defaultRangeMs = 24 * 60 * 60 * 1000;

// Bundled with the program: while it runs, another version may take its place on disk.
const {version} = packageJson;

/** One run of the program. What is not known before the command line was read is filled in on the way. */
type Run = {
	readonly env: Environment;
	readonly io: Io;
	readonly output: Output;
	/** The secrets of the environment. */
	secrets: ReadonlyMap<SecretKind, GivenSecret>;
	directories: Directories;
	flagWords: readonly string[];
	log: RunLog | undefined;
	isCrashReported: boolean;
};

type CommandInput = {readonly flags: Flags; readonly operand: string | undefined};

const commands: Readonly<Record<CommandName, (run: Run, input: CommandInput) => Promise<void>>> = {monitor, demo, login, logout, servers, info, simulate};

/**
Runs the program once, and gives its exit code: 0 done, 1 a fault of vbtop, 2 wrong usage or an output that cannot be
written, 3 a fault of the server or of the way to it.
@param argv - the words after the program
@param env - `process.env`; secrets are taken out of it at once, so that what is started from here does not inherit them
@param io - `process`, or what a test puts in its place
*/
export async function main(argv: readonly string[], env: Environment, io: Io): Promise<number> {
	const run: Run = {
		env, io, output: createOutput(io.stdout), secrets: new Map(), directories: {config: undefined, state: undefined},
		flagWords: [], log: undefined, isCrashReported: false,
	};
	// Nothing can be told where standard error is gone.
	io.stderr.on('error', () => undefined);
	endOnCrash(io, error => {
		reportCrashOnce(run, error);
	});
	let code = 0;
	try {
		run.secrets = takeSecrets(env);
		run.directories = await findDirectories(env);
		await runCommand(run, argv);
	} catch (error) {
		restoreTerminalNow();
		code = report(run, error);
	}

	const problem = run.output.problem();
	if (code === 0 && problem !== undefined) {
		io.stderr.write(`vbtop: ${problem}\n`);
		code = 2;
	}

	if (run.log?.stopped() !== undefined) {
		io.stderr.write(`vbtop: ${run.log.stopped()!}\n`);
	}

	run.log?.end(code);
	return code;
}

async function runCommand(run: Run, argv: readonly string[]): Promise<void> {
	const request = await parseCommandLine(argv);
	if (request.type === 'version') {
		await run.output.print(`${version}\n`);
	} else if (request.type === 'help') {
		await run.output.print(await helpText(request.command, run.io.stdout.columns));
	} else {
		const {command, ...input} = request.line;
		run.flagWords = request.line.flagWords;
		run.log = await openLog(run, request.line);
		await commands[command](run, input);
	}
}

async function openLog({flagWords}: Run, {command, flags: {logFile: file, logLevel}}: ParsedLine): Promise<RunLog | undefined> {
	if (file === undefined) {
		if (logLevel !== undefined) {
			throw new UsageError('--log-level is given without a log.', 'Give its file with --log-file.');
		}

		return undefined;
	}

	const {openRunLog} = await import('./run-log.js');
	const log = await openRunLog({file, level: logLevel ?? 'info'});
	log.info('start', {version, node: process.versions.node, platform: process.platform, arch: process.arch, use: command, flags: flagWords});
	return log;
}

async function simulate({io, output}: Run, {flags}: CommandInput): Promise<void> {
	const {runSimulator} = await import('./commands/simulate.js');
	await runSimulator(io, output, {...await worldOf(flags), tls: flags.tls, port: flags.port ?? 4443});
}

// What --demo and simulate share.
async function worldOf({scenario = 'demo', pace = 30, seed = 1, sessions, fault, api, tls}: Flags) {
	if (fault && !tls) {
		const {faultOf} = await import('../simulator/faults/faults.js');
		const impossible = fault.find(name => faultOf(name).needsTls);
		if (impossible !== undefined) {
			throw new UsageError(`The fault ${impossible} needs TLS.`, 'Use vbtop simulate with --tls.');
		}
	}

	return {scenario, fault, api, pace, seed, sessions};
}

function reachOf({log}: Run, {api, ca = []}: Flags) {
	return {api, ca, log};
}

function foundAppearance({env}: Run, flags: Flags) {
	return appearanceOf({flags, environment: env, platform: process.platform});
}

function watchOptions(run: Run, flags: Flags) {
	const {refresh: refreshSeconds = flags.demo ? 2 : 10} = flags;
	return {
		...reachOf(run, flags),
		appearance: foundAppearance(run, flags),
		jobType: flags.type,
		rangeMs: flags.since ?? defaultRangeMs,
		refreshMs: refreshSeconds * 1000,
		zone: flags.utc ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
}

async function demo(run: Run, {flags}: CommandInput): Promise<void> {
	const options = watchOptions(run, flags);
	const world = await worldOf(flags);
	const [{watchDemo}, {checkTerminal}] = await Promise.all([import('./commands/watch.js'), import('./screen.js')]);
	checkTerminal(run.io, run.env);
	await watchDemo(options, world);
}

async function monitor(run: Run, {flags, operand}: CommandInput): Promise<void> {
	const options = watchOptions(run, flags);
	const isPiped = usesStdin(flags);
	const local = await openStored(run);
	const server = operand === undefined ? flags.server : serverCalled(operand, flags, local);
	const selected = await selectedServers(run, {...flags, server}, local);
	const [{watch}, {checkTerminal}] = await Promise.all([import('./commands/watch.js'), import('./screen.js')]);
	checkTerminal(run.io, run.env, isPiped);
	await watch(selected, {...options, local, pin: flags.pin, isPiped});
}

// The name in `vbtop NAME`, which is a kept server's.
function serverCalled(name: string, flags: Flags, {credentials: {servers: stored, problem}}: LocalData): string {
	if (problem) {
		throw new UsageError(problem.message, problem.advice);
	}

	if (flags.server !== undefined || flags.all) {
		throw new UsageError(`A name and ${flags.all ? '--all' : '--server'} cannot go together.`, 'Give one of them.');
	}

	if (!storedServer(name, stored)) {
		// It may be the secret itself.
		const shown = usesStdin(flags) ? 'that is called so' : `"${shownPath(name)}"`;
		throw new UsageError(
			`There is no command and no kept server ${shown}.`,
			`${didYouMean(name, [...commandWords, ...stored.map(server => server.name)])}vbtop servers lists the kept servers, vbtop --help the commands; an address goes after --server.`,
		);
	}

	return name;
}

async function openStored({directories}: Run): Promise<LocalData> {
	const {openLocalData} = await import('./local-data.js');
	return openLocalData(directories);
}

async function givenSecret({env, io}: Run, flags: Flags): Promise<GivenSecret | undefined> {
	return secretOfFlags(flags, {environment: env, stdin: io.stdin});
}

async function selectedServers(run: Run, flags: Flags, {credentials, state}: LocalData): Promise<readonly ServerSettings[]> {
	const given = await givenSecret(run, flags);
	const sources = {flags, pin: flags.pin, environment: run.env, given, inherited: run.secrets};
	const found = serversOf({...sources, stored: credentials.servers, last: state.lastServers()});
	const incomplete = found.find(server => !isComplete(server));
	if (incomplete && found.length > 1) {
		throw new UsageError(`${incomplete.name} is not kept, and several servers are named.`, `Add it first: vbtop login ${incomplete.name}`);
	}

	if (incomplete?.secret) {
		throw new UsageError('A password is given without its account.', 'Give the account with --user or VBTOP_USER.');
	}

	return found;
}

async function login(run: Run, {flags, operand}: CommandInput): Promise<void> {
	const reach = reachOf(run, flags);
	const appearance = foundAppearance(run, flags);
	// Account and secret of the environment belong to a server: they are not offered for one that is still asked for.
	const isNamed = operand !== undefined;
	const secret = await givenSecret(run, flags) ?? (isNamed ? run.secrets.get('password') ?? run.secrets.get('token') : undefined);
	const {VBTOP_USER: user = ''} = run.env;
	const local = await openStored(run);
	const {login: signIn} = await import('./commands/login.js');
	await signIn(run, local, reach, {
		appearance, server: operand, name: flags.name, pin: flags.pin, isToBeSaved: flags.keep ?? false,
		account: flags.user ?? (isNamed && user !== '' ? user : undefined), secret: secret?.secret, isToken: secret?.kind === 'token',
	});
}

async function logout(run: Run, {flags, operand}: CommandInput): Promise<void> {
	const {logout: signOut} = await import('./commands/logout.js');
	await signOut(run.output, await openStored(run), reachOf(run, flags), {name: operand, isAll: flags.all ?? false, isForgotten: flags.forget ?? false});
}

async function servers(run: Run): Promise<void> {
	const {servers: list} = await import('./commands/servers.js');
	await list(run.output, await openStored(run));
}

async function info(run: Run, {flags}: CommandInput): Promise<void> {
	const local = await openStored(run);
	const {info: show} = await import('./commands/info.js');
	await show(run, {
		version,
		local,
		appearance: foundAppearance(run, flags),
		servers: await selectedServers(run, flags, local).catch((error: unknown) => error as Error),
		flags: run.flagWords,
	});
}

// The one place where an error becomes words on the normal screen and an exit code.
function report(run: Run, error: unknown): number {
	if (error instanceof UsageError || error instanceof ServerFault) {
		const {message} = error;
		run.log?.endsBecause(message);
		run.io.stderr.write(`vbtop: ${message}\n${error instanceof UsageError ? error.advice : error.commandAdvice}\n`);
		return error instanceof UsageError ? 2 : 3;
	}

	reportCrashOnce(run, error);
	return 1;
}

// One crash may cause another one: the first is the one to report.
function reportCrashOnce(run: Run, error: unknown): void {
	if (run.isCrashReported) {
		return;
	}

	run.isCrashReported = true;
	const file = reportCrash(error, {folder: run.directories.state, version, flags: run.flagWords});
	run.log?.error('crash', {stack: crashText(error), report: file});
	run.log?.endsBecause('crash');
	run.io.stderr.write(`vbtop: ${crashText(error)}\nvbtop has crashed. ${file === undefined ? 'No report could be written.' : `A report is in ${file}`}\n`);
}
