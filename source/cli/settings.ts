import {parseServerAddress, type ServerAddress} from '../api/transport/address.js';
import type {StoredServer, StoredTokens} from '../storage/credentials.js';
import {UsageError} from '../model/errors.js';
import type {Secret} from '../model/secret.js';
import type {GivenSecret, SecretKind} from './secrets.js';

/** What is needed to talk to one server. */
export type ServerSettings = {
	readonly id: string;
	/** Its name on screen. */
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
	/** Whether the server, and its secret, are stored on this machine. */
	readonly isStored: boolean;
	readonly isSecretStored: boolean;
	/** Where each comes from: a flag, a variable, or `kept` for a stored one. */
	readonly from: Readonly<Record<'server' | 'account' | 'secret' | 'pin', string | undefined>>;
};

/** What servers and accounts are taken from. */
export type ServerSources = {
	readonly flags: {readonly server?: string; readonly all?: boolean; readonly user?: string};
	/** The fingerprint of `--pin`. */
	readonly pin?: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly stored: readonly StoredServer[];
	/** Ids of the servers that were watched last. */
	readonly last: readonly string[];
	/** The secret that a flag gave. */
	readonly given: GivenSecret | undefined;
	/** The secrets of the environment. */
	readonly inherited: ReadonlyMap<SecretKind, GivenSecret>;
};

/**
The servers to watch: those that flags name, else the environment, else the stored ones that were
watched last. None where none is named and none is stored. Throws `UsageError` where an
address cannot be read, or where one account or secret is given for several servers.
*/
export function serversOf(sources: ServerSources): readonly ServerSettings[] {
	const {flags, environment, stored, last, given, pin} = sources;
	const [from, words] = namedServers(flags, environment);
	if (flags.all && flags.server !== undefined) {
		throw new UsageError('--server and --all cannot go together.', 'Give one of them.');
	}

	if (flags.all && stored.length === 0) {
		throw new UsageError('No server is kept.', 'vbtop login adds one.');
	}

	const named = words.map(word => ({word}));
	const chosen: readonly Choice[] = flags.all ? stored : (named.length > 0 ? named : watchedLast(stored, last));
	const isOne = chosen.length === 1;
	if (chosen.length > 1 && (given !== undefined || flags.user !== undefined || pin !== undefined)) {
		throw new UsageError('An account, secret or pin is given, and several servers are named.', 'Name one server with --server; for several, vbtop login keeps the account of each.');
	}

	// Account and secret of the environment belong to the server that it names, or to the one named by a flag.
	const usesEnvironment = isOne && (from !== '--server' || (environment['VBTOP_SERVER'] ?? '') === '' || environment['VBTOP_SERVER'] === flags.server);
	const settings = chosen.map(choice => settingsOf(choice, from, usesEnvironment ? sources : {...sources, environment: {}, inherited: new Map()}));
	return settings.filter(({id}, index) => settings.findIndex(other => other.id === id) === index);
}

type Choice = StoredServer | {readonly word: string};

function watchedLast(stored: readonly StoredServer[], last: readonly string[]): readonly StoredServer[] {
	const watched = stored.filter(({id}) => last.includes(id));
	return watched.length > 0 ? watched : stored.slice(0, 1);
}

function namedServers(flags: ServerSources['flags'], environment: ServerSources['environment']): readonly [from: string, words: readonly string[]] {
	const listed = (text: string | undefined) => (text ?? '').split(',').map(word => word.trim()).filter(Boolean);
	return flags.server === undefined ? ['VBTOP_SERVER', listed(environment['VBTOP_SERVER'])] : ['--server', listed(flags.server)];
}

/** The stored server of that name or address, if any. */
export function storedServer(word: string, stored: readonly StoredServer[]): StoredServer | undefined {
	const byName = stored.find(({name}) => name.toLowerCase() === word.toLowerCase());
	if (byName) {
		return byName;
	}

	try {
		const id = serverId(parseServerAddress(word));
		return stored.find(server => server.id === id);
	} catch {
		return undefined;
	}
}

/** The id of a server: its origin and path. */
export function serverId({origin, prefix}: ServerAddress): string {
	return `${origin}${prefix}`;
}

function settingsOf(choice: Choice, namedFrom: string, sources: ServerSources): ServerSettings {
	const server = 'word' in choice ? storedServer(choice.word, sources.stored) : choice;
	const address = parseServerAddress('word' in choice && !server ? choice.word : server!.id);
	const account = accountOf(server, sources);
	const pin = sources.pin === undefined ? fromStored(server?.pin) : {value: sources.pin, from: '--pin'};
	return {
		id: serverId(address),
		name: server?.name ?? address.hostname,
		address,
		isToken: account.isToken,
		account: account.name.value,
		secret: account.secret.value,
		tokens: account.isStored ? server?.tokens : undefined,
		pin: pin.value,
		isStored: server !== undefined,
		isSecretStored: account.isStored && server?.secret !== undefined,
		from: {server: 'word' in choice ? namedFrom : 'kept', account: account.name.from, secret: account.secret.from, pin: pin.from},
	};
}

type Found<Value> = {readonly value: Value | undefined; readonly from: string | undefined};

function fromStored<Value>(value: Value | undefined): Found<Value> {
	return {value, from: value === undefined ? undefined : 'kept'};
}

function accountOf(server: StoredServer | undefined, {flags, environment, given, inherited}: ServerSources) {
	const secretGiven = given ?? inherited.get('password') ?? inherited.get('token');
	if (secretGiven?.kind === 'token') {
		return {isToken: true, isStored: false, name: fromStored<string>(undefined), secret: {value: secretGiven.secret, from: secretGiven.from}};
	}

	const written: ReadonlyArray<Found<string>> = [{value: flags.user, from: '--user'}, {value: environment['VBTOP_USER'], from: 'VBTOP_USER'}];
	const name = written.find(({value}) => value !== undefined && value !== '') ?? fromStored(server?.account);
	// A stored secret is that of the stored account.
	const isStored = !secretGiven && server !== undefined && server.account === name.value;
	const secret: Found<Secret> = secretGiven ? {value: secretGiven.secret, from: secretGiven.from} : fromStored(isStored ? server.secret : undefined);
	return {isToken: server !== undefined && name.value === undefined, isStored, name, secret};
}

/** Whether nothing is missing to talk to the server; of a stored one the password is asked for when it is needed. */
export function isComplete({isStored, isToken, account, secret}: ServerSettings): boolean {
	return isStored || (secret !== undefined && (isToken || account !== undefined));
}
