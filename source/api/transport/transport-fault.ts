import {ServerFault, type FaultKind} from '../../model/errors.js';
import {visibleText} from '../wire/visible-text.js';
import {mostMegabytes} from './answer.js';

// Codes of node:net, node:dns, node:tls (OpenSSL verification results) and undici.
const kinds: ReadonlyMap<string, FaultKind> = new Map<string, FaultKind>([
	['ENOTFOUND', 'address'],
	['EAI_AGAIN', 'address'],
	['EAI_NODATA', 'address'],
	['EAI_NONAME', 'address'],
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'connection'],
	['ECONNABORTED', 'connection'],
	['EPIPE', 'connection'],
	['EHOSTUNREACH', 'connection'],
	['EHOSTDOWN', 'connection'],
	['ENETUNREACH', 'connection'],
	['ENETDOWN', 'connection'],
	['EADDRNOTAVAIL', 'connection'],
	['UND_ERR_SOCKET', 'connection'],
	['UND_ERR_CLOSED', 'cancelled'],
	['UND_ERR_DESTROYED', 'cancelled'],
	['UND_ERR_ABORTED', 'cancelled'],
	['ETIMEDOUT', 'timeout'],
	['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
	['UND_ERR_BODY_TIMEOUT', 'timeout'],
	['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'badAnswer'],
	['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'badAnswer'],
	['UND_ERR_HEADERS_OVERFLOW', 'badAnswer'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsFailed'],
	['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tlsFailed'],
	['ERR_SSL_HTTP_REQUEST', 'tlsFailed'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'tlsUntrusted'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUntrusted'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUntrusted'],
	['UNABLE_TO_GET_ISSUER_CERT', 'tlsUntrusted'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tlsUntrusted'],
	['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'tlsUntrusted'],
	['CERT_SIGNATURE_FAILURE', 'tlsUntrusted'],
	['CERT_CHAIN_TOO_LONG', 'tlsUntrusted'],
	['CERT_REVOKED', 'tlsUntrusted'],
	['CERT_UNTRUSTED', 'tlsUntrusted'],
	['CERT_REJECTED', 'tlsUntrusted'],
	['INVALID_CA', 'tlsUntrusted'],
	['INVALID_PURPOSE', 'tlsUntrusted'],
	['PATH_LENGTH_EXCEEDED', 'tlsUntrusted'],
	['EE_KEY_TOO_SMALL', 'tlsUntrusted'],
	['CA_KEY_TOO_SMALL', 'tlsUntrusted'],
	['CA_MD_TOO_WEAK', 'tlsUntrusted'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsName'],
	['HOSTNAME_MISMATCH', 'tlsName'],
	['CERT_HAS_EXPIRED', 'tlsExpired'],
	['CERT_NOT_YET_VALID', 'tlsNotYetValid'],
]);

const families: ReadonlyArray<readonly [prefix: string, kind: FaultKind, what: string]> = [
	['HPE_', 'badAnswer', 'no HTTP'],
	['ERR_SSL_', 'connection', 'TLS failed'],
	['EPROTO', 'connection', 'TLS failed'],
];

/**
The fault for an error while a request was sent: by the innermost error code that
is known. The error itself does not become the cause, since it may contain the request.
@param where - host and port, for the words on screen
*/
export function transportFault(error: unknown, where = ''): ServerFault {
	if (error instanceof ServerFault) {
		return error;
	}

	const words = (...parts: readonly string[]) => [where, ...parts].filter(part => part !== '').join(' ');
	const known = chain(error).map(link => ({...link, kind: kinds.get(link.code)})).findLast(link => link.kind);
	if (known?.kind) {
		return new ServerFault(known.kind, words(known.reason === '' ? `(${known.code})` : known.reason));
	}

	const codes = chain(error).map(({code}) => code).filter(Boolean);
	const family = families.find(([prefix]) => codes.some(code => code.startsWith(prefix)));
	const code = codes.at(-1);
	const last = code === undefined ? '' : `(${code})`;
	return family ? new ServerFault(family[1], words(family[2], last)) : new ServerFault('connection', words(last));
}

/** Whether the connection ended before any part of an answer came. */
export function isUnanswered(error: unknown): boolean {
	return chain(error).some(({code}) => ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(code));
}

/** The fault for an error while a body is read: where the connection ended, the server was reached and its answer is cut off. */
export function midwayFault(error: unknown): unknown {
	return isUnanswered(error) ? new ServerFault('badAnswer', 'cut off midway') : error;
}

// Undici's parser gives no code of its own for some of what is not HTTP.
const uncoded: ReadonlyMap<string, string> = new Map([['HTTPParserError', 'HPE_INVALID']]);

type Link = {readonly code: string; readonly reason: string};

function chain(error: unknown): readonly Link[] {
	const links: Link[] = [];
	for (let link = error; link instanceof Error && links.length < 8; link = link.cause) {
		const {code} = link as {code?: unknown};
		links.push({
			code: typeof code === 'string' ? code : uncoded.get(link.name) ?? '',
			reason: typeof code === 'string' ? reasons.get(code)?.(link) ?? '' : '',
		});
	}

	return links;
}

// Reasons that say more than the code.
const reasons: ReadonlyMap<string, (link: Error) => string> = new Map([
	['ERR_TLS_CERT_ALTNAME_INVALID', namesOf],
	['UND_ERR_RES_EXCEEDED_MAX_SIZE', () => `answer larger than ${mostMegabytes} MB`],
]);

// The names in the certificate. Node's own words leave out the DNS names where an IP address was asked for.
function namesOf({reason, cert}: Error & {reason?: unknown; cert?: {subjectaltname?: unknown}}): string {
	const names = cert?.subjectaltname;
	const text = typeof names === 'string' ? `is not among ${names}` : reason;
	return typeof text === 'string' ? visibleText(text).slice(0, 200) : '';
}
