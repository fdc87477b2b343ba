import {fraction} from '../random.js';
import type {Run} from '../run.js';

/** The first part of a run connects and resolves objects; nothing is moved in it. */
export const lead = 0.05;

const steps = 40;
const curves = new WeakMap<Run, readonly number[]>();

/** The share of the work done at the end of each step: uneven, but growing. */
function curveOf(run: Run): readonly number[] {
	const known = curves.get(run);
	if (known) {
		return known;
	}

	const weights = Array.from({length: steps}, (_, step) => 0.15 + (fraction(run.id, 'step', step) ** 2));
	let total = 0;
	const sums = [0];
	for (const weight of weights) {
		total += weight;
		sums.push(total);
	}

	const curve = sums.map(sum => sum / total);
	curves.set(run, curve);
	return curve;
}

function curveAt(run: Run, time: number): number {
	const position = Math.min(1, Math.max(0, (time - lead) / (1 - lead))) * steps;
	const step = Math.min(steps - 1, Math.floor(position));
	const curve = curveOf(run);
	const from = curve[step] ?? 0;
	const until = curve[step + 1] ?? 1;
	return from + ((until - from) * (position - step));
}

function timeOnCurve(run: Run, share: number): number {
	const curve = curveOf(run);
	const target = Math.min(1, Math.max(0, share));
	let low = 0;
	let high = steps;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if ((curve[middle] ?? 0) <= target) {
			low = middle;
		} else {
			high = middle;
		}
	}

	const from = curve[low] ?? 0;
	const until = curve[low + 1] ?? 1;
	const position = until === from ? low : low + ((target - from) / (until - from));
	return lead + ((position / steps) * (1 - lead));
}

/** A slow period in shares: of the time at which it begins and ends, and of the work done by then. */
type SlowShares = {from: number; until: number; before: number; after: number};

const slowShares = new WeakMap<Run, SlowShares>();

function slowSharesOf(run: Run): SlowShares | undefined {
	if (!run.slow) {
		return undefined;
	}

	const known = slowShares.get(run);
	if (known) {
		return known;
	}

	const {slow: {from, until, objectEvery}, runsAt, endsAt, totals: {objects}} = run;
	const shareOf = (script: number) => (script - runsAt) / (endsAt - runsAt);
	const before = curveAt(run, shareOf(from));
	const shares = {from: shareOf(from), until: shareOf(until), before, after: before + ((until - from) / objectEvery / objects)};
	slowShares.set(run, shares);
	return shares;
}

/** Share of the work done, 0 to 1, at a share of the time. */
export function workDone(run: Run, time: number): number {
	const slow = slowSharesOf(run);
	if (!slow || time <= slow.from) {
		return curveAt(run, time);
	}

	const {from, until, before, after} = slow;
	if (time <= until) {
		return before + ((after - before) * (time - from) / (until - from));
	}

	const resumedAt = curveAt(run, until);
	return after + ((1 - after) * (curveAt(run, time) - resumedAt) / (1 - resumedAt));
}

/** The inverse of `workDone`: the share of the time at which this share of the work is done. */
export function timeOfWork(run: Run, share: number): number {
	const slow = slowSharesOf(run);
	if (!slow || share <= slow.before) {
		return timeOnCurve(run, share);
	}

	const {from, until, before, after} = slow;
	if (share <= after) {
		return from + ((until - from) * (share - before) / (after - before));
	}

	const resumedAt = curveAt(run, until);
	return timeOnCurve(run, resumedAt + ((1 - resumedAt) * (share - after) / (1 - after)));
}
