import {parseServerAddress} from '../api/address.js';
import type {KeptServer} from '../credentials.js';
import {apiOf, type Reach} from './own.js';

const signOutMs = 5000;

/** Ends the session of a token pair at its server, if that knows how (v7, v8); says what came of it. */
export async function endSession({id, account, pin, tokens, version}: Omit<KeptServer, 'name' | 'secret'>, {ca}: Reach): Promise<string> {
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
