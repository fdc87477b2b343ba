import {Buffer} from 'node:buffer';
import {Writable} from 'node:stream';
import type {WriteStream} from 'node:tty';

/**
What stands between the screen and the terminal: every byte drawn goes through it. It counts
them, and says once when the terminal is gone (EPIPE, EIO), after which nothing is written.
*/
export class TerminalOutput extends Writable {
	readonly #terminal: WriteStream;
	readonly #onLost: () => void;
	#isLost = false;

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
		return this.#terminal.columns;
	}

	get rows(): number {
		return this.#terminal.rows;
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
		if (!this.#isLost) {
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
