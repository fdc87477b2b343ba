import {valueOf, type Field} from '../model/field.js';
import type {Session, Statistics} from '../model/session.js';

/** Half of the runs have no more than the median, nine of ten no more than p90. */
export type Spread = {readonly median: number; readonly p90: number};

/** What a run of a job usually takes and moves. */
export type Baseline = {
	/** How many runs it was made from: 5 to 20. */
	readonly runs: number;
	/** `Full` or `Incremental` where it was made from one kind alone (v8). */
	readonly kind: string | undefined;
	readonly durationMs: Spread;
	/** Undefined, like all below, where fewer than five of the runs have that figure. */
	readonly objects: Spread | undefined;
	readonly bytes: Spread | undefined;
	readonly items: Spread | undefined;
	/** Rates in bytes or items per second, as the finished runs reported them. */
	readonly processingRate: Spread | undefined;
	readonly itemRate: Spread | undefined;
	readonly readRate: Spread | undefined;
	readonly writeRate: Spread | undefined;
	/** Big runs left out of it: v6 and v7 do not say which runs were Full. */
	readonly leftOut: number;
};

const fewestRuns = 5;
const mostRuns = 20;
const oldestMs = 30 * 24 * 3_600_000;
/** A run of unknown kind with more than this many times the median counts as a Full one. */
const bigFactor = 3;
/** A retry processes only what failed before it, and a run that failed or was stopped is cut short: neither is a usual run. */
const wholeEnds: ReadonlySet<string | undefined> = new Set(['Success', 'Warning']);

/**
What is usual for a job, from its newest finished first runs of the last 30 days; undefined where there are fewer than five.
@param history - sessions of that job alone, in any order
@param about - the kind of run to compare with, and whether the version has kinds at all; `now` in milliseconds since 1970 by the server's clock
*/
export function baselineOf(history: readonly Session[], about: {readonly kind: Session['kind']; readonly now: number; readonly lacksKind: boolean}): Baseline | undefined {
	const kind = about.lacksKind ? undefined : valueOf(about.kind);
	const whole = history
		.filter(session => isWhole(session) && (kind === undefined || session.kind === kind) && about.now - endOf(session) <= oldestMs)
		.toSorted((a, b) => endOf(b) - endOf(a))
		.slice(0, mostRuns);
	const runs = kind === undefined ? withoutBig(whole) : whole;
	const durationMs = spreadOf(runs, durationOf);
	return durationMs && {
		runs: runs.length,
		kind,
		durationMs,
		objects: spreadOf(runs, objectsOf),
		bytes: spreadOf(runs, bytesOf),
		items: spreadOf(runs, statistic('processedItems')),
		processingRate: spreadOf(runs, statistic('processingRateBytesPerSecond')),
		itemRate: spreadOf(runs, statistic('processingRateItemsPerSecond')),
		readRate: spreadOf(runs, statistic('readRateBytesPerSecond')),
		writeRate: spreadOf(runs, statistic('writeRateBytesPerSecond')),
		leftOut: whole.length - runs.length,
	};
}

type Measure = (session: Session) => Field<number>;

const objectsOf: Measure = ({progress}) => progress;
const statistic = (name: Exclude<keyof Statistics, 'bottleneck'>): Measure => ({statistics}) => statistics[name];
const bytesOf = statistic('transferredBytes');

const endOf = ({endedAt}: Session) => valueOf(endedAt) ?? -Infinity;

function durationOf({createdAt, endedAt}: Session): number | undefined {
	const began = valueOf(createdAt);
	const ended = valueOf(endedAt);
	return began === undefined || ended === undefined || ended < began ? undefined : ended - began;
}

function isWhole(session: Session): boolean {
	const {status, retryCount, mainSessionId} = session;
	return wholeEnds.has(valueOf(status)) && (valueOf(retryCount) ?? 0) === 0 && valueOf(mainSessionId) === undefined && durationOf(session) !== undefined;
}

function withoutBig(runs: readonly Session[]): readonly Session[] {
	const limits = [objectsOf, bytesOf].map(measure => ({measure, most: bigFactor * usualAmount(runs, measure)}));
	return runs.filter(run => limits.every(({measure, most}) => (valueOf(measure(run)) ?? 0) <= most));
}

/** The median of the runs that moved something: where most runs had nothing to do, one that had something is not big. */
function usualAmount(runs: readonly Session[], measure: Measure): number {
	const amounts = valuesOf(runs, measure).filter(amount => amount > 0);
	return amounts.length > 0 ? medianOf(amounts) : Infinity;
}

function spreadOf(runs: readonly Session[], measure: Measure): Spread | undefined {
	const values = valuesOf(runs, measure);
	// The smallest value that nine of ten do not exceed: a value of a real run, none between two.
	return values.length < fewestRuns ? undefined : {median: medianOf(values), p90: values[Math.ceil(0.9 * values.length) - 1]!};
}

/** Smallest first, without those that are absent or could not be read. */
function valuesOf(runs: readonly Session[], measure: Measure): readonly number[] {
	return runs.map(run => valueOf(measure(run))).filter(value => value !== undefined).toSorted((a, b) => a - b);
}

/** @param sorted - at least one number, smallest first */
function medianOf(sorted: readonly number[]): number {
	const middle = sorted.length / 2;
	return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
