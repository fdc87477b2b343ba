import type {Middleware} from '../server/exchange.js';
import {second} from '../world/time.js';
import type {TokenSettings} from '../server/tokens.js';
import {isTouched, type Fault, type FaultHost} from './fault.js';
import {faultOf, type FaultName} from './faults.js';

/** In seconds. */
export type Rhythm = {
	calm: number;
	trouble: number;
	/** One fault each time, in turn; else all together. */
	inTurn?: boolean;
};

export type FaultSwitchOptions = {
	tls: boolean;
	/** Takes over the options of the faults that are on. */
	apply: (options: readonly TokenSettings[]) => void;
};

/** Which faults are on. */
export class FaultSwitch {
	readonly #host: FaultHost;
	readonly #options: FaultSwitchOptions;
	readonly #on = new Map<FaultName, Middleware>();
	#work: Promise<void> = Promise.resolve();
	#beat: NodeJS.Timeout | undefined;
	#isClosed = false;

	constructor(host: FaultHost, options: FaultSwitchOptions) {
		this.#host = host;
		this.#options = options;
	}

	/** What befalls the next request, in order. */
	get layers(): readonly Middleware[] {
		return this.#on.values().toArray();
	}

	/** These faults and no other, from the next request on. Rejects where one cannot be on here. */
	async set(names: readonly FaultName[]): Promise<void> {
		checkFaults(names, this.#options);
		clearTimeout(this.#beat);
		this.#beat = undefined;
		return this.#change(names);
	}

	/** Calm and trouble by turns, calm first. What the server is started with holds all the time. */
	async setRhythm(names: readonly FaultName[], rhythm: Rhythm): Promise<void> {
		checkFaults(names, this.#options);
		const constant = names.filter(name => faultOf(name).options);
		await this.set(constant);
		let turn = 0;
		const next = (isTrouble: boolean) => {
			this.#beat = setTimeout(() => {
				next(!isTrouble);
				const troubles = rhythm.inTurn ? names.filter((_, place) => place === turn % names.length) : names;
				turn += isTrouble ? 1 : 0;
				// A port that another program has taken meanwhile may be free at the next turn.
				this.#change(isTrouble ? [...constant, ...troubles] : constant).catch(() => undefined);
			}, (isTrouble ? rhythm.calm : rhythm.trouble) * second).unref();
		};

		next(true);
	}

	/** Nothing changes any more. */
	async close(): Promise<void> {
		this.#isClosed = true;
		clearTimeout(this.#beat);
		await this.#work.catch(() => undefined);
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
			this.#on.set(name, layerOf(fault, this.#host));
		}

		this.#options.apply(this.#on.keys().map(name => faultOf(name).options ?? {}).toArray());
	}
}

/** Throws where a fault cannot be on. */
function checkFaults(names: readonly FaultName[], {tls}: Pick<FaultSwitchOptions, 'tls'>): void {
	const impossible = names.find(name => faultOf(name).needsTls && !tls);
	if (impossible !== undefined) {
		throw new Error(`The fault ${impossible} needs TLS: --tls.`);
	}
}

function layerOf(fault: Fault, host: FaultHost): Middleware {
	const isTouchedBy = isTouched[fault.touches ?? 'data'];
	const layer = fault.middleware?.(host);
	return async (exchange, next) => layer && isTouchedBy(exchange) ? layer(exchange, next) : next();
}
