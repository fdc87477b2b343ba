import {test, type TestContext} from 'node:test';
import {versions as api} from '../../source/api/wire/versions.js';
import {unreadable, valueOf} from '../../source/model/field.js';
import type {Job} from '../../source/model/job.js';
import {isActive, type Session} from '../../source/model/session.js';
import type {Scenario, Truth} from '../../source/simulator/scenarios/scenario.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {simulatedVersions as served} from '../../source/simulator/wire/versions.js';
import {World} from '../../source/simulator/world/world.js';
import {behindSource, firstUncopiedAt, lastGoodAt, missedRun, type CopyEnds} from '../../source/triage/schedule.js';
import {day, hour, job, minute, now, running, second, session} from '../helpers/sessions.js';

const at = now.server;
const due = (minutesAgo: number, fields: Partial<Job> = {}) => job({schedule: 'daily', everyMs: day, nextRunAt: at - (minutesAgo * minute), ...fields});

test('a run is missed ten minutes after it was due', (t: TestContext) => {
	t.assert.strictEqual(missedRun(due(-60), at - day, at), undefined);
	t.assert.strictEqual(missedRun(due(10), at - day, at), undefined);
	t.assert.deepStrictEqual(missedRun(due(11), at - day, at), {dueAt: at - (11 * minute)});
	t.assert.deepStrictEqual(missedRun(due(11), undefined, at), {dueAt: at - (11 * minute)}, 'a job of which no session is known');
});

test('a session since then is the run, also one by a clock a little behind', (t: TestContext) => {
	const startedBefore = (seconds: number) => missedRun(due(40), at - (40 * minute) - (seconds * second), at) === undefined;
	t.assert.deepStrictEqual([-600, 0, 60, 61].map(seconds => startedBefore(seconds)), [true, true, true, false]);
	t.assert.strictEqual(missedRun(due(40, {lastRunAt: at - (39 * minute)}), undefined, at), undefined, 'one that only the job knows of');
});

const neverMissed: ReadonlyArray<readonly [what: string, fields: Partial<Job>]> = [
	['disabled', {isEnabled: false}],
	['started by hand only', {schedule: 'manual'}],
	['started by its source', {schedule: 'immediate'}],
	['without a next run', {nextRunAt: undefined}],
	['whose next run is unreadable', {nextRunAt: unreadable}],
	['that still runs by its own word', {lastStatus: 'Running'}],
];

for (const [what, fields] of neverMissed) {
	test(`a job ${what} misses no run`, (t: TestContext) => {
		t.assert.strictEqual(missedRun(due(3000, fields), undefined, at), undefined);
	});
}

test('a job that says less is late by its next run alone', (t: TestContext) => {
	for (const fields of [{isEnabled: undefined}, {isEnabled: unreadable}, {schedule: undefined}, {schedule: unreadable}, {lastRunAt: unreadable}] as const) {
		t.assert.ok(missedRun(due(40, fields), at - day, at));
	}
});

test('a job misses nothing while its run before goes on, nor in the ten minutes after', (t: TestContext) => {
	const missed = (newest: Parameters<typeof missedRun>[3]) => missedRun(due(200), at - (300 * minute), at, newest);
	t.assert.strictEqual(missed({isActive: true}), undefined);
	t.assert.strictEqual(missed({isActive: false, endedAt: at - (10 * minute)}), undefined);
	t.assert.deepStrictEqual(missed({isActive: false, endedAt: at - (11 * minute)}), {dueAt: at - (200 * minute)});
	t.assert.deepStrictEqual(missed({isActive: false, endedAt: at - (290 * minute)}), {dueAt: at - (200 * minute)});
});

