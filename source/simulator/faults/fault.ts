import {send, textOf, type WireAnswer, type ServerExchange, type Middleware} from '../server/exchange.js';
import type {SimulatedClock} from '../world/server-clock.js';
import type {TokenSettings, Tokens} from '../server/tokens.js';

/** What a fault may do to the server that it befalls. */
export type FaultHost = {
	readonly tokens: Tokens;
	readonly seed: number;
	/** Where a redirect leads: another port of this machine, whose requests are in the same log. */
	readonly decoyUrl: string;
	openDecoy(): Promise<void>;
	closeDecoy(): void;
	/** Destroys all connections. */
	dropConnections(): void;
	/** Destroys new connections too, for so many ms. */
	refuseConnections(ms: number): void;
	acceptConnections(): void;
	/** The port is closed, and its connections are destroyed. */
	stopListening(): void;
	/** On the same port again. Rejects where another program has taken it. */
	listenAgain(): Promise<void>;
	/** Another certificate is presented to new connections, and the old ones are destroyed. */
	changeCertificate(): Promise<void>;
	restoreCertificate(): void;
	readonly clock: Pick<SimulatedClock, 'jump' | 'shift'>;
};

/** Which requests a fault befalls: those that read data, those that read anything, or all. */
export type Touches = 'data' | 'gets' | 'all';

export type Fault = {
	/** A line for people. */
	about: string;
	/** Default: `data`. */
	touches?: Touches;
	needsTls?: true;
	/** What the server is started with instead. */
	options?: TokenSettings;
	/** What befalls requests while it is on; made anew each time that it begins. */
	middleware?: (host: FaultHost) => Middleware;
	begin?: (host: FaultHost) => void | Promise<void>;
	end?: (host: FaultHost) => void | Promise<void>;
};

const dataless = new Set(['token', 'serviceinstance']);

export const isTouched: Readonly<Record<Touches, (exchange: Pick<ServerExchange, 'method' | 'path'>) => boolean>> = {
	data: ({method, path}) => method === 'GET' && !dataless.has(path.toLowerCase().split('/', 3)[2] ?? ''),
	gets: ({method}) => method === 'GET',
	all: () => true,
};

/** The exchange, and how many the fault has befallen before. */
export type Occasion = {exchange: ServerExchange; ordinal: number};

/** A fault that answers instead of the server. */
export function answered(answer: WireAnswer): () => Middleware {
	return () => async exchange => send(exchange, answer);
}

/** A fault that changes good answers of the server. */
export function edited(edit: (answer: WireAnswer, occasion: Occasion) => WireAnswer): () => Middleware {
	return () => {
		let count = 0;
		return async (exchange, next) => {
			const occasion = {exchange, ordinal: count};
			count++;
			exchange.edits.push(answer => answer.status === 200 ? edit(answer, occasion) : answer);
			await next();
		};
	};
}

/** A fault that changes the text of good answers; undefined leaves one as it is. */
export function editedText(edit: (text: string, occasion: Occasion) => WireAnswer | undefined): () => Middleware {
	return edited((answer, occasion) => answer.stream ? answer : edit(textOf(answer), occasion) ?? answer);
}

/** A fault that changes what good answers say, as long as they are JSON. */
export function editedJson(edit: (json: unknown, occasion: Occasion) => unknown): () => Middleware {
	return edited((answer, occasion) => answer.json === undefined ? answer : {...answer, json: edit(answer.json, occasion)});
}
