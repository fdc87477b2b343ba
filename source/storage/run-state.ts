import {Buffer} from 'node:buffer';
import {createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions} from 'node:crypto';
import {isDeepStrictEqual, promisify} from 'node:util';
import {Secret} from '../model/secret.js';
import {openStoredFile} from './stored-file.js';
import {StorageError, type StorageProblem, type Saved} from './storage-error.js';
import {machineKey} from './machine-key.js';
import type {Directories} from './directories.js';

/** What vbtop remembers from one run to the next; where it cannot be saved, until this one ends. */
export type RunState = {
	/** Why what was remembered cannot be read. */
	readonly problem: StorageProblem | undefined;
	/** Whether the server has refused this password for the account. */
	isRefused(serverId: string, account: string, password: Secret): Promise<boolean>;
	/** Remembers that the server refused it: a salted hash, of which the password cannot be had without the key of this machine. */
	remember(serverId: string, account: string, password: Secret): Promise<Saved>;
	/** Forgets what was refused for the account on this server. */
	forgive(serverId: string, account: string): Promise<Saved>;
	/** The ids of the servers that were watched last. */
	lastServers(): readonly string[];
	setLastServers(ids: readonly string[]): Promise<Saved>;
};

type Refusal = {
	readonly server: string;
	readonly account: string;
	/** Base64, as the hash. */
	readonly salt: string;
	readonly hash: string;
	/** Milliseconds since 1970. */
	readonly at: number;
};

type Remembered = {readonly lastServers: readonly string[]; readonly refused: readonly Refusal[]};

const mostPerAccount = 5;
const mostInAll = 100;

const text = {type: 'string'};

const refusalShape = {
	type: 'object',
	required: ['server', 'account', 'salt', 'hash', 'at'],
	additionalProperties: false,
	properties: {server: text, account: text, salt: text, hash: text, at: {type: 'number'}},
};

/** Opens what was remembered. */
export async function openRunState({state: folder}: Directories): Promise<RunState> {
	const file = await openStoredFile<Remembered>({
		folder,
		name: 'state.json',
		schema: 1,
		migrations: {},
		properties: {lastServers: {type: 'array', items: text}, refused: {type: 'array', items: refusalShape}},
		empty: {lastServers: [], refused: []},
	});
	let remembered = file.value;
	const key = machineKey(folder);

	// What is remembered here does not depend on what can be saved.
	const update = async (change: (value: Remembered) => Remembered): Promise<Saved> => {
		remembered = change(remembered);
		return file.update(change);
	};

	return {
		problem: file.problem,
		async isRefused(serverId, account, password) {
			const refusals = remembered.refused.filter(refusal => isOf(refusal, serverId, account));
			const matches = await Promise.all(refusals.map(async ({salt, hash}) => {
				const digest = await digestOf(password, keyOr(key.read), Buffer.from(salt, 'base64'));
				const known = Buffer.from(hash, 'base64');
				return known.length === digest.length && timingSafeEqual(known, digest);
			}));
			return matches.includes(true);
		},
		async remember(serverId, account, password) {
			const salt = randomBytes(16);
			const digest = await digestOf(password, keyOr(key.make), salt);
			const refusal: Refusal = {server: serverId, account, salt: salt.toString('base64'), hash: digest.toString('base64'), at: Date.now()};
			return update(value => ({...value, refused: withRefusal(value.refused, refusal)}));
		},
		forgive: async (serverId, account) => update(value => {
			const refused = value.refused.filter(refusal => !isOf(refusal, serverId, account));
			return refused.length === value.refused.length ? value : {...value, refused};
		}),
		lastServers: () => remembered.lastServers,
		setLastServers: async ids => update(value => isDeepStrictEqual(value.lastServers, ids) ? value : {...value, lastServers: ids}),
	};
}

// Stands in for the key of the machine where that cannot be had: then nothing is remembered beyond this run.
const keyOfThisRun = new Secret(randomBytes(32).toString('hex'));

function keyOr(machine: () => Secret | undefined): Secret {
	try {
		return machine() ?? keyOfThisRun;
	} catch (error) {
		if (error instanceof StorageError) {
			return keyOfThisRun;
		}

		throw error;
	}
}

const stretched = promisify<string | Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt);

async function digestOf(password: Secret, key: Secret, salt: Buffer): Promise<Buffer> {
	const keyed = createHmac('sha256', key.open()).update(password.open()).digest();
	return stretched(keyed, salt, 32, {N: 16_384});
}

function isOf({server, account}: Refusal, serverId: string, name: string): boolean {
	// Windows tells accounts apart by letters, not by their case.
	return server === serverId && account.toLowerCase() === name.toLowerCase();
}

function withRefusal(refused: readonly Refusal[], added: Refusal): readonly Refusal[] {
	const all = [...refused, added];
	const tooMany = new Set(all.filter(refusal => isOf(refusal, added.server, added.account)).slice(0, -mostPerAccount));
	return all.filter(refusal => !tooMany.has(refusal)).slice(-mostInAll);
}
