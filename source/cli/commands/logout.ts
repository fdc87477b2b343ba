import type {StoredServer} from '../../storage/credentials.js';
import {UsageError} from '../../model/errors.js';
import {storedServer} from '../settings.js';
import type {Output} from '../io.js';
import type {LocalData, Reach} from '../local-data.js';
import {endSession} from './end-session.js';

export type LogoutOptions = {
	/** Undefined for the only stored server. */
	readonly name: string | undefined;
	readonly isAll: boolean;
	/** Whether the server itself is forgotten too. */
	readonly isForgotten: boolean;
};

/**
Ends the session at the server, and forgets password and tokens.
Throws `UsageError` where it is not clear which server, or where the change could not be saved.
*/
export async function logout({print}: Output, local: LocalData, reach: Reach, options: LogoutOptions): Promise<void> {
	const {credentials: {servers, problem}} = local;
	if (problem) {
		throw new UsageError(problem.message, problem.advice);
	}

	for (const server of selectedServers(servers, options)) {
		// eslint-disable-next-line no-await-in-loop -- one after another, so that the lines come in order
		await print(`${server.name}: ${await logoutOf(local, reach, server, options.isForgotten)}\n`);
	}
}

function selectedServers(servers: readonly StoredServer[], {name, isAll}: LogoutOptions): readonly StoredServer[] {
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

	const server = storedServer(name, servers);
	if (!server) {
		throw new UsageError(`No server "${name}" is kept.`, names);
	}

	return [server];
}

async function logoutOf(local: LocalData, reach: Reach, server: StoredServer, isForgotten: boolean): Promise<string> {
	// Forgotten first: a server that cannot be reached must not keep the secret here.
	const {account, id} = server;
	const saved = isForgotten ? await local.credentials.forget(id) : await local.credentials.change(id, {secret: undefined, tokens: undefined});
	if (saved.problem) {
		throw new UsageError(saved.problem.message, saved.problem.advice);
	}

	await local.state.clearRefusals(id, account ?? '');
	if (isForgotten) {
		await local.problems.save([id], {acknowledged: [], ignored: []});
		await local.state.setLastServers(local.state.lastServers().filter(last => last !== id));
	}

	const forgotten = isForgotten ? 'forgotten' : `${account === undefined ? 'token' : 'password'} forgotten`;
	return `${forgotten}; ${await endSession(server, reach)}`;
}
