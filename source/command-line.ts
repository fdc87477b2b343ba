import process from 'node:process';
import meow from 'meow';
import {apiVersions, type ApiVersion} from './api/server-api.js';
import {UsageError} from './model/errors.js';
import {jobTypes, type JobType} from './model/job.js';
import {parseSpan} from './view/steps.js';

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
	since: {type: 'string'},
	refresh: {type: 'number'},
	api: {type: 'string'},
	ca: {type: 'string', isMultiple: true},
	utc: {type: 'boolean'},
	night: {type: 'string'},
	pace: {type: 'number'},
	seed: {type: 'number'},
	sessions: {type: 'number'},
	port: {type: 'number'},
	tls: {type: 'boolean'},
} as const;

/** What to do about a wrong command line. */
export const seeHelp = 'See vbtop --help.';

// Help, version and unknown flags are seen to here: meow shows the first two only where nothing else is on the line.
const commandLine = () => meow(help, {importMeta: import.meta, description: false, autoHelp: false, autoVersion: false, flags: known});

export type CommandLine = ReturnType<typeof commandLine>;
export type Flags = CommandLine['flags'];

// What the flags of one use only are for; the others go with each.
const uses: Readonly<Record<string, ReadonlyArray<'monitor' | 'demo' | 'simulate'>>> = {
	...Object.fromEntries(['type', 'since', 'refresh', 'ca', 'utc', 'demo'].map(flag => [flag, ['monitor', 'demo']])),
	...Object.fromEntries(['night', 'pace', 'seed', 'sessions'].map(flag => [flag, ['demo', 'simulate']])),
	...Object.fromEntries(['port', 'tls'].map(flag => [flag, ['simulate']])),
};

/** The command line as it was written. Throws `UsageError` for a flag that is unknown or lacks its value. */
export function readCommandLine(): CommandLine {
	let line: CommandLine;
	try {
		line = commandLine();
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

/** A flag that was given though it has no meaning for that use. */
export function misplacedFlag(flags: Flags, use: 'monitor' | 'demo' | 'simulate'): string | undefined {
	const isGiven = (value: unknown) => Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
	return Object.entries(flags).find(([flag, value]) => isGiven(value) && !(uses[flag] ?? [use]).includes(use))?.[0];
}

/** The API version of `--api`. Throws `UsageError` for an unknown one. */
export function apiOf({api}: Flags): ApiVersion | undefined {
	const version = apiVersions.find(candidate => candidate === api?.toLowerCase());
	if (api !== undefined && !version) {
		throw new UsageError(`--api does not know "${api}".`, `Versions: ${apiVersions.join(', ')}.`);
	}

	return version;
}

/** The job type of `--type`; undefined for all. Throws `UsageError` for an unknown one. */
export function jobTypeOf({type}: Flags): JobType | undefined {
	const jobType = jobTypes.find(candidate => candidate.toLowerCase() === type?.toLowerCase());
	if (type !== undefined && !jobType && type.toLowerCase() !== 'all') {
		throw new UsageError(`--type does not know "${type}".`, 'Types: all, backup, copy.');
	}

	return jobType;
}

/** The range of `--since` in milliseconds. Throws `UsageError` where it cannot be read. */
export function spanOf({since = '24h'}: Flags): number {
	const ms = parseSpan(since);
	if (ms === undefined) {
		throw new UsageError(`--since cannot be read: "${since}".`, 'Give a number with m, h, d or w, up to 53 weeks: 90m, 6h, 3d, 1w.');
	}

	return ms;
}

/** The value of a flag, which must lie between two others. Throws `UsageError`. */
export function between(flag: string, value: number, least: number, most: number): number {
	if (!(value >= least && value <= most)) {
		throw new UsageError(`${flag} cannot be ${value}.`, `Give a number from ${least} to ${most}.`);
	}

	return value;
}

/** The value of a flag, which must be a whole number between two others. Throws `UsageError`. */
export function wholeNumber(flag: string, value: number, least: number, most: number): number {
	if (!Number.isSafeInteger(value)) {
		throw new UsageError(`${flag} cannot be ${value}.`, `Give a whole number from ${least} to ${most}.`);
	}

	return between(flag, value, least, most);
}
