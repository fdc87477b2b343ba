import type {Attempts, RowOverrides, SlowPeriod} from './plan.js';
import type {Bottleneck, SessionKind} from './values.js';
import type {JobRecord} from './inventory.js';
import {outcomeOf, type Outcome} from './outcomes.js';
import {numberBetween, fraction, uuid} from './random.js';
import {minute, second} from './time.js';

export type Totals = {objects: number; items: number; bytes: number};

/** A first run and its retries, before each has its times and id. Times are script time, lengths in ms. */
export type RunChain = {
	job: JobRecord;
	/** Unique among the chains of its job. */
	ordinal: string;
	startsAt: number;
	waits: number;
	takes: number;
	retryWait: number;
	attempts: Attempts;
	kind?: SessionKind;
	bottleneck?: Bottleneck;
	/** Nothing moves from this time on. */
	quietFrom?: number;
	slow?: SlowPeriod | undefined;
	overrides?: RowOverrides;
	messages?: readonly string[];
	/** Its block of the archive, if it is in there. */
	block?: number | undefined;
} & Partial<Totals>;

type Attempt = {
	id: string;
	outcome: Outcome;
	/** The session that this one retries. */
	mainSessionId: string | undefined;
	retryCount: number;
	willBeRetried: boolean;
	startsAt: number;
	runsAt: number;
	endsAt: number;
};

/** One planned session. Most values are computed when they are read: a long history has many runs that are never read. */
export class Run {
	readonly #chain: RunChain;
	readonly id: string;
	readonly outcome: Outcome;
	readonly mainSessionId: string | undefined;
	readonly retryCount: number;
	readonly willBeRetried: boolean;
	readonly startsAt: number;
	readonly runsAt: number;
	readonly endsAt: number;

	constructor(chain: RunChain, attempt: Attempt) {
		this.#chain = chain;
		this.id = attempt.id;
		this.outcome = attempt.outcome;
		this.mainSessionId = attempt.mainSessionId;
		this.retryCount = attempt.retryCount;
		this.willBeRetried = attempt.willBeRetried;
		this.startsAt = attempt.startsAt;
		this.runsAt = attempt.runsAt;
		this.endsAt = attempt.endsAt;
	}

	get job(): JobRecord {
		return this.#chain.job;
	}

	get kind(): SessionKind {
		return this.#chain.kind ?? 'Incremental';
	}

	get bottleneck(): Bottleneck {
		return this.#chain.bottleneck ?? (fraction(this.id, 'bottleneck') < 0.75 ? 'Source' : 'Target');
	}

	get quietFrom(): number | undefined {
		return this.retryCount === 0 ? this.#chain.quietFrom : undefined;
	}

	get slow(): SlowPeriod | undefined {
		return this.retryCount === 0 ? this.#chain.slow : undefined;
	}

	get overrides(): RowOverrides | undefined {
		return this.#chain.overrides;
	}

	/** Log messages in place of the usual ones, one an object. */
	get messages(): readonly string[] | undefined {
		return this.#chain.messages;
	}

	/** Objects that it finds at the start: more than it will process if it ends early. */
	get found(): number {
		const {objects} = this.totals;
		const share = this.retryCount === 0 && this.outcome.objects > 0 ? this.outcome.objects : 1;
		return Math.ceil(objects / share);
	}

	/** What it has moved when it ends. */
	get totals(): Totals {
		const {job, ...chain} = this.#chain;
		// A retry handles only the objects that failed.
		const share = this.retryCount === 0 ? 1 : 0.03;
		const objects = chain.objects ?? Math.ceil(job.objects * this.outcome.objects * share * numberBetween(0.99, 1.01, this.id, 'objects'));
		const items = chain.items ?? Math.floor(job.items * this.outcome.items * share * numberBetween(0.5, 1.6, this.id, 'items'));
		const perItem = job.items === 0 ? 0 : (job.bytes / job.items) * numberBetween(0.8, 1.2, this.id, 'bytes');
		return {objects, items, bytes: chain.bytes ?? Math.floor(items * perItem)};
	}
}

/** The runs of a chain, oldest first. */
export function plannedRuns(chain: RunChain, seed: number): Run[] {
	const runs: Run[] = [];
	let startsAt = Math.floor(chain.startsAt);
	for (const [retryCount, attempt] of chain.attempts.entries()) {
		const outcome = outcomeOf(attempt);
		// A run that fails before its first object has as much to do in a retry.
		const takes = retryCount === 0 || outcome.objects === 0 ? chain.takes : Math.max(1.5 * minute, chain.takes * 0.2);
		const runsAt = Math.floor(startsAt + (retryCount === 0 ? chain.waits : 2 * second));
		const endsAt = Math.floor(runsAt + takes);
		runs.push(new Run(chain, {
			id: sessionId(chain, seed, retryCount),
			outcome,
			mainSessionId: runs[0]?.id,
			willBeRetried: retryCount < chain.attempts.length - 1,
			retryCount, startsAt, runsAt, endsAt,
		}));
		startsAt = Math.floor(endsAt + chain.retryWait);
	}

	return runs;
}

/** An id in the archive ends with its block, so that the block can be found by the id. */
function sessionId({job, ordinal, block}: RunChain, seed: number, retryCount: number): string {
	const id = uuid(seed, 'session', job.key, ordinal, retryCount);
	return block === undefined ? id : `${id.slice(0, -4)}${block.toString(16).padStart(4, '0')}`;
}

/** Compares for oldest first; equal times are ordered by id. */
export function byStart(left: Run, right: Run): number {
	return left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1);
}
