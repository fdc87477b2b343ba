import type {StoredServer} from '../../../source/storage/credentials.js';
import {Secret} from '../../../source/model/secret.js';

/** A server as it is stored, with a password and the tokens of a sign-in. */
export function server(changes: Partial<StoredServer> = {}): StoredServer {
	return {
		id: 'https://vb365.contoso.test:4443',
		name: 'contoso',
		account: String.raw`CONTOSO\svc-monitor`,
		version: 'v8',
		pin: `${'AB:'.repeat(31)}CD`,
		secret: new Secret('Tr0ub4dor&3'),
		tokens: {access: new Secret('access-5b1e'), refresh: new Secret('refresh-7f3c'), expiresAt: 1_764_000_000_000},
		...changes,
	};
}

/** The same with its secrets opened, to be compared. */
export function opened({secret, tokens, ...rest}: StoredServer) {
	return {...rest, secret: secret?.open(), tokens: tokens && {access: tokens.access.open(), refresh: tokens.refresh?.open(), expiresAt: tokens.expiresAt}};
}
