import {parseServerAddress} from '../api/transport/address.js';
import {apiVersions, type ApiVersion} from '../api/server-api.js';
import {Secret} from '../model/secret.js';
import type {PlainObject} from './conf-file.js';
import {openStoredFile} from './stored-file.js';
import type {StorageProblem, Saved} from './storage-error.js';
import {machineKey} from './machine-key.js';
import type {Directories} from './directories.js';

/** The token pair of a sign-in. */
export type StoredTokens = {
	readonly access: Secret;
	readonly refresh: Secret | undefined;
	/** Milliseconds since 1970, by the clock of this machine. */
	readonly expiresAt: number;
};

export type StoredServer = {
	/** Origin and path prefix of its address. */
	readonly id: string;
	/** Unique among the stored servers; letter case does not count. */
	readonly name: string;
	/** Undefined where a bearer token is used. */
	readonly account: string | undefined;
	/** The API version that was last used. */
	readonly version: ApiVersion | undefined;
	/** SHA-256 fingerprint of its certificate, `AB:CD:…`. */
	readonly pin: string | undefined;
	/** The password, or the token where there is no account; only if the user wants it stored. */
	readonly secret: Secret | undefined;
	/** The tokens of the last sign-in; stored only together with a password. */
	readonly tokens: StoredTokens | undefined;
};

/** The servers that are stored on this machine. */
export type Credentials = {
	/** As they were read when the file was opened, in the order in which they were first stored. */
	readonly servers: readonly StoredServer[];
	/** Why they cannot be read or saved. */
	readonly problem: StorageProblem | undefined;
	/** Adds a server, or replaces the one with the same id. A name that another server has becomes `name-2`. */
	keep(server: StoredServer): Promise<Saved>;
	/** Changes a server; if it is no longer stored, nothing is saved, which is no problem. */
	change(id: string, changes: Partial<Omit<StoredServer, 'id'>>): Promise<Saved>;
	/** Removes a server; with the last one the file and its key are removed. */
	forget(id: string): Promise<Saved>;
};

type FileServer = {
	readonly name: string;
	readonly account?: string;
	readonly version?: string;
	readonly pin?: string;
	readonly secret?: string;
	readonly tokens?: {readonly access: string; readonly refresh?: string; readonly expiresAt: number};
};

type FileContent = {readonly servers: Readonly<Record<string, FileServer>>};

const text = {type: 'string'};

const serverSchema = {
	type: 'object',
	required: ['name'],
	additionalProperties: false,
	properties: {
		name: text,
		account: text,
		version: text,
		pin: text,
		secret: text,
		tokens: {
			type: 'object',
			required: ['access', 'expiresAt'],
			additionalProperties: false,
			properties: {access: text, refresh: text, expiresAt: {type: 'number'}},
		},
	},
};

/**
Opens the stored servers. The whole file is encrypted with the key of this machine, which is in
another folder: a copy of the configuration folder reveals nothing, not even addresses.
*/
export async function openCredentials(directories: Directories): Promise<Credentials> {
	const file = await openStoredFile<FileContent>({
		folder: directories.config,
		name: 'servers',
		schema: 2,
		migrations: {1: fromFormat1},
		properties: {servers: {type: 'object', additionalProperties: serverSchema}},
		empty: {servers: {}},
		key: machineKey(directories.state),
	});
	return {
		servers: Object.entries(file.value.servers).map(([id, server]) => fromFile(id, server)),
		problem: file.problem,
		keep: async server => file.update(({servers}) => withServer(servers, server)),
		async change(id, changes) {
			let isStored = false;
			const saved = await file.update(value => {
				const server = value.servers[id];
				isStored = server !== undefined;
				return server ? withServer(value.servers, {...fromFile(id, server), ...changes, id}) : value;
			});
			return {...saved, isSaved: saved.isSaved && isStored};
		},
		forget: async id => file.update(value => {
			const {[id]: removed, ...others} = value.servers;
			if (!removed) {
				return value;
			}

			return Object.keys(others).length === 0 ? undefined : {servers: others};
		}),
	};
}

function withServer(servers: FileContent['servers'], server: StoredServer): FileContent {
	const {[server.id]: replaced, ...others} = servers;
	const names = new Set(Object.values(others).map(({name}) => name.toLowerCase()));
	return {servers: {...servers, [server.id]: toFile({...server, name: freeName(server.name, names)})}};
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	let free = name;
	for (let number = 2; taken.has(free.toLowerCase()); number++) {
		free = `${name}-${number}`;
	}

	return free;
}

function fromFile(id: string, {name, account, version, pin, secret, tokens}: FileServer): StoredServer {
	return {
		id,
		name,
		account,
		// A version that is not supported is detected again.
		version: apiVersions.find(supported => supported === version),
		pin,
		secret: toSecret(secret),
		tokens: tokens && {access: new Secret(tokens.access), refresh: toSecret(tokens.refresh), expiresAt: tokens.expiresAt},
	};
}

function toSecret(value: string | undefined): Secret | undefined {
	return value === undefined ? undefined : new Secret(value);
}

function toFile({name, account, version, pin, secret, tokens}: StoredServer): FileServer {
	const hasPassword = account !== undefined && secret !== undefined;
	return {
		name,
		account,
		version,
		pin,
		secret: secret?.open(),
		tokens: hasPassword && tokens ? {access: tokens.access.open(), refresh: tokens.refresh?.open(), expiresAt: tokens.expiresAt} : undefined,
	};
}

type ServerOfFormat1 = Pick<FileServer, 'name' | 'account' | 'version' | 'pin'> & {readonly url: string; readonly password?: string};

// Format 1 was a list with the addresses as they were entered, without tokens.
function fromFormat1({servers}: PlainObject): PlainObject {
	let migrated: FileContent = {servers: {}};
	for (const {url, password, ...server} of servers as readonly ServerOfFormat1[]) {
		const {origin, prefix} = parseServerAddress(url);
		const id = `${origin}${prefix}`;
		migrated = withServer(migrated.servers, fromFile(id, {...server, secret: password}));
	}

	return migrated;
}
