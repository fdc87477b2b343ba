import {Buffer} from 'node:buffer';
import {request as requestByHttp} from 'node:http';
import {request as requestByHttps} from 'node:https';
import type {Socket} from 'node:net';
import {ServerFault, UsageError} from '../model/errors.js';
import {Secret} from '../model/secret.js';

/** An HTTP proxy that opens tunnels (CONNECT). */
export type Proxy = {
	readonly hostname: string;
	readonly port: number;
	/** Whether the proxy itself is talked to by TLS. */
	readonly isEncrypted: boolean;
	/** The value of `Proxy-Authorization`, where the proxy asks for an account. */
	readonly authorization: Secret | undefined;
};

const defaultPorts: Readonly<Record<string, number>> = {'http:': 80, 'https:': 443};

/** The proxy of a URL as `HTTPS_PROXY` holds it. Throws `UsageError`, whose message never repeats the URL: it may hold a password. */
export function parseProxy(text: string): Proxy {
	const url = URL.parse(text.includes('://') ? text : `http://${text}`);
	const defaultPort = defaultPorts[url?.protocol ?? ''];
	if (!url || defaultPort === undefined || url.hostname === '') {
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

/**
A connection to a server through a proxy, on which nothing was sent yet. Rejects with
`ServerFault`, or with the signal's reason.
@param target - host without brackets, and port
*/
export async function openTunnel(proxy: Proxy, target: Pick<Proxy, 'hostname' | 'port'>, timeoutMs: number, signal?: AbortSignal): Promise<Socket> {
	const where = `${proxy.hostname}:${proxy.port}`;
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	const authority = `${target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname}:${target.port}`;
	const request = (proxy.isEncrypted ? requestByHttps : requestByHttp)({
		host: proxy.hostname,
		port: proxy.port,
		method: 'CONNECT',
		path: authority,
		headers: {host: authority, ...(proxy.authorization && {'proxy-authorization': proxy.authorization.open()})},
		agent: false,
		timeout: timeoutMs,
		signal,
		...(proxy.isEncrypted && {rejectUnauthorized: true}),
	});
	request.once('connect', ({statusCode = 0}, socket: Socket, head: Uint8Array) => {
		if (statusCode === 200 && head.byteLength === 0) {
			socket.setTimeout(0);
			resolve(socket);
			return;
		}

		socket.destroy();
		reject(new ServerFault('proxy', statusCode === 407 ? `${where} asks for an account (HTTP 407)` : `${where} answers HTTP ${statusCode}`));
	});
	request.once('response', ({statusCode}) => {
		request.destroy();
		reject(new ServerFault('proxy', `${where} answers HTTP ${statusCode}`));
	});
	request.once('timeout', () => {
		reject(new ServerFault('proxy', `no answer of ${where} in time`));
		request.destroy();
	});
	request.once('error', error => {
		signal?.throwIfAborted();
		reject(new ServerFault('proxy', `${where} (${(error as NodeJS.ErrnoException).code ?? 'failed'})`));
	});
	request.end();
	return promise;
}
