import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {Writable} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import {render} from 'ink';
import type {ServerApi} from '../../../source/api/server-api.js';
import {App} from '../../../source/app/app.js';
import {InputContext} from '../../../source/app/use-keys.js';
import type {EvidenceReader} from '../../../source/live/evidence.js';
import type {Feed} from '../../../source/live/feed.js';
import {noEvidence} from '../../../source/model/evidence.js';
import type {Now} from '../../../source/model/now.js';
import type {Snapshot} from '../../../source/model/snapshot.js';
import {silentStdin} from '../../../source/terminal/keyboard.js';
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

/** A whole monitor of a snapshot at 120x40, with the terminal's options of the program; time stands still unless it is set. */
export async function openMonitor(first: Snapshot) {
	const sink = new Sink();
	const keyboard = new Keyboard();
	const input = keyboard.open(sink);
	const listeners = new Set<() => void>();
	let snapshot = first;
	let now: Now = standing;
	const feed: Feed = {
		serverId,
		snapshot: () => snapshot,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		poll: async () => snapshot,
		setScope(scope) {
			snapshot = {...snapshot, scope};
		},
		reload() {
			// There is no server to read from.
		},
		now: () => now,
	};
	// No detail is opened: nothing of it is called.
	const api: Partial<ServerApi> = {};
	const evidence: EvidenceReader = {
		serverId,
		current: () => noEvidence,
		subscribe: () => () => undefined,
		request: () => undefined,
		end: () => undefined,
	};
	const app = render(
		(
			<InputContext value={input.subscribe}>
				<App
					servers={[{id: serverId, name: 'bench', feed, api: api as ServerApi, logs: api as ServerApi, evidence}]} zone='UTC'
					start={{list: 'sessions', jobType: 'all', rangeMs: snapshot.scope.rangeMs, refreshMs: 120_000}}
					onRedraw={() => undefined}
					onSuspend={() => undefined}
				/>
			</InputContext>
		),
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

	/** What a deed costs: milliseconds to the end of its first frame, and the bytes of all that it writes. */
	const cost = async (deed: () => void) => {
		await settle();
		const {bytes} = sink;
		const drawn = once(sink, 'frame', {signal: AbortSignal.timeout(10_000)});
		const start = performance.now();
		deed();
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
			snapshot = next;
			for (const listener of listeners) {
				listener();
			}
		}),
		/** A second goes by in which nothing else happens. */
		second: async () => cost(() => {
			now = {server: now.server + 1000, monotonic: now.monotonic + 1000};
		}),
		close() {
			app.unmount();
			input.end();
		},
	};
}
