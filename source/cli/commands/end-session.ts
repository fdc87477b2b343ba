import {parseServerAddress} from '../../api/transport/address.js';
import type {StoredServer} from '../../storage/credentials.js';
import {serverLog} from '../server-log.js';
import {apiOf, type Reach} from '../local-data.js';

const signOutMs = 5000;

/** Ends the session of a token pair at its server, if its version can (v7, v8); gives the result in words. */
export async function endSession({id, name, account, pin, tokens, version}: Omit<StoredServer, 'secret'>, {ca, log}: Reach): Promise<string> {
	if (!tokens || version === undefined) {
		return 'no session is known to end';
	}

	if (version === 'v6') {
		return 'v6 knows no way to end a session, it ends by itself';
	}

	const events = log && serverLog(log, name);
	const api = apiOf({id, address: parseServerAddress(id), pin, account, secret: undefined, tokens}, {ca, api: version, onExchange: events?.exchanged});
	try {
		await api.signOut(AbortSignal.timeout(signOutMs));
		log?.info('session ended', {server: name});
		return 'session ended at the server';
	} catch (error) {
		events?.failed(error);
		return `the session could not be ended at the server (${error instanceof Error ? error.message : String(error)}), it ends by itself`;
	} finally {
		await api.close();
	}
}
