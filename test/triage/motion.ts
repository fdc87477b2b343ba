import {test, type TestContext} from 'node:test';
import type {LogEvidence} from '../../source/model/evidence.js';
import {unreadable} from '../../source/model/field.js';
import type {LogItem} from '../../source/model/log-item.js';
import type {Observation} from '../../source/model/snapshot.js';
import {motionOf, needsNewestLog, newestMoment, type Motion, type RatesNow} from '../../source/triage/motion.js';
import {hour, logItem, minute, now, running, second} from '../helpers/sessions.js';
import {seen} from '../helpers/verdicts.js';

const at = now.server;

/** A log read that long ago, whose newest item came that long ago. */
const log = (readAgo: number, ...itemsAgo: readonly number[]): LogEvidence =>
	({newest: {readAt: at - readAgo, items: itemsAgo.map(ago => logItem({createdAt: at - ago, endedAt: undefined}))}});

const old = running({createdAt: at - (4 * hour)});
const quietMinutes = (observations: readonly Observation[], evidence?: LogEvidence, session = old) =>
	motionOf(session, observations, evidence, at).quietMs / minute;

const silences: ReadonlyArray<readonly [what: string, observations: readonly Observation[], evidence: LogEvidence | undefined, minutes: number]> = [
	['seen once, without a log: no less than since then', [seen(7 * minute)], undefined, 7],
	['never seen: nothing is known', [], undefined, 0],
	['changed under our eyes: since the change', [seen(50 * minute), seen(12 * minute, {progress: 11})], undefined, 12],
	['seen once, with a log: since its newest item', [seen(7 * minute)], log(minute, 60 * minute, 38 * minute), 38],
	['a newest item that came after the change', [seen(50 * minute), seen(12 * minute, {progress: 11})], log(minute, 3 * minute), 3],
	['a newest item that came before the change', [seen(50 * minute), seen(12 * minute, {progress: 11})], log(minute, 40 * minute), 12],
	['a log without an item: since it was first seen', [seen(7 * minute)], log(minute), 7],
	['a log that is not read from its end', [seen(7 * minute)], {opening: {items: [logItem({createdAt: at - (2 * hour)})], readAt: at}}, 7],
	['an item from the future, by another clock', [seen(7 * minute)], log(minute, -5 * minute), 0],
];

for (const [what, observations, evidence, minutes] of silences) {
	test(`a session is quiet for ${minutes} min, ${what}`, (t: TestContext) => {
		t.assert.strictEqual(quietMinutes(observations, evidence), minutes);
	});
}

test('a session is quiet for no longer than it is there', (t: TestContext) => {
	const young = running({createdAt: at - (4 * minute)});
	t.assert.strictEqual(quietMinutes([seen(9 * minute)], undefined, young), 4);
	t.assert.strictEqual(quietMinutes([seen(9 * minute)], undefined, running({createdAt: unreadable})), 9);
});

const reads: ReadonlyArray<readonly [what: string, observations: readonly Observation[], evidence: LogEvidence | undefined, isLogRead: boolean]> = [
	['never read', [seen(40 * minute)], undefined, false],
	['read in the silence', [seen(40 * minute)], log(minute, hour), true],
	['read before the last change', [seen(40 * minute), seen(2 * minute, {eTag: 'W2'})], log(3 * minute, hour), false],
	['read six minutes ago', [seen(40 * minute)], log(6 * minute, hour), false],
	['read a little less than six minutes ago', [seen(40 * minute)], log((6 * minute) - 1, hour), true],
	['read only from its start', [seen(40 * minute)], {opening: {items: [], readAt: at}}, false],
];

for (const [what, observations, evidence, isLogRead] of reads) {
	test(`a log ${what} makes a silence ${isLogRead ? 'certain' : 'no more certain'}`, (t: TestContext) => {
		t.assert.strictEqual(motionOf(old, observations, evidence, at).isLogRead, isLogRead);
	});
}

test('a session was watched once two minutes have gone without a change', (t: TestContext) => {
	const watched = (...observations: readonly Observation[]) => motionOf(old, observations, undefined, at).isWatched;
	t.assert.deepStrictEqual([watched(), watched(seen((2 * minute) - 1)), watched(seen(2 * minute))], [false, false, true]);
	t.assert.strictEqual(watched(seen(hour), seen(minute, {progress: 11})), false);
});

