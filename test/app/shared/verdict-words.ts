import {test, type TestContext} from 'node:test';
import type {Session} from '../../../source/model/session.js';
import type {Chain} from '../../../source/triage/chains.js';
import type {Motion} from '../../../source/triage/motion.js';
import {isProblem, verdictKinds, type Verdict, type VerdictKind} from '../../../source/triage/verdicts/verdict.js';
import {needsCell, problemName} from '../../../source/app/shared/verdict-words.js';
import {aboutSpan, attemptWords, clock, shareWords} from '../../../source/app/shared/run-words.js';
import {day, hour, minute, now, running, second, session, textOf} from '../../helpers/sessions.js';
import {cause, problems, usual, verdict} from '../../helpers/verdicts.js';

const at = now.server;
const denied = cause('Access is denied');
const context = {now: at, zone: 'UTC', width: 60};

const chain = (ordinal: number, fields: Partial<Chain> = {}, last: Partial<Session> = {}): {readonly chain: Chain} => ({
	chain: {attempts: [session({retryCount: ordinal, ...last})], outcome: 'retrying', most: 3, nextAt: undefined, ...fields},
});

const motion = (fields: Partial<Motion> = {}): {readonly motion: Motion} =>
	({motion: {quietMs: 38 * minute, isLogRead: true, isWatched: true, now: undefined, ...fields}});
const endsIn = (ms: number, band?: readonly [from: number, until: number]): Pick<Verdict, 'estimate'> =>
	({estimate: {endsAt: at + ms, band: band && {from: at + band[0], until: at + band[1]}, basis: 'usual'}});
const news = (isSettled: boolean, ...fresh: ReadonlyArray<typeof denied>): Pick<Verdict, 'news' | 'log'> => ({news: {fresh, known: [], isSettled}, log: problems()});

const endsAtThree = endsIn((45 * minute) + (23 * second));
const late = {late: {limitMs: 75 * minute, byMs: minute, pastUsualMs: 16 * minute}};
const full = {session: running({kind: 'Full', createdAt: at - (2 * hour)})};
const window = {pastWindowMs: 40 * minute, window: {isOpen: true, closesAt: at + (45 * minute) + (23 * second), opensAt: undefined}};

type Case = readonly [kind: VerdictKind, fields: Partial<Verdict>, words: string, short?: string];

