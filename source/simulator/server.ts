import {createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {makeCertificate, type ServerCertificate} from './certificate.js';
import {watchConnections, type Connection} from './connections.js';
import {openExchange, send, type Middleware, type RequestRecord} from './exchange.js';
import {answerTo, type Setting} from './handler.js';
import type {Night} from './night.js';
import {nights, type NightName} from './nights.js';
import type {BoundAppliesTo} from './session-filters.js';
import {TokenQuota, Tokens, type Account} from './tokens.js';
import {productBuild, servedBy, type ApiName} from './versions.js';
import type {ActiveEndTime} from './wire.js';
import {World} from './world.js';

export type {ServerCertificate} from './certificate.js';
export type {Connection} from './connections.js';
export type {Exchange, Middleware, RequestRecord} from './exchange.js';

export type SimulatorOptions = {
	/** 0, the default: any free one. The host is always 127.0.0.1. */
	port?: number;
	/** The newest version served; older ones are served too, down to v6. */
	api?: ApiName;
	tls?: boolean;
	/** In place of a made one, with `tls` only. */
	certificate?: ServerCertificate;
	night?: NightName | Night;
	seed?: number;
	/** When the script of the night begins, in ms since 1970; default: now. */
	epoch?: number;
	/** How many times faster than the clock the night goes on after its epoch. */
	pace?: number;
	/** Pads the history with finished sessions up to about this many. */
	sessions?: number;
	account?: Account;
	/** Fixed bearer tokens that open what a GET reads, as the keys of a service provider's proxy do. */
	apiKeys?: readonly string[];
	/** 1 token request a second and 5 a minute, else 429. */
	tokenQuota?: boolean;
	/** In seconds. */
	tokenLifetime?: number;
	boundAppliesTo?: BoundAppliesTo;
	/** The end time of an active session; default: `max` in v6, `absent` in v7 and v8. */
	activeEndTime?: ActiveEndTime;
	requireAntiforgery?: boolean;
	/** Called in order before routing. */
	middleware?: readonly Middleware[];
	/** In ms since 1970. */
	clock?: () => number;
};

export type Simulator = {
	url: string;
	port: number;
	/** PEM, with `tls` only. */
	certificate: string | undefined;
	account: Account;
	/** The last 10,000. */
	requests: RequestRecord[];
	/** The last 10,000 that were accepted, oldest first; a test sees by them that nothing was sent. */
	connections: readonly Connection[];
	/** As after a restart of the service. */
	forgetTokens(): void;
	world: World;
	/** Frees the port at once, open connections or not. */
	close(): Promise<void>;
};

const demoAccount: Account = {username: String.raw`DEMO\operator`, password: 'demo'};

/** Starts a server that stands where a VB365 REST service would, on the loopback address only. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const {clock = Date.now, account = demoAccount, tls = false} = options;
	const setting = makeSetting(options, clock);
	const requests: RequestRecord[] = [];
	const listener = makeListener(setting, {clock, requests, middleware: options.middleware ?? []});
	const identity = tls ? options.certificate ?? await makeCertificate() : undefined;
	const server = identity ? createHttpsServer({key: identity.key, cert: identity.certificate}, listener) : createHttpServer(listener);
	const connections = watchConnections(server);
	const port = await listen(server, options.port ?? 0);
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		port, account, requests, connections,
		certificate: identity?.certificate,
		world: setting.world,
		forgetTokens() {
			setting.tokens.forget();
		},
		async close() {
			await close(server);
		},
	};
}

function makeSetting(options: SimulatorOptions, clock: () => number): Setting {
	const {api = 'v8', night = 'demo', seed = 1, pace = 1, sessions, epoch = clock()} = options;
	return {
		versions: servedBy(api),
		build: productBuild(api),
		world: new World({night: typeof night === 'string' ? nights[night] : night, seed, epoch, pace, sessions}),
		tokens: new Tokens({
			account: options.account ?? demoAccount,
			lifetime: options.tokenLifetime ?? 3600,
			requireAntiforgery: options.requireAntiforgery ?? true,
			apiKeys: options.apiKeys ?? [],
		}),
		quota: options.tokenQuota ? new TokenQuota() : undefined,
		boundAppliesTo: options.boundAppliesTo ?? 'endTime',
		activeEndTime: options.activeEndTime,
	};
}

function makeListener(setting: Setting, {clock, requests, middleware}: {clock: () => number; requests: RequestRecord[]; middleware: readonly Middleware[]}) {
	return (request: IncomingMessage, response: ServerResponse) => {
		const exchange = openExchange(request, response, {now: clock(), requests});
		const step = async (place: number): Promise<void> => {
			const layer = middleware[place];
			if (layer) {
				await layer(exchange, async () => step(place + 1));
			} else {
				send(exchange, await answerTo(exchange, setting));
			}
		};

		// A fault of the simulator must not look like one that was asked for: it ends the answer, and says so.
		step(0).catch((error: unknown) => {
			if (!response.destroyed) {
				send(exchange, {status: 500, text: `simulator: ${String(error)}`});
			}
		});
	};
}

async function listen(server: Server, port: number): Promise<number> {
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	server.once('error', reject);
	server.listen(port, '127.0.0.1', () => {
		server.off('error', reject);
		resolve((server.address() as AddressInfo).port);
	});
	return promise;
}

async function close(server: Server): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	server.close(() => {
		resolve();
	});
	server.closeAllConnections();
	return promise;
}
