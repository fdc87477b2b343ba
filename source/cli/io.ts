import {faultCode, reasonOf} from '../model/file-fault.js';

/** The variables of the environment; `process.env` in the program. */
export type Environment = Record<string, string | undefined>;

type OutputStream = {
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly rows?: number;
	write(text: string, done?: (error?: Error | null) => void): unknown;
	on(event: 'error', listener: (error: Error) => void): unknown;
};

type InputStream = AsyncIterable<unknown> & {
	readonly isTTY?: boolean;
	setEncoding(encoding: 'utf8'): unknown;
};

/** What a run uses of its process. The program hands over `process` itself, a test streams and events of its own. */
export type Io = {
	readonly stdin: InputStream;
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
	/** `argv[1]` is the file that was started. */
	readonly argv: readonly string[];
	/** Listens once for a signal, for `disconnect` or for `uncaughtException`. */
	once(event: string, listener: (...values: any[]) => void): unknown;
	/** Sends to the process that started this one over a channel; undefined where there is no channel. */
	send?(message: unknown): unknown;
	exit(code: number): unknown;
};

/** Standard output of a command. A failure to write never throws: the command still has work to finish. */
export type Output = {
	/** Writes text; gives whether all output so far could be written. */
	readonly print: (text: string) => Promise<boolean>;
	/** Why the output cannot be written, in words; undefined while all is well, and where the reader has closed its pipe. */
	readonly problem: () => string | undefined;
};

// A reader that has seen enough (`vbtop servers | head -1`) is no failure.
const closedByReader = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** Standard output over a stream, which no longer ends the program when it fails. */
export function createOutput(stream: OutputStream): Output {
	let failure: Error | undefined;
	const fail = (error: Error) => {
		failure ??= error;
	};

	stream.on('error', fail);
	return {
		async print(text) {
			const {promise, resolve} = Promise.withResolvers<void>();
			try {
				stream.write(text, error => {
					if (error) {
						fail(error);
					}

					resolve();
				});
			} catch (error) {
				fail(error as Error);
				resolve();
			}

			await promise;
			return failure === undefined;
		},
		problem: () => failure === undefined || closedByReader.has(faultCode(failure) ?? '')
			? undefined
			: `The output cannot be written: ${faultCode(failure) === undefined ? failure.message : reasonOf(failure)}.`,
	};
}
