import {Buffer} from 'node:buffer';
import {request as requestByHttp} from 'node:http';
import {request as requestByHttps} from 'node:https';
import {isIP, type Socket} from 'node:net';
import {ServerFault, UsageError} from '../../model/errors.js';
import {Secret} from '../../model/secret.js';
import {trustedBy} from './trust.js';

/** An HTTP proxy that opens tunnels (CONNECT). */
export type HttpProxy = {
	readonly hostname: string;
	readonly port: number;
	/** Whether the connection to the proxy itself uses TLS. */
	readonly isEncrypted: boolean;
	/** The value of `Proxy-Authorization`, where the proxy asks for an account. */
	readonly authorization: Secret | undefined;
};

const defaultPorts: Readonly<Record<string, number>> = {'http:': 80, 'https:': 443};

/** The proxy of a URL as `HTTPS_PROXY` holds it. Throws `UsageError`, whose message never repeats the URL: it may hold a password. */
export function parseProxy(text: string): HttpProxy {
	const url = URL.parse(text.includes('://') ? text : `http://${text.trim()}`);
	const defaultPort = defaultPorts[url?.protocol ?? ''];
	if (!url || defaultPort === undefined || url.hostname === '' || url.port === '0') {
		throw new UsageError('HTTPS_PROXY cannot be used: it is no http or https URL.', 'Set it as http://HOST:PORT, or name the server in NO_PROXY.');
	}

	const account = `${decoded(url.username)}:${decoded(url.password)}`;
	return {
		hostname: url.hostname.replaceAll(/[\[\]]/gv, ''),
		port: url.port === '' ? defaultPort : Number(url.port),
		isEncrypted: url.protocol === 'https:',
		authorization: account === ':' ? undefined : new Secret(`Basic ${Buffer.from(account).toString('base64')}`),
	};
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

export type TunnelOptions = {
	/** PEM texts of certificates to trust an https proxy by, beside node's and the system's. */
	readonly ca: readonly string[];
	readonly timeoutMs: number;
	readonly signal?: AbortSignal;
};

/**
A connection to a server through a proxy; nothing has been sent to the server yet. Rejects with
`ServerFault`, or with the signal's reason.
@param target - host without brackets, and port
*/
export async function openTunnel(proxy: HttpProxy, target: Pick<HttpProxy, 'hostname' | 'port'>, {ca, timeoutMs, signal}: TunnelOptions): Promise<Socket> {
	signal?.throwIfAborted();
	const where = authorityOf(proxy);
	const authority = authorityOf(target);
	const deadline = AbortSignal.timeout(timeoutMs);
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	const request = (proxy.isEncrypted ? requestByHttps : requestByHttp)({
		host: proxy.hostname,
		port: proxy.port,
		method: 'CONNECT',
		path: authority,
		headers: {host: authority, ...(proxy.authorization && {'proxy-authorization': proxy.authorization.open()})},
		agent: false,
		signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
		...(proxy.isEncrypted && {
			// Explicit: node would use the name of the Host header, which is the server's.
			servername: isIP(proxy.hostname) === 0 ? proxy.hostname : '',
			secureContext: trustedBy(ca),
			rejectUnauthorized: true,
		}),
	});
	request.once('connect', ({statusCode = 0}, socket: Socket, head: Uint8Array) => {
		const refusal = refusalOf(statusCode, head);
		if (refusal === undefined) {
			resolve(socket);
			return;
		}

		socket.destroy();
		reject(new ServerFault('proxy', `${where} ${refusal}`));
	});
	request.once('error', error => {
		const why = deadline.aborted ? `no answer of ${where} in time` : `${where} (${(error as NodeJS.ErrnoException).code ?? 'failed'})`;
		reject(signal?.aborted ? signal.reason : new ServerFault('proxy', why));
	});
	request.end();
	return promise;
}

function authorityOf({hostname, port}: Pick<HttpProxy, 'hostname' | 'port'>): string {
	return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}

function refusalOf(status: number, head: Uint8Array): string | undefined {
	if (status === 407) {
		return 'asks for an account (HTTP 407)';
	}

	if (status < 200 || status > 299) {
		return `answers HTTP ${status}`;
	}

	// A server waits for the client to begin TLS.
	return head.byteLength === 0 ? undefined : 'sends something before the tunnel is used';
}
