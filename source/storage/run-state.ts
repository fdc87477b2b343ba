import {Buffer} from 'node:buffer';
import {createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions} from 'node:crypto';
import {isDeepStrictEqual, promisify} from 'node:util';
import {Secret} from '../model/secret.js';
import {openStoredFile} from './stored-file.js';
import {StorageError, type StorageProblem, type Saved} from './storage-error.js';
import {machineKey} from './machine-key.js';
import type {Directories} from './directories.js';

/** Refused passwords and the last servers, from one run to the next; where they cannot be saved, until this run ends. */
export type RunState = {
	/** Why the state of earlier runs cannot be read. */
	readonly problem: StorageProblem | undefined;
	/** Whether the server has refused this password for the account. */
	isRefused(serverId: string, account: string, password: Secret): Promise<boolean>;
	/** Saves that the server refused the password, as a salted hash; without the key of this machine passwords cannot be tried against it. */
	addRefusal(serverId: string, account: string, password: Secret): Promise<Saved>;
	/** Removes all refused passwords of the account on this server. */
	clearRefusals(serverId: string, account: string): Promise<Saved>;
	/** The ids of the servers that were watched by the last run. */
	lastServers(): readonly string[];
	setLastServers(ids: readonly string[]): Promise<Saved>;
};

type Refusal = {
	readonly server: string;
	readonly account: string;
	/** In base64, as is the hash. */
	readonly salt: string;
	readonly hash: string;
	/** Milliseconds since 1970. */
	readonly at: number;
};

type FileContent = {readonly lastServers: readonly string[]; readonly refused: readonly Refusal[]};

const maxPerAccount = 5;
const maxTotal = 100;

const text = {type: 'string'};

const refusalSchema = {
	type: 'object',
	required: ['server', 'account', 'salt', 'hash', 'at'],
	additionalProperties: false,
	properties: {server: text, account: text, salt: text, hash: text, at: {type: 'number'}},
};

/** Opens the state of the last run. */
export async function openRunState({state: folder}: Directories): Promise<RunState> {
	const file = await openStoredFile<FileContent>({
		folder,
		name: 'state.json',
		schema: 1,
		migrations: {},
		properties: {lastServers: {type: 'array', items: text}, refused: {type: 'array', items: refusalSchema}},
		empty: {lastServers: [], refused: []},
	});
	let state = file.value;
	const key = machineKey(folder);

	// The state of this run does not depend on what can be saved.
	const update = async (change: (value: FileContent) => FileContent): Promise<Saved> => {
		state = change(state);
		return file.update(change);
	};

	return {
		problem: file.problem,
		async isRefused(serverId, account, password) {
			const refusals = state.refused.filter(refusal => isOf(refusal, serverId, account));
			const matches = await Promise.all(refusals.map(async ({salt, hash}) => {
				const digest = await digestOf(password, keyOfMachineOrRun(key.read), Buffer.from(salt, 'base64'));
				const refused = Buffer.from(hash, 'base64');
				return refused.length === digest.length && timingSafeEqual(refused, digest);
			}));
			return matches.includes(true);
		},
		async addRefusal(serverId, account, password) {
			const salt = randomBytes(16);
			const digest = await digestOf(password, keyOfMachineOrRun(key.make), salt);
			const refusal: Refusal = {server: serverId, account, salt: salt.toString('base64'), hash: digest.toString('base64'), at: Date.now()};
			return update(value => ({...value, refused: withRefusal(value.refused, refusal)}));
		},
		clearRefusals: async (serverId, account) => update(value => {
			const refused = value.refused.filter(refusal => !isOf(refusal, serverId, account));
			return refused.length === value.refused.length ? value : {...value, refused};
		}),
		lastServers: () => state.lastServers,
		setLastServers: async ids => update(value => isDeepStrictEqual(value.lastServers, ids) ? value : {...value, lastServers: ids}),
	};
}

// Replaces the key of the machine where that cannot be read or made: then the hashes are of use in this run only.
const keyOfThisRun = new Secret(randomBytes(32).toString('hex'));

function keyOfMachineOrRun(machine: () => Secret | undefined): Secret {
	try {
		return machine() ?? keyOfThisRun;
	} catch (error) {
		if (error instanceof StorageError) {
			return keyOfThisRun;
		}

		throw error;
	}
}

const stretch = promisify<string | Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt);

async function digestOf(password: Secret, key: Secret, salt: Buffer): Promise<Buffer> {
	const keyed = createHmac('sha256', key.open()).update(password.open()).digest();
	return stretch(keyed, salt, 32, {N: 16_384});
}

function isOf({server, account}: Refusal, serverId: string, name: string): boolean {
	// Account names of Windows do not depend on letter case.
	return server === serverId && account.toLowerCase() === name.toLowerCase();
}

function withRefusal(refused: readonly Refusal[], added: Refusal): readonly Refusal[] {
	const all = [...refused, added];
	const excess = new Set(all.filter(refusal => isOf(refusal, added.server, added.account)).slice(0, -maxPerAccount));
	return all.filter(refusal => !excess.has(refusal)).slice(-maxTotal);
}
