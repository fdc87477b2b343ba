import {createHmac, randomBytes} from 'node:crypto';

const secretFields = new Set(['password', 'refresh_token']);
const secretHeaders = new Set(['authorization', 'proxy-authorization']);

// A key of this process only, so that a hash in a log cannot be compared with hashes of guesses.
const key = randomBytes(32);

/** The fields of a token request, with `[hidden]` for password and refresh token. */
export function maskedBody(form: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, secretFields.has(name.toLowerCase()) ? '[hidden]' : value]));
}

/** The headers of a request, with credentials as `hiddenCredentials` has them. */
export function headersWithoutSecrets(headers: Readonly<Record<string, unknown>>): Record<string, string> {
	const shown = (name: string, value: string) => secretHeaders.has(name) ? hiddenCredentials(value) : value;
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, shown(name, String(value))]));
}

/**
The value of an `Authorization` header as `Bearer #0123456789ab`: its scheme and a short hash, the same
for the same token as long as this process runs. A value without a known scheme is hashed whole.
*/
export function hiddenCredentials(authorization: string): string {
	const {scheme, token = authorization} = /^(?<scheme>basic|bearer|digest|negotiate|ntlm) +(?<token>[^ ].*)$/iv.exec(authorization)?.groups ?? {};
	const hash = createHmac('sha256', key).update(token).digest('hex').slice(0, 12);
	return scheme === undefined ? `#${hash}` : `${scheme} #${hash}`;
}
