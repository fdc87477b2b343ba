import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {forClipboard, type CopyWay} from '../model/clipboard-text.js';

export type Clipboard = {
	/** Copies what `forClipboard` leaves of a text. Never rejects. */
	readonly copy: (text: string) => Promise<CopyWay>;
};

export type ClipboardOptions = {
	/** Says which terminal this is, and where tmux is; tmux is run with it. */
	readonly env: NodeJS.ProcessEnv;
	/** Sends a sequence to the terminal in one piece, between two frames. */
	readonly write: (sequence: string) => void;
};

/** The ways out for a text: tmux where this runs in it, else OSC 52 where the terminal may know that. */
export function createClipboard({env, write}: ClipboardOptions): Clipboard {
	return {
		async copy(text) {
			const copied = forClipboard(text);
			try {
				// To tmux alone: of what a program sends by itself, tmux passes nothing on unless it is told to.
				if (env['TMUX']) {
					return await isTakenByTmux(copied, env) ? 'tmux' : 'screen';
				}

				const sequence = clipboardSequence(copied, env);
				if (sequence === undefined) {
					return 'screen';
				}

				write(sequence);
				return 'osc52';
			} catch {
				return 'screen';
			}
		},
	};
}

// A server that hangs holds its clients for good.
const longestTmuxMs = 2000;

// Before 3.2 tmux does not know `-w`, and refuses.
async function isTakenByTmux(text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
	const {promise, resolve} = Promise.withResolvers<boolean>();
	const fail = () => {
		resolve(false);
	};

	// By standard input: everybody on the machine can read a command line.
	const tmux = spawn('tmux', ['load-buffer', '-w', '-'], {env, stdio: ['pipe', 'ignore', 'ignore'], timeout: longestTmuxMs, killSignal: 'SIGKILL'});
	tmux.on('error', fail).on('exit', code => {
		resolve(code === 0);
	});
	tmux.stdin.on('error', fail).end(text);
	try {
		return await promise;
	} finally {
		// What nobody has read would keep this process.
		tmux.stdin.destroy();
	}
}

/** Terminals that are known to drop the sequence, or to print it; whether another one takes it cannot be known. */
const withoutClipboard: ReadonlyArray<(env: NodeJS.ProcessEnv) => boolean> = [
	// Consoles and serial lines, Emacs, rxvt.
	({TERM = ''}) => /^(?:linux|vt\d|ansi|cons25|eterm|rxvt)/v.test(TERM),
	// A multiplexer on the near side of ssh: tmux and GNU screen both keep it to themselves unless they are told otherwise.
	({TERM = '', STY}) => !STY && /^(?:screen|tmux)/v.test(TERM),
	({TERM_PROGRAM}) => TERM_PROGRAM === 'Apple_Terminal',
	// GNOME Terminal, Ptyxis and whatever else is built on VTE, of any version.
	({VTE_VERSION}) => Boolean(VTE_VERSION),
	// Konsole takes it since 24.12.
	({KONSOLE_VERSION}) => Number(KONSOLE_VERSION) < 241_200,
];

// Characters of base64. Some terminals take about 75,000, others 100,000; of a longer one they drop all, or print the rest.
const longestPayload = 74_000;

// GNU screen takes strings of 256 bytes, in newer versions more; four bytes go around each.
const longestPart = 252;

/** The sequence (OSC 52) that puts a text on the terminal's clipboard; undefined where that is known not to work. */
function clipboardSequence(text: string, env: NodeJS.ProcessEnv): string | undefined {
	const payload = Buffer.from(text).toString('base64');
	if (payload.length > longestPayload || withoutClipboard.some(isSuch => isSuch(env))) {
		return undefined;
	}

	// Ended by BEL: the other end (ST) would end screen's string as well.
	const sequence = `\u{1B}]52;c;${payload}\u{7}`;
	return env['STY'] ? throughScreen(sequence) : sequence;
}

// GNU screen passes on what a device control string holds.
function throughScreen(sequence: string): string {
	let passed = '';
	for (let start = 0; start < sequence.length; start += longestPart) {
		passed += `\u{1B}P${sequence.slice(start, start + longestPart)}\u{1B}\\`;
	}

	return passed;
}
