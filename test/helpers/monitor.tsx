import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {render} from 'ink';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createServerApi} from '../../source/api/client.js';
import type {ApiVersion} from '../../source/api/server-api.js';
import {App} from '../../source/app/app.js';
import type {Ports} from '../../source/app/ports.js';
import {createMonitorStore} from '../../source/cli/monitor-store.js';
import type {Marks} from '../../source/triage/acknowledged.js';
import {drawings} from '../../source/ui/drawing.js';
import {createEvidenceReader} from '../../source/live/evidence.js';
import {createFeed} from '../../source/live/feed.js';
import {createReadQueue, queuedLogs} from '../../source/live/read-queue.js';
import {createServerClock} from '../../source/live/server-clock.js';
import type {WatchedServer} from '../../source/live/watched-server.js';
import type {JobType} from '../../source/model/job.js';
import {Secret} from '../../source/model/secret.js';
import type {ListName} from '../../source/app/shared/rows/lists.js';
import {silentStdin} from '../../source/terminal/keyboard.js';
import {drawAnew} from '../../source/terminal/output.js';
import {startSimulator, type Simulator, type SimulatorOptions} from '../../source/simulator/server/server.js';
import {Keyboard, Screen, sequences} from './terminal.js';

export type MonitorOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly api?: ApiVersion;
	/** The list at the start; Sessions unless said. */
	readonly list?: ListName;
	readonly jobType?: JobType;
	readonly rangeMs?: number;
	readonly refreshMs?: number;
	readonly password?: string;
	/** Keeps a password that was taken. */
	readonly keep?: WatchedServer['saveSecret'];
	/** SHA-256 fingerprint of the one certificate to trust. */
	readonly pin?: string;
	/** Writes what is to be saved. */
	readonly onSave?: Ports['save'];
	readonly onBell?: Ports['bell'];
	/** Copies a text; without it, a text is shown to be selected. */
	readonly onCopy?: Ports['copy'];
	/** Is told what was acknowledged and ignored. */
	readonly onMarks?: Ports['saveMarks'];
	/** What was acknowledged and ignored before the start. */
	readonly marks?: Marks;
	/** Milliseconds after which a request is given up. */
	readonly totalMs?: number;
};

/** A clock for the simulator that goes with the real one and can be set forward. */
export function movableClock(start = Date.now()) {
	let ahead = start - Date.now();
	return {
		now: () => Date.now() + ahead,
		forward(ms: number) {
			ahead += ms;
		},
	};
}

/** Starts a simulated server that ends with the test. */
export async function simulator(t: TestContext, options: SimulatorOptions = {}): Promise<Simulator> {
	const server = await startSimulator(options);
	t.after(async () => server.close());
	return server;
}

/** A server to watch; its name is `test`, then `test-2` and so on, unless it is given. */
export type MonitoredServer = Pick<Simulator, 'url' | 'certificate' | 'account'> & {readonly name?: string};

function watch(server: MonitoredServer, index: number, {jobType, rangeMs = 24 * 3_600_000, ...options}: MonitorOptions): WatchedServer {
	const id = index === 0 ? 'test' : `test-${index + 1}`;
	const name = server.name ?? id;
	const monotonic = () => performance.now();
	const clock = createServerClock(monotonic, () => Date.now());
	const api = createServerApi({
		serverId: id, address: parseServerAddress(server.url), account: server.account.username,
		secret: new Secret(options.password ?? server.account.password),
		api: options.api, ca: server.certificate === undefined ? [] : [server.certificate], pin: options.pin, monotonic, onDate: clock.observe,
		timeouts: {totalMs: options.totalMs},
	});
	const feed = createFeed({serverId: id, serverName: name, api, scope: {jobType, rangeMs}, now: clock.now});
	// Background reads take their turns as always, but in quick succession: no test waits for their rate.
	const queue = createReadQueue({monotonic, everyMs: 20});
	const evidence = createEvidenceReader({serverId: id, api, queue, now: clock.now});
	return {id, name, account: server.account.username, api, feed, saveSecret: options.keep, logs: queuedLogs(api, queue, 'opened'), evidence};
}

