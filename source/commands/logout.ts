import process from 'node:process';
import {parseServerAddress} from '../api/address.js';
import type {KeptServer} from '../credentials.js';
import {UsageError} from '../model/errors.js';
import {keptServer} from '../settings.js';
import {apiOf, type Own, type Reach} from './own.js';

const signOutMs = 5000;

export type LogoutOptions = {
	/** Undefined for the only server that is kept. */
	readonly name: string | undefined;
	readonly isAll: boolean;
	/** Whether the server itself is forgotten too. */
	readonly isForgotten: boolean;
};

/** Ends the session at the server, and forgets password and tokens. Throws `UsageError` where no server is meant, or where it could not be saved. */
export async function logout(own: Own, reach: Reach, options: LogoutOptions): Promise<void> {
	const {credentials: {servers, problem}} = own;
	if (problem) {
		throw new UsageError(problem.message, problem.advice);
	}

	for (const server of chosen(servers, options)) {
		// eslint-disable-next-line no-await-in-loop -- one after another, so that the lines come in order
		process.stdout.write(`${server.name}: ${await logoutOf(own, reach, server, options.isForgotten)}\n`);
	}
}

function chosen(servers: readonly KeptServer[], {name, isAll}: LogoutOptions): readonly KeptServer[] {
	if (servers.length === 0) {
		throw new UsageError('No server is kept: there is nothing to forget.', 'vbtop login adds one.');
	}

	if (isAll) {
		return servers;
	}

	const names = `Kept servers: ${servers.map(server => server.name).join(', ')}.`;
	if (name === undefined) {
		if (servers.length > 1) {
			throw new UsageError('Several servers are kept.', `Say which: vbtop logout NAME, or --all. ${names}`);
		}

		return servers;
	}

	const server = keptServer(name, servers);
	if (!server) {
		throw new UsageError(`No server "${name}" is kept.`, names);
	}

	return [server];
}

async function logoutOf(own: Own, reach: Reach, server: KeptServer, isForgotten: boolean): Promise<string> {
	// Forgotten first: what cannot be reached must not keep the secret here.
	const {account, id} = server;
	const saved = isForgotten ? await own.credentials.forget(id) : await own.credentials.change(id, {secret: undefined, tokens: undefined});
	if (saved.problem) {
		throw new UsageError(saved.problem.message, saved.problem.advice);
	}

	await own.state.forgive(id, account ?? '');
	const forgotten = isForgotten ? 'forgotten' : `${account === undefined ? 'token' : 'password'} forgotten`;
	return `${forgotten}; ${await endSession(server, reach)}`;
}

async function endSession({id, account, pin, tokens, version}: KeptServer, {ca}: Reach): Promise<string> {
	if (!tokens || version === undefined) {
		return 'no session is known to end';
	}

	if (version === 'v6') {
		return 'v6 knows no way to end a session, it ends by itself';
	}

	const api = apiOf({id, address: parseServerAddress(id), pin, account, secret: undefined, tokens}, {ca, api: version});
	try {
		await api.signOut(AbortSignal.timeout(signOutMs));
		return 'session ended at the server';
	} catch (error) {
		return `the session could not be ended at the server (${error instanceof Error ? error.message : String(error)}), it ends by itself`;
	} finally {
		await api.close();
	}
}
