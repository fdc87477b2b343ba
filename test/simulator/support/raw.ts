import {connect as connectTcp, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import type {Simulator, SimulatorOptions} from '../../../source/simulator/server/server.js';
import {simulate, type Answer} from './api.js';

export const sessions = '/v8/JobSessions?limit=8';

export type SessionOnWire = {id: string; status: string; creationTime: string; endTime?: string; progress: unknown; statistics: Record<string, unknown>};

/** The rows of a page of sessions. */
export function sessionsOf({json}: Pick<Answer, 'json'>): SessionOnWire[] {
	return json['results'] as SessionOnWire[];
}

/** Lets all that is ready to happen in this process happen. */
export async function turn(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}

/** A signed-in raw client of a simulator: one connection per request unless told otherwise. */
export async function driven(t: TestContext, options: SimulatorOptions = {}) {
	const held = await simulate(t, {scenario: 'demo', ...options});
	const {simulator} = held;
	let token = '';
	const signIn = async () => {
		const answer = await held.signIn();
		token = answer.json['access_token'] as string;
		return answer;
	};

	if (!simulator.url.startsWith('https:')) {
		await signIn();
	}

	const read = async (path = sessions): Promise<Answer> => held.read(path, token);
	return {
		...held, signIn, read,
		/** The bearer header and path as bytes on a connection of its own. */
		say: (path = sessions, headers = 'Connection: close\r\n') => say(simulator, `GET ${path} HTTP/1.1\r\nHost: vb365\r\nAuthorization: Bearer ${token}\r\n${headers}\r\n`),
		ids: async (path = sessions) => sessionsOf(await read(path)).map(({id}) => id),
	};
}

export type Driven = Awaited<ReturnType<typeof driven>>;

/** What comes back over a connection of its own, as it comes. */
export type Conversation = {
	readonly socket: Socket;
	/** So far, Latin-1. */
	readonly text: () => string;
	/** All there was when the other side ended or broke it. */
	readonly ended: Promise<string>;
};

export function say({port, url}: Pick<Simulator, 'port' | 'url'>, text: string): Conversation {
	const socket = url.startsWith('https:') ? connectTls({port, host: '127.0.0.1', rejectUnauthorized: false}) : connectTcp(port, '127.0.0.1');
	let heard = '';
	socket.setEncoding('latin1').on('data', (chunk: string) => {
		heard += chunk;
	});
	// A broken connection is what many a test waits for.
	socket.on('error', () => undefined);
	const {promise: ended, resolve} = Promise.withResolvers<string>();
	socket.once('close', () => {
		resolve(heard);
	});
	socket.write(text);
	return {socket, text: () => heard, ended};
}

/** Waits for what a fault brings about. */
export async function until(isSo: () => unknown): Promise<void> {
	while (!await isSo()) {
		await wait(5);
	}
}

/** The status line and headers, and the body. */
export function partsOf(text: string): {head: string; body: string} {
	const [head = '', ...body] = text.split('\r\n\r\n');
	return {head, body: body.join('\r\n\r\n')};
}