const daily = job({id: 'j2', schedule: 'daily', everyMs: day});
const workdays = job({id: 'j2', schedule: 'daily', everyMs: 3 * day});
const hourly = job({id: 'j2', schedule: 'periodic', everyMs: hour});
const byHand = job({id: 'j2', schedule: 'manual'});
const copy = (fields: Partial<Job>) => job({type: 'Copy', backupJobId: 'j2', retryTimes: undefined, ...fields});
const immediate = copy({schedule: 'immediate'});
const dailyCopy = copy({schedule: 'daily', everyMs: day});

/** Hours ago. */
type Ago = {readonly copied?: number; readonly source: number; readonly uncopied?: number; readonly isActive?: boolean; readonly usual?: number};

const before = (hours: number | undefined) => hours === undefined ? undefined : at - (hours * hour);

function lagOf(its: Job, source: Job, {copied, source: ago, uncopied, isActive: isCopying = false, usual}: Ago): number | undefined {
	const usualMs = usual === undefined ? undefined : usual * hour;
	const ends: CopyEnds = {copiedAt: before(copied), sourceAt: at - (ago * hour), uncopiedAt: before(uncopied), isActive: isCopying, usualMs};
	const behind = behindSource(its, source, ends, at);
	return behind && behind.lagMs / hour;
}

type Case = readonly [what: string, copy: Job, source: Job, ago: Ago, lag: number | undefined];

/** Open from 22:00 to 06:00 each day. */
const nightly = {windowHours: `${'1'.repeat(6)}${'0'.repeat(16)}11`.repeat(7), windowOffsetMinutes: 0};

