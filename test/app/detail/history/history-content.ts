import {test, type TestContext} from 'node:test';
import {drawings} from '../../../../source/ui/drawing.js';
import {cellWidth} from '../../../../source/ui/text/fit-cell.js';
import {historyTab, runsOf, type HistoryOptions} from '../../../../source/app/detail/history/history-content.js';
import {baselineOf} from '../../../../source/triage/baseline.js';
import {day, hour, minute, now, row, running, session, textOf, v6Lacks, type SessionOptions} from '../../../helpers/sessions.js';

/** A run that began so many days ago and took so many minutes. */
const run = (daysAgo: number, minutes: number, fields: SessionOptions = {}) =>
	session({id: `r${daysAgo}`, createdAt: now.server - (daysAgo * day), endedAt: now.server - (daysAgo * day) + (minutes * minute), ...fields});

const runs = [1, 2, 3, 4, 5, 6, 7].map(daysAgo => run(daysAgo, daysAgo * 10));
const baseline = baselineOf(runs, {kind: 'Incremental', now: now.server, lacksKind: false});

const base: HistoryOptions = {
	row: row({id: 'r2', createdAt: runs[1]!.createdAt, endedAt: runs[1]!.endedAt}), runs, isRead: true, hasFailed: false, baseline, lacks: new Set(), now, zone: 'UTC',
	drawing: drawings.unicode, width: 79, height: 19,
};

function shown(options: Partial<HistoryOptions> = {}) {
	const {above, heading, rowCount, rowAt} = historyTab({...base, ...options});
	const line = (cells: ReturnType<typeof rowAt>) => cells.map(cell => textOf(cell)).join('').trimEnd();
	return {above: above.map(cell => textOf(cell).trimEnd()), heading: line(heading), rows: Array.from({length: rowCount}, (_, index) => line(rowAt(index)))};
}

test('durations are drawn oldest first and told, against what is usual', (t: TestContext) => {
	t.assert.deepStrictEqual(shown().above, [
		' DURATIONS  █▇▆▅▄▃▂  newest at the right',
		' min 10m00  median 40m00  max 1h10  of 7 runs',
		' usual 40m00 (p90 1h10, 7 Incremental runs)',
		'',
	]);
});

test('the runs are a table, newest first, with a mark at the one that is open', (t: TestContext) => {
	const {heading, rows} = shown();
	t.assert.strictEqual(heading, '       STARTED STATUS         KIND  TOOK OBJECTS   TRANSF       RATE RT USUAL');
	t.assert.deepStrictEqual(rows.slice(0, 2), [
		'     Sun 02:14 Success        Incr 10m00     310   3.4 GB   1.9 MB/s  0  0.3x',
		'>    Sat 02:14 Success        Incr 20m00     310   3.4 GB   1.9 MB/s  0  0.5x',
	]);
	t.assert.strictEqual(rows.length, 7);
});

test('a run that still runs is in the table with its time so far, and not among the durations', (t: TestContext) => {
	const {above, rows} = shown({runs: [running({id: 'now', createdAt: now.server - (2 * hour)}), ...runs]});
	t.assert.match(rows[0]!, /00:14 Running +Incr {2}2h00 .* 3\.0x$/v);
	t.assert.match(above[1]!, /max 1h10 {2}of 7 runs/v);
});

test('a run of another kind than the usual ones is not compared with them', (t: TestContext) => {
	t.assert.match(shown({runs: [run(1, 60, {kind: 'Full'}), ...runs.slice(1)]}).rows[0]!, /Full +1h00 .* -$/v);
});

test('a version without kinds has no such column', (t: TestContext) => {
	t.assert.doesNotMatch(shown({lacks: v6Lacks}).heading, /KIND/v);
});

test('what is not read yet, could not be read, or cannot be asked for is said', (t: TestContext) => {
	const first = (options: Partial<HistoryOptions>) => shown({isRead: false, baseline: undefined, ...options}).above;
	t.assert.strictEqual(first({})[0], ' history not read yet, only runs of the list are known');
	t.assert.strictEqual(first({})[3], ' no baseline yet');
	t.assert.strictEqual(first({hasFailed: true})[0], ' the history could not be read, only runs of the list are known');
	t.assert.strictEqual(first({row: row({jobId: undefined})})[0], ' the server does not say of which job this session is');
	t.assert.strictEqual(shown({baseline: undefined}).above[2], ' no baseline: fewer than five whole runs');
	t.assert.deepStrictEqual(shown({runs: []}).above, [' no run of this job that has ended is known', '']);
});

test('on a small screen the runs have the room', (t: TestContext) => {
	const {above, heading} = shown({width: 39, height: 5});
	t.assert.deepStrictEqual(above, [' DURATIONS  █▇▆▅▄▃▂  newest at the ri..', ' min 10m00  median 40m00  max 1h10  o..']);
	t.assert.strictEqual(heading, '       STARTED STATUS          TOOK RT');
});

test('no line is wider than the screen', (t: TestContext) => {
	for (const width of [39, 59, 79, 119, 199]) {
		const {above, rowAt, heading} = historyTab({...base, width, runs: Array.from({length: 300}, (_, index) => run(index, 10, {id: `x${index}`, status: 'Disconnected for some reason'}))});
		for (const cells of [...above.map(cell => [cell]), heading, rowAt(0)]) {
			t.assert.ok(cells.reduce((sum, cell) => sum + cellWidth(cell), 0) <= width, String(width));
		}
	}
});

test('the runs of a job are those of list, history and detail, each once, as the list has it', (t: TestContext) => {
	const fresh = session({id: 'a', status: 'Success', createdAt: 3});
	const stale = session({id: 'a', status: 'Running', createdAt: 3});
	const found = runsOf('j1', [fresh, session({id: 'other', jobId: 'j2'})], {sessions: [stale, session({id: 'b', createdAt: 1})], readAt: 0}, session({id: 'c', createdAt: 2}));
	t.assert.deepStrictEqual(found.map(({id}) => id), ['a', 'c', 'b']);
	t.assert.strictEqual(found[0], fresh);
});
