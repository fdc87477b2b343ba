import {World, type WorldOptions} from './world.js';

/** The clock of the server, which may be wrong. */
export class SimulatedClock {
	readonly #wall: () => number;
	readonly #setting: {world: World};
	readonly #worldOptions: WorldOptions;
	readonly #rightWorld: World;
	#ahead = 0;
	#worldAhead = 0;

	/** The setting's world is replaced where its times are shifted. */
	constructor(wall: () => number, setting: {world: World}, worldOptions: WorldOptions) {
		this.#wall = wall;
		this.#setting = setting;
		this.#worldOptions = worldOptions;
		this.#rightWorld = setting.world;
	}

	/** In ms since 1970. */
	get now(): number {
		return this.#wall() + this.#ahead;
	}

	/** Moves the clock by so many ms; the world lives through what that skips or repeats. */
	jump(by: number): void {
		this.#ahead += by;
	}

	/** Moves the clock and with it all times of the world: the same happens, by a clock that was always wrong. */
	shift(by: number): void {
		this.jump(by);
		this.#worldAhead += by;
		const epoch = this.#worldOptions.epoch + this.#worldAhead;
		this.#setting.world = this.#worldAhead === 0 ? this.#rightWorld : new World({...this.#worldOptions, epoch});
	}
}