const cases: readonly Case[] = [
	// As restore points appear.
	['immediate, copied since', immediate, daily, {copied: 1, source: 2}, undefined],
	['immediate, copied as the source ended', immediate, daily, {copied: 2, source: 2}, undefined],
	['immediate, its source done just now', immediate, daily, {copied: 23, source: 0}, undefined],
	['immediate, to copy since six hours', immediate, daily, {copied: 29, source: 6}, undefined],
	['immediate, to copy for longer', immediate, daily, {copied: 29, source: 6.1}, 22.9],
	['immediate, usually in three hours, for longer', immediate, daily, {copied: 29, source: 8.9, usual: 3}, undefined],
	['immediate, usually in three hours, for much longer', immediate, daily, {copied: 29, source: 9.1, usual: 3}, 19.9],
	['immediate, of a source that stopped after it', immediate, hourly, {copied: 100, source: 99}, 99],
	['immediate, three days, a night since', immediate, daily, {copied: 72, source: 1}, 71],
	['immediate, three days, a night since just now', immediate, daily, {copied: 72, source: 0.1}, 71.9],
	['immediate, two days, another night since', immediate, daily, {copied: 48, source: 1}, 47],
	['immediate, its source back just now after a failed night', immediate, daily, {copied: 47, source: 0.1}, undefined],
	['immediate, a failed night made good by now, and copying', immediate, daily, {copied: 48, source: 1, isActive: true}, undefined],
	['immediate, hourly, eight hours', immediate, hourly, {copied: 8, source: 0.5}, 7.5],
	['immediate, hourly, copying slowly', immediate, hourly, {copied: 8, source: 0.5, isActive: true}, undefined],
	['immediate, hourly, copying since ages', immediate, hourly, {copied: 15, source: 0.5, isActive: true}, 14.5],
	['immediate, of workdays, on Monday', immediate, workdays, {copied: 70, source: 1}, undefined],
	['immediate, of a source started by hand after weeks', immediate, byHand, {copied: 900, source: 2}, undefined],
	['immediate, of a source started by hand, left uncopied', immediate, byHand, {copied: 900, source: 7}, 893],
	// What is known of the source's runs counts for more than its schedule.
	['immediate, its source back after a week', immediate, daily, {copied: 190, source: 2, uncopied: 2}, undefined],
	['immediate, several to copy', immediate, daily, {copied: 30, source: 1, uncopied: 25}, 29],
	['immediate, hourly, back after a night', immediate, hourly, {copied: 15, source: 0.5, uncopied: 1.5}, undefined],
	['immediate, copying what waits since seven hours', immediate, daily, {copied: 30, source: 7, isActive: true}, undefined],
	['immediate, copying what waits since thirteen', immediate, daily, {copied: 30, source: 13, isActive: true}, 17],
	// By a clock.
	['daily, a turn ago', dailyCopy, daily, {copied: 24, source: 1}, undefined],
	['daily, a turn and the longest that it usually takes', dailyCopy, daily, {copied: 29, source: 3, usual: 3}, undefined],
	['daily, a turn and more', dailyCopy, daily, {copied: 30, source: 2.9, usual: 3}, 27.1],
	['daily, a turn and two hours', dailyCopy, daily, {copied: 28.9, source: 3}, undefined],
	['daily, usually in minutes, a turn and less than two hours', dailyCopy, daily, {copied: 28.9, source: 3, usual: 0.1}, undefined],
	['daily, a turn and more than two hours', dailyCopy, daily, {copied: 29.1, source: 3}, 26.1],
	['daily, of a source that stopped after it', dailyCopy, daily, {copied: 27, source: 26.5}, 26.5],
	['daily, its turn now', dailyCopy, daily, {copied: 47, source: 1, isActive: true}, undefined],
	['daily, its turn now after five days', dailyCopy, daily, {copied: 120, source: 1, isActive: true}, 119],
	['on workdays, on Monday', copy({schedule: 'daily', everyMs: 3 * day}), daily, {copied: 72, source: 1}, undefined],
	['on workdays, a week', copy({schedule: 'daily', everyMs: 3 * day}), daily, {copied: 168, source: 1}, 167],
	['each four hours, of an hourly source', copy({schedule: 'periodic', everyMs: 4 * hour}), hourly, {copied: 6, source: 0.5}, undefined],
	['each four hours, missed twice', copy({schedule: 'periodic', everyMs: 4 * hour}), hourly, {copied: 8, source: 0.5}, 7.5],
	// While its window is closed it need not copy.
	['immediate, at night only', copy({schedule: 'immediate', ...nightly}), hourly, {copied: 20, source: 0.5, uncopied: 19.5}, undefined],
	['immediate, at night only, longer than a day', copy({schedule: 'immediate', ...nightly}), hourly, {copied: 23, source: 0.5, uncopied: 22.5}, 22.5],
	['each hour, at night only', copy({schedule: 'periodic', everyMs: hour, ...nightly}), hourly, {copied: 19, source: 0.5}, undefined],
	['each hour, at night only, longer than a day', copy({schedule: 'periodic', everyMs: hour, ...nightly}), hourly, {copied: 20, source: 0.5}, 19.5],
	// Never.
	['disabled', copy({schedule: 'daily', everyMs: day, isEnabled: false}), daily, {copied: 900, source: 1}, undefined],
	['started by hand only', copy({schedule: 'manual'}), daily, {copied: 900, source: 1}, undefined],
	['of a schedule that is not known', copy({schedule: undefined}), daily, {copied: 900, source: 1}, undefined],
	['of an unreadable schedule', copy({schedule: unreadable}), daily, {copied: 900, source: 1}, undefined],
	['of a period that is not known', copy({schedule: 'periodic'}), daily, {copied: 900, source: 1}, undefined],
	// Without a success of the copy.
	['immediate, that never ran', immediate, daily, {source: 7}, 7],
	['immediate, that never ran, of a source done just now', immediate, daily, {source: 1}, undefined],
	['immediate, that ran since without a success', copy({schedule: 'immediate', lastRunAt: at - (6 * hour)}), daily, {source: 7}, undefined],
	['immediate, that last ran before its source', copy({schedule: 'immediate', lastRunAt: at - (30 * hour)}), daily, {source: 7}, 7],
	['immediate, in its first run of days', immediate, daily, {source: 20, isActive: true}, undefined],
];

