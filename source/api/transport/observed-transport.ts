import {Buffer} from 'node:buffer';
import {ServerFault, type FaultKind} from '../../model/errors.js';
import type {ApiVersion} from '../server-api.js';
import type {Ask} from '../wire/wire.js';
import type {Answer} from './answer.js';
import type {Transport} from './transport.js';

/** One request and its outcome, without headers and bodies, which may have secrets. */
export type Exchange = {
	readonly method: 'GET' | 'POST';
	readonly version: ApiVersion;
	/** Below the version, without host and query. */
	readonly path: string;
	readonly query?: Ask['query'];
	/** The grant type of a token request: `password` or `refresh_token`. */
	readonly grant?: string;
	/** Undefined where no answer came. */
	readonly status?: number;
	/** Why there was no answer. */
	readonly fault?: FaultKind;
	readonly durationMs: number;
	/** Of the body of a 200, unpacked. */
	readonly bytes?: number;
};

type Observer = {
	readonly monotonic: () => number;
	readonly onExchange: (exchange: Exchange) => void;
};

/** A transport that reports each request once it has ended. */
export function observedTransport(transport: Transport, {monotonic, onExchange}: Observer): Transport {
	const observing = async (request: Pick<Exchange, 'method' | 'version' | 'path' | 'query' | 'grant'>, answer: Promise<Answer>): Promise<Answer> => {
		const startedAt = monotonic();
		const report = (outcome: Pick<Exchange, 'status' | 'fault' | 'bytes'>) => {
			onExchange({...request, ...outcome, durationMs: Math.round(monotonic() - startedAt)});
		};

		try {
			const {status, body} = await answer;
			report({status, bytes: status === 200 ? Buffer.byteLength(body) : undefined});
		} catch (error) {
			report({fault: error instanceof ServerFault ? error.kind : 'cancelled'});
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
