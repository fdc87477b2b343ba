import {setTimeout as wait} from 'node:timers/promises';
import {render} from 'ink';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createServerApi} from '../../source/api/client.js';
import {App} from '../../source/app/app.js';
import {createMonitorStore} from '../../source/cli/monitor-store.js';
import {createEvidenceReader} from '../../source/live/evidence.js';
import {createFeed} from '../../source/live/feed.js';
import {createReadQueue, queuedLogs} from '../../source/live/read-queue.js';
import {createServerClock} from '../../source/live/server-clock.js';
import {valueOf} from '../../source/model/field.js';
import {statusClass, type Session} from '../../source/model/session.js';
import {Secret} from '../../source/model/secret.js';
import {silentStdin} from '../../source/terminal/keyboard.js';
import type {Simulator} from '../../source/simulator/server/server.js';
import {drawings} from '../../source/ui/drawing.js';
import {Keyboard, Screen} from '../helpers/terminal.js';
import {rangeMs, type Told} from './orders.js';

// A pause is ended at once: while it lasts the list of then is held besides that of now.
const keys = ['j', 'k', '\r', '\u{1B}', 'J', 'K', 'G', 'g', 't', 't', 't', 's', 'pp', 'r', 'R', '?', '\u{1B}', '\u{1B}[6~', '\u{1B}[5~'];

/** The whole monitor over a server, its screen in the emulator of a terminal. */
export function openWatch({url, account}: Pick<Simulator, 'url' | 'account'>, refreshMs: number) {
	const monotonic = () => performance.now();
	const clock = createServerClock(monotonic, () => Date.now());
	const api = createServerApi({
		serverId: 'soak', address: parseServerAddress(url), account: account.username, secret: new Secret(account.password), monotonic, onDate: clock.observe,
		timeouts: {totalMs: 5000},
	});
	const feed = createFeed({serverId: 'soak', serverName: 'soak', api, scope: {jobType: undefined, rangeMs}, now: clock.now});
	const screen = new Screen(120, 40);
	const keyboard = new Keyboard();
	const input = keyboard.open(screen);
	const queue = createReadQueue({monotonic});
	const evidence = createEvidenceReader({serverId: 'soak', api, queue, now: clock.now});
	const servers = [{id: 'soak', name: 'soak', account: account.username, api, feed, logs: queuedLogs(api, queue, 'opened'), evidence}];
	const {store, live} = createMonitorStore({
		servers,
		beginning: {
			list: 'sessions', jobType: 'all', rangeMs, refreshMs, zone: 'UTC', terminal: {columns: screen.columns, rows: screen.rows, drawing: drawings.ascii},
		},
		ports: {
			redraw: () => undefined,
			suspend: () => undefined,
			quit() {
				app.unmount();
			},
			bell: () => undefined,
			copy: async () => 'screen',
			save: async () => '',
			saveMarks: () => undefined,
		},
	});
	const endInput = input.subscribe(store.input);
	live.start();
	const app = render(
		<App store={store} watches={live.watches}/>,
		{
			stdout: screen as unknown as NodeJS.WriteStream, stdin: silentStdin(),
			interactive: true, alternateScreen: true, incrementalRendering: true, exitOnCtrlC: false, patchConsole: false,
		},
	);
	let hasExited = false;
	void app.waitUntilExit().then(() => {
		endInput();
		input.end();
		hasExited = true;
	});

	const state = () => /\b(?:LIVE|STALE|OFFLINE|SIGN IN|LOADING|CONNECTING)\b/v.exec(screen.lines()[0] ?? '')?.[0] ?? 'none';
	const type = async (...typed: readonly string[]) => {
		for (const key of typed) {
			keyboard.push(key);
			await wait(50);
		}
	};

	const signIn = async () => type('\u{1B}', '\u{1B}', '\u{1B}', 'R', account.password, '\r');

	return {
		sessions: () => feed.snapshot().sessions,
		hasExited: () => hasExited,
		/** Presses keys as somebody does who looks around, for a while. */
		async live(ms: number, seen: Map<string, number>, random: () => number) {
			const end = performance.now() + ms;
			while (performance.now() < end) {
				// In the prompt each key would be part of a password.
				await (state() === 'SIGN IN' ? wait(50) : type(keys[Math.floor(random() * keys.length)]!));
				await wait(200);
				seen.set(state(), (seen.get(state()) ?? 0) + 1);
			}
		},
		/** Leaves whatever is open. */
		rest: async () => type('\u{1B}', '\u{1B}', '\u{1B}', 'g'),
		/** Enters the password where it is asked for. */
		async signInIfAsked() {
			if (state() === 'SIGN IN') {
				await signIn();
			}
		},
		/** Waits until the list is whole and new, and enters the password where it is asked for. */
		async untilLive() {
			for (let tries = 0; state() !== 'LIVE' || feed.snapshot().isLoading; tries++) {
				if (hasExited || tries > 1200) {
					throw new Error(`never LIVE again:\n${screen.lines().join('\n')}`);
				}

				await (state() === 'SIGN IN' ? signIn() : wait(100));
			}
		},
		async close() {
			app.unmount();
			live.end();
			evidence.end();
			await api.close();
		},
	};
}

/** How sessions that are held differ from those that the server has, a line each. What is about to leave the range may be there or not. */
export function differences(held: readonly Session[], truth: readonly Told[], now: number): readonly string[] {
	const since = now - rangeMs;
	const edge = 60_000;
	const isFinished = ({status}: Told) => statusClass(status) === 'finished';
	const isMeant = (session: Told) => !isFinished(session) || Math.abs((session.endedAt ?? 0) - since) > edge;
	const isInRange = (session: Told) => !isFinished(session) || (session.endedAt ?? 0) > since;
	const wanted = lines(truth.filter(session => isMeant(session) && isInRange(session)));
	const found = lines(held.map(session => toldOf(session)).filter(session => isMeant(session)));
	return [
		...[...wanted].filter(line => !found.has(line)).map(line => `not held: ${line}`),
		...[...found].filter(line => !wanted.has(line)).map(line => `not there: ${line}`),
	];
}

function toldOf({id, status, createdAt, endedAt, progress}: Session): Told {
	return {id, status: valueOf(status) ?? '?', createdAt: valueOf(createdAt), endedAt: valueOf(endedAt), progress: valueOf(progress)};
}

function lines(sessions: readonly Told[]): ReadonlySet<string> {
	return new Set(sessions.map(({id, status, createdAt, endedAt, progress}) => [id, status, createdAt, endedAt ?? '-', progress].join(' ')));
}