for (const [what, its, source, ago, lag] of cases) {
	test(`a copy, ${what}: ${lag === undefined ? 'not behind' : `${lag} hours behind`}`, (t: TestContext) => {
		const found = lagOf(its, source, ago);
		t.assert.strictEqual(found && Math.round(found * 10) / 10, lag);
	});
}

test('what is behind says when each last succeeded', (t: TestContext) => {
	const ends = {copiedAt: at - (3 * day), sourceAt: at - hour, isActive: false, usualMs: undefined};
	t.assert.deepStrictEqual(behindSource(immediate, daily, ends, at), {copiedAt: at - (3 * day), sourceAt: at - hour, lagMs: (3 * day) - hour});
});

const ended = (hoursAgo: number, status = 'Success') => session({status, createdAt: at - ((hoursAgo + 1) * hour), endedAt: at - (hoursAgo * hour)});

test('the last good run is the newest that the job or its sessions know of', (t: TestContext) => {
	const sessions = [ended(1, 'Failed'), ended(2, 'Stopped'), ended(3, 'Warning'), ended(4), running()];
	const lastGood = (fields: Partial<Job>, its = sessions) => {
		const found = lastGoodAt(job({lastStatus: 'Failed', lastRunAt: at - (2 * hour), ...fields}), its);
		return found === undefined ? undefined : (at - found) / hour;
	};

	t.assert.deepStrictEqual([lastGood({}), lastGood({lastBackupAt: at - (2 * hour)}), lastGood({lastBackupAt: at - (9 * hour)})], [3, 2, 3]);
	t.assert.deepStrictEqual([lastGood({lastStatus: 'Success'}), lastGood({lastStatus: 'Warning'}), lastGood({lastStatus: unreadable})], [2, 2, 3]);
	t.assert.deepStrictEqual([lastGood({}, []), lastGood({lastStatus: 'Success', lastRunAt: unreadable, lastBackupAt: unreadable}, [])], [undefined, undefined]);
	t.assert.strictEqual(lastGood({}, [session({endedAt: unreadable}), session({endedAt: undefined})]), undefined);
});

test('the first success that is not copied yet is known where the sessions reach back to the copy', (t: TestContext) => {
	const sessions = [ended(1), ended(5, 'Warning'), ended(7, 'Failed'), ended(9)];
	const first = (copied: number | undefined, its = sessions) => {
		const found = firstUncopiedAt(its, before(copied));
		return found === undefined ? undefined : (at - found) / hour;
	};

	t.assert.deepStrictEqual([first(8), first(9), first(3), first(7)], [5, 5, 1, 5]);
	t.assert.deepStrictEqual([first(10), first(1), first(0), first(undefined), first(3, [])], [undefined, undefined, undefined, undefined, undefined]);
});

const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);
type Api = keyof typeof api;

/** The sessions of ended runs of one world, by run id: they stay as they are, so they are parsed once. */
type EndedSessions = Map<string, Session>;

/** All jobs and the sessions of the last day as the client reads them, active ones of any age among them. */
function readOf(world: World, version: Api, moment: number, endedSessions: EndedSessions) {
	const wire = served.find(({version: {name}}) => name === version)!.version;
	const jobs = world.jobsAt(moment).map(state => ({
		key: state.job.key, job: api[version].job(state.job.type === 'Copy' ? wire.copyJob(state) : wire.job(state), state.job.type)!,
	}));
	const listed: Session[] = [];
	for (const run of world.newestRunsAt(moment)) {
		if (world.startOf(run) < moment - (8 * day)) {
			break;
		}

		const endsAt = world.endOf(run);
		if (endsAt <= moment - day) {
			continue;
		}

		const read = endedSessions.get(run.id) ?? api[version].session(wire.session(world.sessionOf(run, moment), wire.activeEndTime), 'vb1')!;
		listed.push(read);
		if (endsAt <= moment) {
			endedSessions.set(run.id, read);
		}
	}

	return {jobs, sessions: Map.groupBy(listed, ({jobId}) => jobId)};
}

