import {createServer as createHttpServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {setTimeout as wait} from 'node:timers/promises';
import {FaultSwitch, type Rhythm} from '../faults/fault-switch.js';
import type {FaultName} from '../faults/faults.js';
import type {Scenario} from '../scenarios/scenario.js';
import {scenarios, type ScenarioName} from '../scenarios/scenarios.js';
import {productBuild, servedBy, type ApiName} from '../wire/versions.js';
import type {ActiveEndTime} from '../wire/wire.js';
import {World, type WorldOptions} from '../world/world.js';
import {SimulatedClock} from './clock.js';
import {ServerFaultHost} from './fault-host.js';
import {TokenQuota, Tokens, type Account, type TokenSettings} from './tokens.js';
import type {BoundAppliesTo} from './routes/session-filters.js';
import {listen} from './listening.js';
import {answerTo, type HandlerSettings} from './routes/handler.js';
import {openExchange, send, type Delay, type WireAnswer, type ServerExchange, type Middleware, type RequestRecord} from './exchange.js';
import {watchConnections, type SocketConnection} from './connections.js';
import {makeCertificate, type ServerCertificate} from './certificate.js';

export type {ServerCertificate} from './certificate.js';
export type {SocketConnection} from './connections.js';
export type {ServerExchange, Middleware, RequestRecord} from './exchange.js';

export type SimulatorOptions = TokenSettings & {
	/** 0, the default: any free one. The host is always 127.0.0.1. */
	port?: number;
	/** The newest version served; older ones are served too, down to v6. */
	api?: ApiName;
	tls?: boolean;
	/** In place of a generated one, with `tls` only. */
	certificate?: ServerCertificate;
	scenario?: ScenarioName | Scenario;
	seed?: number;
	/** Time 0 of the scenario's script, in ms since 1970; default: now. */
	epoch?: number;
	/** How many times faster than the clock the scenario plays after the epoch. */
	pace?: number;
	/** Pads the history with finished sessions up to about this many. */
	sessions?: number;
	account?: Account;
	/** Fixed bearer tokens that are valid for every GET, as the keys of a service provider's proxy are. */
	apiKeys?: readonly string[];
	boundAppliesTo?: BoundAppliesTo;
	/** The end time of an active session; default: `max` in v6, `absent` in v7 and v8. */
	activeEndTime?: ActiveEndTime;
	/** Called in order before routing. */
	middleware?: readonly Middleware[];
	/** Faults from the start, always on unless there is a rhythm; in place of those of the scenario. */
	faults?: readonly FaultName[];
	/** Alternates between no faults and the faults. */
	rhythm?: Rhythm;
	/** Gives the time in ms since 1970; default: that of the machine. */
	clock?: () => number;
	/** How the delays of faults pass; default: by timers that do not keep the process alive. */
	delay?: Delay;
};

export type Simulator = {
	url: string;
	port: number;
	/** PEM, with `tls` only. */
	certificate: string | undefined;
	account: Account;
	/** The last 10,000. */
	requests: RequestRecord[];
	/** The last 10,000 that were accepted, oldest first; they show whether a client has sent anything. */
	connections: readonly SocketConnection[];
	/** Ends all tokens, as a restart of the service does. */
	forgetTokens(): void;
	/** Turns on these faults and no other from the next request on, and ends the rhythm and the middleware of the scenario. Rejects if a fault cannot be on. */
	setFaults(...names: FaultName[]): Promise<void>;
	world: World;
	/** Frees the port at once and destroys all connections. */
	close(): Promise<void>;
};

const demoAccount: Account = {username: String.raw`DEMO\operator`, password: 'simulated'};

const passTime: Delay = async (ms, signal) => wait(ms, undefined, {ref: false, signal});

/** Starts a server with the REST API of VB365, on the loopback address only. Rejects if the port is in use or a fault cannot be on. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const {account = demoAccount, tls = false, clock: wall = Date.now, delay = passTime} = options;
	const worldOptions = worldOptionsOf(options, wall());
	const settings = makeSettings(options, worldOptions);
	const clock = new SimulatedClock(wall, settings, worldOptions);
	const requests: RequestRecord[] = [];
	const log = {clock: () => clock.now, requests};
	const scenario = scenarioOf(options);
	let scenarioMiddleware = options.faults ? [] : scenario.middleware?.(delay) ?? [];
	const listener = makeListener(log, {
		middleware: () => [...options.middleware ?? [], ...scenarioMiddleware, ...faultSwitch.middleware],
		answer: async exchange => answerTo(exchange, settings),
	});
	const identity = tls ? options.certificate ?? await makeCertificate() : undefined;
	const server = identity ? createHttpsServer({key: identity.key, cert: identity.certificate}, listener) : createHttpServer(listener);
	const connections = watchConnections(server);
	const host = new ServerFaultHost({
		server, identity, clock, delay,
		tokens: settings.tokens,
		seed: worldOptions.seed,
		decoyListener: makeListener(log, {middleware: () => [], answer: () => ({status: 200, json: {results: []}})}),
	});
	const faultSwitch = new FaultSwitch(host, {
		tls,
		apply(others) {
			applyTokenOptions(settings, [options, ...others]);
		},
	});
	const port = await listen(server, options.port ?? 0);
	await beginFaults(options.faults ? options : scenario, {host, faultSwitch});
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		port, account, requests, connections,
		certificate: identity?.certificate,
		get world() {
			return settings.world;
		},
		forgetTokens() {
			settings.tokens.forget();
		},
		async setFaults(...names) {
			scenarioMiddleware = [];
			await faultSwitch.set(names);
		},
		async close() {
			await faultSwitch.close();
			await host.close();
		},
	};
}

async function beginFaults({faults = [], rhythm}: Pick<SimulatorOptions, 'faults' | 'rhythm'>, {host, faultSwitch}: {host: ServerFaultHost; faultSwitch: FaultSwitch}): Promise<void> {
	try {
		await (rhythm ? faultSwitch.setRhythm(faults, rhythm) : faultSwitch.set(faults));
	} catch (error) {
		await host.close();
		throw error;
	}
}

function scenarioOf({scenario = 'demo'}: SimulatorOptions): Scenario {
	return typeof scenario === 'string' ? scenarios[scenario] : scenario;
}

function worldOptionsOf(options: SimulatorOptions, now: number): WorldOptions {
	const {seed = 1, pace = 1, sessions, epoch} = options;
	return {plan: scenarioOf(options), seed, epoch: epoch ?? now, pace, sessions};
}

function makeSettings(options: SimulatorOptions, worldOptions: WorldOptions): HandlerSettings {
	const {api = 'v8', account = demoAccount, apiKeys = []} = options;
	const settings: HandlerSettings = {
		versions: servedBy(api),
		build: productBuild(api),
		world: new World(worldOptions),
		tokens: new Tokens({account, apiKeys, lifetime: 0, requireAntiforgery: true}),
		quota: undefined,
		boundAppliesTo: options.boundAppliesTo ?? 'endTime',
		activeEndTime: options.activeEndTime,
	};
	applyTokenOptions(settings, [options]);
	return settings;
}

/** Of several options for one thing, the last one is applied. */
function applyTokenOptions(settings: HandlerSettings, options: readonly TokenSettings[]): void {
	const last = <Name extends keyof TokenSettings>(name: Name) => options.map(candidate => candidate[name]).findLast(value => value !== undefined);
	settings.tokens.rules.lifetime = last('tokenLifetime') ?? 3600;
	settings.tokens.rules.requireAntiforgery = last('requireAntiforgery') ?? true;
	settings.quota = last('tokenQuota') ? settings.quota ?? new TokenQuota() : undefined;
}

type Log = {clock: () => number; requests: RequestRecord[]};
type RequestHandling = {middleware: () => readonly Middleware[]; answer: (exchange: ServerExchange) => WireAnswer | Promise<WireAnswer>};

function makeListener(log: Log, {middleware, answer}: RequestHandling) {
	return (request: IncomingMessage, response: ServerResponse) => {
		const exchange = openExchange(request, response, {now: log.clock(), requests: log.requests});
		const steps = middleware();
		const step = async (index: number): Promise<void> => {
			const current = steps[index];
			if (current) {
				await current(exchange, async () => step(index + 1));
			} else {
				let edited = await answer(exchange);
				for (const edit of exchange.edits) {
					edited = edit(edited);
				}

				await send(exchange, edited);
			}
		};

		// A bug of the simulator must not look like a requested fault: it ends the answer with a message of its own.
		step(0).catch(async (error: unknown) => {
			if (response.headersSent) {
				response.destroy();
			} else {
				await send(exchange, {status: 500, text: `simulator: ${String(error)}`});
			}
		});
	};
}
