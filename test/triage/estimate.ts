import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {unreadable} from '../../source/model/field.js';
import type {Observation} from '../../source/model/snapshot.js';
import {estimateOf, foundObjects, type EstimatedRun} from '../../source/triage/estimate.js';
import type {Baseline} from '../../source/triage/baseline.js';
import {hour, logItem, minute, now, running, second, session, type SessionOptions} from '../helpers/sessions.js';

const at = now.server;

/** A hundred minutes, four hundred objects, and little between the runs. */
function usualRun(fields: Partial<Baseline> = {}): Baseline {
	return {
		runs: 14, kind: 'Incremental', durationMs: {median: 100 * minute, p90: 120 * minute}, objects: {median: 400, p90: 410},
		bytes: undefined, items: undefined, processingRate: undefined, itemRate: undefined, readRate: undefined, writeRate: undefined, leftOut: 0, ...fields,
	};
}

function observation(minutesAgo: number, progress: Observation['progress']): Observation {
	return {at: at - (minutesAgo * minute), progress, transferredBytes: undefined, processedItems: undefined, eTag: undefined};
}

type Given = Partial<Omit<EstimatedRun, 'session'>> & {
	readonly minutes?: number;
	readonly done?: SessionOptions['progress'];
	readonly session?: SessionOptions;
};

/** A run that began so many minutes ago and has so many objects done. */
function estimated({minutes = 50, done, session: fields, ...rest}: Given) {
	const its = running({createdAt: at - (minutes * minute), progress: done, ...fields});
	return estimateOf({session: its, baseline: undefined, found: undefined, observations: [], now: at, ...rest});
}

/** Minutes from now. */
const left = (time: number | undefined) => time === undefined ? undefined : Math.round((time - at) / minute);

const baseline = usualRun();
const cases: ReadonlyArray<readonly [what: string, given: Given, minutesLeft: number | undefined, basis?: 'found' | 'usual']> = [
	['a run at the baseline pace', {baseline, found: 400, done: 200}, 50, 'found'],
	['the same, with the log not read', {baseline, done: 200}, 50, 'usual'],
	['a run that is slower than usual', {baseline, found: 400, done: 100}, 85, 'found'],
	['a run that has done nothing yet', {baseline, found: 400, done: 0, minutes: 0}, 100, 'found'],
	['the only object, in work', {baseline: usualRun({objects: {median: 1, p90: 1}}), found: 1, done: 0, minutes: 60}, 40, 'found'],
	['a fast run', {baseline, found: 400, done: 300, minutes: 25}, 9, 'found'],
	['more objects than baseline, at the baseline pace of one', {baseline, found: 800, done: 200}, 150, 'found'],
	['no object count at all', {baseline: usualRun({objects: undefined})}, 50, 'usual'],
	['an object count that cannot be read', {baseline, found: 400, done: unreadable}, 50, 'usual'],
	['a job whose runs count no objects', {baseline: usualRun({objects: {median: 0, p90: 0}}), done: 0}, 50, 'usual'],
	['a run past the baseline end, objects left', {baseline, found: 400, done: 200, minutes: 200}, 80, 'found'],
	['a run past the baseline end, no objects known', {baseline, minutes: 200}, 1, 'usual'],
	['all objects done', {baseline, found: 400, done: 400, minutes: 95}, 1, 'found'],
	['more objects done than found', {baseline, found: 400, done: 420, minutes: 70}, 1, 'found'],
	['no objects found', {baseline, found: 0, done: 200}, 50, 'usual'],
	['a run that begins in the future of a wrong clock', {baseline, found: 400, done: 0, minutes: -10}, 100, 'found'],
	['runs that usually take no time', {baseline: usualRun({durationMs: {median: 0, p90: 60 * minute}}), found: 400, done: 100}, 1, 'found'],
	['no baseline, enough of its own', {found: 400, done: 100}, 150, 'found'],
	['no baseline, less than a tenth done', {found: 400, done: 39}, undefined],
	['no baseline, a tenth done', {found: 400, done: 40}, 450, 'found'],
	['no baseline, less than ten minutes', {found: 400, done: 100, minutes: 9}, undefined],
	['no baseline, ten minutes', {found: 400, done: 100, minutes: 10}, 30, 'found'],
	['no baseline, nothing found', {done: 100}, undefined],
	['no baseline, found but no object count', {found: 400, done: undefined}, undefined],
	['a retry, which is no baseline run', {baseline, done: 5, session: {retryCount: 1}}, undefined],
	['a retry with its own objects', {baseline, found: 20, done: 5, session: {retryCount: 1}}, 150, 'found'],
	['a queued session', {baseline, session: {status: 'Queued'}}, undefined],
	['a finished session', {baseline, session: {status: 'Success'}}, undefined],
	['a status that cannot be read', {baseline, session: {status: unreadable}}, undefined],
	['a beginning that cannot be read', {baseline, found: 400, done: 200, session: {createdAt: unreadable}}, undefined],
];

for (const [what, given, minutesLeft, basis] of cases) {
	test(`estimate, ${what}: ${minutesLeft === undefined ? 'none' : `${minutesLeft} minutes left`}`, (t: TestContext) => {
		const estimate = estimated(given);
		t.assert.deepStrictEqual([left(estimate?.endsAt), estimate?.basis, estimate?.band], [minutesLeft, basis, undefined]);
	});
}

const watches: ReadonlyArray<readonly [what: string, observations: readonly Observation[], minutesLeft: number]> = [
	['nothing watched', [], 360],
	['the beginning watched, after a wait', [observation(120, 0), observation(20, 0), observation(10, 50)], 60],
	['the second half watched', [observation(20, unreadable), observation(10, 50), observation(1, 99)], 103],
	['no object done while it was watched', [observation(10, 100)], 360],
	['more objects than now', [observation(10, 120)], 360],
];

