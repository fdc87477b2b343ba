import type {JobRecord} from '../inventory.js';
import {byStart, type Run} from '../run.js';
import {day} from '../time.js';
import {scheduledChains, type ScheduleOptions} from './schedule.js';

const blockLength = 6 * day;
const mostCachedBlocks = 4;

export type ArchiveOptions = ScheduleOptions & {jobs: readonly JobRecord[]; from: number; until: number};

/** The older part of a long history, between two script times: planned by blocks as it is read; the four last read are cached. */
export class Archive {
	readonly #options: ArchiveOptions;
	readonly #blocks = new Map<number, readonly Run[]>();

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

	/** The runs of a block, newest first. */
	#planned(block: number): readonly Run[] {
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

	#plan(block: number): readonly Run[] {
		const runs: Run[] = [];
		for (const job of this.#options.jobs) {
			this.#addRunsOf(job, block, runs);
		}

		return runs.toSorted(byReverseStart);
	}

	/** Adds the runs of a job to the list; a chain that would start before the one before it ends does not run. */
	#addRunsOf(job: JobRecord, block: number, runs: Run[]): void {
		let busyUntil = -Infinity;
		for (const chain of scheduledChains(job, this.#bounds(block), this.#options)) {
			if (chain[0]!.startsAt <= busyUntil) {
				continue;
			}

			runs.push(...chain);
			busyUntil = chain.at(-1)!.endsAt;
		}
	}

	/**
	@yields all runs, newest first, planned no further than they are read
	*/
	* runs(): Generator<Run> {
		for (let block = 0; block < this.#count; block++) {
			yield * this.#planned(block);
		}
	}

	/**
	@yields all runs of one job, newest first, planned no further than they are read
	*/
	* runsOfJob(job: JobRecord): Generator<Run> {
		for (let block = 0; block < this.#count; block++) {
			const runs: Run[] = [];
			this.#addRunsOf(job, block, runs);
			yield * runs.toSorted(byReverseStart);
		}
	}

	/** The run of an id, which contains its block. */
	run(id: string): Run | undefined {
		const block = blockOf(id);
		return block < this.#count ? this.#planned(block).find(run => run.id === id) : undefined;
	}
}

function byReverseStart(left: Run, right: Run): number {
	return byStart(right, left);
}

function blockOf(id: string): number {
	return Number.parseInt(id.slice(-4), 16);
}
