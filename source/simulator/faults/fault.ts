import {send, textOf, type Delay, type WireAnswer, type ServerExchange, type Middleware} from '../server/exchange.js';
import type {TokenSettings, Tokens} from '../server/tokens.js';

/** What a fault can do to the server. */
export type FaultHost = {
	readonly tokens: Pick<Tokens, 'expire' | 'forget' | 'refusedGrants'>;
	readonly seed: number;
	readonly delay: Delay;
	/** Where a redirect leads: another port of this machine, with the same request log. */
	readonly decoyUrl: string;
	openDecoy(): Promise<void>;
	closeDecoy(): void;
	/** Destroys all connections. */
	dropConnections(): void;
	/** Destroys all connections, and new ones for so many ms. */
	refuseConnections(ms: number): void;
	acceptConnections(): void;
	/** Closes the port and destroys all connections. */
	stopListening(): void;
	/** Listens on the same port again. Rejects if another program uses it. */
	listenAgain(): Promise<void>;
	/** Presents another certificate to new connections, and destroys the old ones. */
	changeCertificate(): Promise<void>;
	restoreCertificate(): void;
	readonly clock: {
		/** Moves the clock by so many ms. */
		jump(by: number): void;
		/** Moves the clock and all times of the world by so many ms. */
		shift(by: number): void;
	};
};

/** Which requests a fault affects: those that read data, those that read anything, or all. */
export type FaultScope = 'data' | 'gets' | 'all';

export type Fault = {
	/** A line for people, without a full stop. */
	about: string;
	/** Default: `data`. */
	scope?: FaultScope;
	needsTls?: true;
	/** These replace the options of the server. */
	options?: TokenSettings;
	/** Handles the requests while the fault is on; created anew each time that it begins. */
	middleware?: (host: FaultHost) => Middleware;
	begin?: (host: FaultHost) => void | Promise<void>;
	end?: (host: FaultHost) => void | Promise<void>;
};

const dataless = new Set(['token', 'serviceinstance']);

/** Whether a request is in the scope. */
export const isInScope: Readonly<Record<FaultScope, (exchange: Pick<ServerExchange, 'method' | 'path'>) => boolean>> = {
	data: ({method, path}) => method === 'GET' && !dataless.has(path.toLowerCase().split('/', 3)[2] ?? ''),
	gets: ({method}) => method === 'GET',
	all: () => true,
};

/** The exchange, and how many the fault has affected before. */
type Occasion = {exchange: ServerExchange; ordinal: number; delay: Delay};

/** A fault that answers instead of the server. */
export function answered(answer: WireAnswer): () => Middleware {
	return () => async exchange => send(exchange, answer);
}

/** A fault that changes good answers of the server. */
export function edited(edit: (answer: WireAnswer, occasion: Occasion) => WireAnswer): (host: FaultHost) => Middleware {
	return ({delay}) => {
		let count = 0;
		return async (exchange, next) => {
			const occasion = {exchange, ordinal: count, delay};
			count++;
			exchange.edits.push(answer => answer.status === 200 ? edit(answer, occasion) : answer);
			await next();
		};
	};
}

/** A fault that changes the text of good answers; undefined: no change. */
export function editedText(edit: (text: string, occasion: Occasion) => WireAnswer | undefined): (host: FaultHost) => Middleware {
	return edited((answer, occasion) => answer.stream ? answer : edit(textOf(answer), occasion) ?? answer);
}

/** A fault that changes the JSON of good answers. */
export function editedJson(edit: (json: unknown, occasion: Occasion) => unknown): (host: FaultHost) => Middleware {
	return edited((answer, occasion) => answer.json === undefined ? answer : {...answer, json: edit(answer.json, occasion)});
}