for (const [what, observations, minutesLeft] of watches) {
	test(`what was watched counts with its own pace, ${what}: ${minutesLeft} minutes left`, (t: TestContext) => {
		const estimate = estimated({found: 400, done: 100, minutes: 120, observations});
		t.assert.strictEqual(left(estimate?.endsAt), minutesLeft);
	});
}

test('one poll in which much ends moves the end by little', (t: TestContext) => {
	const watched = {baseline, found: 400, minutes: 50, observations: [observation(1 / 30, 200)]};
	const before = estimated({...watched, done: 200})!.endsAt;
	const after = estimated({...watched, done: 208})!.endsAt;
	t.assert.ok(after < before);
	t.assert.ok(before - after < 5 * minute);
});

const wide = usualRun({durationMs: {median: 100 * minute, p90: 200 * minute}});
const bands: ReadonlyArray<readonly [what: string, given: Given, from: number | undefined, until?: number]> = [
	['runs that differ by half', {baseline: usualRun({durationMs: {median: 100 * minute, p90: 150 * minute}})}, undefined],
	['runs that differ by more', {baseline: wide, minutes: 20}, 30, 180],
	['less of it once objects are done', {baseline: wide, found: 400, done: 200}, 33, 56],
	['past the shorter end', {baseline: wide, minutes: 90}, 1, 110],
	['past both ends', {baseline: wide, minutes: 300}, undefined],
	['all objects done', {baseline: wide, found: 400, done: 400}, undefined],
];

for (const [what, given, from, until] of bands) {
	test(`band, ${what}: ${from === undefined ? 'none' : `${from} to ${until} minutes`}`, (t: TestContext) => {
		const {band} = estimated(given)!;
		t.assert.deepStrictEqual([left(band?.from), left(band?.until)], [from, until]);
	});
}

const amount = fc.oneof(fc.integer({min: 0, max: 5000}), fc.constantFrom(undefined, unreadable));
const seenAt = fc.tuple(fc.nat({max: 4000}), amount);
const orNone = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, {nil: undefined});
const pairOf = (values: fc.Arbitrary<number>) => fc.tuple(values, values).map(([a, b]) => ({median: Math.min(a, b), p90: Math.max(a, b)}));
const length = pairOf(fc.nat({max: 3 * 24 * hour}));
const objects = pairOf(fc.nat({max: 5000}));
const anyUsual = fc.record({durationMs: length, objects: orNone(objects)}).map(fields => usualRun(fields));
const anyRun = fc.record({
	usual: orNone(anyUsual),
	found: orNone(fc.nat({max: 10_000})),
	seconds: fc.integer({min: -100, max: 300_000}),
	seen: fc.array(seenAt, {maxLength: 6}),
	retryCount: fc.constantFrom(0, 0, 0, 1),
});

type AnyRun = typeof anyRun extends fc.Arbitrary<infer Run> ? Run : never;

/** Anything that a server may say of a run, with so many objects done. */
function endOf({usual: theirs, found, seconds, seen, retryCount}: AnyRun, progress: SessionOptions['progress']) {
	const observations = seen.toSorted(([a], [b]) => b - a).map(([secondsAgo, done]) => observation(secondsAgo / 60, done));
	return estimateOf({session: running({createdAt: at - (seconds * second), progress, retryCount}), baseline: theirs, found, observations, now: at});
}

test('an end is a whole number and a minute off at least; the band is around it', () => {
	fc.assert(fc.property(anyRun, amount, (run, progress) => {
		const estimate = endOf(run, progress);
		if (!estimate) {
			return true;
		}

		const {endsAt, band} = estimate;
		const {from, until} = band ?? {from: endsAt, until: endsAt};
		return [from, endsAt, until].every(time => Number.isSafeInteger(time)) && at + minute <= from && from <= endsAt && endsAt <= until;
	}), {numRuns: 2000});
});

test('with more objects done at the same time the end is never later', () => {
	fc.assert(fc.property(anyRun, fc.nat({max: 5000}), fc.nat({max: 500}), (run, progress, more) => {
		const before = endOf(run, progress);
		const after = endOf(run, progress + more);
		return !before || (after !== undefined && after.endsAt <= before.endsAt);
	}), {numRuns: 2000});
});

const found: ReadonlyArray<readonly [text: string, expected: number | undefined]> = [
	['Found 310 objects', 310],
	['Found 1 object', 1],
	['Found 0 objects', 0],
	['Found 39000 objects', 39_000],
	...['3,900', '3.900', '3 900', '3\u{A0}900', '3\u{202F}900', '3\'900', '3’900'].map(number => [`Found ${number} objects`, 3900] as const),
	['Found 1,23,456 objects', 123_456],
	['Found 3 excluded objects', undefined],
	['Found objects', undefined],
	['Found 12345678901234567890 objects', undefined],
	['Resolving objects (found: 155)...', undefined],
	['Processing site Found 12 objects', undefined],
];

for (const [text, expected] of found) {
	test(`"${text}": ${expected ?? 'not said'}`, (t: TestContext) => {
		const opening = ['Job started at 9/23/2024 2:49:03 AM', 'Connected to organization', 'Found 3 excluded objects', text].map(each => logItem({text: each}));
		t.assert.strictEqual(foundObjects([logItem({text: unreadable}), ...opening, logItem({text: 'Processing mailbox Found 12 objects'})]), expected);
	});
}

test('a finished session has no end to be estimated, whatever is known', (t: TestContext) => {
	t.assert.strictEqual(estimateOf({session: session(), baseline, found: 310, observations: [], now: at}), undefined);
	t.assert.strictEqual(foundObjects([]), undefined);
});
