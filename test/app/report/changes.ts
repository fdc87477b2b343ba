import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changesSince, seenOf, withProblems} from '../../../source/app/report/changes.js';
import {press} from '../../../source/app/press.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {initialScreen, focusOf, type Screen, type ScreenInput} from '../../../source/app/screen-state.js';
import {screen} from '../../../source/app/screen.js';
import {textOf, day, later, minute, now, row, running, second, session, type SessionOptions} from '../../helpers/sessions.js';
import {reportCells} from '../../../source/app/report/report.js';
import {motion} from '../../helpers/verdict.js';
import {cause, verdictWith as verdict} from '../../helpers/verdicts.js';

const ago = (minutes: number) => now.server - (minutes * minute);
const job = (key: string, fields: Parameters<typeof verdict>[0], names: Partial<Row> = {}): Row =>
	({...row({}, {jobName: `Job ${key}`}), key, verdict: verdict(fields), isProblem: fields?.kind !== 'running', ...names});
const then = later(10 * minute);
const after = (minutes: number) => now.server + (minutes * minute);

function told(before: readonly Row[], rows: readonly Row[], jobs: {before?: readonly Row[]; after?: readonly Row[]} = {}): readonly string[] {
	const seen = withProblems(seenOf({sessions: before, now}), {jobs: jobs.before, now});
	const lines = changesSince(seen, {sessions: rows, jobs: jobs.after, now: then, zone: 'UTC'});
	return reportCells({kind: 'lines', title: '', lines, none: '', top: 0}, 'UTC').lines.map(line => textOf(line).trim()).filter(line => line !== '');
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

const start = initialScreen({list: 'now', jobType: 'all', rangeMs: day, refreshMs: 5000});
const inputOf = (sessions: readonly Row[], at = now): ScreenInput =>
	({rows: [], now: at, shownColumns: [], pageRows: 5, detailEnd: 0, helpEnd: 0, sessions, jobs: []});
const titleOf = ({overlay}: Screen) => overlay?.kind === 'lines' ? reportCells(overlay, 'UTC') : undefined;

test('d tells what changed since it was last pressed', () => {
	const read = screen(start, {type: 'all-read', what: 'problems'}, inputOf([active('s1')]));
	const first = press(read, 'd', inputOf([failed('s1')], then));
	assert.deepEqual([focusOf(first), titleOf(first)?.title, titleOf(first)?.lines.length], ['lines', 'Changed since 02:14:37', 1]);
	const closed = press(first, 'escape', inputOf([]));
	const again = press(closed, 'd', inputOf([failed('s1')], later(20 * minute)));
	assert.deepEqual(titleOf(again)?.lines.map(line => textOf(line)), [' nothing changed since 02:24:37']);
	const left = press(again, 'q', inputOf([]));
	assert.equal(focusOf(left), 'list');
});

test('what all servers had at the first look is no change, and is taken once', () => {
	assert.equal(press(start, 'd', inputOf([])).notice!.text, 'not all is read yet: changes are told from then on');
	const read = screen(start, {type: 'all-read', what: 'problems'}, inputOf([active('s1')]));
	assert.equal(screen(read, {type: 'all-read', what: 'problems'}, inputOf([], then)).seen, read.seen);
});

test('sessions are told from the first list on, problems once those of the first look are known', () => {
	const jobsOf = (...kinds: ReadonlyArray<'late' | 'stuck'>) => kinds.map(kind => job(kind, {kind}));
	const given = (at: number, sessions: readonly Row[], jobs: readonly Row[]) => ({...inputOf(sessions, later(at * minute)), jobs});
	const listed = screen(start, {type: 'all-read', what: 'sessions'}, inputOf([active('s1')]));
	const early = press(listed, 'd', given(1, [failed('s1')], jobsOf('late')));
	assert.deepEqual([titleOf(early)?.title, titleOf(early)?.lines.length], ['Sessions changed since 02:14:37', 1]);
	const again = press(press(early, 'escape', inputOf([])), 'd', given(2, [failed('s1')], jobsOf('late')));
	assert.equal(textOf(titleOf(again)!.lines[0]!), ' no session changed since 02:15:37');
	const read = screen(press(again, 'escape', inputOf([])), {type: 'all-read', what: 'problems'}, given(3, [failed('s1')], jobsOf('late')));
	const late = press(read, 'd', given(4, [failed('s1')], jobsOf('late', 'stuck')));
	assert.deepEqual([titleOf(late)?.title, titleOf(late)?.lines.map(line => textOf(line).slice(0, 27))], ['Changed since 02:16:37', [' now      Stuck: Job stuck,']]);
});

test('what changed is scrolled to its end and no further', () => {
	const rows = Array.from({length: 12}, (_, index) => active(`n${index}`, {createdAt: after(index + 1)}));
	let state = screen(start, {type: 'all-read', what: 'problems'}, inputOf([active('s1')]));
	for (const key of ['d', 'G', 'j', 'k']) {
		state = press(state, key, inputOf(rows, then));
	}

	assert.equal(state.overlay?.kind === 'lines' && state.overlay.top, 6);
});
