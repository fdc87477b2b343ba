import type {JobRecord} from '../inventory.js';
import {byStart, type Run} from '../run.js';
import {scheduledChains, type ScheduleOptions} from './schedule.js';
import {day} from '../time.js';

const blockLength = 6 * day;
const mostCachedBlocks = 4;

type Block = {newestFirst: readonly Run[]; byId: ReadonlyMap<string, Run>};
export type ArchiveOptions = ScheduleOptions & {jobs: readonly JobRecord[]; from: number; until: number};

/** The older part of a long history, between two script times: planned by blocks as it is read; the four last read are cached. */
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
		const planned = this.#blocks.get(block) ?? this.#plan(block);
		// The order of the map is that of the last reads.
		this.#blocks.delete(block);
		this.#blocks.set(block, planned);
		if (this.#blocks.size > mostCachedBlocks) {
			const [leastRead] = this.#blocks.keys();
			this.#blocks.delete(leastRead!);
		}

		return planned;
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
	@yields all runs, newest first, planned no further than they are read
	*/
	* runs(): Generator<Run> {
		for (let block = 0; block < this.#count; block++) {
			yield * this.#planned(block).newestFirst;
		}
	}

	/**
	@yields all runs of one job, newest first, planned no further than they are read
	*/
	* runsOfJob(job: JobRecord): Generator<Run> {
		for (let block = 0; block < this.#count; block++) {
			yield * this.#runsOf(job, block).toSorted(byStart).toReversed();
		}
	}

	/** The run of an id, which contains its block. */
	run(id: string): Run | undefined {
		const block = blockOf(id);
		return block < this.#count ? this.#planned(block).byId.get(id) : undefined;
	}
}

function blockOf(id: string): number {
	return Number.parseInt(id.slice(-4), 16);
}
