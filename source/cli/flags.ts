import {readFileSync} from 'node:fs';
import {apiVersions} from '../api/server-api.js';
import {checkCertificates} from '../api/transport/trust.js';
import {parseSpan, refreshIntervals} from '../app/shared/filters/steps.js';
import {fingerprintOf} from '../model/certificate.js';
import {UsageError} from '../model/errors.js';
import {faultCode} from '../model/file-fault.js';
import type {JobType} from '../model/job.js';
import {themeNames} from './appearance.js';
import {commandWords, isCommandWord, type CommandName} from './commands.js';
import {runLogLevels} from './run-log.js';
import {didYouMean} from './suggestions.js';

/** What to do about a wrong command line. */
export const seeHelp = 'See vbtop --help.';

type Parse = (text: string, flag: string) => unknown;

type Choices = readonly string[] | (() => Promise<readonly string[]>);

/** One flag: all that parsing and help know about it. */
export type FlagDefinition = {
	/** One letter, for `-h`. */
	readonly short?: string;
	/** What stands for its value in the help; a flag without it takes none. */
	readonly value?: string;
	readonly words: string;
	/** The heading under which the help shows it; `Options` by default. */
	readonly section?: string;
	/** The commands that it belongs to. A flag of none does not compile. */
	readonly commands: readonly [CommandName, ...CommandName[]];
	/** The variable that stands in for it. */
	readonly environment?: string;
	/** The value without the flag, as the help says it. */
	readonly baseline?: string;
	/** The values it takes, as the help lists them. */
	readonly choices?: Choices;
	readonly isRepeatable?: true;
	/** Whether `--no-FLAG` is there too; the help then shows that one. */
	readonly isNegatable?: true;
	/** The value from its text. Throws `UsageError`, which never repeats the text: that may be a secret in the wrong place. */
	readonly parse?: Parse;
};

const everywhere = ['monitor', 'demo', 'login', 'logout', 'servers', 'info', 'simulate'] as const;
const watching = ['monitor', 'demo', 'info'] as const;
const drawing = ['monitor', 'demo', 'login', 'info'] as const;
const signingIn = ['monitor', 'login', 'info'] as const;
const simulated = ['demo', 'simulate'] as const;
const logged = ['monitor', 'demo', 'login', 'logout'] as const;

const account = 'Account and secret; without them vbtop asks:';
const certificate = 'Certificate:';
const simulation = 'Simulated server:';

