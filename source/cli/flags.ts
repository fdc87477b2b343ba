import process from 'node:process';
import meow from 'meow';
import {apiVersions, type ApiVersion} from '../api/server-api.js';
import {fingerprintOf} from '../model/certificate.js';
import {UsageError} from '../model/errors.js';
import {jobTypes, type JobType} from '../model/job.js';
import {parseSpan} from '../app/shared/filters/steps.js';
import {runLogLevels, type RunLogLevel} from './run-log.js';
import {help} from './usage.js';

const known = {
	help: {type: 'boolean'},
	version: {type: 'boolean'},
	demo: {type: 'boolean'},
	server: {type: 'string'},
	all: {type: 'boolean'},
	user: {type: 'string'},
	passwordStdin: {type: 'boolean'},
	passwordFile: {type: 'string'},
	passwordCommand: {type: 'string'},
	tokenStdin: {type: 'boolean'},
	tokenFile: {type: 'string'},
	tokenCommand: {type: 'string'},
	name: {type: 'string'},
	keep: {type: 'boolean'},
	forget: {type: 'boolean'},
	pin: {type: 'string'},
	type: {type: 'string'},
	since: {type: 'string'},
	refresh: {type: 'number'},
	api: {type: 'string'},
	ca: {type: 'string', isMultiple: true},
	utc: {type: 'boolean'},
	color: {type: 'boolean'},
	theme: {type: 'string'},
	ascii: {type: 'boolean'},
	logFile: {type: 'string'},
	logLevel: {type: 'string'},
	scenario: {type: 'string'},
	fault: {type: 'string'},
	pace: {type: 'number'},
	seed: {type: 'number'},
	sessions: {type: 'number'},
	port: {type: 'number'},
	tls: {type: 'boolean'},
} as const;

/** What to do about a wrong command line. */
export const seeHelp = 'See vbtop --help.';

// Help, version and unknown flags are seen to here: meow shows the first two only where nothing else is on the line.
const commandLine = () => meow(help, {
	importMeta: import.meta, description: false, autoHelp: false, autoVersion: false, booleanDefault: undefined, flags: known,
});

export type ParsedArguments = ReturnType<typeof commandLine>;
export type Flags = ParsedArguments['flags'];

/** What vbtop can be told to do; without a word it watches a server, or with `--demo` a simulated one. */
export const commandNames = ['login', 'logout', 'servers', 'info', 'simulate'] as const;

export type Use = (typeof commandNames)[number] | 'monitor' | 'demo';

const secretFlags = ['user', 'passwordStdin', 'passwordFile', 'passwordCommand', 'tokenStdin', 'tokenFile', 'tokenCommand'];

const usesOf = (flags: readonly string[], ...uses: readonly Use[]) => Object.fromEntries(flags.map(flag => [flag, uses]));

// What flags are for that do not go with each use.
const uses: Readonly<Record<string, readonly Use[]>> = {
	...usesOf(['type', 'since', 'refresh', 'utc'], 'monitor', 'demo', 'info'),
	...usesOf(['color', 'theme', 'ascii'], 'monitor', 'demo', 'login', 'info'),
	...usesOf(['demo'], 'demo'),
	...usesOf(['server'], 'monitor', 'info'),
	...usesOf(['all'], 'monitor', 'logout', 'info'),
	...usesOf([...secretFlags, 'ca', 'pin'], 'monitor', 'login', 'info'),
	...usesOf(['logFile', 'logLevel'], 'monitor', 'demo', 'login', 'logout'),
	...usesOf(['keep', 'name'], 'login'),
	...usesOf(['forget'], 'logout'),
	...usesOf(['api'], 'monitor', 'login', 'demo', 'simulate', 'info'),
	...usesOf(['scenario', 'fault', 'pace', 'seed', 'sessions'], 'demo', 'simulate'),
	...usesOf(['port', 'tls'], 'simulate'),
};

// A secret on the command line is refused, whatever it is called.
const secretOnLine = /^(?:-p|--?(?:pass|passwd|password|pw|secret|token|bearer|api-?key))(?:=|$)/iv;

