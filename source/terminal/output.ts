import {Buffer} from 'node:buffer';
import {Writable} from 'node:stream';
import type {WriteStream} from 'node:tty';
import type {Keyboard} from './keyboard.js';

/**
What stands between the screen and the terminal: every byte drawn goes through it. It counts
them, and says once when the terminal is gone (EPIPE, EIO), after which nothing is written.
A terminal that does not know its size (0x0: a serial line, a container's first moment) counts
as 80x24.
*/
export class TerminalOutput extends Writable {
	readonly #terminal: WriteStream;
	readonly #onLost: () => void;
	#isLost = false;
	#isWithheld = false;

	bytesWritten = 0;

	constructor(terminal: WriteStream, onLost: () => void) {
		super({decodeStrings: false});
		this.#terminal = terminal;
		this.#onLost = onLost;
		terminal.on('resize', () => {
			this.emit('resize');
		});
		terminal.on('error', () => {
			this.#lose();
		});
	}

	get isTTY(): boolean {
		return this.#terminal.isTTY;
	}

	get columns(): number {
		return this.#terminal.columns || 80;
	}

	get rows(): number {
		return this.#terminal.rows || 24;
	}

	/** Writes nothing until it is done: the terminal is somebody else's, also when this process ends meanwhile. */
	async withhold(untilDone: () => Promise<void>): Promise<void> {
		this.#isWithheld = true;
		try {
			await untilDone();
		} finally {
			this.#isWithheld = false;
		}
	}

	#lose(): void {
		if (this.#isLost) {
			return;
		}

		this.#isLost = true;
		this.#onLost();
	}

	override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
		this.bytesWritten += Buffer.byteLength(chunk);
		if (!this.#isLost && !this.#isWithheld) {
			this.#terminal.write(chunk, error => {
				if (error) {
					this.#lose();
				}
			});
		}

		// At once: what waits in here for the terminal's word is lost when a signal ends the process, and with it the way back to the normal screen.
		done();
	}
}

/** What is drawn by Ink, of which `render` gives such a thing. */
type Drawing<Shown> = {readonly clear: () => void; readonly rerender: (node: Shown) => void};

/**
Draws everything anew, whatever stands on the terminal.

Also to be done first of all, before Ink is told, when the size has changed: Ink draws the old
frame then, whose lines may be too many and too long, and rewrites only what differs from it.
Terminals keep what was cut off at the right, too: once they are wide again it is back.
*/
export function drawAnew<Shown>(output: Writable, drawing: Drawing<Shown>, shown: Shown): void {
	drawing.clear();
	output.write('\u{1B}[2J\u{1B}[H');
	// Else the screen stays empty until something on it changes.
	drawing.rerender(shown);
}

// Ends a synchronized update, bracketed paste and the alternate screen, and shows the cursor.
const wayBack = '\u{1B}[?2026l\u{1B}[?2004l\u{1B}[?1049l\u{1B}[?25h';

/** Gives a terminal back without asking what is drawn on it: the last resort. */
export function restoreTerminal(output: TerminalOutput, keyboard: Keyboard): void {
	keyboard.end();
	output.write(wayBack);
}
