import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {Writable} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import {render} from 'ink';
import {App} from '../../../source/app/app.js';
import {initialState} from '../../../source/app/initial-state.js';
import type {Ports} from '../../../source/app/ports.js';
import {createStore} from '../../../source/app/store.js';
import type {Now} from '../../../source/model/now.js';
import type {Snapshot} from '../../../source/model/snapshot.js';
import {silentStdin} from '../../../source/terminal/keyboard.js';
import {drawings} from '../../../source/ui/drawing.js';
import {Keyboard} from '../../helpers/terminal.js';
import {now as standing, serverId} from './sessions.js';

const endOfFrame = '\u{1B}[?2026l';

/** A terminal that interprets nothing: it counts bytes and says when a frame ends. */
class Sink extends Writable {
	isTTY = true;
	columns = 120;
	rows = 40;
	bytes = 0;
	frames = 0;
	/** Of the first frame, with what comes before it. */
	firstFrameBytes = 0;

	constructor() {
		super({decodeStrings: false});
	}

	override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
		this.bytes += Buffer.byteLength(chunk);
		if (chunk.toString().includes(endOfFrame)) {
			this.frames++;
			this.firstFrameBytes ||= this.bytes;
			this.emit('frame');
		}

		done();
	}
}

const ports: Ports = {
	server: () => undefined,
	redraw: () => undefined,
	suspend: () => undefined,
	quit: () => undefined,
	bell: () => undefined,
	copy: async () => 'screen',
	save: async () => '',
	saveMarks: () => undefined,
	signIn: async () => undefined,
	saveSecret: async () => undefined,
};

/** A whole monitor of a snapshot at 120x40, with the terminal's options of the program; no server is asked, and time stands still unless it is set. */
export async function openMonitor(first: Snapshot) {
	const sink = new Sink();
	const keyboard = new Keyboard();
	const input = keyboard.open(sink);
	let now: Now = standing;
	const store = createStore(initialState({
		servers: [{id: serverId, name: 'bench', account: undefined, canSaveSecret: false}],
		list: 'sessions', jobType: 'all', rangeMs: first.scope.rangeMs, refreshMs: 120_000, zone: 'UTC', now,
		terminal: {columns: sink.columns, rows: sink.rows, drawing: drawings.ascii},
	}), ports);
	const publish = (snapshot: Snapshot) => {
		store.dispatch({type: 'snapshot', serverId, snapshot, now});
	};

	store.dispatch({type: 'contact', serverId, contact: {fault: undefined, lastGoodAt: now.monotonic, nextTryAt: undefined, faultSince: undefined}, now});
	publish(first);
	const endInput = input.subscribe(store.input);
	const app = render(
		<App store={store} watches={[]}/>,
		{
			stdout: sink as unknown as NodeJS.WriteStream, stdin: silentStdin(),
			interactive: true, alternateScreen: true, incrementalRendering: true, exitOnCtrlC: false, patchConsole: false,
		},
	);

	/** Waits until nothing was written for a while: the next frame is not held back for its rate. */
	const settle = async () => {
		let frames = -1;
		while (frames !== sink.frames) {
			frames = sink.frames;
			await wait(40);
		}
	};

	/** What it costs: milliseconds to the end of the first frame, and the bytes of all that is written. */
	const cost = async (run: () => void) => {
		await settle();
		const {bytes} = sink;
		const drawn = once(sink, 'frame', {signal: AbortSignal.timeout(10_000)});
		const start = performance.now();
		run();
		await drawn;
		const ms = performance.now() - start;
		await settle();
		return {ms, bytes: sink.bytes - bytes};
	};

	await settle();
	return {
		cost,
		/** Bytes of the whole screen, with the list in it. */
		firstFrameBytes: sink.firstFrameBytes,
		press: async (key: string) => cost(() => {
			keyboard.push(key);
		}),
		publish: async (next: Snapshot) => cost(() => {
			publish(next);
		}),
		/** A second goes by in which nothing else happens. */
		second: async () => cost(() => {
			now = {server: now.server + 1000, monotonic: now.monotonic + 1000};
			store.dispatch({type: 'tick', now});
		}),
		close() {
			app.unmount();
			endInput();
			input.end();
		},
	};
}
