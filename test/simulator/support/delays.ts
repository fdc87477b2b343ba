import type {Delay} from '../../../source/simulator/server/exchange.js';

type Pending = {ms: number; end: () => void};

/** Delays of a simulator that end when the test ends them. */
export class Delays {
	#pending: Pending[] = [];

	/** The option `delay` of a simulator. */
	readonly begin: Delay = async (ms, signal) => {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const delay = {ms, end: resolve};
		this.#pending.push(delay);
		signal?.addEventListener('abort', () => {
			this.#pending = this.#pending.filter(other => other !== delay);
			reject(signal.reason as Error);
		}, {once: true});
		return promise;
	};

	/** The lengths in ms of those that have begun and not ended, oldest first. */
	get pending(): number[] {
		return this.#pending.map(({ms}) => ms);
	}

	/** Ends the oldest one. */
	end(): void {
		this.#pending.shift()?.end();
	}
}
