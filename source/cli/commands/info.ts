import {statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {getProxyForUrl} from 'proxy-from-env';
import {visibleText} from '../../api/wire/visible-text.js';
import type {StorageProblem} from '../../storage/storage-error.js';
import type {Appearance} from '../appearance.js';
import type {Environment, Io, Output} from '../io.js';
import type {ServerSettings} from '../settings.js';
import type {LocalData} from '../local-data.js';

export type InfoOptions = {
	readonly version: string;
	readonly local: LocalData;
	readonly appearance: Appearance;
	/** The servers that would be watched, or the error that prevents it. */
	readonly servers: readonly ServerSettings[] | Error;
	/** Names of the flags that were given. */
	readonly flags: readonly string[];
};

type Fact = readonly [label: string, ...lines: string[]];

type Process = {readonly env: Environment; readonly io: Pick<Io, 'stdout'>; readonly output: Output};

/** Prints what vbtop found and where each setting comes from; no secret. */
export async function info({env, io: {stdout}, output: {print}}: Process, options: InfoOptions): Promise<void> {
	const facts: readonly Fact[] = [
		['vbtop', `${options.version}, Node ${process.versions.node}, ${process.platform} ${process.arch} ${os.release()}`],
		...storedFacts(options.local),
		...serverFacts(options.servers),
		['flags', options.flags.length === 0 ? 'none' : options.flags.join(' ')],
		...terminalFacts(env, stdout, options.appearance),
		...proxyFacts(env, options.servers),
	];
	await print(facts.map(([label, ...lines]) => lines.map((line, index) => `${(index === 0 ? label : '').padEnd(14)}${visibleText(line).trimEnd()}\n`).join('')).join(''));
}

function storedFacts({directories, credentials, state, problems}: LocalData): Fact[] {
	const {servers} = credentials;
	const secrets = servers.filter(({secret}) => secret).length;
	return [
		['configuration', folderLine(directories.config), fileLine(directories.config, 'servers', credentials.problem, `${servers.length} kept, ${secrets} with a secret; the whole file is encrypted (aes-256-gcm)`)],
		['state', folderLine(directories.state), fileLine(directories.state, 'key', undefined, 'the key of that file'), fileLine(directories.state, 'state.json', state.problem, 'what was watched last, refused passwords as salted hashes'), fileLine(directories.state, 'problems.json', problems.problem, 'problems acknowledged, causes ignored')],
		['', 'Who can read both folders can read the secrets: this is no vault.'],
	];
}

function modeOf(file: string): string | undefined {
	try {
		return (statSync(file).mode & 0o777).toString(8).padStart(4, '0'); // eslint-disable-line no-bitwise -- permissions are bits
	} catch {
		return undefined;
	}
}

function folderLine(folder: string | undefined): string {
	if (folder === undefined) {
		return 'no home folder: nothing is kept';
	}

	const mode = modeOf(folder);
	return `${folder} ${mode === undefined ? '(not there yet)' : `(${mode})`}`;
}

function fileLine(folder: string | undefined, name: string, problem: StorageProblem | undefined, words: string): string {
	const mode = folder === undefined ? undefined : modeOf(path.join(folder, name));
	return problem ? `  ${name}: ${problem.message} ${problem.advice}` : `  ${name} ${mode === undefined ? '(not there yet)' : `(${mode}): ${words}`}`;
}

function serverFacts(servers: InfoOptions['servers']): Fact[] {
	if (servers instanceof Error) {
		return [['server', servers.message]];
	}

	return servers.length === 0
		? [['server', 'none: vbtop asks for one']]
		: servers.map(({name, id, account, isToken, secret, pin, from}): Fact => [
			'server',
			`${name} ${id}  ${origin(from.server)}`,
			isToken ? 'bearer token instead of an account' : `account ${account ?? 'asked for'}  ${origin(from.account)}`,
			`${isToken ? 'token' : 'password'} ${secret ? 'there' : 'asked for'}  ${origin(from.secret)}`,
			`certificate ${pin === undefined ? 'trusted by its issuer' : `pinned, SHA-256 ${pin}`}  ${origin(from.pin)}`,
		]);
}

function origin(from: string | undefined): string {
	if (from === undefined) {
		return '';
	}

	return from === 'kept' ? '(kept)' : `(from ${from})`;
}

const depthWords = {none: 'no colours', 16: '16 colours', 256: '256 colours', true: 'true colour'} as const;
const drawingWords = {ascii: 'drawn in ASCII', console: 'drawn for the Linux console', unicode: 'drawn in Unicode'} as const;

function terminalFacts(environment: Environment, stdout: Io['stdout'], {depth, background, drawing, isTextAscii}: Appearance): Fact[] {
	const variables = (...names: readonly string[]) => names.filter(name => environment[name] !== undefined).map(name => `${name}=${environment[name]!}`).join(' ') || 'nothing said';
	const size = stdout.isTTY ? `${stdout.columns}x${stdout.rows}` : 'output is no terminal';
	const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map(name => environment[name]).find(Boolean) ?? '';
	return [
		['terminal', size, variables('TERM', 'COLORTERM', 'COLORFGBG', 'TERM_PROGRAM', 'TMUX', 'SSH_TTY', 'NO_COLOR', 'FORCE_COLOR', 'CLICOLOR_FORCE', 'CLICOLOR', 'VBTOP_THEME', 'CI')],
		['looks', `${depthWords[depth]}, background ${background}, ${drawingWords[drawing]}${isTextAscii ? ', all text in ASCII' : ''}`],
		['locale', `${locale === '' ? 'none' : locale}: ${/utf-?8/iv.test(locale) ? 'Unicode' : 'not said to be Unicode'}; time zone ${new Intl.DateTimeFormat().resolvedOptions().timeZone}`],
	];
}

// A proxy's URL may hold an account.
function proxyFacts(environment: Environment, servers: InfoOptions['servers']): Fact[] {
	const noProxy = environment['NO_PROXY'] ?? environment['no_proxy'] ?? '';
	const addresses = servers instanceof Error || servers.length === 0 ? ['https://vb365.example'] : servers.map(({address}) => address.origin);
	const proxies = new Set(addresses.map(address => {
		const url = URL.parse(getProxyForUrl(address));
		return url ? `${url.protocol}//${url.username === '' ? '' : '(account)@'}${url.host}` : 'none';
	}));
	return [['proxy', `${[...proxies].join(', ')}${noProxy === '' ? '' : `; NO_PROXY=${noProxy}`}`]];
}
