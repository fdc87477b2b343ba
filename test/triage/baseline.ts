import {test, type TestContext} from 'node:test';
import {unreadable, type Field} from '../../source/model/field.js';
import type {Session} from '../../source/model/session.js';
import {baselineOf, type Baseline} from '../../source/triage/baseline.js';
import {day, minute, now, running, session, type SessionOptions} from '../helpers/sessions.js';

const at = now.server;
const v8 = {kind: 'Incremental', now: at, lacksKind: false} as const;
const v7 = {kind: undefined, now: at, lacksKind: true} as const;

/** Nightly runs, the newest first, that took so many minutes each. */
const nightly = (minutes: readonly number[], fields: SessionOptions = {}): Session[] => minutes.map((took, index) => {
	const createdAt = at - ((index + 1) * day);
	return session({id: `n${index}`, createdAt, endedAt: createdAt + (took * minute), ...fields});
});

/** Each of those fields in one run of its own, all an hour long. */
const each = (...fields: readonly SessionOptions[]): Session[] => fields.map((own, index) => {
	const createdAt = at - ((index + 1) * day);
	return session({id: `e${index}`, createdAt, endedAt: createdAt + (60 * minute), ...own});
});

const five = [50, 60, 70, 80, 90];
const upTo = (count: number) => Array.from({length: count}, (_, index) => index + 1);
const minutesOf = (usual: Baseline | undefined) => usual && [usual.runs, usual.durationMs.median / minute, usual.durationMs.p90 / minute];

const cases: ReadonlyArray<readonly [what: string, history: readonly Session[], expected: readonly [runs: number, median: number, p90: number] | undefined]> = [
	['no run', [], undefined],
	['four runs', nightly(five.slice(1)), undefined],
	['five runs: p90 is the longest of them', nightly(five), [5, 70, 90]],
	['six runs: the median lies between the two in the middle', nightly([...five, 100]), [6, 75, 100]],
	['ten runs: nine do not exceed p90', nightly(upTo(10)), [10, 5.5, 9]],
	['twenty-five runs: the newest twenty', nightly(upTo(25)), [20, 10.5, 18]],
	['the same in another order', nightly(upTo(25)).toReversed(), [20, 10.5, 18]],
	['runs that ended more than 30 days ago', nightly(five).map((run, index) => index === 4 ? {...run, createdAt: at - (31 * day), endedAt: at - (30 * day) - 1} : run), undefined],
	['one that ended 30 days ago', nightly(five).map((run, index) => index === 4 ? {...run, createdAt: at - (30 * day) - (90 * minute), endedAt: at - (30 * day)} : run), [5, 70, 90]],
	['runs with warnings', nightly(five, {status: 'Warning'}), [5, 70, 90]],
	...['Failed', 'Stopped', 'Disconnected', 'NotConfigured', 'Updating'].map(status =>
		[`runs that ended ${status}`, [...nightly(five), ...nightly([1, 1, 1], {status})], [5, 70, 90]] as const),
	['an active run', [running(), ...nightly(five)], [5, 70, 90]],
	['retries', [...nightly(five), ...nightly([2, 2, 2], {retryCount: 1})], [5, 70, 90]],
	['sessions that name a first run', [...nightly(five), ...nightly([2, 2, 2], {mainSessionId: 'n0'})], [5, 70, 90]],
	['runs of another kind', [...nightly(five), ...nightly([500, 500], {kind: 'Full'})], [5, 70, 90]],
	['runs whose kind cannot be read', [...nightly(five), ...nightly([500], {kind: unreadable}), ...nightly([500], {kind: undefined})], [5, 70, 90]],
	['runs without a readable end or beginning', [...nightly(five), ...nightly([1], {endedAt: unreadable}), ...nightly([1], {endedAt: undefined}), ...nightly([1], {createdAt: unreadable})], [5, 70, 90]],
	['a run that ended before it began', [...nightly(five), ...nightly([-5])], [5, 70, 90]],
];

for (const [what, history, expected] of cases) {
	test(`usual, ${what}: ${expected ? `${expected[0]} runs` : 'no baseline'}`, (t: TestContext) => {
		t.assert.deepStrictEqual(minutesOf(baselineOf(history, v8)), expected);
	});
}

