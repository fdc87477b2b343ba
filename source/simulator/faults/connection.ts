import {Buffer} from 'node:buffer';
import type {ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {jsonType, type Delay, type WireAnswer, type Middleware} from '../server/exchange.js';
import {numberBetween} from '../world/random.js';
import {second} from '../world/time.js';
import {editedText, type Fault, type FaultHost} from './fault.js';

const dripBytes = 64;
const dripPause = second / 4;
const idleBeforeReset = second / 20;
const restartTakes = 3 * second;

/** Faults of the connection, before and during an answer. */
export const connectionFaults = {
	latency: {about: 'each answer comes 1 to 4 seconds late', scope: 'all', middleware: latency},
	stall: {about: 'connections are held, and no byte ever comes', scope: 'all', middleware: () => neverAnswer},
	slowBody: {
		about: 'the headers come at once, the body drips',
		middleware: editedText((text, {delay}) => streamed(text, body => drops(body, delay))),
	},
	cutBody: {
		about: 'the connection breaks half way through the body',
		middleware: editedText((text, {exchange: {response}}) => streamed(text, body => firstHalf(body, response))),
	},
	reset: {
		about: 'connections break before any byte of the answer', scope: 'all',
		middleware: () => ({request}) => {
			request.socket.destroy();
		},
	},
	resetIdle: {about: 'kept connections break after each answer, unannounced', middleware: resetIdle},
	badHttp: {
		about: 'what comes back is no HTTP', scope: 'all',
		middleware: () => ({request}) => {
			request.socket.end('SSH-2.0-OpenSSH_9.6\r\n\u{0}\u{7}\u{1B}[2J\u{FF}\r\n\r\n', 'latin1');
		},
	},
	off: {
		about: 'nobody listens on the port', scope: 'all',
		begin(host) {
			host.stopListening();
		},
		end: async host => host.listenAgain(),
	},
	restart: {
		about: 'the service restarts: 3 seconds away, and all tokens are forgotten', scope: 'all',
		begin(host) {
			host.tokens.forget();
			host.refuseConnections(restartTakes);
		},
		end(host) {
			host.acceptConnections();
		},
	},
	certificate: {
		about: 'another certificate is shown', scope: 'all', needsTls: true,
		begin: async host => host.changeCertificate(),
		end(host) {
			host.restoreCertificate();
		},
	},
} as const satisfies Record<string, Fault>;

function neverAnswer(): void {
	// Neither answers nor calls `next`: the connection stays open.
}

function latency({seed, delay}: FaultHost): Middleware {
	let count = 0;
	return async (_exchange, next) => {
		count++;
		await delay(numberBetween(second, 4 * second, seed, 'latency', count));
		await next();
	};
}

/** The second request on a connection destroys it; so does a short pause after the first answer. */
function resetIdle({delay}: FaultHost): Middleware {
	const answeredOn = new WeakSet<Socket>();
	return async ({request: {socket}, response}, next) => {
		if (answeredOn.has(socket)) {
			socket.destroy();
			return;
		}

		answeredOn.add(socket);
		response.once('finish', () => {
			void destroyAfter(delay(idleBeforeReset), socket);
		});
		await next();
	};
}

async function destroyAfter(pause: Promise<void>, socket: Socket): Promise<void> {
	await pause;
	socket.destroy();
}

function streamed(text: string, stream: (body: Uint8Array) => AsyncIterable<Uint8Array>): WireAnswer {
	const body = Buffer.from(text);
	return {status: 200, stream: stream(body), headers: {'Content-Type': jsonType, 'Content-Length': String(body.byteLength)}};
}

async function * drops(body: Uint8Array, delay: Delay): AsyncGenerator<Uint8Array> {
	for (let from = 0; from < body.byteLength; from += dripBytes) {
		yield body.subarray(from, from + dripBytes);
		await delay(dripPause); // eslint-disable-line no-await-in-loop -- one drop after another
	}
}

async function * firstHalf(body: Uint8Array, response: ServerResponse): AsyncGenerator<Uint8Array> {
	yield body.subarray(0, Math.floor(body.byteLength / 2));
	response.destroy();
}
