import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {render} from 'ink';
import {createServerApi} from '../../source/api/client.js';
import {inspectServer} from '../../source/api/transport/inspect.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {ConnectApp, type Connected} from '../../source/app/connect/connect-app.js';
import {InputContext} from '../../source/app/use-inputs.js';
import {createSignIn} from '../../source/live/sign-in.js';
import type {Input} from '../../source/model/key.js';
import {ServerFault, UsageError} from '../../source/model/errors.js';
import {silentStdin} from '../../source/terminal/keyboard.js';
import {drawAnew} from '../../source/terminal/output.js';
import {Keyboard, Screen, sequences} from './terminal.js';

export type ConnectAppOptions = {
	readonly columns?: number;
	readonly rows?: number;
	/** What stands in the fields at the start. */
	readonly server?: string;
	readonly account?: string;
	readonly ca?: readonly string[];
	readonly pin?: string;
	readonly unsaved?: string;
	/** Nothing is ever connected to, whatever is typed. */
	readonly isOffline?: boolean;
};

/** Starts the Connect view over the real client, on a screen that can be read and with a keyboard that can be pressed. */
export function startConnect(t: TestContext, {columns = 80, rows = 24, server = '', account = '', ca = [], pin, unsaved, isOffline = false}: ConnectAppOptions = {}) {
	const screen = new Screen(columns, rows);
	const keyboard = new Keyboard();
	const input = keyboard.open(screen);
	const done: Connected[] = [];
	let redraws = 0;
	const signIn = createSignIn({
		async inspect(route, onReached, signal) {
			if (isOffline) {
				throw new ServerFault('refused', 'offline');
			}

			return inspectServer({...route, ca, connectMs: 10_000, onReached, signal});
		},
		createApi: attempt => createServerApi({serverId: 'test', ...attempt, ca, monotonic: () => performance.now()}),
	});
	screen.on('resize', () => {
		drawAnew(screen, app, shown);
	});
	const shown = (
		<InputContext value={input.subscribe}>
			<ConnectApp
				signIn={signIn} start={{server, account}} unsaved={unsaved} zone='UTC'
				onStart={({server: address, ...entered}) => {
					try {
						signIn.start({address: parseServerAddress(address), ...entered, pin});
						return undefined;
					} catch (error) {
						return error instanceof UsageError ? `${error.message} ${error.advice}` : String(error);
					}
				}}
				onDone={connected => {
					done.push(connected);
				}}
				onRedraw={() => {
					redraws++;
				}}
				onSuspend={() => undefined}
			/>
		</InputContext>
	);
	const app = render(
		shown,
		{
			stdout: screen as unknown as NodeJS.WriteStream, stdin: silentStdin(),
			interactive: true, alternateScreen: true, incrementalRendering: true, exitOnCtrlC: false, patchConsole: false,
		},
	);
	let hasExited = false;
	// A crash is an error that nobody catches.
	void app.waitUntilExit().finally(() => {
		input.end();
		hasExited = true;
	});
	t.after(() => {
		signIn.cancel();
		app.unmount();
	});
	const text = () => screen.lines().join('\n');

	return {
		screen,
		text,
		done,
		redraws: () => redraws,
		/** What was typed and is left to the view after this one. */
		left() {
			const inputs: Input[] = [];
			input.subscribe(read => {
				inputs.push(...read);
			})();
			return inputs;
		},
		hasExited: () => hasExited,
		/** Sends bytes as they are. */
		type(bytes: Uint8Array) {
			keyboard.push(bytes);
		},
		/** Waits until it is as wanted; fails with the screen as it is. */
		async until(wanted: RegExp | (() => boolean)) {
			for (let tries = 0; tries < 1000; tries++) {
				if (wanted instanceof RegExp ? wanted.test(text()) : wanted()) {
					return text();
				}

				await wait(10);
			}

			assert.fail(`not seen: ${String(wanted)}\n${text()}`);
		},
		/** Presses keys by name, or types text, one after another. */
		async press(...keys: string[]) {
			for (const key of keys) {
				keyboard.push(sequences[key] ?? key);
				// A lone Esc is told from a sequence by a pause.
				await wait(key === 'escape' ? 40 : 5);
			}
		},
		async paste(pasted: string) {
			keyboard.push(`\u{1B}[200~${pasted}\u{1B}[201~`);
			await wait(5);
		},
	};
}
