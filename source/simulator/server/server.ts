import {createServer as createHttpServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {ServerUnderFaults} from '../faults/fault-host.js';
import {FaultSwitch, type Rhythm} from '../faults/fault-switch.js';
import type {FaultName} from '../faults/faults.js';
import {SimulatedClock} from '../world/server-clock.js';
import type {Scenario} from '../scenarios/scenario.js';
import {scenarios, type ScenarioName} from '../scenarios/scenarios.js';
import {productBuild, servedBy, type ApiName} from '../wire/versions.js';
import type {ActiveEndTime} from '../wire/wire.js';
import {World, type WorldOptions} from '../world/world.js';
import {TokenQuota, Tokens, type Account, type TokenSettings} from './tokens.js';
import type {BoundAppliesTo} from './session-filters.js';
import {listen} from './listening.js';
import {answerTo, type Setting} from './handler.js';
import {openExchange, send, type WireAnswer, type ServerExchange, type Middleware, type RequestRecord} from './exchange.js';
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
	/** In place of a made one, with `tls` only. */
	certificate?: ServerCertificate;
	scenario?: ScenarioName | Scenario;
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
	boundAppliesTo?: BoundAppliesTo;
	/** The end time of an active session; default: `max` in v6, `absent` in v7 and v8. */
	activeEndTime?: ActiveEndTime;
	/** Called in order before routing. */
	middleware?: readonly Middleware[];
	/** What befalls it from the start, for ever unless there is a rhythm; in place of what the night has. */
	faults?: readonly FaultName[];
	/** Calm, then the faults, again and again. */
	rhythm?: Rhythm;
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
	connections: readonly SocketConnection[];
	/** As after a restart of the service. */
	forgetTokens(): void;
	/** These faults and no other from the next request on; without a name it heals. Ends the rhythm. Rejects where one cannot be on. */
	setFaults(...names: FaultName[]): Promise<void>;
	world: World;
	/** Frees the port at once, open connections or not. */
	close(): Promise<void>;
};

const demoAccount: Account = {username: String.raw`DEMO\operator`, password: 'simulated'};

/** Starts a server that stands where a VB365 REST service would, on the loopback address only. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const {account = demoAccount, tls = false, clock: wall = Date.now} = options;
	const worldOptions = worldOptionsOf(options, wall());
	const setting = makeSetting(options, worldOptions);
	const clock = new SimulatedClock(wall, setting, worldOptions);
	const requests: RequestRecord[] = [];
	const log = {clock: () => clock.now, requests};
	const {scenario} = worldOptions;
	let layersOfScenario = options.faults ? [] : scenario.middleware?.() ?? [];
	const listener = makeListener(log, {
		layers: () => [...options.middleware ?? [], ...layersOfScenario, ...faultSwitch.layers],
		answer: async exchange => answerTo(exchange, setting),
	});
	const identity = tls ? options.certificate ?? await makeCertificate() : undefined;
	const server = identity ? createHttpsServer({key: identity.key, cert: identity.certificate}, listener) : createHttpServer(listener);
	const connections = watchConnections(server);
	const host = new ServerUnderFaults({
		server, identity, clock,
		tokens: setting.tokens,
		seed: worldOptions.seed,
		decoyListener: makeListener(log, {layers: () => [], answer: () => ({status: 200, json: {results: []}})}),
	});
	const faultSwitch = new FaultSwitch(host, {
		tls,
		apply(others) {
			applyTokenOptions(setting, [options, ...others]);
		},
	});
	const port = await listen(server, options.port ?? 0);
	await beginFaults(options.faults ? options : scenario, {host, faultSwitch});
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		port, account, requests, connections,
		certificate: identity?.certificate,
		get world() {
			return setting.world;
		},
		forgetTokens() {
			setting.tokens.forget();
		},
		async setFaults(...names) {
			layersOfScenario = [];
			await faultSwitch.set(names);
		},
		async close() {
			await faultSwitch.close();
			await host.close();
		},
	};
}

async function beginFaults({faults = [], rhythm}: Pick<SimulatorOptions, 'faults' | 'rhythm'>, {host, faultSwitch}: {host: ServerUnderFaults; faultSwitch: FaultSwitch}): Promise<void> {
	try {
		await (rhythm ? faultSwitch.setRhythm(faults, rhythm) : faultSwitch.set(faults));
	} catch (error) {
		await host.close();
		throw error;
	}
}

function worldOptionsOf({scenario = 'demo', seed = 1, pace = 1, sessions, epoch}: SimulatorOptions, now: number): WorldOptions {
	return {scenario: typeof scenario === 'string' ? scenarios[scenario] : scenario, seed, epoch: epoch ?? now, pace, sessions};
}

function makeSetting(options: SimulatorOptions, worldOptions: WorldOptions): Setting {
	const {api = 'v8', account = demoAccount, apiKeys = []} = options;
	const setting: Setting = {
		versions: servedBy(api),
		build: productBuild(api),
		world: new World(worldOptions),
		tokens: new Tokens({account, apiKeys, lifetime: 0, requireAntiforgery: true}),
		quota: undefined,
		boundAppliesTo: options.boundAppliesTo ?? 'endTime',
		activeEndTime: options.activeEndTime,
	};
	applyTokenOptions(setting, [options]);
	return setting;
}

/** The last that says something counts. */
function applyTokenOptions(setting: Setting, options: readonly TokenSettings[]): void {
	const last = <Name extends keyof TokenSettings>(name: Name) => options.map(candidate => candidate[name]).findLast(value => value !== undefined);
	setting.tokens.rules.lifetime = last('tokenLifetime') ?? 3600;
	setting.tokens.rules.requireAntiforgery = last('requireAntiforgery') ?? true;
	setting.quota = last('tokenQuota') ? setting.quota ?? new TokenQuota() : undefined;
}

type Log = {clock: () => number; requests: RequestRecord[]};
type Answering = {layers: () => readonly Middleware[]; answer: (exchange: ServerExchange) => WireAnswer | Promise<WireAnswer>};

function makeListener(log: Log, {layers, answer}: Answering) {
	return (request: IncomingMessage, response: ServerResponse) => {
		const exchange = openExchange(request, response, {now: log.clock(), requests: log.requests});
		const steps = layers();
		const step = async (place: number): Promise<void> => {
			const layer = steps[place];
			if (layer) {
				await layer(exchange, async () => step(place + 1));
			} else {
				let found = await answer(exchange);
				for (const edit of exchange.edits) {
					found = edit(found);
				}

				await send(exchange, found);
			}
		};

		// A fault of the simulator must not look like one that was asked for: it ends the answer, and says so.
		step(0).catch(async (error: unknown) => {
			if (response.headersSent) {
				response.destroy();
			} else {
				await send(exchange, {status: 500, text: `simulator: ${String(error)}`});
			}
		});
	};
}
