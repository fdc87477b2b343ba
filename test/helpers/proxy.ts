import {Buffer} from 'node:buffer';
import {createServer as createHttpServer, STATUS_CODES, type IncomingMessage} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {connect, type AddressInfo, type Socket} from 'node:net';
import type {TestContext} from 'node:test';

export type ProxyOptions = {
	/** Who may use it; absent: everybody. */
	readonly account?: {readonly username: string; readonly password: string};
	/** A status that every CONNECT is answered with, in place of a tunnel. */
	readonly answer?: number;
	/** Makes it an https:// proxy. */
	readonly tls?: {readonly certificate: string; readonly key: string};
};

export type Proxy = {
	/** Without credentials. */
	readonly url: string;
	/** The CONNECT requests: where to, as it was written, and whether with credentials, right or wrong. */
	readonly connects: ReadonlyArray<{readonly target: string; readonly authorization: boolean}>;
	/** That clients sent through tunnels, so far. */
	readonly bytes: number;
};

/** A proxy on loopback that opens tunnels to loopback addresses, and to nowhere else; it ends with the test. */
export async function startProxy(t: TestContext, {account, answer, tls}: ProxyOptions = {}): Promise<Proxy> {
	const connects: Array<{target: string; authorization: boolean}> = [];
	const sockets = new Set<Socket>();
	let bytes = 0;
	const server = tls ? createHttpsServer({key: tls.key, cert: tls.certificate}) : createHttpServer();
	server.on('request', (_request, response) => {
		response.writeHead(405, {Allow: 'CONNECT'}).end();
	});
	server.on('connect', (request: IncomingMessage, client: Socket, head: Uint8Array) => {
		const target = request.url ?? '';
		const authorization = request.headers['proxy-authorization'];
		connects.push({target, authorization: authorization !== undefined});
		track(sockets, client);
		const refusal = answer ?? (account && !isOf(account, authorization) ? 407 : undefined);
		if (refusal !== undefined) {
			refuse(client, refusal);
			return;
		}

		const address = loopbackAddress(target);
		if (!address) {
			refuse(client, 502);
			return;
		}

		tunnel(client, head, connect({...address, allowHalfOpen: true}));
	});

	function tunnel(client: Socket, head: Uint8Array, upstream: Socket): void {
		track(sockets, upstream);
		let isOpen = false;
		upstream.once('connect', () => {
			isOpen = true;
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			bytes += head.length;
			upstream.write(head);
			client.on('data', (chunk: Uint8Array) => {
				bytes += chunk.length;
			});
			client.pipe(upstream).pipe(client);
		});
		upstream.once('error', () => {
			if (isOpen) {
				client.destroy();
			} else {
				refuse(client, 502);
			}
		});
		client.once('close', () => {
			upstream.destroy();
		});
	}

	const {promise: listening, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await listening;
	t.after(() => {
		server.close();
		server.closeAllConnections();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		connects,
		get bytes() {
			return bytes;
		},
	};
}

// A socket that was handed over belongs to nobody: it is closed here, and its fault is its other end's.
function track(sockets: Set<Socket>, socket: Socket): void {
	sockets.add(socket);
	socket.once('close', () => {
		sockets.delete(socket);
	});
	socket.on('error', () => {
		socket.destroy();
	});
}

function refuse(client: Socket, status: number): void {
	const asks = status === 407 ? 'Proxy-Authenticate: Basic realm="proxy"\r\n' : '';
	client.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${asks}Content-Length: 0\r\nConnection: close\r\n\r\n`);
}

function isOf({username, password}: {readonly username: string; readonly password: string}, authorization: string | undefined): boolean {
	const credentials = /^basic +(?<credentials>[^ ]+)$/iv.exec(authorization ?? '')?.groups?.['credentials'];
	return credentials === Buffer.from(`${username}:${password}`).toString('base64');
}

function loopbackAddress(target: string): {host: string; port: number} | undefined {
	const {host, port} = /^(?<host>localhost|127(?:\.\d{1,3}){3}|\[::1\]):(?<port>\d{1,5})$/iv.exec(target)?.groups ?? {};
	return host === undefined || Number(port) > 65_535 ? undefined : {host: host.replaceAll(/[\[\]]/gv, ''), port: Number(port)};
}
