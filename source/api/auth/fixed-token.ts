import {ServerFault} from '../../model/errors.js';
import type {Secret} from '../../model/secret.js';
import type {TokenManager} from './token.js';

/** The keeper of a bearer token that was given instead of an account: it is never renewed, and one that is not taken is asked for anew. */
export function createFixedToken(given: Secret | undefined): TokenManager {
	let token = given;
	let isRefused = false;
	const bearer = async () => {
		if (isRefused || !token) {
			throw new ServerFault(isRefused ? 'signInRefused' : 'signInNeeded', isRefused ? 'the bearer token is not accepted' : '');
		}

		return token;
	};

	return {
		bearer,
		async renew(_version, rejected) {
			isRefused ||= rejected === token;
			return bearer();
		},
		drop(rejected) {
			isRefused ||= rejected === token;
		},
		enter(secret) {
			token = secret;
			isRefused = false;
		},
		// It is not this program's to end.
		take: () => undefined,
		isUnproven: true,
	};
}
