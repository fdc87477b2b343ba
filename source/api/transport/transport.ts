import type {Agent, Dispatcher} from 'undici';
import type {Certificate} from '../../model/certificate.js';
import {ServerFault} from '../../model/errors.js';
import {Secret} from '../../model/secret.js';
import type {ApiVersion, DateReading} from '../server-api.js';
import type {Ask} from '../wire/wire.js';
import {httpDate, mostMegabytes, retryAfter, serverMessage, type Answer} from './answer.js';
import {createConnector, type ConnectorOptions, type Route} from './connector.js';
import {isUnanswered, midwayFault, transportFault} from './transport-fault.js';

/** Fields of the token request; secrets among them are opened when it is sent. */
export type TokenForm = Readonly<Record<string, string | Secret>>;

/**
The only code that sends requests, and all requests that exist: a GET below `/vN/`, and the
token requests. All reject with `ServerFault`, or with the signal's reason.
*/
export type Transport = {
	/** `bearer` is left out for the anonymous probe of versions only. */
	get(version: ApiVersion, ask: Ask, bearer?: Secret, signal?: AbortSignal): Promise<Answer>;
	token(version: ApiVersion, form: TokenForm, signal?: AbortSignal): Promise<Answer>;
	/** Ends the session of that token (v7, v8). */
	logout(version: ApiVersion, bearer: Secret, signal?: AbortSignal): Promise<Answer>;
	/** Ends every connection; the next request opens new ones. Requests under way reject as cancelled. */
	disconnect(): Promise<void>;
	/** Ends every connection for good; requests under way reject as cancelled. */
	close(): Promise<void>;
};

export type TransportOptions = Route & {
	/** A clock that never goes back, in ms. */
	readonly monotonic: () => number;
	readonly onDate?: (reading: DateReading) => void;
	/** Called with the certificate of each accepted connection. */
	readonly onCertificate?: (certificate: Certificate) => void;
	readonly connectMs: number;
	readonly totalMs: number;
};

type Sending = {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Its presence makes the request a POST. */
	readonly body?: string;
	readonly secrets: readonly string[];
};