const cases: readonly Case[] = [
	['failed', {}, 'no retry left'],
	['failed', {causes: [denied, cause('Disk full')]}, 'no retry left: Access is denied'],
	['failed', {...chain(3), causes: [denied]}, 'no retry left: Access is denied'],
	['failed', chain(0, {most: 0}), 'failed, no retry'],
	['missed', {missedAt: at - (44 * minute) - (37 * second)}, 'missed, due 01:30'],
	['missed', {missedAt: at - (4 * hour) - (14 * minute) - (37 * second)}, 'missed, due Sun 22:00'],
	['stuck', motion(), 'stuck, quiet 38m'],
	['disconnected', {}, 'proxy lost'],
	['disconnected', {causes: [cause('Connection to vbp-02 lost')]}, 'Connection to vbp-02 lost'],
	['notConfigured', {}, 'to be set up'],
	['notConfigured', {causes: [denied]}, 'Access is denied'],
	['throttled', {...motion(), ...endsAtThree}, 'throttled by Microsoft, ends ~03:00', 'throttled, ends ~03:00'],
	['throttled', motion(), 'throttled by Microsoft, quiet 38m', 'throttled'],
	['late', {...late, ...endsAtThree}, 'late, 16m over usual, ends ~03:00', 'late, 16m over usual'],
	['late', {...late, ...endsIn(hour, [45 * minute, 2 * hour])}, 'late, 16m over usual, ends ~03:00 to ~04:15', 'late, 16m over usual'],
	['late', late, 'late, 16m over usual', 'late, 16m over usual'],
	['late', {...late, ...endsAtThree, ...motion()}, 'late, 16m over usual, quiet 38m', 'late, quiet 38m'],
	['wontFit', window, 'ends ~40m after its window closes at 03:00', '~40m past window'],
	['waiting', {waitedMs: 31 * minute}, 'waits in the queue for 31m', 'waits 31m'],
	['behind', {behind: {copiedAt: undefined, sourceAt: at, lagMs: 7 * hour}}, 'copy is 7h00 behind'],
	['retrying', chain(0, {nextAt: at + (4 * minute) + (36 * second)}), 'retry 1/3 in ~4m'],
	['retrying', chain(2, {nextAt: at + (20 * second)}), 'retry 3/3 in ~1m'],
	['retrying', chain(0, {nextAt: at - (4 * minute)}), 'retry 1/3 was due 4m ago', 'retry 1/3 is due'],
	['retrying', chain(0), 'retry 1/3 is announced', 'retry 1/3'],
	['retrying', chain(0, {most: undefined}), 'retry 1 is announced', 'retry 1 is announced'],
	['retrying', chain(3), 'retry 4 is announced', 'retry 4 is announced'],
	['newWarning', news(true, denied), 'new: Access is denied'],
	['recovered', {recoveredFrom: session({endedAt: at - (10 * minute)})}, 'recovered, failed 02:04', 'failed 02:04, is well'],
	['running', {...motion({quietMs: 0}), ...endsAtThree}, 'ends ~03:00'],
	['running', endsIn(hour, [45 * minute, 2 * hour]), 'ends ~03:00 to ~04:15', 'ends ~03:15'],
	['running', endsIn(23 * hour), 'ends ~Tue 01:15'],
	['running', {...chain(1), ...endsAtThree}, 'retry 1/3, ends ~03:00', 'retry 1/3, ends ~03:00'],
	['running', {...motion({quietMs: (5 * minute) - 1}), ...endsAtThree}, 'ends ~03:00'],
	['running', {...motion({quietMs: 5 * minute}), ...endsAtThree}, 'quiet 5m'],
	['running', {...motion({isLogRead: false}), pending: 2}, 'quiet 38m, log not read yet', 'quiet 38m, not read'],
	['running', {...motion({isLogRead: false}), pending: 0}, 'quiet 38m'],
	['running', {...motion({isWatched: false}), stuckAfterMs: 30 * minute}, 'quiet 38m, watching', 'quiet 38m'],
	['running', {...motion({isWatched: false}), stuckAfterMs: 38 * minute}, 'quiet 38m'],
	['recovered', {session: session({status: 'Warning'}), recoveredFrom: session({status: 'Failed', endedAt: at - (30 * minute)})}, 'ran since, failed 01:44 before', 'failed 01:44 before'],
	['running', {...motion(), ...chain(1)}, 'retry 1/3, quiet 38m'],
	['running', {isHistoryRead: false}, 'history not read yet'],
	['running', {isHistoryRead: false, ...chain(1)}, 'retry 1/3, history not read yet', 'retry 1/3'],
	['running', {}, 'no baseline'],
	['running', full, 'no baseline (Full)'],
	['running', {...full, incremental: usual()}, 'Full run, 2.0x the usual Incremental', 'Full, 2.0x the usual'],
	['other', {}, ''],
	['queued', {waitedMs: 4 * minute}, 'waits 4m'],
	['warning', {}, 'log not read yet'],
	['warning', {...news(false, denied), causes: [denied]}, '1 cause, not compared yet', '1 cause, comparing'],
	['warning', {...news(true), causes: [denied, denied, denied]}, 'known, 3 causes'],
	['healed', chain(1, {outcome: 'healed'}), 'healed on retry 1/3'],
	['success', {}, ''],
	['stopped', {session: session({status: 'Stopped', details: String.raw`Stopped by CONTOSO\admin`})}, String.raw`Stopped by CONTOSO\admin`],
];

for (const [kind, fields, words, short = words] of cases) {
	test(`what a ${kind} job needs: ${words === '' ? 'nothing is said' : words}`, (t: TestContext) => {
		const said = (width: number) => textOf(needsCell(verdict(kind, fields), {...context, width}));
		t.assert.strictEqual(said(60), words);
		// In a narrow column the shortest words are taken, also where they have to be cut.
		t.assert.strictEqual(said(Math.max(12, short.length)), short);
	});
}

