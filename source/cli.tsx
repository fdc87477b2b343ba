import {readFileSync} from 'node:fs';
import process from 'node:process';
import meow from 'meow';
import {apiVersions, type ApiVersion} from './api/server-api.js';
import {checkCertificates} from './api/trust.js';
import {ServerFault, UsageError} from './model/errors.js';
import {jobTypes, type JobType} from './model/job.js';
import {serversFromEnvironment} from './settings.js';
import {parseSpan, refreshIntervals} from './view/steps.js';

const help = `
  Usage
    $ vbtop [options]            watch the server that VBTOP_SERVER, VBTOP_USER, VBTOP_PASSWORD name
    $ vbtop --demo [options]     watch a simulated server: no server and no configuration needed
    $ vbtop simulate [options]   run the simulated server

  Options
    --type backup|copy   ask only for sessions of that job type
    --since SPAN         how far back the list looks: 90m, 6h, 3d, 1w (24h)
    --refresh SECONDS    how often the server is asked, 2 to 120 (10; demo 2)
    --api v6|v7|v8       speak that version of the REST API instead of the newest served
    --ca FILE            trust the certificates in that PEM file too (may be repeated)
    --utc                show times of day in UTC
    --help, --version

  Options of --demo and simulate
    --night NAME         demo, clean, empty, hostile (demo)
    --pace N             how many times faster than life its runs go (30)
    --seed N             another world (1)
    --sessions N         fill the history up to about N sessions
    --api v6|v7|v8       the newest API version that it serves (v8)

  Options of simulate
    --port N             port on 127.0.0.1, 0 for any free one (4443)
    --tls                HTTPS with a certificate made at start

  Keys are on the bottom line; ? shows them all. vbtop only reads: it can change nothing on a server.
`;

const known = {
	help: {type: 'boolean'},
	version: {type: 'boolean'},
	demo: {type: 'boolean'},
	type: {type: 'string'},
	since: {type: 'string', default: '24h'},
	refresh: {type: 'number'},
	api: {type: 'string'},
	ca: {type: 'string', isMultiple: true},
	utc: {type: 'boolean'},
	night: {type: 'string', default: 'demo'},
	pace: {type: 'number', default: 30},
	seed: {type: 'number', default: 1},
	sessions: {type: 'number'},
	port: {type: 'number', default: 4443},
	tls: {type: 'boolean'},
} as const;

const seeHelp = 'See vbtop --help.';

// Help, version and unknown flags are seen to here: meow shows the first two only where nothing else is on the line.
const cli = () => meow(help, {importMeta: import.meta, description: false, autoHelp: false, autoVersion: false, flags: known});

type CommandLine = ReturnType<typeof cli>;
type Flags = CommandLine['flags'];

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

	await commands[command ?? 'monitor'](flags);
} catch (error) {
	process.exitCode = tell(error);
}

function readCommandLine(): CommandLine {
	let line: CommandLine;
	try {
		line = cli();
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), seeHelp);
	}

	const unknown = Object.keys(line.flags).find(flag => !Object.hasOwn(known, flag));
	if (unknown !== undefined) {
		const written = unknown.replaceAll(/\p{Uppercase_Letter}/gv, letter => `-${letter.toLowerCase()}`);
		throw new UsageError(`There is no flag ${written.length === 1 ? '-' : '--'}${written}.`, seeHelp);
	}

	const valueless = withoutValue(process.argv.slice(2));
	if (valueless !== undefined) {
		throw new UsageError(`${valueless} needs a value.`, seeHelp);
	}

	return line;
}

// Meow takes a flag without its value as one that was not given.
function withoutValue(written: readonly string[]): string | undefined {
	const takers = new Set(Object.entries(known).filter(([, {type}]) => type !== 'boolean').map(([name]) => `--${name}`));
	return written.find((word, index) => takers.has(word) && (written[index + 1] ?? '--').startsWith('--'));
}

async function simulate(flags: Flags): Promise<void> {
	const {runSimulator} = await import('./commands/simulate.js');
	await runSimulator({...await worldOf(flags), tls: flags.tls, port: wholeNumber('--port', flags.port, 0, 65_535)});
}

// What --demo and simulate share.
async function worldOf(flags: Flags) {
	const {isNightName, nights} = await import('./simulator/nights.js');
	if (!isNightName(flags.night)) {
		throw new UsageError(`There is no night "${flags.night}".`, `Nights: ${Object.keys(nights).join(', ')}.`);
	}

	return {
		night: flags.night, api: apiOf(flags),
		pace: between('--pace', flags.pace, 0.01, 100_000),
		seed: wholeNumber('--seed', flags.seed, 0, 2 ** 31),
		sessions: flags.sessions === undefined ? undefined : wholeNumber('--sessions', flags.sessions, 0, 1_000_000),
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
		await runMonitor({...options, server: server!});
		return;
	}

	const world = await worldOf(flags);
	checkTerminal();
	const {startDemo} = await import('./commands/demo.js');
	const demo = await startDemo(argumentsOf(world));
	try {
		await runMonitor({...options, server: demo.server});
	} finally {
		await demo.end();
	}
}

function argumentsOf(world: Readonly<Record<string, string | number | undefined>>): string[] {
	return Object.entries(world).flatMap(([flag, value]) => value === undefined ? [] : [`--${flag}`, String(value)]);
}

function apiOf({api}: Flags): ApiVersion | undefined {
	const version = apiVersions.find(candidate => candidate === api?.toLowerCase());
	if (api !== undefined && !version) {
		throw new UsageError(`--api does not know "${api}".`, `Versions: ${apiVersions.join(', ')}.`);
	}

	return version;
}

function jobTypeOf({type}: Flags): JobType | undefined {
	const jobType = jobTypes.find(candidate => candidate.toLowerCase() === type?.toLowerCase());
	if (type !== undefined && !jobType && type.toLowerCase() !== 'all') {
		throw new UsageError(`--type does not know "${type}".`, 'Types: all, backup, copy.');
	}

	return jobType;
}

function spanOf({since}: Flags): number {
	const ms = parseSpan(since);
	if (ms === undefined) {
		throw new UsageError(`--since cannot be read: "${since}".`, 'Give a number with m, h, d or w, up to 53 weeks: 90m, 6h, 3d, 1w.');
	}

	return ms;
}

function between(flag: string, value: number, least: number, most: number): number {
	if (!(value >= least && value <= most)) {
		throw new UsageError(`${flag} cannot be that.`, `Give a number from ${least} to ${most}.`);
	}

	return value;
}

function wholeNumber(flag: string, value: number, least: number, most: number): number {
	if (!Number.isSafeInteger(value)) {
		throw new UsageError(`${flag} cannot be that.`, `Give a whole number from ${least} to ${most}.`);
	}

	return between(flag, value, least, most);
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

	if (error instanceof ServerFault) {
		process.stderr.write(`vbtop: ${error.message}\n${error.advice}\n`);
		return 3;
	}

	process.stderr.write(`vbtop: ${error instanceof Error ? error.stack : String(error)}\n`);
	return 1;
}
