import assert from 'node:assert/strict';
import {test} from 'node:test';
import {baselineNow, changesSince, withProblems} from '../../../source/app/report/changes.js';
import {reportCells} from '../../../source/app/report/report.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {minute, now, later, row, running, second, session, textOf, type SessionOptions} from '../../helpers/sessions.js';
import {motion} from '../../helpers/verdict.js';
import {cause, verdictWith as verdict} from '../../helpers/verdicts.js';

const ago = (minutes: number) => now.server - (minutes * minute);
const job = (key: string, fields: Parameters<typeof verdict>[0], names: Partial<Row> = {}): Row =>
	({...row({}, {jobName: `Job ${key}`}), key, verdict: verdict(fields), isProblem: fields?.kind !== 'running', ...names});
const then = later(10 * minute);
const after = (minutes: number) => now.server + (minutes * minute);

function told(before: readonly Row[], rows: readonly Row[], jobs: {before?: readonly Row[]; after?: readonly Row[]} = {}): readonly string[] {
	const baseline = withProblems(baselineNow({sessions: before, now}), {jobs: jobs.before, now});
	const lines = changesSince(baseline, {sessions: rows, jobs: jobs.after, now: then, zone: 'UTC'});
	return reportCells({title: '', lines, none: ''}, 'UTC').lines.map(line => textOf(line).trim()).filter(line => line !== '');
}

const active = (id: string, fields: SessionOptions = {}) => row(running({id, createdAt: ago(60), ...fields}));
const failed = (id: string, fields: SessionOptions = {}) => row(session({id, status: 'Failed', endedAt: after(2), details: 'access denied', ...fields}));

test('sessions that came and ended are told, newest first, with their times', () => {
	const before = [active('s1'), active('s2'), row({id: 's3', createdAt: ago(90)})];
	const rows = [active('s9', {createdAt: after(5)}), active('s1'), failed('s2'), row({id: 's3', createdAt: ago(90)}), row({id: 's8', createdAt: after(1), endedAt: after(4), details: ''})];
	assert.deepEqual(told(before, rows), ['02:19:37 Started: Contoso Mail', '02:18:37 Success: Contoso Mail', '02:16:37 Failed: Contoso Mail, access denied']);
});

test('older sessions that a longer range brings are no change', () => {
	const before = [active('s1')];
	const rows = [...before, row({id: 'old', createdAt: ago(3000)}), active('older', {createdAt: ago(4000)})];
	assert.deepEqual(told(before, rows), []);
});

test('problems that came and went are told, but not what the end of a session says', () => {
	const ended = failed('s2');
	const jobs = {
		before: [job('a', {kind: 'stuck'}), job('b', {kind: 'running'}), job('c', {kind: 'running'}), job('d', {kind: 'late'})],
		after: [job('a', {kind: 'running'}), job('b', {kind: 'late'}), job('c', {kind: 'failed', session: ended.session}), job('d', {kind: 'late'})],
	};
	const lines = told([active('s2')], [ended], jobs);
	assert.deepEqual([lines[0]!.startsWith('now      Late: Job b, '), ...lines.slice(1)], [true, 'now      No longer stuck: Job a', '02:16:37 Failed: Contoso Mail, access denied']);
});

test('a problem that left the range is not told as gone', () => {
	const jobs = {before: [job('a', {kind: 'failed'}), job('b', {kind: 'failed'})], after: [job('b', {kind: 'running'})]};
	assert.deepEqual(told([], [], jobs), ['now      No longer failed: Job b']);
});

test('a problem that a longer range brings is not told as new, one of a run that began since is', () => {
	const of = (key: string, createdAt: number) => job(key, {kind: 'failed'}, {session: session({createdAt, endedAt: createdAt + minute})});
	const toldOf = (before: string, its: Row) => told([], [], {before: [job(before, {kind: 'running'})], after: [its]}).length;
	const [old, fresh] = [of('old', ago(900)), of('new', after(1))];
	assert.deepEqual([toldOf('a', old), toldOf('a', fresh), toldOf('old', old)], [0, 1, 1]);
});

for (const [kind, lines] of [['failed', 0], ['disconnected', 0], ['notConfigured', 0], ['newWarning', 0], ['recovered', 0], ['missed', 1], ['late', 1], ['behind', 1]] as const) {
	test(`of an old run that a longer range brings, ${kind} is ${lines === 0 ? 'no change' : 'one: it goes on now'}`, () => {
		const old = job('old', {kind}, {session: session({createdAt: ago(900), endedAt: ago(899)})});
		assert.equal(told([], [], {before: [job('a', {kind: 'running'})], after: [old]}).length, lines);
	});
}

test('a problem is told with what its verdict was said from, not with an older error of its log', () => {
	const stuck = job('a', {kind: 'stuck', causes: [cause('Unable to read')], motion: motion(38 * minute), stuckAfterMs: 30 * minute});
	const missed = job('b', {kind: 'missed', session: undefined, missedAt: ago(44), isHistoryRead: false, job: undefined});
	assert.deepEqual(told([], [], {after: [stuck, missed]}), [
		'now      Stuck: Job a, no object, byte, item or log line for 38m; stuck from 30m on, without an earlier run to go by',
		'now      Missed: Job b, a run was due at 01:30, 54m ago, and none began',
	]);
});

test('of several servers each change names its own', () => {
	const other = {serverId: 'vb2'};
	const before = [active('s1'), row(running({...other, createdAt: ago(60)}))];
	assert.deepEqual(told(before, [failed('s1'), before[1]!]), ['02:16:37 vb365-prod: Failed: Contoso Mail, access denied']);
});

test('of very many changes the newest are told, and how many more there are', () => {
	const rows = Array.from({length: 1200}, (_, index) => active(`n${index}`, {createdAt: now.server + (index * second)}));
	const lines = told([active('s1')], rows);
	assert.deepEqual([lines.length, lines[0], lines.at(-1)], [1001, '02:34:36 Started: Contoso Mail', 'and 200 earlier ones']);
});