test('each verdict has its words here', (t: TestContext) => {
	t.assert.strictEqual(verdictKinds.filter(kind => cases.every(([told]) => told !== kind)).join(', '), '');
});

test('words that are wide are not taken for ones that fit', (t: TestContext) => {
	const missed = verdict('running', {...chain(1), ...endsIn(hour, [45 * minute, 2 * hour])});
	t.assert.strictEqual(textOf(needsCell(missed, {...context, width: 32})), 'retry 1/3, ends ~03:00 to ~04:15');
	t.assert.strictEqual(textOf(needsCell(missed, {...context, width: 31})), 'retry 1/3, ends ~03:15');
});

test('each kind of problem has a name for counts, and nothing else has', (t: TestContext) => {
	t.assert.deepStrictEqual(verdictKinds.filter(kind => problemName(kind) !== undefined), verdictKinds.filter(kind => isProblem(kind)));
	const names = verdictKinds.flatMap(kind => problemName(kind) ?? []);
	t.assert.strictEqual(new Set(names).size, names.length, names.join(', '));
});

test('the tone is that of the need', (t: TestContext) => {
	const toneOf = (kind: VerdictKind) => needsCell(verdict(kind), context)[0]?.tone;
	t.assert.deepStrictEqual((['stuck', 'late', 'running', 'healed', 'success'] as const).map(kind => toneOf(kind)), ['bad', 'warning', 'plain', 'good', 'dim']);
});

test('a moment is told by its time, with the day where it is not today', (t: TestContext) => {
	t.assert.deepStrictEqual([0, -3 * hour, -8 * day].map(ms => clock(at + ms, context)), ['02:14', 'Sun 23:14', '15 Nov']);
	t.assert.strictEqual(clock(at, {...context, zone: 'Europe/Berlin'}), '03:14');
});

const lengths: ReadonlyArray<readonly [ms: number, words: string]> = [
	[0, '~1m'],
	[59 * second, '~1m'],
	[minute, '~1m'],
	[(4 * minute) + (36 * second), '~4m'],
	[(59 * minute) + (59 * second), '~59m'],
	[80 * minute, '~1h20'],
	[46 * hour, '~1d22h'],
];

test('an estimated length is of whole minutes', (t: TestContext) => {
	t.assert.deepStrictEqual(lengths.map(([ms]) => aboutSpan(ms)), lengths.map(([, words]) => words));
});

test('a share of the usual has two figures, three at the most', (t: TestContext) => {
	t.assert.deepStrictEqual([0, 0.44, 1, 9.94, 9.95, 12.4, 5000].map(share => shareWords(share)), ['0.0x', '0.4x', '1.0x', '9.9x', '10x', '12x', '999x']);
});

test('an attempt is told with how many there may be, where that is known', (t: TestContext) => {
	const told = [verdict('running'), verdict('running', chain(0)), verdict('running', chain(2)), verdict('running', chain(2, {most: undefined})), verdict('running', chain(4))];
	t.assert.deepStrictEqual(told.map(one => attemptWords(one)), [undefined, undefined, 'retry 2/3', 'retry 2', 'retry 4']);
});

test('of a cause as much is told as there is room for, and nothing where that would say nothing', (t: TestContext) => {
	const certificate = cause('AADSTS700027: Client assertion contains an invalid signature');
	const told = (kind: VerdictKind, width: number) => textOf(needsCell(verdict(kind, {causes: [certificate]}), {now: at, zone: 'UTC', width}));
	t.assert.deepStrictEqual([20, 30, 38, 100].map(width => told('failed', width)), [
		'no retry left', 'no retry left', 'no retry left: AADSTS700027: Client..', 'no retry left: AADSTS700027: Client assertion contains an invalid signature',
	]);
	t.assert.deepStrictEqual([20, 38].map(width => told('disconnected', width)), ['proxy lost', 'AADSTS700027: Client assertion conta..']);
});
