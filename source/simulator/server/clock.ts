import {World, type WorldOptions} from '../world/world.js';

/** The clock of the server, which faults can set wrong. */
export class SimulatedClock {
	readonly #wall: () => number;
	readonly #settings: {world: World};
	readonly #worldOptions: WorldOptions;
	readonly #originalWorld: World;
	#ahead = 0;
	#worldAhead = 0;

	/** `wall` is the right time in ms since 1970; `settings.world` is replaced when its times are shifted. */
	constructor(wall: () => number, settings: {world: World}, worldOptions: WorldOptions) {
		this.#wall = wall;
		this.#settings = settings;
		this.#worldOptions = worldOptions;
		this.#originalWorld = settings.world;
	}

	/** In ms since 1970. */
	get now(): number {
		return this.#wall() + this.#ahead;
	}

	/** Moves the clock by so many ms; in the world, what is skipped has happened, or happens again. */
	jump(by: number): void {
		this.#ahead += by;
	}

	/** Moves the clock and all times of the world by so many ms, as if the clock had always been wrong. */
	shift(by: number): void {
		this.jump(by);
		this.#worldAhead += by;
		const epoch = this.#worldOptions.epoch + this.#worldAhead;
		this.#settings.world = this.#worldAhead === 0 ? this.#originalWorld : new World({...this.#worldOptions, epoch});
	}
}
