import type {Middleware} from '../server/exchange.js';
import {second} from '../world/time.js';
import type {TokenSettings} from '../server/tokens.js';
import {isInScope, type Fault, type FaultHost} from './fault.js';
import {faultOf, type FaultName} from './faults.js';

/** In seconds. */
export type Rhythm = {
	calm: number;
	trouble: number;
	/** One fault at a time, in turn; else all at once. */
	inTurn?: boolean;
};

type Alternation = {names: readonly FaultName[]; constant: readonly FaultName[]; rhythm: Rhythm; signal: AbortSignal};

export type FaultSwitchOptions = {
	tls: boolean;
	/** Receives the options of the faults that are on, after each change. */
	apply: (options: readonly TokenSettings[]) => void;
};

/** Turns faults on and off. */
export class FaultSwitch {
	readonly #host: FaultHost;
	readonly #options: FaultSwitchOptions;
	readonly #on = new Map<FaultName, Middleware>();
	#work: Promise<void> = Promise.resolve();
	#rhythm: AbortController | undefined;
	#isClosed = false;

	constructor(host: FaultHost, options: FaultSwitchOptions) {
		this.#host = host;
		this.#options = options;
	}

	/** The middleware of the faults that are on, in order. */
	get middleware(): readonly Middleware[] {
		return this.#on.values().toArray();
	}

	/** Turns on these faults and no other, from the next request on. Rejects if one cannot be on here. */
	async set(names: readonly FaultName[]): Promise<void> {
		checkFaults(names, this.#options);
		this.#rhythm?.abort();
		return this.#change(names);
	}

	/** Alternates between no faults and these, beginning with none. Faults that replace server options are always on. */
	async setRhythm(names: readonly FaultName[], rhythm: Rhythm): Promise<void> {
		checkFaults(names, this.#options);
		const constant = names.filter(name => faultOf(name).options);
		await this.set(constant);
		this.#rhythm = new AbortController();
		// It ends by being aborted.
		this.#alternate({names, constant, rhythm, signal: this.#rhythm.signal}).catch(() => undefined);
	}

	/** Ends the rhythm; no fault is turned on or off any more. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#rhythm?.abort();
		await this.#work.catch(() => undefined);
	}

	async #alternate({names, constant, rhythm, signal}: Alternation): Promise<void> {
		for (let turn = 0; ; turn++) {
			const current = rhythm.inTurn ? names.filter((_, index) => index === turn % names.length) : names;
			await this.#host.delay(rhythm.calm * second, signal); // eslint-disable-line no-await-in-loop -- one after the other
			this.#changeLater([...constant, ...current], signal);
			await this.#host.delay(rhythm.trouble * second, signal); // eslint-disable-line no-await-in-loop -- one after the other
			this.#changeLater(constant, signal);
		}
	}

	#changeLater(names: readonly FaultName[], signal: AbortSignal): void {
		// The rhythm may have been ended at the moment at which the delay was over.
		signal.throwIfAborted();
		// A port that another program uses now may be free the next time.
		this.#change(names).catch(() => undefined);
	}

	async #change(names: readonly FaultName[]): Promise<void> {
		const before = this.#work.catch(() => undefined);
		this.#work = before.then(async () => this.#isClosed ? undefined : this.#switchTo(new Set(names)));
		return this.#work;
	}

	async #switchTo(names: ReadonlySet<FaultName>): Promise<void> {
		for (const name of new Set(this.#on.keys()).difference(names)) {
			await faultOf(name).end?.(this.#host); // eslint-disable-line no-await-in-loop -- they share one server
			this.#on.delete(name);
		}

		for (const name of names.difference(this.#on)) {
			const fault = faultOf(name);
			await fault.begin?.(this.#host); // eslint-disable-line no-await-in-loop -- they share one server
			this.#on.set(name, middlewareOf(fault, this.#host));
		}

		this.#options.apply(this.#on.keys().map(name => faultOf(name).options ?? {}).toArray());
	}
}

/** Throws if one of the faults cannot be on. */
function checkFaults(names: readonly FaultName[], {tls}: Pick<FaultSwitchOptions, 'tls'>): void {
	const impossible = names.find(name => faultOf(name).needsTls && !tls);
	if (impossible !== undefined) {
		throw new Error(`The fault ${impossible} needs TLS: --tls.`);
	}
}

function middlewareOf(fault: Fault, host: FaultHost): Middleware {
	const isAffected = isInScope[fault.scope ?? 'data'];
	const middleware = fault.middleware?.(host);
	return async (exchange, next) => middleware && isAffected(exchange) ? middleware(exchange, next) : next();
}
