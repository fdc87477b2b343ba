import {fraction} from './random.js';
import type {Run} from './run.js';

/** The first part of a run connects and resolves objects; nothing is moved in it. */
export const lead = 0.05;

const steps = 40;
const curves = new WeakMap<Run, readonly number[]>();

/** Uneven but growing: the share of the work done at the end of each step. */
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
	const place = Math.min(1, Math.max(0, (time - lead) / (1 - lead))) * steps;
	const step = Math.min(steps - 1, Math.floor(place));
	const curve = curveOf(run);
	const from = curve[step] ?? 0;
	const until = curve[step + 1] ?? 1;
	return from + ((until - from) * (place - step));
}

function timeOnCurve(run: Run, share: number): number {
	const curve = curveOf(run);
	const wanted = Math.min(1, Math.max(0, share));
	let low = 0;
	let high = steps;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if ((curve[middle] ?? 0) <= wanted) {
			low = middle;
		} else {
			high = middle;
		}
	}

	const from = curve[low] ?? 0;
	const until = curve[low + 1] ?? 1;
	const place = until === from ? low : low + ((wanted - from) / (until - from));
	return lead + ((place / steps) * (1 - lead));
}

/** A slow spell in shares: of the time, of the work done before it, and of the work done when it is over. */
type Spell = {from: number; until: number; before: number; after: number};

const spells = new WeakMap<Run, Spell>();

function spellOf(run: Run): Spell | undefined {
	if (!run.slow) {
		return undefined;
	}

	const known = spells.get(run);
	if (known) {
		return known;
	}

	const {slow: {from, until, objectEvery}, runsAt, endsAt, totals: {objects}} = run;
	const shareOf = (script: number) => (script - runsAt) / (endsAt - runsAt);
	const before = curveAt(run, shareOf(from));
	const spell = {from: shareOf(from), until: shareOf(until), before, after: before + ((until - from) / objectEvery / objects)};
	spells.set(run, spell);
	return spell;
}

/** Share of the work done, 0 to 1, at a share of the time. */
export function workDone(run: Run, time: number): number {
	const spell = spellOf(run);
	if (!spell || time <= spell.from) {
		return curveAt(run, time);
	}

	const {from, until, before, after} = spell;
	if (time <= until) {
		return before + ((after - before) * (time - from) / (until - from));
	}

	const resumedAt = curveAt(run, until);
	return after + ((1 - after) * (curveAt(run, time) - resumedAt) / (1 - resumedAt));
}

/** The inverse: share of the time at which this share of the work is done. */
export function timeOfWork(run: Run, share: number): number {
	const spell = spellOf(run);
	if (!spell || share <= spell.before) {
		return timeOnCurve(run, share);
	}

	const {from, until, before, after} = spell;
	if (share <= after) {
		return from + ((until - from) * (share - before) / (after - before));
	}

	const resumedAt = curveAt(run, until);
	return timeOnCurve(run, resumedAt + ((1 - resumedAt) * (share - after) / (1 - after)));
}
