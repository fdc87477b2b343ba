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
	/** Origin and prefix of its address. */
	readonly id: string;
	/** How it is called: unique among the kept ones, whatever the case of its letters. */
	readonly name: string;
	/** Undefined where a bearer token is used. */
	readonly account: string | undefined;
	/** The API version that was last spoken. */
	readonly version: ApiVersion | undefined;
	/** SHA-256 fingerprint of its certificate, `AB:CD:…`. */
	readonly pin: string | undefined;
	/** The password, or the token where there is no account; only where it is to be kept. */
	readonly secret: Secret | undefined;
	/** Those of the last sign-in; kept only together with a password. */
	readonly tokens: StoredTokens | undefined;
};

/** The servers that are kept on this machine. */
export type Credentials = {
	/** As they were read, in the order in which they were first kept. */
	readonly servers: readonly StoredServer[];
	/** Why they cannot be read or saved. */
	readonly problem: StorageProblem | undefined;
	/** Adds a server, or replaces the one with its id. A name that another has becomes `name-2`. */
	keep(server: StoredServer): Promise<Saved>;
	/** Changes a server; where it is no longer kept nothing is saved, and that is no problem. */
	change(id: string, changes: Partial<Omit<StoredServer, 'id'>>): Promise<Saved>;
	/** Removes a server; with the last one the file and its key are removed. */
	forget(id: string): Promise<Saved>;
};

type WrittenServer = {
	readonly name: string;
	readonly account?: string;
	readonly version?: string;
	readonly pin?: string;
	readonly secret?: string;
	readonly tokens?: {readonly access: string; readonly refresh?: string; readonly expiresAt: number};
};

type Written = {readonly servers: Readonly<Record<string, WrittenServer>>};

const text = {type: 'string'};

const serverShape = {
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
Opens the servers that are kept. The whole file is encrypted with the key of this machine, which lies
elsewhere: a copy of the configuration folder gives nothing away, not even addresses.
*/
export async function openCredentials(directories: Directories): Promise<Credentials> {
	const file = await openStoredFile<Written>({
		folder: directories.config,
		name: 'servers',
		schema: 2,
		migrations: {1: byId},
		properties: {servers: {type: 'object', additionalProperties: serverShape}},
		empty: {servers: {}},
		key: machineKey(directories.state),
	});
	return {
		servers: Object.entries(file.value.servers).map(([id, server]) => read(id, server)),
		problem: file.problem,
		keep: async server => file.update(({servers}) => withServer(servers, server)),
		async change(id, changes) {
			let isStored = false;
			const saved = await file.update(value => {
				const server = value.servers[id];
				isStored = server !== undefined;
				return server ? withServer(value.servers, {...read(id, server), ...changes, id}) : value;
			});
			return {...saved, isSaved: saved.isSaved && isStored};
		},
		forget: async id => file.update(value => {
			const {[id]: forgotten, ...others} = value.servers;
			if (!forgotten) {
				return value;
			}

			return Object.keys(others).length === 0 ? undefined : {servers: others};
		}),
	};
}

function withServer(servers: Written['servers'], server: StoredServer): Written {
	const {[server.id]: replaced, ...others} = servers;
	const names = new Set(Object.values(others).map(({name}) => name.toLowerCase()));
	return {servers: {...servers, [server.id]: written({...server, name: freeName(server.name, names)})}};
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	let free = name;
	for (let number = 2; taken.has(free.toLowerCase()); number++) {
		free = `${name}-${number}`;
	}

	return free;
}

function read(id: string, {name, account, version, pin, secret, tokens}: WrittenServer): StoredServer {
	return {
		id,
		name,
		account,
		// Another version than those that are spoken is found anew.
		version: apiVersions.find(spoken => spoken === version),
		pin,
		secret: sealed(secret),
		tokens: tokens && {access: new Secret(tokens.access), refresh: sealed(tokens.refresh), expiresAt: tokens.expiresAt},
	};
}

function sealed(value: string | undefined): Secret | undefined {
	return value === undefined ? undefined : new Secret(value);
}

function written({name, account, version, pin, secret, tokens}: StoredServer): WrittenServer {
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

type ServerOfFormat1 = Pick<WrittenServer, 'name' | 'account' | 'version' | 'pin'> & {readonly url: string; readonly password?: string};

// Format 1 was a list with the addresses as they had been entered, and knew no tokens.
function byId({servers}: PlainObject): PlainObject {
	let migrated: Written = {servers: {}};
	for (const {url, password, ...server} of servers as readonly ServerOfFormat1[]) {
		const {origin, prefix} = parseServerAddress(url);
		const id = `${origin}${prefix}`;
		migrated = withServer(migrated.servers, read(id, {...server, secret: password}));
	}

	return migrated;
}
