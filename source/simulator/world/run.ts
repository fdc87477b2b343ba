import type {Attempts, Bottleneck, Kind, Oddity, SlowSpell} from '../scenarios/scenario.js';
import type {JobRecord} from './inventory.js';
import {outcomeOf, type Outcome} from './outcomes.js';
import {numberBetween, fraction, uuid} from './random.js';
import {minute, second} from './time.js';

export type Totals = {objects: number; items: number; bytes: number};

/** A first run and its retries, before they have times and ids of their own; times are script time. */
export type RunChain = {
	job: JobRecord;
	/** Tells this chain from the others of its job. */
	ordinal: string;
	startsAt: number;
	waits: number;
	takes: number;
	retryWait: number;
	attempts: Attempts;
	kind?: Kind;
	bottleneck?: Bottleneck;
	/** Nothing moves from then on. */
	quietFrom?: number;
	slow?: SlowSpell | undefined;
	oddity?: Oddity;
	messages?: readonly string[];
	/** The block of the archive that it is in. */
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

/** One planned session. What only a look at it needs is made then: a long history has many that nobody looks at. */
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

	get kind(): Kind {
		return this.#chain.kind ?? 'Incremental';
	}

	get bottleneck(): Bottleneck {
		return this.#chain.bottleneck ?? (fraction(this.id, 'bottleneck') < 0.75 ? 'Source' : 'Target');
	}

	get quietFrom(): number | undefined {
		return this.retryCount === 0 ? this.#chain.quietFrom : undefined;
	}

	get slow(): SlowSpell | undefined {
		return this.retryCount === 0 ? this.#chain.slow : undefined;
	}

	get oddity(): Oddity | undefined {
		return this.#chain.oddity;
	}

	/** Log messages of its own, one an object. */
	get messages(): readonly string[] | undefined {
		return this.#chain.messages;
	}

	/** Objects that it sets out for: more than it will have processed where it is cut short. */
	get found(): number {
		const {objects} = this.totals;
		const share = this.retryCount === 0 && this.outcome.objects > 0 ? this.outcome.objects : 1;
		return Math.ceil(objects / share);
	}

	/** What it will have moved when it ends. */
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

/** The sessions that come of a chain, oldest first. */
export function plannedRuns(chain: RunChain, seed: number): Run[] {
	const runs: Run[] = [];
	let startsAt = Math.floor(chain.startsAt);
	for (const [retryCount, attempt] of chain.attempts.entries()) {
		const outcome = outcomeOf(attempt);
		// What ends before it has an object has nothing left out in a retry either.
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

/** The id of one in the archive ends with its block, so that the block can be found again by the id. */
function sessionId({job, ordinal, block}: RunChain, seed: number, retryCount: number): string {
	const id = uuid(seed, 'session', job.key, ordinal, retryCount);
	return block === undefined ? id : `${id.slice(0, -4)}${block.toString(16).padStart(4, '0')}`;
}

/** Oldest first, and in the same order each time. */
export function byStart(left: Run, right: Run): number {
	return left.startsAt - right.startsAt || (left.id < right.id ? -1 : 1);
}
