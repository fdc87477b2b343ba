import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {open} from 'node:fs/promises';
import process from 'node:process';
import {parseArgsStringToArgv} from 'string-argv';
import {UsageError} from '../model/errors.js';
import {Secret} from '../model/secret.js';
import type {Environment, Io} from './io.js';

/** What a secret is: the password of an account, or a bearer token, which needs no account. */
export type SecretKind = 'password' | 'token';

/** A secret that was given, and the flag or variable it came from, as it is written. */
export type GivenSecret = {readonly kind: SecretKind; readonly secret: Secret; readonly from: string};

/** The flags that name a source of a secret; their values are never the secret itself. */
export type SecretFlags = {
	readonly passwordStdin?: boolean;
	readonly passwordFile?: string;
	readonly passwordCommand?: string;
	readonly tokenStdin?: boolean;
	readonly tokenFile?: string;
	readonly tokenCommand?: string;
};

type Source = {
	readonly kind: SecretKind;
	readonly flag: string;
	readonly value: string | boolean | undefined;
	readonly read: (value: string) => Promise<string>;
};

/** What a secret may be read from. */
export type SecretOptions = {
	/** Of the command that prints the secret. */
	readonly environment: Environment;
	readonly stdin: Io['stdin'];
	/** How long a command may take, in milliseconds. */
	readonly commandMs?: number;
};

const mostBytes = 64 * 1024;
const longestCommandMs = 60_000;
/** Variables that hold a secret; programs started from here do not inherit them. */
const variables = {password: 'VBTOP_PASSWORD', token: 'VBTOP_TOKEN'} as const;

/**
Takes the secrets out of the environment, so that neither a program started later nor a
crash report has them. A flag wins over the environment.
@param environment - `process.env`; the variables with a secret are deleted from it
*/
export function takeSecrets(environment: Environment): ReadonlyMap<SecretKind, GivenSecret> {
	const found = new Map<SecretKind, GivenSecret>();
	const variablesSet = (Object.entries(variables) as Array<[SecretKind, string]>).map(([kind, variable]) => ({kind, variable, value: environment[variable]}));
	// All of them are deleted before one of them may be refused.
	for (const {variable} of variablesSet) {
		// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the names are those of the table
		delete environment[variable];
	}

	for (const {kind, variable, value} of variablesSet) {
		if (value !== undefined && value !== '') {
			found.set(kind, {kind, secret: checked(value, variable), from: variable});
		}
	}

	return found;
}

/** Whether standard input holds the secret, so that keys must come from elsewhere. */
export function usesStdin({passwordStdin, tokenStdin}: SecretFlags): boolean {
	return passwordStdin === true || tokenStdin === true;
}

/**
The secret that a flag names; undefined where none does. Throws `UsageError`, whose message never has any of the secret.
*/
export async function secretOfFlags(flags: SecretFlags, {environment, stdin, commandMs = longestCommandMs}: SecretOptions): Promise<GivenSecret | undefined> {
	const runCommand = async (line: string) => outputOf(line, environment, commandMs);
	const readInput = async () => readStdin(stdin);
	const sources: readonly Source[] = [
		{kind: 'password', flag: '--password-stdin', value: flags.passwordStdin, read: readInput},
		{kind: 'password', flag: '--password-file', value: flags.passwordFile, read: readSecretFile},
		{kind: 'password', flag: '--password-command', value: flags.passwordCommand, read: runCommand},
		{kind: 'token', flag: '--token-stdin', value: flags.tokenStdin, read: readInput},
		{kind: 'token', flag: '--token-file', value: flags.tokenFile, read: readSecretFile},
		{kind: 'token', flag: '--token-command', value: flags.tokenCommand, read: runCommand},
	];
	const [source, another] = sources.filter(({value}) => value !== undefined && value !== false);
	if (source && another) {
		throw new UsageError(`${source.flag} and ${another.flag} cannot go together.`, 'Give one of them.');
	}

	return source && {kind: source.kind, secret: checked(await source.read(String(source.value)), source.flag), from: source.flag};
}