/** The command line as it was written. Throws `UsageError` for a flag that is unknown or lacks its value. */
export function readCommandLine(): ParsedArguments {
	const written = process.argv.slice(2);
	if (written.some(word => secretOnLine.test(word))) {
		throw new UsageError(
			'A secret on the command line is refused: every user of this machine can read it there, and the shell keeps it in its history.',
			'Leave it out to be asked, or use --password-stdin, --password-file, --password-command or VBTOP_PASSWORD (the same with token).',
		);
	}

	let line: ParsedArguments;
	try {
		line = commandLine();
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), seeHelp);
	}

	const unknown = Object.entries(line.flags).find(one => !isKnown(one));
	if (unknown) {
		throw new UsageError(`There is no flag ${unknown[0].length === 1 ? `-${unknown[0]}` : givenWord(unknown)}.`, seeHelp);
	}

	const valueless = withoutValue(written);
	if (valueless !== undefined) {
		throw new UsageError(`${valueless} needs a value.`, seeHelp);
	}

	return line;
}

// Of a flag that takes a value, `--no-name` would be a name that is false.
function isKnown([flag, value]: Given): boolean {
	return Object.hasOwn(known, flag) && (value !== false || known[flag as keyof typeof known].type === 'boolean');
}

// Meow takes a flag without its value as one that was not given.
function withoutValue(written: readonly string[]): string | undefined {
	const takers = new Set(Object.entries(known).filter(([, {type}]) => type !== 'boolean').map(([name]) => flagWord(name)));
	return written.find((word, index) => takers.has(word) && (written[index + 1] ?? '--').startsWith('--'));
}

// A flag as it is written: `--password-file`.
function flagWord(flag: string): string {
	return `--${flag.replaceAll(/\p{Uppercase_Letter}/gv, letter => `-${letter.toLowerCase()}`)}`;
}

/** A flag that was given, as it is written, though it has no meaning for that use. */
export function flagOutOfPlace(flags: Flags, use: Use): string | undefined {
	const misplaced = given(flags).find(([flag]) => !(uses[flag] ?? [use]).includes(use));
	return misplaced && givenWord(misplaced);
}

/** The flags that were given, as they are written. */
export function givenFlags(flags: Flags): readonly string[] {
	return given(flags).map(one => givenWord(one));
}

type Given = readonly [flag: string, value: unknown];

function given(flags: Flags): readonly Given[] {
	return Object.entries(flags).filter(([, value]) => Array.isArray(value) ? value.length > 0 : value !== undefined);
}

// `--no-color` is the flag `color` with the value false.
function givenWord([flag, value]: Given): string {
	return flagWord(`${value === false ? 'no-' : ''}${flag}`);
}

/** The name of `--name`. Throws `UsageError` where a server cannot be called so. */
export function nameOf({name}: Flags): string | undefined {
	if (name !== undefined && !/^[^\s\p{Control},]{1,60}$/v.test(name)) {
		throw new UsageError('--name cannot be used.', 'Give one word of at most 60 characters, without a comma.');
	}

	return name;
}

/** The fingerprint of `--pin`. Throws `UsageError` where it is no SHA-256. */
export function pinOf({pin}: Flags): string | undefined {
	const fingerprint = pin === undefined ? undefined : fingerprintOf(pin);
	if (pin !== undefined && fingerprint === undefined) {
		throw new UsageError('--pin is no SHA-256 fingerprint.', 'Give its 64 hexadecimal digits, with or without colons; openssl x509 -noout -fingerprint -sha256 prints them.');
	}

	return fingerprint;
}

/** The API version of `--api`. Throws `UsageError` for an unknown one. */
export function apiVersionOf({api}: Flags): ApiVersion | undefined {
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

/** What is logged, and where, by `--log-file` and `--log-level`; undefined for no log. Throws `UsageError` for an unknown level, and for one without a file. */
export function logOf({logFile: file, logLevel}: Flags): {readonly file: string; readonly level: RunLogLevel} | undefined {
	const level = runLogLevels.find(candidate => candidate === (logLevel ?? 'info').toLowerCase());
	if (!level) {
		throw new UsageError(`--log-level does not know "${logLevel}".`, `Levels: ${runLogLevels.join(', ')}.`);
	}

	if (file === undefined && logLevel !== undefined) {
		throw new UsageError('--log-level is given without a log.', 'Give its file with --log-file.');
	}

	return file === undefined ? undefined : {file, level};
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
export function numberInRange(flag: string, value: number, least: number, most: number): number {
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

	return numberInRange(flag, value, least, most);
}
