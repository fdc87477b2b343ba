import {connect as connectTcp, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {scenarios} from '../../../source/simulator/scenarios/scenarios.js';
import type {Simulator, SimulatorOptions} from '../../../source/simulator/server/server.js';
import {simulate, type Answer} from './api.js';
import {Delays} from './delays.js';

export const sessions = '/v8/JobSessions?limit=8';

export type SessionOnWire = {id: string; status: string; creationTime: string; endTime?: string; progress: unknown; statistics: Record<string, unknown>};

/** The rows of a page of sessions. */
export function sessionsOf({json}: Pick<Answer, 'json'>): SessionOnWire[] {
	return json['results'] as SessionOnWire[];
}

/** Lets everything happen that is ready in this process. */
export async function turn(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}

// A short history is enough for pages, and is planned faster.
const shortDemo = {...scenarios.demo, historyDays: 2};

/** A simulator and a raw client that is signed in, without TLS; one connection per request by default. */
export async function signedInServer(t: TestContext, options: SimulatorOptions = {}) {
	const delays = new Delays();
	const server = await simulate(t, {scenario: shortDemo, delay: delays.begin, ...options});
	const {simulator} = server;
	let token = '';
	const signIn = async () => {
		const answer = await server.signIn();
		token = answer.json['access_token'] as string;
		return answer;
	};

	if (!simulator.url.startsWith('https:')) {
		await signIn();
	}

	const read = async (path = sessions): Promise<Answer> => server.read(path, token);
	return {
		...server, delays, signIn, read,
		/** Sends a request with the token over a new connection. */
		say: (path = sessions, headers = 'Connection: close\r\n') => say(simulator, `GET ${path} HTTP/1.1\r\nHost: vb365\r\nAuthorization: Bearer ${token}\r\n${headers}\r\n`),
		ids: async (path = sessions) => sessionsOf(await read(path)).map(({id}) => id),
	};
}

export type SignedInServer = Awaited<ReturnType<typeof signedInServer>>;

/** A connection, and what the other side sends over it. */
export type Conversation = {
	readonly socket: Socket;
	/** So far, Latin-1. */
	readonly text: () => string;
	/** All that came before the connection was closed. */
	readonly ended: Promise<string>;
};

export function say({port, url}: Pick<Simulator, 'port' | 'url'>, text: string): Conversation {
	const socket = url.startsWith('https:') ? connectTls({port, host: '127.0.0.1', rejectUnauthorized: false}) : connectTcp(port, '127.0.0.1');
	let received = '';
	socket.setEncoding('latin1').on('data', (chunk: string) => {
		received += chunk;
	});
	// Many tests expect a broken connection.
	socket.on('error', () => undefined);
	const {promise: ended, resolve} = Promise.withResolvers<string>();
	socket.once('close', () => {
		resolve(received);
	});
	socket.write(text);
	return {socket, text: () => received, ended};
}

/** Waits until the condition is true. */
export async function until(isTrue: () => unknown): Promise<void> {
	while (!await isTrue()) {
		await wait(5);
	}
}

/** The status line and headers, and the body. */
export function partsOf(text: string): {head: string; body: string} {
	const [head = '', ...body] = text.split('\r\n\r\n');
	return {head, body: body.join('\r\n\r\n')};
}