const rates: ReadonlyArray<readonly [what: string, observations: readonly Observation[], rates: RatesNow | undefined]> = [
	['never seen', [], undefined],
	['seen for 19 s', [seen(19 * second)], undefined],
	['seen for 20 s', [seen(20 * second)], {bytesPerSecond: 0, itemsPerSecond: 0, objects: 0, overMs: 20 * second}],
	[
		'that gained in a minute',
		[seen(minute), seen(5 * second, {progress: 13, transferredBytes: 1_600_000, processedItems: 620})],
		{bytesPerSecond: 10_000, itemsPerSecond: 2, objects: 3, overMs: minute},
	],
	[
		'that gained for longer: of the last two minutes',
		[seen(hour, {transferredBytes: 0}), seen(3 * minute), seen(minute, {progress: 11, transferredBytes: 2_200_000, processedItems: 620})],
		{bytesPerSecond: 10_000, itemsPerSecond: 1, objects: 1, overMs: 2 * minute},
	],
	['that stands still for longer', [seen(hour, {transferredBytes: 0}), seen(3 * minute)], {bytesPerSecond: 0, itemsPerSecond: 0, objects: 0, overMs: 2 * minute}],
	['whose bytes went down', [seen(minute), seen(second, {transferredBytes: 999_999, processedItems: 560})], {bytesPerSecond: undefined, itemsPerSecond: 1, objects: 0, overMs: minute}],
	['whose objects went down', [seen(minute), seen(second, {progress: 9})], {bytesPerSecond: 0, itemsPerSecond: 0, objects: undefined, overMs: minute}],
	[
		'whose counts cannot be read',
		[seen(minute, {transferredBytes: unreadable}), seen(second, {processedItems: undefined, progress: unreadable})],
		{bytesPerSecond: undefined, itemsPerSecond: undefined, objects: undefined, overMs: minute},
	],
];

for (const [what, observations, found] of rates) {
	test(`the rates now of a session ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual(motionOf(old, observations, undefined, at).now, found);
	});
}

const moments: ReadonlyArray<readonly [what: string, items: ReadonlyArray<Partial<LogItem>>, newest: number | undefined]> = [
	['no item', [], undefined],
	['an item that runs', [{createdAt: 5, endedAt: undefined}], 5],
	['an item that ended', [{createdAt: 5, endedAt: 9}], 9],
	['items out of order', [{createdAt: 20, endedAt: 21}, {createdAt: 5, endedAt: 30}, {createdAt: 7, endedAt: undefined}], 30],
	['times that cannot be read', [{createdAt: unreadable, endedAt: undefined}], undefined],
	['one that can be read among others', [{createdAt: unreadable, endedAt: undefined}, {createdAt: 3, endedAt: unreadable}], 3],
];

for (const [what, items, newest] of moments) {
	test(`the newest moment of ${what} is ${newest ?? 'not known'}`, (t: TestContext) => {
		t.assert.strictEqual(newestMoment(items.map(fields => logItem(fields))), newest);
	});
}

const motion = (fields: Partial<Motion> = {}): Motion => ({quietMs: 0, isLogRead: false, isWatched: true, now: undefined, ...fields});

type About = {readonly readAgo?: number; readonly age?: number; readonly isLate?: boolean};

const wishes: ReadonlyArray<readonly [what: string, isWanted: boolean, ofMotion: Partial<Motion>, about: About]> = [
	['a session that moves', false, {quietMs: second}, {}],
	['one that is quiet for 20 s, its log never read', true, {quietMs: 20 * second}, {}],
	['the same, half an hour old', true, {quietMs: 20 * second}, {age: 30 * minute}],
	['the same, a little younger', false, {quietMs: 20 * second}, {age: (30 * minute) - 1}],
	['one that moves and is late', true, {quietMs: 0}, {isLate: true}],
	['one that is late, its log read nine minutes ago', false, {quietMs: 0}, {isLate: true, readAgo: 9 * minute}],
	['one that is late, its log read ten minutes ago', true, {quietMs: 0}, {isLate: true, readAgo: 10 * minute}],
	['one that is quiet for nine minutes, its log read before', false, {quietMs: 9 * minute}, {readAgo: 20 * minute}],
	['one that is quiet for ten minutes, its log read before', true, {quietMs: 10 * minute}, {readAgo: 20 * minute}],
	['one that is quiet, its log read in the silence', false, {quietMs: 40 * minute, isLogRead: true}, {readAgo: 4 * minute}],
	['one that is quiet, its log read five minutes ago', true, {quietMs: 40 * minute, isLogRead: true}, {readAgo: 5 * minute}],
];

for (const [what, isWanted, ofMotion, {readAgo, age = 4 * hour, isLate = false}] of wishes) {
	test(`the newest log items are ${isWanted ? '' : 'not '}wanted of ${what}`, (t: TestContext) => {
		const evidence = readAgo === undefined ? undefined : log(readAgo, hour);
		t.assert.strictEqual(needsNewestLog(running({createdAt: at - age}), motion(ofMotion), evidence, {isLate, now: at}), isWanted);
	});
}

test('a session that does not say when it began is not looked at for its silence alone', (t: TestContext) => {
	t.assert.strictEqual(needsNewestLog(running({createdAt: unreadable}), motion({quietMs: hour}), undefined, {isLate: false, now: at}), false);
});
