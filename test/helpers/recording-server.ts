import {Buffer} from 'node:buffer';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {TestContext} from 'node:test';
import {parseServerAddress, type ServerAddress} from '../../source/api/transport/address.js';

/** A request as it came in over the wire. */
export type Recorded = {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly headers: IncomingMessage['headers'];
	readonly form: Readonly<Record<string, string>>;
};

export type Reply = {
	readonly status?: number;
	/** Sent as JSON. */
	readonly json?: unknown;
	/** Sent as it is. */
	readonly text?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Cuts the connection without an answer. */
	readonly isCut?: boolean;
};

export type Replies = (request: Recorded) => Reply | Promise<Reply>;

export type RecordingServer = {
	readonly address: ServerAddress;
	readonly url: string;
	readonly requests: readonly Recorded[];
	/** The recorded requests as `GET /v8/Jobs`. */
	lines(): readonly string[];
};

/** An HTTP server on loopback that records what it is asked; it ends with the test. */
export async function startRecordingServer(t: TestContext, replies: Replies): Promise<RecordingServer> {
	const requests: Recorded[] = [];
	const server = createServer((request, response) => {
		void serve(request, response);
	});

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const recorded = await record(request);
		requests.push(recorded);
		answer(response, await replies(recorded));
	}

	const {promise: listening, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await listening;
	t.after(() => {
		server.close();
		server.closeAllConnections();
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {address: parseServerAddress(url), url, requests, lines: () => requests.map(({method, path}) => `${method} ${path}`)};
}

async function record(request: IncomingMessage): Promise<Recorded> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request) {
		chunks.push(chunk as Uint8Array);
	}

	const url = new URL(request.url!, 'http://loopback');
	return {
		method: request.method!,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers: request.headers,
		form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
	};
}

function answer(response: ServerResponse, {status = 200, json, text, headers = {}, isCut}: Reply): void {
	if (isCut) {
		response.destroy();
		return;
	}

	response.writeHead(status, {'content-type': json === undefined ? 'text/plain' : 'application/json', ...headers});
	response.end(json === undefined ? text : JSON.stringify(json));
}