/** Starts the whole monitor against simulated servers, on a screen that can be read and with a keyboard that can be pressed. */
export function startMonitor(t: TestContext, server: MonitoredServer | readonly MonitoredServer[], options: MonitorOptions = {}) {
	const {columns = 80, rows = 24, jobType, rangeMs = 24 * 3_600_000, refreshMs = 150} = options;
	const servers = [server].flat().map((one, index) => watch(one, index, options));
	const screen = new Screen(columns, rows);
	const keyboard = new Keyboard();
	const input = keyboard.open(screen);
	screen.on('resize', () => {
		drawAnew(screen, app, shown);
	});
	const {store, live} = createMonitorStore({
		servers,
		beginning: {
			list: options.list ?? 'sessions', jobType: jobType ?? 'all', rangeMs, refreshMs, zone: 'UTC', marks: options.marks,
			terminal: {columns, rows, drawing: drawings.ascii},
		},
		ports: {
			redraw: () => undefined,
			suspend: () => undefined,
			quit() {
				app.unmount();
			},
			bell: options.onBell ?? (() => undefined),
			copy: options.onCopy ?? (async () => 'screen'),
			save: options.onSave ?? (async () => 'nothing is saved here'),
			saveMarks: options.onMarks ?? (() => undefined),
		},
	});
	const endInput = input.subscribe(store.input);
	live.start();
	const shown = <App store={store} watches={live.watches}/>;
	const app = render(
		shown,
		{
			stdout: screen as unknown as NodeJS.WriteStream, stdin: silentStdin(),
			interactive: true, alternateScreen: true, incrementalRendering: true, exitOnCtrlC: false, patchConsole: false,
		},
	);
	let hasExited = false;
	const exited = app.waitUntilExit();
	// A crash is an error that nobody catches.
	void exited.finally(() => {
		endInput();
		input.end();
		live.end();
		hasExited = true;
	});
	t.after(async () => {
		app.unmount();
		await Promise.all(servers.map(async ({api, evidence}) => {
			evidence.end();
			await api.close();
		}));
	});

	/** Waits until the screen is as wanted, for about `seconds` at most; fails with the screen as it is. */
	const until = async (wanted: RegExp | ((text: string) => boolean), what = String(wanted), seconds = 10) => {
		const isThere = () => {
			const text = screen.lines().join('\n');
			return wanted instanceof RegExp ? wanted.test(text) : wanted(text);
		};

		for (let tries = 0; tries < seconds * 40; tries++) {
			if (isThere()) {
				return screen.lines().join('\n');
			}

			await wait(25);
		}

		assert.fail(`not seen: ${what}\n${screen.lines().join('\n')}`);
	};

	return {
		screen,
		feeds: servers.map(({feed}) => feed),
		/** That of the first server. */
		feed: servers[0]!.feed,
		until,
		hasExited: () => hasExited,
		/** Resolves when it was left, rejects when it has crashed. */
		exited,
		/** Presses keys by name, or types text, one after another. */
		async press(...keys: string[]) {
			for (const key of keys) {
				keyboard.push(sequences[key] ?? key);
				// A lone Esc is told from a sequence by a pause.
				await wait(key === 'escape' ? 40 : 5);
			}
		},
		/** Sends bytes as they are. */
		type(bytes: Uint8Array) {
			keyboard.push(bytes);
		},
		paste(text: string) {
			keyboard.push(`\u{1B}[200~${text}\u{1B}[201~`);
		},
		text: () => screen.lines().join('\n'),
		/** The line under the cursor. */
		selected: () => screen.lines().find(line => line.startsWith('>')) ?? '',
		/** The rows of the list. */
		list: () => screen.lines().slice(4, -4).filter(line => line !== ''),
	};
}