/** Every flag; parsing, checks and help are made from this table alone. */
export const flagTable = {
	server: {value: 'A[,B]', words: 'watch these: names of kept servers, or addresses', environment: 'VBTOP_SERVER', commands: ['monitor', 'info']},
	all: {words: 'every kept server', commands: ['monitor', 'logout', 'info']},
	type: {value: 'TYPE', words: 'ask only for sessions of that job type', baseline: 'all', ...choice(['all', 'backup', 'copy']), parse: jobTypeOf, commands: watching},
	since: {value: 'SPAN', words: 'how far back the list looks: 90m, 6h, 3d, 1w', baseline: '24h', parse: spanOf, commands: watching},
	refresh: {
		value: 'SECONDS', words: 'how often the server is asked, 2 to 120', baseline: '10; demo 2', commands: watching,
		parse: numberFrom('seconds', refreshIntervals[0] / 1000, refreshIntervals.at(-1)! / 1000),
	},
	api: {value: 'VERSION', words: 'the REST API version to speak; of a simulated server, the newest it serves', baseline: 'the newest', ...choice(apiVersions), commands: [...signingIn, ...simulated]},
	utc: {words: 'show times of day in UTC', commands: watching},
	color: {
		words: 'no colours, bold and reverse alone. --color overrides the environment: NO_COLOR, else FORCE_COLOR (0: none; 1, 2, 3: 16, 256, all colours), else CLICOLOR_FORCE, else CLICOLOR=0',
		isNegatable: true, commands: drawing,
	},
	theme: {value: 'THEME', words: 'the background that colours are for; auto: as far as the terminal tells it', environment: 'VBTOP_THEME', baseline: 'auto', ...choice(themeNames), commands: drawing},
	ascii: {words: 'draw lines and bars in ASCII, also where the locale is UTF-8', commands: drawing},
	logFile: {value: 'FILE', words: 'append the events of this run to that file, a line of JSON each', commands: logged},
	logLevel: {value: 'LEVEL', words: 'how much is logged', baseline: 'info', ...choice(runLogLevels), commands: logged},

	user: {value: 'ACCOUNT', words: String.raw`DOMAIN\user or user@domain`, section: account, environment: 'VBTOP_USER', commands: signingIn},
	passwordStdin: {words: 'the first line of standard input', section: account, environment: 'VBTOP_PASSWORD', commands: signingIn},
	passwordFile: {value: 'FILE', words: 'the first line of a file that only you can read', section: account, commands: signingIn},
	passwordCommand: {value: 'CMD', words: 'the first line that a command prints; run without a shell', section: account, commands: signingIn},
	tokenStdin: {words: 'a fixed bearer token instead of account and password', section: account, environment: 'VBTOP_TOKEN', commands: signingIn},
	tokenFile: {value: 'FILE', words: 'the token from a file', section: account, commands: signingIn},
	tokenCommand: {value: 'CMD', words: 'the token from a command', section: account, commands: signingIn},
	keep: {words: 'login without questions: keep the password too', section: account, commands: ['login']},
	name: {value: 'NAME', words: 'how the server is called, instead of by its host', section: account, parse: serverNameOf, commands: ['login']},
	forget: {words: 'forget the server too, not only its password', commands: ['logout']},

	ca: {value: 'FILE', words: 'trust the certificates in that PEM file too; may be repeated', section: certificate, isRepeatable: true, parse: readCertificates, commands: signingIn},
	pin: {value: 'SHA256', words: 'trust the one certificate with this fingerprint', section: certificate, parse: pinOf, commands: signingIn},

	demo: {words: 'watch a simulated server: no server and no configuration needed', section: simulation, commands: ['demo']},
	scenario: {value: 'NAME', words: 'what happens there', section: simulation, baseline: 'demo', choices: scenarioNames, parse: scenarioOf, commands: simulated},
	fault: {value: 'NAME[,NAME]', words: '20 s calm, 20 s of that trouble, again and again; the README has the names', section: simulation, parse: faultsOf, commands: simulated},
	pace: {value: 'N', words: 'how many times faster than life its runs go', section: simulation, baseline: '30', parse: numberFrom('a number', 0.01, 100_000), commands: simulated},
	seed: {value: 'N', words: 'another world', section: simulation, baseline: '1', parse: wholeNumberFrom(0, 2 ** 31), commands: simulated},
	sessions: {value: 'N', words: 'fill the history up to about N sessions', section: simulation, parse: wholeNumberFrom(0, 1_000_000), commands: simulated},
	port: {value: 'N', words: 'port on 127.0.0.1, 0 for any free one', section: simulation, baseline: '4443', parse: wholeNumberFrom(0, 65_535), commands: ['simulate']},
	tls: {words: 'HTTPS with a certificate made at start', section: simulation, commands: ['simulate']},

	help: {short: 'h', words: 'this help', commands: everywhere},
	version: {short: 'V', words: 'the version of vbtop', commands: everywhere},
} as const satisfies Readonly<Record<string, FlagDefinition>>;

export type FlagName = keyof typeof flagTable;

type ParsedValue<Definition> = Definition extends {readonly parse: (text: string, flag: string) => infer Value}
	? Awaited<Value>
	: (Definition extends {readonly value: string} ? string : boolean);

type FlagValue<Definition> = Definition extends {readonly isRepeatable: true} ? ReadonlyArray<ParsedValue<Definition>> : ParsedValue<Definition>;

/** The values of the flags that were given. */
export type Flags = {readonly [Name in FlagName]?: FlagValue<(typeof flagTable)[Name]>};

export const flagNames = Object.keys(flagTable) as FlagName[];

/** What the table says of a flag. */
export function flagDefinition(name: FlagName): FlagDefinition {
	return flagTable[name];
}

