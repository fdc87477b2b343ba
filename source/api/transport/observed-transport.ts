import {Buffer} from 'node:buffer';
import {ServerFault, type FaultKind} from '../../model/errors.js';
import type {ApiVersion} from '../server-api.js';
import type {Ask} from '../wire/wire.js';
import type {Answer} from './answer.js';
import type {Transport} from './transport.js';

/** One request and what came of it; nothing of its headers and bodies, in which secrets are. */
export type Exchange = {
	readonly method: 'GET' | 'POST';
	readonly version: ApiVersion;
	/** Below the version, without host and query. */
	readonly path: string;
	readonly query?: Ask['query'];
	/** What a token was asked for with: `password` or `refresh_token`. */
	readonly grant?: string;
	/** Undefined where no answer came. */
	readonly status?: number;
	/** Why none came. */
	readonly fault?: FaultKind;
	readonly durationMs: number;
	/** Of the body of a 200, unpacked. */
	readonly bytes?: number;
};

type Told = {
	readonly monotonic: () => number;
	readonly onExchange: (exchange: Exchange) => void;
};

/** The transport, which tells of each request once it is over. */
export function observedTransport(transport: Transport, {monotonic, onExchange}: Told): Transport {
	const observing = async (asked: Pick<Exchange, 'method' | 'version' | 'path' | 'query' | 'grant'>, answer: Promise<Answer>): Promise<Answer> => {
		const startedAt = monotonic();
		const tell = (outcome: Pick<Exchange, 'status' | 'fault' | 'bytes'>) => {
			onExchange({...asked, ...outcome, durationMs: Math.round(monotonic() - startedAt)});
		};

		try {
			const {status, body} = await answer;
			tell({status, bytes: status === 200 ? Buffer.byteLength(body) : undefined});
		} catch (error) {
			tell({fault: error instanceof ServerFault ? error.kind : 'cancelled'});
		}

		return answer;
	};

	return {
		...transport,
		get: async (version, ask, bearer, signal) => observing({method: 'GET', version, ...ask}, transport.get(version, ask, bearer, signal)),
		async token(version, form, signal) {
			return observing({method: 'POST', version, path: 'token', grant: String(form['grant_type'])}, transport.token(version, form, signal));
		},
		logout: async (version, bearer, signal) => observing({method: 'POST', version, path: 'token/logout'}, transport.logout(version, bearer, signal)),
	};
}
