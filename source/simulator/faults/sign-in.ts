import {answered, type Fault} from './fault.js';

/** Faults of accounts and tokens. */
export const signInFaults = {
	unauthorized: {about: '401 to everything that is read, whatever the token', scope: 'gets', middleware: answered({status: 401})},
	expiredTokens: {
		about: 'all access tokens end; a refresh gives new ones',
		begin({tokens}) {
			tokens.expire();
		},
	},
	deadRefresh: {
		about: 'all access tokens end, and no refresh is granted; the password is',
		begin({tokens}) {
			tokens.forget();
			tokens.refusedGrants.add('refresh_token');
		},
		end({tokens}) {
			tokens.refusedGrants.delete('refresh_token');
		},
	},
	passwordChanged: {
		about: 'all tokens end, and the password is refused',
		begin({tokens}) {
			tokens.forget();
			tokens.refusedGrants.add('password');
		},
		end({tokens}) {
			tokens.refusedGrants.delete('password');
		},
	},
	tokenQuota: {about: 'one token request a second and five a minute, else 429', options: {tokenQuota: true}},
	shortTokens: {about: 'access tokens live 20 seconds', options: {tokenLifetime: 20}},
	antiforgery: {about: 'no token opens anything without an antiforgery cookie', options: {requireAntiforgery: 'always'}},
} as const satisfies Record<string, Fault>;