test('a Full run is compared with Full runs alone', (t: TestContext) => {
	const history = [...nightly(five), ...nightly([600, 610, 620, 630, 640], {kind: 'Full'})];
	const full = baselineOf(history, {...v8, kind: 'Full'});
	t.assert.deepStrictEqual([full?.kind, minutesOf(full)], ['Full', [5, 620, 640]]);
	t.assert.strictEqual(baselineOf(nightly(five), {...v8, kind: 'Full'}), undefined);
});

for (const kind of [undefined, unreadable] satisfies ReadonlyArray<Field<string>>) {
	test(`a run whose kind is ${kind === undefined ? 'absent' : 'unreadable'} is compared with all`, (t: TestContext) => {
		const usual = baselineOf([...nightly(five.slice(2)), ...nightly(five.slice(0, 2), {kind: 'Full'})], {...v8, kind});
		t.assert.deepStrictEqual([usual?.kind, minutesOf(usual)], [undefined, [5, 70, 90]]);
	});
}

const amounts = (objects: number, bytes: number): SessionOptions => ({kind: undefined, progress: objects, statistics: {transferredBytes: bytes}});
const common = upTo(5).map(() => amounts(300, 1000));
const bigCases: ReadonlyArray<readonly [what: string, runs: readonly SessionOptions[], leftOut: number, used: number | undefined]> = [
	['three times the objects and bytes', [amounts(900, 3000), ...common], 0, 6],
	['more than three times the objects', [amounts(901, 1000), ...common], 1, 5],
	['more than three times the bytes', [amounts(300, 3001), ...common], 1, 5],
	['one of five is big: too few are left', [amounts(300, 3001), ...common.slice(1)], 0, undefined],
	['nothing moved in most of them', [amounts(300, 1000), ...upTo(5).map(() => amounts(300, 0))], 0, 6],
	['nothing moved in any of them', upTo(5).map(() => amounts(0, 0)), 0, 5],
	['a big run among those that moved something', [amounts(300, 3001), amounts(300, 0), ...common], 1, 6],
	['amounts that cannot be read', upTo(5).map(() => ({progress: unreadable, statistics: {transferredBytes: unreadable}})), 0, 5],
];

for (const [what, runs, leftOut, used] of bigCases) {
	test(`v6 and v7, ${what}: ${leftOut} left out, of ${used ?? 'too few'} runs`, (t: TestContext) => {
		const usual = baselineOf(each(...runs), v7);
		t.assert.deepStrictEqual([usual?.runs, usual?.leftOut ?? 0, usual?.kind], [used, leftOut, undefined]);
	});
}

test('where the kind is known no big run is left out', (t: TestContext) => {
	const usual = baselineOf(each(...[amounts(3000, 90_000), ...common].map(fields => ({...fields, kind: 'Incremental'}))), v8);
	t.assert.deepStrictEqual([usual?.runs, usual?.leftOut, usual?.objects?.p90], [6, 0, 3000]);
});

test('each statistic is of the runs that say it, none of fewer than five', (t: TestContext) => {
	const readRates: ReadonlyArray<Field<number>> = [1, 2, 3, 4, 5, unreadable];
	const writeRates: ReadonlyArray<Field<number>> = [1, 2, 3, 4, undefined, unreadable];
	const usual = baselineOf(each(...readRates.map((readRateBytesPerSecond, index): SessionOptions => ({
		progress: 300 + index,
		statistics: {
			readRateBytesPerSecond, writeRateBytesPerSecond: writeRates[index],
			transferredBytes: index * 100, processedItems: index * 10, processingRateBytesPerSecond: index * 7, processingRateItemsPerSecond: index,
		},
	}))), v8);
	t.assert.deepStrictEqual(usual, {
		runs: 6,
		kind: 'Incremental',
		durationMs: {median: 60 * minute, p90: 60 * minute},
		objects: {median: 302.5, p90: 305},
		bytes: {median: 250, p90: 500},
		items: {median: 25, p90: 50},
		processingRate: {median: 17.5, p90: 35},
		itemRate: {median: 2.5, p90: 5},
		readRate: {median: 3, p90: 5},
		writeRate: undefined,
		leftOut: 0,
	});
});
