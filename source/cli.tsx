import {readFileSync} from 'node:fs';
import process from 'node:process';
import {checkCertificates} from './api/trust.js';
import {apiOf, between, jobTypeOf, misplacedFlag, readCommandLine, seeHelp, spanOf, wholeNumber, type Flags} from './command-line.js';
import {UsageError} from './model/errors.js';
import {serversFromEnvironment} from './settings.js';
import {refreshIntervals} from './view/steps.js';

const commands = {simulate, monitor};

try {
	const {flags, input, showHelp, showVersion} = readCommandLine();
	if (flags.help) {
		showHelp(0);
	}

	if (flags.version) {
		showVersion();
	}

	const [command, ...rest] = input;
	if (rest.length > 0 || (command !== undefined && command !== 'simulate')) {
		throw new UsageError(`"${rest[0] ?? command}" is no command.`, 'Commands: simulate; see vbtop --help.');
	}

	const misplaced = misplacedFlag(flags, command ?? (flags.demo ? 'demo' : 'monitor'));
	if (misplaced !== undefined) {
		throw new UsageError(`--${misplaced} has no meaning here.`, seeHelp);
	}

	await commands[command ?? 'monitor'](flags);
} catch (error) {
	process.exitCode = tell(error);
}

async function simulate(flags: Flags): Promise<void> {
	const {runSimulator} = await import('./commands/simulate.js');
	await runSimulator({...await worldOf(flags), tls: flags.tls, port: wholeNumber('--port', flags.port ?? 4443, 0, 65_535)});
}

// What --demo and simulate share.
async function worldOf(flags: Flags) {
	const {isNightName, nights} = await import('./simulator/nights.js');
	const {night = 'demo', pace = 30, seed = 1, sessions} = flags;
	if (!isNightName(night)) {
		throw new UsageError(`There is no night "${night}".`, `Nights: ${Object.keys(nights).join(', ')}.`);
	}

	return {
		night, api: apiOf(flags),
		pace: between('--pace', pace, 0.01, 100_000),
		seed: wholeNumber('--seed', seed, 0, 2 ** 31),
		sessions: sessions === undefined ? undefined : wholeNumber('--sessions', sessions, 0, 1_000_000),
	};
}

async function monitor(flags: Flags): Promise<void> {
	const options = {
		api: apiOf(flags),
		ca: (flags.ca ?? []).map(file => certificates(file)),
		jobType: jobTypeOf(flags),
		rangeMs: spanOf(flags),
		refreshMs: 1000 * between('--refresh', flags.refresh ?? (flags.demo ? 2 : 10), refreshIntervals[0] / 1000, refreshIntervals.at(-1)! / 1000),
		zone: flags.utc ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
	const {checkTerminal, runMonitor} = await import('./commands/monitor.js');
	if (!flags.demo) {
		const [server] = serversFromEnvironment(process.env).values();
		checkTerminal();
		await runMonitor({...options, servers: [server!]});
		return;
	}

	const world = await worldOf(flags);
	checkTerminal();
	const {startDemo} = await import('./commands/demo.js');
	const demo = await startDemo(argumentsOf(world));
	try {
		await runMonitor({...options, servers: [demo.server]});
	} finally {
		await demo.end();
	}
}

function argumentsOf(world: Readonly<Record<string, string | number | undefined>>): string[] {
	return Object.entries(world).flatMap(([flag, value]) => value === undefined ? [] : [`--${flag}`, String(value)]);
}

function certificates(file: string): string {
	const text = readPem(file);
	try {
		checkCertificates([text]);
		return text;
	} catch {
		throw new UsageError(`--ca: no certificate can be read in ${file}.`, 'Give a PEM file; one that is DER becomes PEM with openssl x509 -inform der.');
	}
}

function readPem(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UsageError(`--ca: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Give the path of a PEM file.');
	}
}

// The one place where an error becomes words on the normal screen and an exit code.
function tell(error: unknown): number {
	if (error instanceof UsageError) {
		process.stderr.write(`vbtop: ${error.message}\n${error.advice}\n`);
		return 2;
	}

	process.stderr.write(`vbtop: ${error instanceof Error ? error.stack : String(error)}\n`);
	return 1;
}