/** What the two verdicts say of each job at a moment, by the key of the job. */
function verdictsAt(
	world: World, version: Api, moment: number, endedSessions: EndedSessions = new Map(),
): {readonly missed: readonly string[]; readonly behind: readonly string[]} {
	const {jobs, sessions} = readOf(world, version, moment, endedSessions);
	const byId = new Map(jobs.map(({job: each}) => [each.id, each]));
	const sessionsOf = ({id}: Job): readonly Session[] => sessions.get(id) ?? [];
	const isMissed = (its: Job) => {
		const [newest] = sessionsOf(its);
		const known = newest && {isActive: isActive(newest), endedAt: valueOf(newest.endedAt)};
		return missedRun(its, valueOf(newest?.createdAt), moment, known) !== undefined;
	};

	const isBehind = (its: Job) => {
		const source = byId.get(valueOf(its.backupJobId) ?? '');
		const sourceAt = source && lastGoodAt(source, sessionsOf(source));
		if (!source || sourceAt === undefined) {
			return false;
		}

		const copiedAt = lastGoodAt(its, sessionsOf(its));
		const uncopiedAt = firstUncopiedAt(sessionsOf(source), copiedAt);
		const isCopying = sessionsOf(its).some(each => isActive(each));
		return behindSource(its, source, {copiedAt, sourceAt, uncopiedAt, isActive: isCopying, usualMs: undefined}, moment) !== undefined;
	};

	const keysOf = (isSo: (its: Job) => boolean) => jobs.filter(({job: each}) => isSo(each)).map(({key}) => key).toSorted();
	return {missed: keysOf(isMissed), behind: keysOf(isBehind)};
}

function truthOf(scenario: Scenario, verdict: Truth['verdict'], version: Api): readonly string[] {
	const isTold = ({from, apis}: Truth) => (from ?? 0) <= 0 && (apis?.includes(version) ?? true);
	return scenario.truth.filter(truth => truth.verdict === verdict && isTold(truth)).map(truth => truth.job).toSorted();
}

const all: ReadonlyArray<readonly [string, Scenario]> = Object.entries(scenarios);

for (const [name, scenario] of all) {
	test(`the night ${name}: missed and behind are what its truth says`, (t: TestContext) => {
		const world = new World({plan: scenario, seed: 1, epoch, pace: 30});
		for (const version of ['v6', 'v7', 'v8'] as const) {
			const {missed, behind} = verdictsAt(world, version, epoch);
			t.assert.deepStrictEqual(missed, truthOf(scenario, 'missed', version), version);
			t.assert.deepStrictEqual(behind, truthOf(scenario, 'behind', version), version);
		}
	});
}

for (const name of ['clean', 'usual-noise'] as const) {
	test(`a fortnight of ${name}: nothing is missed or behind, hour by hour`, (t: TestContext) => {
		const world = new World({plan: scenarios[name], seed: 3, epoch, pace: 1});
		const endedSessions: EndedSessions = new Map();
		for (let hours = -48; hours < 288; hours++) {
			t.assert.deepStrictEqual(verdictsAt(world, 'v8', epoch + (hours * hour), endedSessions), {missed: [], behind: []}, `${hours} hours from the epoch`);
		}
	});
}

test('a copy that is behind stays so, whatever its source does meanwhile', (t: TestContext) => {
	const world = new World({plan: scenarios['copy-behind'], seed: 1, epoch, pace: 1});
	const endedSessions: EndedSessions = new Map();
	for (let minutes = 0; minutes < 2880; minutes += 20) {
		t.assert.deepStrictEqual(verdictsAt(world, 'v8', epoch + (minutes * minute), endedSessions).behind, ['copyFabrikam'], `${minutes} minutes from the epoch`);
	}
});
