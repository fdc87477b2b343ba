import {Buffer} from 'node:buffer';
import {constants, fstatSync, openSync, readSync} from 'node:fs';
import process from 'node:process';
import onExit from 'signal-exit';
import {faultCode, reasonOf, shownPath} from '../model/file-fault.js';
import {UsageError} from '../model/errors.js';
import {withoutSecrets} from '../model/secret.js';

/** How much is written: each level holds those before it. */
export const runLogLevels = ['error', 'warn', 'info', 'debug'] as const;

export type RunLogLevel = (typeof runLogLevels)[number];

type Write = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What happened in one run, a line of JSON each; written at once, so that nothing is lost however the run ends. */
export type RunLog = Readonly<Record<RunLogLevel, Write>> & {
	/** Says why the run is about to end, for its last line. */
	readonly endsBecause: (why: string) => void;
	/** Writes the last line. Where the process ends before, that does it. */
	readonly end: (code: number) => void;
	/** Calls back before the last line is written. */
	readonly beforeEnd: (listener: () => void) => void;
	/** Why nothing is written any more, such as a full disk; undefined while all is well. */
	readonly stopped: () => string | undefined;
	/** Calls back, at most once, when the log stops. */
	readonly onStopped: (listener: (why: string) => void) => void;
};

/**
Opens the log of this run; a file that is there is appended to. Throws `UsageError` where it
cannot be opened, or is no file of this user. When writing fails later, the log stops and the program goes on.
*/
export async function openRunLog({file, level}: {readonly file: string; readonly level: RunLogLevel}): Promise<RunLog> {
	const fd = openLogFile(file);
	// Most runs have no log: they need not wait for pino to load.
	// Its default holds all, see scripts/build.js.
	const {default: {pino}} = await import('pino');
	const target = pino.destination({fd, sync: true});
	const logger = pino({
		level,
		// Several runs may write to one file.
		base: {pid: process.pid},
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: {level: label => ({level: label})},
		hooks: {streamWrite: safeLine},
	}, target);
	const stop = stopping(file, () => {
		logger.level = 'silent';
	});
	target.on('error', stop.because);
	if (isTorn(fd)) {
		target.write('\n');
	}

	const write = (at: RunLogLevel): Write => (event, fields) => {
		logger[at]({event, ...fields});
	};

	const log = {error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug')};
	return {...log, ...ending(log.info), stopped: stop.stopped, onStopped: stop.onStopped};
}

function stopping(file: string, silence: () => void) {
	let why: string | undefined;
	let listener: ((why: string) => void) | undefined;
	return {
		stopped: () => why,
		onStopped(callback: (why: string) => void) {
			listener = callback;
		},
		because(error: Error) {
			if (why === undefined) {
				silence();
				why = `The log stopped, ${reasonOf(error)}: ${shownPath(file)}`;
				listener?.(why);
			}
		},
	};
}

function ending(write: Write): Pick<RunLog, 'endsBecause' | 'end' | 'beforeEnd'> {
	const listeners = new Set<() => void>();
	let why = 'done';
	const last = (code: number | null, signal: string | null) => {
		for (const listener of listeners) {
			listener();
		}

		write('end', {why: signal ?? why, code: signal === null ? code : undefined});
	};

	// By the package that Ink uses: it lets a signal end the process only when nobody else listens
	// for it. After Ink's, so that the screen is given back first.
	const removeListener = onExit(last, {alwaysLast: true});
	return {
		end(code) {
			removeListener();
			last(code, null);
		},
		endsBecause(reason) {
			why = reason;
		},
		beforeEnd(listener) {
			listeners.add(listener);
		},
	};
}

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'its folder is not there',
	ELOOP: 'it is a link',
};

// Flags that a system does not have are 0.
const {O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants as Partial<typeof constants> & Pick<typeof constants, 'O_RDWR' | 'O_APPEND' | 'O_CREAT'>;

// In a folder that others can write to, another user may have put a link or a file under this name, to redirect
// our lines or to read them. Opening a pipe without a reader would block.
function openLogFile(file: string): number {
	let fd: number;
	try {
		fd = openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600); // eslint-disable-line no-bitwise -- flags are bits
	} catch (error) {
		throw unwritable(file, reasons[faultCode(error) ?? ''] ?? reasonOf(error));
	}

	const stats = fstatSync(fd);
	if (!stats.isFile()) {
		throw unwritable(file, 'it is no regular file');
	}

	if (process.getuid && stats.uid !== process.getuid()) {
		throw unwritable(file, 'it belongs to another user');
	}

	return fd;
}

// Whether an earlier run could not write its last line to its end.
function isTorn(fd: number): boolean {
	const {size} = fstatSync(fd);
	const last = Buffer.alloc(1);
	return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
}

function unwritable(file: string, why: string): UsageError {
	return new UsageError(`--log-file: ${shownPath(file)} cannot be written: ${why}.`, 'Give the path of a file of yours; it is made where it is not there.');
}

/** A line as it may stand in the file: valid JSON, without any secret, and harmless when a terminal shows it. */
export function safeLine(line: string): string {
	const clean = withoutSecrets(line);
	const whole = clean === line || isJson(clean) ? clean : '{"level":"warn","event":"line left out: a secret was in it"}\n';
	return `${whole.slice(0, -1).replaceAll(steering, character => escaped(character))}\n`;
}

// JSON escapes the first 32 characters only.
const steering = /[\p{Control}\p{Format}\u{2028}\u{2029}]/gv;

function escaped(character: string): string {
	// JSON escapes the halves of a pair, not the pair.
	return character.split('').map(unit => String.raw`\u${unit.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('');
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
