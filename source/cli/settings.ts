import {parseServerAddress, type ServerAddress} from '../api/transport/address.js';
import type {StoredServer, StoredTokens} from '../storage/credentials.js';
import {UsageError} from '../model/errors.js';
import type {Secret} from '../model/secret.js';
import type {GivenSecret, SecretKind} from './secrets.js';

/** What is needed to talk to one server. */
export type ServerSettings = {
	readonly id: string;
	/** How the server is called on screen. */
	readonly name: string;
	readonly address: ServerAddress;
	/** Whether the secret is a fixed bearer token instead of the password of an account. */
	readonly isToken: boolean;
	/** Undefined with a bearer token, and where it is to be asked for. */
	readonly account: string | undefined;
	/** Undefined where it is to be asked for. */
	readonly secret: Secret | undefined;
	/** The token pair of an earlier sign-in with that account and secret. */
	readonly tokens: StoredTokens | undefined;
	/** SHA-256 of the certificate to take; undefined for any that is trusted. */
	readonly pin: string | undefined;
	/** Whether the server, and its secret, are kept on this machine. */
	readonly isStored: boolean;
	readonly isSecretStored: boolean;
	/** What each came from: a flag, a variable, or `kept`. */
	readonly from: Readonly<Record<'server' | 'account' | 'secret' | 'pin', string | undefined>>;
};

/** What servers and accounts are named by. */
export type Naming = {
	readonly flags: {readonly server?: string; readonly all?: boolean; readonly user?: string};
	/** The fingerprint of `--pin`. */
	readonly pin?: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly kept: readonly StoredServer[];
	/** Ids of the servers that were watched last. */
	readonly last: readonly string[];
	/** The secret that a flag gave. */
	readonly given: GivenSecret | undefined;
	/** The secrets of the environment. */
	readonly inherited: ReadonlyMap<SecretKind, GivenSecret>;
};

/**
The servers to watch: those that flags name, else the environment, else the kept ones that were
watched last. None where none is named and none is kept. Throws `UsageError` where an
address cannot be read, or where one account or secret is given for several servers.
*/
export function serversOf(naming: Naming): readonly ServerSettings[] {
	const {flags, environment, kept, last, given, pin} = naming;
	const [from, words] = namedBy(flags, environment);
	if (flags.all && flags.server !== undefined) {
		throw new UsageError('--server and --all cannot go together.', 'Give one of them.');
	}

	if (flags.all && kept.length === 0) {
		throw new UsageError('No server is kept.', 'vbtop login adds one.');
	}

	const named = words.map(word => ({word}));
	const chosen: readonly Choice[] = flags.all ? kept : (named.length > 0 ? named : watchedLast(kept, last));
	const isOne = chosen.length === 1;
	if (chosen.length > 1 && (given !== undefined || flags.user !== undefined || pin !== undefined)) {
		throw new UsageError('An account, secret or pin is given, and several servers are named.', 'Name one server with --server; for several, vbtop login keeps the account of each.');
	}

	// What the environment holds is for the server that it names, or for the one named by a flag.
	const isForThis = isOne && (from !== '--server' || (environment['VBTOP_SERVER'] ?? '') === '' || environment['VBTOP_SERVER'] === flags.server);
	const settings = chosen.map(choice => settingsOf(choice, from, isForThis ? naming : {...naming, environment: {}, inherited: new Map()}));
	return settings.filter(({id}, index) => settings.findIndex(other => other.id === id) === index);
}

type Choice = StoredServer | {readonly word: string};

function watchedLast(kept: readonly StoredServer[], last: readonly string[]): readonly StoredServer[] {
	const watched = kept.filter(({id}) => last.includes(id));
	return watched.length > 0 ? watched : kept.slice(0, 1);
}

function namedBy(flags: Naming['flags'], environment: Naming['environment']): readonly [from: string, words: readonly string[]] {
	const listed = (text: string | undefined) => (text ?? '').split(',').map(word => word.trim()).filter(Boolean);
	return flags.server === undefined ? ['VBTOP_SERVER', listed(environment['VBTOP_SERVER'])] : ['--server', listed(flags.server)];
}

/** The kept server of that name or address; undefined where none is. */
export function storedServer(word: string, kept: readonly StoredServer[]): StoredServer | undefined {
	const byName = kept.find(({name}) => name.toLowerCase() === word.toLowerCase());
	if (byName) {
		return byName;
	}

	try {
		const id = serverId(parseServerAddress(word));
		return kept.find(server => server.id === id);
	} catch {
		return undefined;
	}
}

/** What a server is known by: its origin and path. */
export function serverId({origin, prefix}: ServerAddress): string {
	return `${origin}${prefix}`;
}

function settingsOf(choice: Choice, named: string, naming: Naming): ServerSettings {
	const server = 'word' in choice ? storedServer(choice.word, naming.kept) : choice;
	const address = parseServerAddress('word' in choice && !server ? choice.word : server!.id);
	const account = accountOf(server, naming);
	const pin = naming.pin === undefined ? fromStored(server?.pin) : {value: naming.pin, from: '--pin'};
	return {
		id: serverId(address),
		name: server?.name ?? address.hostname,
		address,
		isToken: account.isToken,
		account: account.name.value,
		secret: account.secret.value,
		tokens: account.isPrivate ? server?.tokens : undefined,
		pin: pin.value,
		isStored: server !== undefined,
		isSecretStored: account.isPrivate && server?.secret !== undefined,
		from: {server: 'word' in choice ? named : 'kept', account: account.name.from, secret: account.secret.from, pin: pin.from},
	};
}

type Found<Value> = {readonly value: Value | undefined; readonly from: string | undefined};

function fromStored<Value>(value: Value | undefined): Found<Value> {
	return {value, from: value === undefined ? undefined : 'kept'};
}

function accountOf(server: StoredServer | undefined, {flags, environment, given, inherited}: Naming) {
	const handed = given ?? inherited.get('password') ?? inherited.get('token');
	if (handed?.kind === 'token') {
		return {isToken: true, isPrivate: false, name: fromStored<string>(undefined), secret: {value: handed.secret, from: handed.from}};
	}

	const written: ReadonlyArray<Found<string>> = [{value: flags.user, from: '--user'}, {value: environment['VBTOP_USER'], from: 'VBTOP_USER'}];
	const name = written.find(({value}) => value !== undefined && value !== '') ?? fromStored(server?.account);
	// A kept secret is that of the kept account.
	const isPrivate = !handed && server !== undefined && server.account === name.value;
	const secret: Found<Secret> = handed ? {value: handed.secret, from: handed.from} : fromStored(isPrivate ? server.secret : undefined);
	return {isToken: server !== undefined && name.value === undefined, isPrivate, name, secret};
}

/** Whether nothing is missing to ask the server; a kept one is asked for its password when it runs. */
export function isComplete({isStored, isToken, account, secret}: ServerSettings): boolean {
	return isStored || (secret !== undefined && (isToken || account !== undefined));
}
