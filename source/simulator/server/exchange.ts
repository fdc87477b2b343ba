import {Buffer} from 'node:buffer';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {headersWithoutSecrets} from './secrets.js';

export type RequestRecord = {
	method: string;
	path: string;
	query: Record<string, string>;
	/** Credentials are `Bearer #` and a hash, equal for equal tokens. */
	headers: Record<string, string>;
	/** Of token requests; password and refresh token are replaced by `[hidden]`. */
	form?: Record<string, string>;
	/** 0 until the answer is sent, and for ever if it never is. */
	status: number;
	at: number;
};

/** One request and what becomes of it. */
export type ServerExchange = {
	request: IncomingMessage;
	response: ServerResponse;
	method: string;
	path: string;
	query: Record<string, string>;
	/** The simulator's clock when the request came. */
	now: number;
	record: RequestRecord;
	/** What becomes of the answer before it is sent, in this order. */
	edits: Array<(answer: WireAnswer) => WireAnswer>;
};

/** May answer itself, delay, destroy the socket, or call `next`, which answers and resolves when that is done. */
export type Middleware = (exchange: ServerExchange, next: () => Promise<void>) => void | Promise<void>;

export type WireAnswer = {
	status: number;
	/** In place of the usual words after the status. */
	reason?: string;
	json?: unknown;
	text?: string;
	/** In place of `json` and `text`: sent bit by bit, as fast as the client reads. */
	stream?: AsyncIterable<string | Uint8Array>;
	headers?: Readonly<Record<string, string>>;
};

const base = 'http://127.0.0.1';
const mostBodyBytes = 64 * 1024;
const mostRecords = 10_000;

/** Opens the exchange and puts its record into the log. */
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

/** Sends the answer, unless somebody has done so; resolves when all of it has been handed over, or the client is gone. */
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
		// A 204 has no length, and what is streamed may say its own.
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

/** The body as text; undefined if it is too large. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Uint8Array>) {
		bytes += chunk.byteLength;
		if (bytes > mostBodyBytes) {
			return undefined;
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString('utf8');
}

/** The fields of a form, or of the flat JSON object that the API takes too. */
export function formOf(body: string, contentType: string): Record<string, string> {
	if (!contentType.toLowerCase().startsWith('application/json')) {
		return Object.fromEntries(new URLSearchParams(body));
	}

	try {
		const fields: unknown = JSON.parse(body);
		return typeof fields === 'object' && fields !== null ? Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])) : {};
	} catch {
		return {};
	}
}
