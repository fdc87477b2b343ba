import {Buffer} from 'node:buffer';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {headersWithoutSecrets} from './secrets.js';

/*
A request and its answer, as the server, its faults and the middleware of a scenario see them.
*/

/** An entry of the request log. */
export type RequestRecord = {
	method: string;
	path: string;
	query: Record<string, string>;
	/** Credentials are `Bearer #` and a hash, equal for equal tokens. */
	headers: Record<string, string>;
	/** Of token requests; password and refresh token are replaced by `[hidden]`. */
	form?: Record<string, string>;
	/** 0 until the answer is sent, and for ever if none is sent. */
	status: number;
	/** When it came, by the simulator's clock. */
	at: number;
};

/** One request and its answer. */
export type ServerExchange = {
	request: IncomingMessage;
	response: ServerResponse;
	method: string;
	path: string;
	query: Record<string, string>;
	/** The simulator's clock when the request came. */
	now: number;
	record: RequestRecord;
	/** Changes of the answer before it is sent, in this order. */
	edits: Array<(answer: WireAnswer) => WireAnswer>;
};

/** May answer itself, delay, destroy the socket, or call `next`, which answers and resolves when that is done. */
export type Middleware = (exchange: ServerExchange, next: () => Promise<void>) => void | Promise<void>;

/** Resolves after so many ms; rejects when it is aborted. */
export type Delay = (ms: number, signal?: AbortSignal) => Promise<void>;

export type WireAnswer = {
	status: number;
	/** In place of the standard words after the status. */
	reason?: string;
	json?: unknown;
	text?: string;
	/** In place of `json` and `text`: sent in chunks, as fast as the client reads. */
	stream?: AsyncIterable<string | Uint8Array>;
	headers?: Readonly<Record<string, string>>;
};

const base = 'http://127.0.0.1';
const mostRecords = 10_000;

/** Begins an exchange and adds its record to the request log. */
export function openExchange(request: IncomingMessage, response: ServerResponse, {now, requests}: {now: number; requests: RequestRecord[]}): ServerExchange {
	const method = request.method ?? 'GET';
	const url = URL.parse(request.url ?? '/', base) ?? new URL(base);
	const query = Object.fromEntries(url.searchParams);
	const record: RequestRecord = {method, path: url.pathname, query, headers: headersWithoutSecrets(request.headers), status: 0, at: now};
	requests.push(record);
	if (requests.length > mostRecords) {
		requests.splice(0, requests.length - mostRecords);
	}

	response.sendDate = false;
	response.setHeader('Date', new Date(now).toUTCString());
	response.on('finish', () => {
		record.status = response.statusCode;
	});
	return {request, response, method, path: url.pathname, query, now, record, edits: []};
}

/** Sends the answer, unless one was sent already; resolves when all of it was written or the connection is closed. */
export async function send({response, record}: ServerExchange, answer: WireAnswer): Promise<void> {
	if (response.headersSent || response.destroyed) {
		return;
	}

	const {status, reason, stream, headers = {}} = answer;
	record.status = status;
	response.statusMessage = reason ?? '';
	const body = textOf(answer);
	response.writeHead(status, {
		...(body !== '' && {'Content-Type': contentTypeOf(answer)}),
		// A 204 has no length, and a stream may set its length in `headers`.
		...(status !== 204 && !stream && {'Content-Length': String(Buffer.byteLength(body))}),
		...headers,
	});
	if (stream) {
		await sendStream(response, stream);
	} else {
		response.end(body);
	}
}

/** The body of an answer that is not streamed. */
export function textOf({json, text}: WireAnswer): string {
	return json === undefined ? text ?? '' : JSON.stringify(json);
}

export const jsonType = 'application/json; charset=utf-8';

function contentTypeOf({json}: WireAnswer): string {
	return json === undefined ? 'text/plain; charset=utf-8' : jsonType;
}

async function sendStream(response: ServerResponse, stream: AsyncIterable<string | Uint8Array>): Promise<void> {
	response.flushHeaders();
	for await (const chunk of stream) {
		await written(response, chunk);
		if (response.destroyed) {
			return;
		}
	}

	if (!response.destroyed) {
		response.end();
	}
}

async function written(response: ServerResponse, chunk: string | Uint8Array): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const done = () => {
		response.off('close', done);
		resolve();
	};

	// A connection that is destroyed may never report the write.
	response.once('close', done);
	response.write(chunk, done);
	return promise;
}
