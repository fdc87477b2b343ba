import {ServerFault} from '../../model/errors.js';
import type {Secret} from '../../model/secret.js';
import type {TokenManager} from './token.js';

/** A bearer token that was given instead of an account: it is never renewed; when the server rejects it, the user has to enter another. */
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
		// This program did not create it, so it does not end it.
		take: () => undefined,
		isUnproven: true,
	};
}
