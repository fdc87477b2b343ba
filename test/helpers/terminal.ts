import {Buffer} from 'node:buffer';
import {Readable, Writable} from 'node:stream';
import {Unicode11Addon} from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import {createInputEmitter, openKeyboard} from '../../source/terminal/keyboard.js';

/** What a terminal sends for a key. */
export const sequences: Readonly<Record<string, string>> = {
	enter: '\r', escape: '\u{1B}', up: '\u{1B}[A', down: '\u{1B}[B', right: '\u{1B}[C', left: '\u{1B}[D', pageup: '\u{1B}[5~', pagedown: '\u{1B}[6~',
	home: '\u{1B}[H', end: '\u{1B}[F', backspace: '\u{7F}', 'ctrl-c': '\u{3}', 'ctrl-d': '\u{4}', 'ctrl-l': '\u{C}', 'ctrl-u': '\u{15}', f5: '\u{1B}[15~',
	tab: '\t', 'shift-tab': '\u{1B}[Z', delete: '\u{1B}[3~', 'ctrl-w': '\u{17}',
};

/** A keyboard: what is pressed arrives as a terminal would send it. */
export class Keyboard extends Readable {
	isRaw = false;

	get isTTY(): boolean {
		return true;
	}

	setRawMode(isRaw: boolean): this {
		this.isRaw = isRaw;
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	/** Reads it as the program does; gives the subscription to its keys and pastes, and how to end that. */
	open(terminal: Writable) {
		const {emit, subscribe} = createInputEmitter();
		const {end} = openKeyboard({
			stdin: this,
			write(sequence) {
				terminal.write(sequence);
			},
			onInput: emit,
		});
		return {subscribe, end};
	}

	override _read(): void {
		// Keys come when they are pressed.
	}
}

/** A terminal that interprets what is written to it: its lines are what a user would see. */
export class Screen extends Writable {
	columns: number;
	rows: number;
	bytesWritten = 0;
	/** What was set off besides drawing: a title, the bell, the clipboard or a link, an answer to a question. */
	readonly effects: string[] = [];
	readonly #terminal: xterm.Terminal;

	constructor(columns: number, rows: number) {
		super({decodeStrings: false});
		this.columns = columns;
		this.rows = rows;
		// No line discipline stands between the program and this terminal: it makes its own line ends.
		this.#terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
		this.#terminal.loadAddon(new Unicode11Addon());
		this.#terminal.unicode.activeVersion = '11';
		const note = (effect: string) => {
			this.effects.push(effect);
		};

		this.#terminal.onTitleChange(title => {
			note(`title ${title}`);
		});
		this.#terminal.onBell(() => {
			note('bell');
		});
		this.#terminal.onData(answer => {
			note(`answer ${JSON.stringify(answer)}`);
		});
		for (const number of [4, 8, 9, 10, 11, 12, 52, 104, 777, 1337]) {
			this.#terminal.parser.registerOscHandler(number, payload => {
				note(`OSC ${number} ${payload}`);
				return true;
			});
		}
	}

	get isTTY(): boolean {
		return true;
	}

	override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
		this.bytesWritten += Buffer.byteLength(chunk);
		this.#terminal.write(chunk, done);
	}

	resize(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.#terminal.resize(columns, rows);
		this.emit('resize');
	}

	/** The lines on screen, without the spaces at their ends. */
	lines(): string[] {
		const buffer = this.#terminal.buffer.active;
		return Array.from({length: this.rows}, (_line, index) => buffer.getLine(buffer.viewportY + index)?.translateToString(true, 0, this.columns) ?? '');
	}

	/** How many lines have left over the upper edge. */
	scrolledAway(): number {
		return this.#terminal.buffer.active.baseY;
	}

	/** Whether the line is drawn in reverse from its first to its last used column. */
	isInverse(line: number): boolean {
		const cells = this.#terminal.buffer.active.getLine(line);
		return Array.from({length: this.columns - 1}, (_cell, column) => cells?.getCell(column)?.isInverse() !== 0).every(Boolean);
	}

	/** Where the cursor is, and what the terminal was switched to. */
	state() {
		const {cursorX, cursorY, type} = this.#terminal.buffer.active;
		return {cursor: [cursorY, cursorX], buffer: type, modes: {...this.#terminal.modes}};
	}

	/** Draws a text, and waits until that is done. */
	async draw(text: string): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#terminal.write(text, resolve);
		return promise;
	}

	/** The character in a cell; empty behind a wide one. */
	cell(line: number, column: number): string {
		return this.#terminal.buffer.active.getLine(line)?.getCell(column)?.getChars() ?? '';
	}
}