/** A flag as it is written: `--password-file`. */
export function flagWord(name: string): string {
	return `--${name.replaceAll(/\p{Uppercase_Letter}/gv, letter => `-${letter.toLowerCase()}`)}`;
}

const disjunction = new Intl.ListFormat('en', {type: 'disjunction'});

function choice<const Choice extends string>(choices: readonly Choice[]) {
	return {choices, parse: (text: string, flag: string) => oneOf(choices, text, flag)};
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: string, flag: string): Choice {
	const chosen = choices.find(candidate => candidate === text.toLowerCase());
	if (chosen === undefined) {
		throw new UsageError(`${flag} takes ${disjunction.format(choices)}.`, `${didYouMean(text, choices)}${seeHelp}`);
	}

	return chosen;
}

function jobTypeOf(text: string, flag: string): JobType | undefined {
	return ({all: undefined, backup: 'Backup', copy: 'Copy'} as const)[oneOf(['all', 'backup', 'copy'], text, flag)];
}

const decimal = /^-?\d+(?:\.\d+)?$/v;

function numberFrom(what: string, least: number, most: number) {
	return (text: string, flag: string) => {
		const number = decimal.test(text) ? Number(text) : NaN;
		if (!(number >= least && number <= most)) {
			throw new UsageError(`${flag} takes ${what} from ${least} to ${most}.`, seeHelp);
		}

		return number;
	};
}

function wholeNumberFrom(least: number, most: number) {
	const parse = numberFrom('a whole number', least, most);
	// A fraction is refused with the same words.
	return (text: string, flag: string) => parse(text.includes('.') ? '' : text, flag);
}

// Milliseconds.
function spanOf(text: string, flag: string): number {
	const ms = parseSpan(text);
	if (ms === undefined) {
		throw new UsageError(`${flag} takes a number with m, h, d or w, up to 53 weeks.`, 'For example 90m, 6h, 3d or 1w.');
	}

	return ms;
}

function serverNameOf(text: string, flag: string): string {
	if (!/^(?!-)[^\s\p{Control},]{1,60}$/v.test(text)) {
		throw new UsageError(`${flag} takes one word of at most 60 characters, without a comma or a leading dash.`, seeHelp);
	}

	if (isCommandWord(text)) {
		throw new UsageError(`${flag} cannot be the name of a command.`, `Commands: ${commandWords.join(', ')}, help. vbtop NAME watches a kept server.`);
	}

	return text;
}

function pinOf(text: string, flag: string): string {
	const fingerprint = fingerprintOf(text);
	if (fingerprint === undefined) {
		throw new UsageError(`${flag} takes a SHA-256 fingerprint.`, 'Give its 64 hexadecimal digits, with or without colons; openssl x509 -noout -fingerprint -sha256 prints them.');
	}

	return fingerprint;
}

// The text of a PEM file.
function readCertificates(file: string, flag: string): string {
	const text = readPem(file, flag);
	try {
		checkCertificates([text]);
		return text;
	} catch {
		throw new UsageError(`${flag}: no certificate can be read in ${file}.`, 'Give a PEM file; one that is DER becomes PEM with openssl x509 -inform der.');
	}
}

function readPem(file: string, flag: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UsageError(`${flag}: ${file} cannot be read (${faultCode(error)}).`, 'Give the path of a PEM file.');
	}
}

// The simulator is loaded only where its names are needed.
async function scenarioNames() {
	const {scenarios} = await import('../simulator/scenarios/scenarios.js');
	return Object.keys(scenarios) as Array<keyof typeof scenarios>;
}

async function scenarioOf(text: string, flag: string) {
	return oneOf(await scenarioNames(), text, flag);
}

async function faultsOf(text: string, flag: string) {
	const {faultNames, isFaultName} = await import('../simulator/faults/faults.js');
	const names = text.split(',');
	const faults = names.filter(name => isFaultName(name));
	const wrong = names.find(name => !isFaultName(name));
	if (wrong !== undefined) {
		throw new UsageError(`${flag} takes names of faults, with commas between them.`, `${didYouMean(wrong, faultNames)}Faults: ${faultNames.join(', ')}.`);
	}

	return faults;
}