// The first line, as password stores print it: notes follow it.
function checked(text: string, from: string): Secret {
	const [line = ''] = text.replace(/^\u{FEFF}/v, '').split(/\r?\n/v, 1);
	if (line === '') {
		throw new UsageError(`${from} gives an empty secret.`, 'Its first line must hold the password or token.');
	}

	const wrong = [
		/\p{Control}/v.test(line) && 'with control characters in it',
		// The decoder's replacement for bytes that are not UTF-8.
		line.includes('\u{FFFD}') && 'that is no text in UTF-8',
		Buffer.byteLength(line) >= mostBytes && 'that is too long',
	].find(Boolean);
	if (wrong) {
		throw new UsageError(`${from} gives a secret ${wrong}.`, 'Its first line must hold the password or token, as text.');
	}

	return new Secret(line);
}

async function readStdin(stdin: Io['stdin']): Promise<string> {
	if (stdin.isTTY) {
		throw new UsageError('The secret is to come from standard input, and that is a terminal.', 'Pipe it in: pass show vb365 | vbtop --password-stdin. Without the flag it is asked for, hidden.');
	}

	let text = '';
	stdin.setEncoding('utf8');
	for await (const chunk of stdin) {
		text += String(chunk);
		if (text.length > mostBytes) {
			break;
		}
	}

	return text;
}

async function readSecretFile(file: string): Promise<string> {
	if (file === '') {
		throw new UsageError('The name of the file with the secret is empty.', 'Give a file whose first line is the secret.');
	}

	try {
		await using handle = await open(file, 'r');
		const {mode} = await handle.stat();
		// The mode of the open file, since the path may lead to another one by now. Windows has no such bits.
		if (process.platform !== 'win32' && (mode & 0o077) !== 0) { // eslint-disable-line no-bitwise -- permissions are bits
			throw new UsageError(`${file} can be read by others (mode ${(mode & 0o777).toString(8)}).`, `Make it yours alone: chmod 600 '${file}'`); // eslint-disable-line no-bitwise -- as above
		}

		const {buffer, bytesRead} = await handle.read({buffer: Buffer.alloc(mostBytes)});
		return buffer.toString('utf8', 0, bytesRead);
	} catch (error) {
		throw error instanceof UsageError ? error : new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Give a file whose first line is the secret.');
	}
}

// Without a shell: nothing in the command line is expanded or joined to another command.
async function outputOf(line: string, environment: Environment, commandMs: number): Promise<string> {
	const [file, ...argv] = parseArgsStringToArgv(line);
	if (file === undefined) {
		throw new UsageError('The command that gives the secret is empty.', 'Give one such as: --password-command "pass show vb365"');
	}

	const {promise, resolve, reject} = Promise.withResolvers<string>();
	const fail = (why: string) => {
		reject(new UsageError(`The command "${file}" that gives the secret ${why}.`, 'Run it by itself to see why. It is started without a shell.'));
	};

	const child = spawn(file, argv, {env: environment, stdio: ['ignore', 'pipe', 'inherit']});
	const stop = (why: string) => {
		fail(why);
		child.kill('SIGKILL');
		// A process that it started may keep the pipe open.
		child.stdout.destroy();
	};

	const timer = setTimeout(stop, commandMs, `did not end within ${commandMs / 1000} s`);
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		text += chunk;
		if (text.length > mostBytes) {
			stop('writes too much');
		}
	});
	child.once('error', error => {
		clearTimeout(timer);
		fail(`cannot be run (${(error as NodeJS.ErrnoException).code ?? 'failed'})`);
	});
	child.once('close', (code, signal) => {
		clearTimeout(timer);
		if (code === 0) {
			resolve(text);
		} else {
			fail(signal ? `was ended by ${signal}` : `ended with exit code ${code}`);
		}
	});
	return promise;
}
