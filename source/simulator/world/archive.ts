import type {JobRecord} from './inventory.js';
import {byStart, type Run} from './run.js';
import {scheduledChains, type ScheduleOptions} from './schedule.js';
import {day} from './time.js';

const blockLength = 6 * day;
const keptBlocks = 4;

type Block = {newestFirst: readonly Run[]; byId: ReadonlyMap<string, Run>};
export type ArchiveOptions = ScheduleOptions & {jobs: readonly JobRecord[]; from: number; until: number};

/** The older part of a long history, between two script times: planned by blocks when somebody looks, and only a few are kept. */
export class Archive {
	readonly #options: ArchiveOptions;
	readonly #blocks = new Map<number, Block>();

	constructor(options: ArchiveOptions) {
		this.#options = options;
	}

	get #count(): number {
		const {from, until} = this.#options;
		return Math.max(0, Math.ceil((until - from) / blockLength));
	}

	/** Block 0 is the newest. */
	#bounds(block: number): {from: number; until: number; block: number} {
		const {from, until} = this.#options;
		return {from: Math.max(from, until - ((block + 1) * blockLength)), until: until - (block * blockLength), block};
	}

	#planned(block: number): Block {
		const found = this.#blocks.get(block) ?? this.#plan(block);
		this.#blocks.delete(block);
		this.#blocks.set(block, found);
		if (this.#blocks.size > keptBlocks) {
			const [leastRead] = this.#blocks.keys();
			this.#blocks.delete(leastRead!);
		}

		return found;
	}

	#plan(block: number): Block {
		const runs = this.#options.jobs.flatMap(job => this.#runsOf(job, block)).toSorted(byStart);
		return {newestFirst: runs.toReversed(), byId: new Map(runs.map(run => [run.id, run]))};
	}

	#runsOf(job: JobRecord, block: number): Run[] {
		const runs: Run[] = [];
		for (const chain of scheduledChains(job, this.#bounds(block), this.#options)) {
			if (chain[0]!.startsAt > (runs.at(-1)?.endsAt ?? -Infinity)) {
				runs.push(...chain);
			}
		}

		return runs;
	}

	/**
	@yields all of it, newest first, planned no further than it is read
	*/
	* runs(): Generator<Run> {
		for (let block = 0; block < this.#count; block++) {
			yield * this.#planned(block).newestFirst;
		}
	}

	/**
	@yields the same of one job
	*/
	* runsOfJob(job: JobRecord): Generator<Run> {
		for (let block = 0; block < this.#count; block++) {
			yield * this.#runsOf(job, block).toSorted(byStart).toReversed();
		}
	}

	/** By an id, which tells the block. */
	run(id: string): Run | undefined {
		const block = blockOf(id);
		return block < this.#count ? this.#planned(block).byId.get(id) : undefined;
	}
}

function blockOf(id: string): number {
	return Number.parseInt(id.slice(-4), 16);
}
