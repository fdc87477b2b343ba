/** The outcome of shared work, or the signal's reason as soon as it is aborted; the work itself goes on for the others. */
export async function abortable<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
	if (!signal) {
		return work;
	}

	const {promise: aborted, reject} = Promise.withResolvers<never>();
	const stop = () => {
		reject(signal.reason);
	};

	signal.addEventListener('abort', stop, {once: true});
	if (signal.aborted) {
		stop();
	}

	try {
		return await Promise.race([aborted, work]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/** Starts `work` unless it is already under way, and gives all callers the one outcome; once settled it may start again. */
export function singleFlight<Value>(work: () => Promise<Value>): () => Promise<Value> {
	let flight: Promise<Value> | undefined;

	async function run(): Promise<Value> {
		try {
			return await work();
		} finally {
			flight = undefined;
		}
	}

	return async () => {
		flight ??= run();
		return flight;
	};
}