/** The transport to one server. Nothing is loaded or opened before the first request. */
export function createTransport(options: TransportOptions): Transport {
	const {address} = options;
	const where = address.origin.replace(/^\w+:\/\//v, '');
	const closing = new AbortController();
	let agent: Promise<Agent> | undefined;

	async function send(sending: Sending, signal?: AbortSignal): Promise<Answer> {
		signal?.throwIfAborted();
		const deadline = withDeadline(options.totalMs, where, [closing.signal, signal]);
		try {
			deadline.signal.throwIfAborted();
			agent ??= createAgent({...options, signal: closing.signal});
			return await repeatedOnce(await agent, sending, options, deadline.signal);
		} catch (error) {
			signal?.throwIfAborted();
			deadline.signal.throwIfAborted();
			throw transportFault(error, where);
		} finally {
			deadline.clear();
		}
	}

	return {
		async get(version, {path, query = {}}, bearer, signal) {
			const token = bearer?.open();
			return send({
				path: `${address.prefix}/${version}/${path}${queryText(query)}`,
				headers: token === undefined ? {} : {authorization: `Bearer ${token}`},
				secrets: token === undefined ? [] : [token],
			}, signal);
		},
		async token(version, form, signal) {
			const fields = Object.entries(form).map(([name, value]): [string, string] => [name, value instanceof Secret ? value.open() : value]);
			return send({
				path: `${address.prefix}/${version}/token`,
				headers: {'content-type': 'application/x-www-form-urlencoded'},
				body: new URLSearchParams(fields).toString(),
				secrets: Object.values(form).filter(value => value instanceof Secret).map(value => value.open()),
			}, signal);
		},
		async logout(version, bearer, signal) {
			const token = bearer.open();
			return send({path: `${address.prefix}/${version}/token/logout`, headers: {authorization: `Bearer ${token}`}, body: '', secrets: [token]}, signal);
		},
		async disconnect() {
			const opening = agent;
			agent = undefined;
			const opened = await opening;
			await opened?.destroy();
		},
		async close() {
			closing.abort(new ServerFault('cancelled', 'closed'));
			const opened = await agent;
			await opened?.destroy();
		},
	};
}

// Loading undici takes about 80 ms: the first frame does not wait for it.
async function createAgent(options: ConnectorOptions & Pick<TransportOptions, 'totalMs'>): Promise<Agent> {
	// Its default holds all, see scripts/build.js.
	const {default: {Agent, buildConnector}} = await import('undici');
	const {totalMs} = options;
	return new Agent({
		connections: 6,
		pipelining: 1,
		allowH2: false,
		useMilo: false,
		headersTimeout: totalMs,
		bodyTimeout: totalMs,
		keepAliveTimeout: 30_000,
		maxResponseSize: mostMegabytes * 1024 * 1024,
		connect: createConnector(buildConnector, options),
	});
}

/**
A server may close a keep-alive connection while a request is sent on it: a GET without an answer is sent
once more, on another connection. A token request is not: servers count sign-ins.
*/
async function repeatedOnce(agent: Agent, sending: Sending, options: TransportOptions, signal: AbortSignal): Promise<Answer> {
	let response: Response;
	try {
		response = await ask(agent, sending, options, signal);
	} catch (error) {
		signal.throwIfAborted();
		if (sending.body !== undefined || !isUnanswered(error)) {
			throw error;
		}

		response = await ask(agent, sending, options, signal);
	}

	return answerOf(response, sending, options);
}

type Response = Dispatcher.ResponseData & {readonly sentAt: number};

async function ask(agent: Agent, {path, headers, body}: Sending, {address, monotonic}: TransportOptions, signal: AbortSignal): Promise<Response> {
	const sentAt = monotonic();
	const response = await agent.request({
		origin: address.origin,
		path,
		method: body === undefined ? 'GET' : 'POST',
		headers: {accept: 'application/json', 'user-agent': 'vbtop', ...headers},
		body,
		signal,
	});
	return {...response, sentAt};
}

async function answerOf(response: Response, {secrets}: Sending, options: TransportOptions): Promise<Answer> {
	const receivedAt = options.monotonic();
	const date = httpDate(String(response.headers['date']));
	const text = await bodyOf(response);
	const isOk = response.statusCode === 200;
	// A proxy has its own clock: only an answer that looks like the server's gives the server's time.
	if (isOk && date !== undefined && /^\s*[\[\{]/v.test(text)) {
		options.onDate?.({sentAt: response.sentAt, receivedAt, date});
	}

	return {
		status: response.statusCode,
		body: isOk ? text.replace(/^\u{FEFF}/v, '') : '',
		message: isOk ? '' : serverMessage(text, secrets),
		retryAfterMs: retryAfter(String(response.headers['retry-after']), date ?? Date.now()),
	};
}

async function bodyOf({body}: Response): Promise<string> {
	try {
		return await body.text();
	} catch (error) {
		throw midwayFault(error);
	}
}

function queryText(query: NonNullable<Ask['query']>): string {
	const fields = Object.entries(query).filter(([, value]) => value !== undefined).map(([name, value]): [string, string] => [name, String(value)]);
	return fields.length === 0 ? '' : `?${new URLSearchParams(fields).toString()}`;
}

function withDeadline(totalMs: number, where: string, signals: ReadonlyArray<AbortSignal | undefined>): {signal: AbortSignal; clear: () => void} {
	const late = new AbortController();
	const timer = setTimeout(() => {
		late.abort(new ServerFault('timeout', `${where} within ${totalMs / 1000} s`));
	}, totalMs);
	return {
		signal: AbortSignal.any([late.signal, ...signals.filter(signal => signal !== undefined)]),
		clear() {
			clearTimeout(timer);
		},
	};
}
