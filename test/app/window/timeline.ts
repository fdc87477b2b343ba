import {test, type TestContext} from 'node:test';
import type {Job} from '../../../source/model/job.js';
import type {Now} from '../../../source/model/now.js';
import type {Verdict} from '../../../source/triage/verdicts/verdict.js';
import {drawings} from '../../../source/ui/drawing.js';
import {keepDrawn} from '../../../source/ui/table/row-content.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {axisCell, axisFor, axisOf, cellOf, type Axis} from '../../../source/app/shared/timeline/axis.js';
import {barCell, closedSpells, marks} from '../../../source/app/shared/timeline/bar.js';
import {windowLine} from '../../../source/app/window/window-line.js';
import {legendCell, windowHelp} from '../../../source/app/window/legend.js';
import {barWords, windowContent, type WindowOptions} from '../../../source/app/window/timeline.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {hour, job, later, minute, now, running, second, session, textOf} from '../../helpers/sessions.js';
import {chain, motion, verdict} from '../../helpers/verdict.js';

// Midnight of the Monday that `now` is of: what is tested lies at round hours of it.
const midnight = now.server - (2 * hour) - (14 * minute) - (37 * second);
const at = (hours: number) => midnight + (hours * hour);

function row(given: Partial<Verdict> = {}, fields: Partial<Row> = {}): Row {
	const its = verdict({kind: 'running', session: running({createdAt: at(1)}), ...given});
	return {
		key: 'vb1/job j1', serverId: 'vb1', serverName: 'vb365-prod', session: its.session, job: its.job, jobName: 'Contoso Mail',
		jobType: 'Backup', organization: 'contoso', repository: 'repo-01', proxy: 'vbp-01', haystack: '', verdict: its, rank: 0, ...fields,
	};
}

/** Open from 20:00 to 06:00 UTC, each day. */
const nightly = `${'1'.repeat(6)}${'0'.repeat(14)}${'1'.repeat(4)}`.repeat(7);
const withWindow = (fields: Partial<Job> = {}) => job({windowHours: nightly, windowOffsetMinutes: 0, ...fields});
const always = withWindow({windowHours: '1'.repeat(168)});
const never = withWindow({windowHours: '0'.repeat(168)});

// Four cells an hour, from 22:00 to 08:00; 02:00 is this moment.
const axis: Axis = {from: at(-2), until: at(8), now: at(2), cells: 40};

function bar(given: Partial<Verdict>, fields: Partial<Row> = {}): string {
	return textOf(barCell({row: row(given, fields), axis, drawing: drawings.ascii}));
}

const finished = (status: string, from: number, until: number, id = 's1') => session({id, status, createdAt: at(from), endedAt: at(until)});
const estimate = (ends: number) => ({endsAt: at(ends), band: undefined, basis: 'usual'} as const);

const retried = [finished('Failed', -1, -0.5, 's1'), finished('Failed', 0, 0.25, 's2'), finished('Success', 0.75, 1, 's3')];

const bars: ReadonlyArray<readonly [what: string, given: Partial<Verdict>, expected: string, fields?: Partial<Row>]> = [
	['a run without an estimate', {}, '            ####|'],
	['a run with an expected end', {estimate: estimate(3.5)}, '            ####|======'],
	['an end between two times', {estimate: {...estimate(4), band: {from: at(3), until: at(5)}}}, '            ####|====--------'],
	['an end beyond the axis', {estimate: estimate(9)}, '            ####|======================>'],
	['a run from before the axis', {session: running({createdAt: at(-9)})}, '<###############|'],
	['a run that began a moment ago', {session: running({createdAt: at(2)})}, '                >'],
	['a session in the queue', {kind: 'queued', session: running({status: 'Queued', createdAt: at(1)})}, '            qqqq|'],
	['a session that came into the queue a moment ago', {kind: 'queued', session: running({status: 'Queued', createdAt: at(2)})}, '                q'],
	['a success', {kind: 'success', session: finished('Success', -1, 0)}, '    ####+       |'],
	['a warning', {kind: 'warning', session: finished('Warning', -1, 0)}, '    ####w       |'],
	['a failure', {kind: 'failed', session: finished('Failed', -1, 0)}, '    ####x       |'],
	['a run that was stopped', {kind: 'stopped', session: finished('Stopped', -1, 0)}, '    ####s       |'],
	['a run that lost its proxy', {kind: 'disconnected', session: finished('Disconnected', -1, 0)}, '    ####d       |'],
	['a run of a few seconds', {kind: 'notConfigured', session: finished('NotConfigured', -1, -1)}, '    n           |'],
	['a status that is not known, with an end', {kind: 'other', session: finished('Resting', -1, 0)}, '    ####?       |'],
	['a status that is not known, without one', {kind: 'other', session: session({status: 'Resting', createdAt: at(1), endedAt: undefined})}, '            ####|'],
	['a run that ended before the axis', {kind: 'success', session: finished('Success', -9, -8)}, '<               |'],
	['a run that ended now', {kind: 'success', session: finished('Success', 1, 2)}, '            ####+'],
	['a run and its retries, each by itself', {kind: 'healed', chain: chain({attempts: retried})}, '    ##x #x #+   |'],
	['the next attempt', {kind: 'retrying', chain: chain({attempts: [finished('Failed', 1, 1.5)], nextAt: at(2.5)})}, '            ##x | r'],
	['earlier runs of the same night', {session: finished('Success', 1, 1.5), earlier: [finished('Failed', -1, -0.5, 's0'), finished('Success', -9, -8, 's9')]}, '    ##x     ##+ |'],
	['a run that did not come', {kind: 'missed', session: undefined, missedAt: at(0)}, '        !       |'],
	['one that did not come before the axis began', {kind: 'missed', session: undefined, missedAt: at(-5)}, '!               |'],
	['one that did not come and was acknowledged', {kind: 'missed', session: undefined, missedAt: at(0)}, '        a       |', {isAcknowledged: true}],
	['a run that is stuck', {kind: 'stuck', motion: motion(0.5 * hour)}, '            ##!#|'],
	['a run that is late', {kind: 'late', late: {limitMs: 0.25 * hour, byMs: 0.75 * hour, pastUsualMs: hour}, estimate: estimate(3)}, '            #!##|===='],
	['a backup window', {job: withWindow(), estimate: estimate(3)}, '            ####|====           ].......'],
	[
		'an end after the window closes',
		{kind: 'wontFit', job: withWindow(), estimate: estimate(7), window: {isOpen: true, closesAt: at(6), opensAt: at(-4)}},
		'            ####|===============!====...',
	],
	['the same, once acknowledged', {kind: 'wontFit', job: withWindow(), window: {isOpen: true, closesAt: at(6), opensAt: at(-4)}}, `            ####|${' '.repeat(15)}a.......`, {isAcknowledged: true}],
	['times that cannot be read', {session: running({createdAt: undefined})}, '                |'],
];

for (const [what, given, expected, fields] of bars) {
	test(`the bar of ${what}`, (t: TestContext) => {
		const drawn = bar(given, fields);
		t.assert.strictEqual(drawn.trimEnd(), expected.trimEnd());
		t.assert.strictEqual(drawn.length, 40);
	});
}

test('every mark differs without colour, in every drawing, and the legend and the help know it', (t: TestContext) => {
	for (const drawing of Object.values(drawings)) {
		const pieces = [...Object.values(marks), ...Object.values(drawing.bar)];
		t.assert.strictEqual(new Set(pieces).size, pieces.length);
		const told = windowHelp(drawing).map(({word}) => word);
		t.assert.deepStrictEqual(told.toSorted(), [...pieces, '~'].toSorted());
		const legend = textOf(legendCell(new Set(pieces), drawing, 400));
		const words = legend.trim().split('  ', 30);
		t.assert.deepStrictEqual([...words.map(entry => entry.charAt(0)), drawing.bar.now].toSorted(), pieces.toSorted());
		t.assert.strictEqual(new Set(words.map(entry => entry.slice(2))).size, words.length);
	}
});

const legends: ReadonlyArray<readonly [pieces: string, width: number, expected: string]> = [
	['', 79, ''],
	[' |', 79, ''],
	['## +|', 79, ' # ran  + ok '],
	['+#x!|', 79, ' ! problem  x failed  # ran  + ok '],
	['+#x!|', 33, ' ! problem  x failed  # ran '],
	['+#x!|', 19, ' ! problem  # ran '],
	['+#wx!s', 35, ' ! problem  x failed  s stopped '],
	['+#x!|', 5, ''],
];

for (const [pieces, width, expected] of legends) {
	test(`the legend of "${pieces}" in ${width} columns has the problems first`, (t: TestContext) => {
		const legend = legendCell(new Set(pieces), drawings.ascii, width);
		t.assert.strictEqual(textOf(legend), expected);
	});
}

test('a window that is closed, open, and closed again', (t: TestContext) => {
	t.assert.deepStrictEqual(closedSpells(withWindow(), {from: at(-8), until: at(8)}), [{from: at(-8), until: at(-4)}, {from: at(6), until: at(8)}]);
	t.assert.deepStrictEqual(closedSpells(never, {from: at(0), until: at(8)}), [{from: at(0), until: at(8)}]);
	t.assert.strictEqual(closedSpells(always, axis).length, 0);
	t.assert.strictEqual(closedSpells(job(), axis).length, 0);
});

const clocked = (time: number): Now => ({server: time, monotonic: 1_000_000});
const span = ({from, until}: Axis, zero: number) => [(from - zero) / hour, (until - zero) / hour];

const axes: ReadonlyArray<readonly [what: string, rows: readonly Row[], hours: readonly [from: number, until: number]]> = [
	['nothing', [], [1, 5]],
	['a run of this night', [row({session: running({createdAt: at(-1.5)})})], [-2, 5]],
	['a chain, from its first attempt', [row({chain: chain({attempts: retried})})], [-1, 5]],
	['a run of yesterday: twelve hours at most', [row({session: running({createdAt: at(-40)})})], [-10, 5]],
	['an expected end', [row({estimate: estimate(7.5)})], [1, 8]],
	['an end far away: twelve hours at most', [row({estimate: estimate(40)})], [1, 15]],
	['the later one of two ends', [row({estimate: {...estimate(5), band: {from: at(4.5), until: at(9.5)}}})], [1, 10]],
	['a window that closes, which is still on it', [row({job: withWindow()})], [1, 7]],
	['a run that did not come', [row({kind: 'missed', session: undefined, missedAt: at(-3.5)})], [-4, 5]],
	['the next attempt', [row({chain: {...chain(), nextAt: at(6.25)}})], [1, 7]],
];

for (const [what, rows, hours] of axes) {
	test(`the hours for ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual(span(axisOf(rows, now, 'UTC', 40), midnight), hours);
	});
}

test('the hours begin where those of the zone do', (t: TestContext) => {
	const kolkata = axisOf([row()], now, 'Asia/Kolkata', 60);
	t.assert.deepStrictEqual(span(kolkata, midnight), [0.5, 4.5]);
	const line = textOf(axisCell(kolkata, 'Asia/Kolkata'));
	t.assert.match(line, /^06:00 .*07:44/v);
});

test('the hours stay from minute to minute', (t: TestContext) => {
	const rows = [row({session: running({createdAt: at(-40)}), estimate: estimate(40)})];
	const first = axisOf(rows, clocked(at(2)), 'UTC', 40);
	for (const minutes of [1, 20, 59]) {
		const {from, until} = axisOf(rows, clocked(at(2) + (minutes * minute)), 'UTC', 40);
		t.assert.deepStrictEqual([from, until], [first.from, first.until]);
	}
});

// The night in which clocks go forward, and the one in which they go back.
const berlin: ReadonlyArray<readonly [what: string, midnight: number, line: string]> = [
	['29 March, which has no 02:00', Date.UTC(2026, 2, 28, 23), '22:00   23:00     00:15 01:00   03:00   04:00'],
	['25 October, which has 02:00 twice', Date.UTC(2026, 9, 24, 22), '22:00   23:00     00:15 01:00   02:00   02:00'],
];

for (const [what, start, line] of berlin) {
	test(`the times of ${what}`, (t: TestContext) => {
		const scenario: Axis = {from: start - (2 * hour), until: start + (4 * hour), now: start + (15 * minute), cells: 48};
		const drawn = textOf(axisCell(scenario, 'Europe/Berlin'));
		t.assert.strictEqual(drawn.trimEnd(), line);
	});
}

test('a window stays at its own hours while the clocks of the zone change', (t: TestContext) => {
	// Its clock is an hour ahead of UTC the year round: 06:00 there is 07:00 in Berlin once the clocks went forward.
	const start = Date.UTC(2026, 2, 28, 23);
	const scenario: Axis = {from: start, until: start + (8 * hour), now: start + hour, cells: 64};
	const its = row({session: undefined, job: withWindow({windowOffsetMinutes: 60})});
	const closes = textOf(barCell({row: its, axis: scenario, drawing: drawings.ascii})).indexOf(']');
	t.assert.strictEqual(closes, 48);
	t.assert.strictEqual(cellOf(scenario, Date.UTC(2026, 2, 29, 5)), closes);
	const line = windowLine([its], clocked(start + hour), 'Europe/Berlin', 79);
	t.assert.match(textOf(line), /closes 07:00 in 5h00/v);
});

const done = (windowOffsetMinutes: number) => row({kind: 'success', session: finished('Success', 0, 1), job: withWindow({windowOffsetMinutes})});
const tooLong = row({kind: 'wontFit', job: withWindow(), estimate: estimate(7), pastWindowMs: hour});

const lines: ReadonlyArray<readonly [what: string, rows: readonly Row[], width: number, expected: string]> = [
	['jobs without a window', [row()], 79, ' no job here has a backup window'],
	['one window', [row({job: withWindow(), estimate: estimate(5)}), done(0)], 79, ' window closes 06:00 in 3h46 (2 jobs, 1 active)                   all will fit'],
	['what will not fit', [tooLong], 79, ' window closes 06:00 in 3h46 (1 job, 1 active)                  1 will not fit'],
	['an end that is not known', [row({job: withWindow()})], 79, ' window closes 06:00 in 3h46 (1 job, 1 active)                     1 not known'],
	['a narrow terminal', [tooLong], 39, ' closes 06:00 in 3h46   1 will not fit'],
	['two windows', [row({job: withWindow()}), done(60)], 79, ' closes 05:00 in 2h46  06:00 in 3h46                               1 not known'],
	['a closed window', [done(12 * 60)], 79, ' no window is open, the next opens 08:00 in 5h46'],
	['one that never opens', [row({job: never})], 79, ' no backup window opens or closes'],
];

for (const [what, rows, width, expected] of lines) {
	test(`the line above the bars, with ${what}`, (t: TestContext) => {
		const line = textOf(windowLine(rows, now, 'UTC', width));
		t.assert.strictEqual(line.trimEnd(), expected.trimEnd());
		t.assert.strictEqual(line.length, width);
	});
}

const options = (fields: Partial<WindowOptions> = {}): WindowOptions => {
	const rows = fields.rows ?? [row({job: withWindow(), estimate: estimate(4)}), row({kind: 'missed', session: undefined, missedAt: at(0)}, {isProblem: true})];
	return {
		visible: rows, rows, cursor: 0, sort: {columnId: 'start', direction: 'up'}, now, zone: 'UTC', terminalColumns: 80, drawing: drawings.ascii, isOfSeveral: false, ...fields,
	};
};

test('no line is wider than the terminal, whatever its width', (t: TestContext) => {
	for (let terminalColumns = 40; terminalColumns <= 220; terminalColumns++) {
		const {heading, rows} = windowContent(options({terminalColumns, isOfSeveral: terminalColumns % 2 === 0}));
		for (const line of [heading, ...rows]) {
			t.assert.strictEqual(cellWidth(line.flat()), terminalColumns - 1);
		}
	}
});

test('the same cells are kept while the minute lasts', (t: TestContext) => {
	const due = row({kind: 'retrying', chain: {...chain({attempts: [finished('Failed', 1, 1.5)]}), nextAt: at(2)}});
	const given = {rows: [row({estimate: estimate(4)}), due], terminalColumns: 120};
	const first = windowContent(options(given));
	const drawnAt = (time: Now) => keepDrawn(first, windowContent(options({...given, now: time})));
	t.assert.strictEqual(drawnAt(later(20 * second)), first);
	t.assert.notStrictEqual(drawnAt(later(30 * minute)), first);
});

test('beside the bars stands what is needed from 100 columns on, and from 60 on the expected end of each that has one', (t: TestContext) => {
	const ends = [4, 5.9, 20, 30].map(end => row({job: withWindow(), estimate: estimate(end)}));
	const held = [...ends, row(), row({kind: 'missed', session: undefined, missedAt: at(0)})];
	const beside = (terminalColumns: number, zone = 'UTC') => {
		const {heading, rows} = windowContent(options({rows: held, terminalColumns, zone}));
		return [heading, ...rows].map(cells => textOf(cells[3] ?? []).trim());
	};

	t.assert.deepStrictEqual(beside(100), ['NEEDS', 'ends ~04:00', 'ends ~05:54', 'ends ~20:00', 'ends ~Tue 06:00', 'no baseline', 'missed, due 00:00']);
	t.assert.deepStrictEqual(beside(99), ['ENDS', '~04:00', '~05:54', '~20:00', '~24 Nov', '', '']);
	t.assert.deepStrictEqual(beside(60, 'Europe/Berlin').slice(0, 3), ['ENDS', '~05:00', '~06:54']);
	t.assert.deepStrictEqual(beside(59), ['', '', '', '', '', '', '']);
});

test('the pieces that are on screen are told, not those of rows that are scrolled away', (t: TestContext) => {
	const failed = row({kind: 'failed', session: finished('Failed', -1, 0)});
	const {pieces} = windowContent(options({visible: [row(), failed], rows: [row()]}));
	t.assert.deepStrictEqual([...pieces].toSorted(), [' ', '#', '|']);
	const scrolled = windowContent(options({visible: [row(), failed], rows: [failed]}));
	t.assert.ok(scrolled.pieces.has('x'));
});

test('what the rows are in order of is said', (t: TestContext) => {
	const heading = (columnId: string, direction: 'up' | 'down') => textOf(windowContent(options({sort: {columnId, direction}})).heading[1]!).trim();
	t.assert.deepStrictEqual([heading('start', 'up'), heading('job', 'down'), heading('needs', 'up')], ['JOB by start ^', 'JOB by name v', 'JOB by need ^']);
});

test('a server whose clock is ahead has its runs where they are by the first one\'s', (t: TestContext) => {
	const clocks = new Map([['vb2', hour]]);
	const skewed = axisFor(axis, {serverId: 'vb2'}, {...now, clocks});
	t.assert.deepStrictEqual([skewed.now, cellOf(skewed, at(2))], [at(3), 12]);
	const ahead = row({session: running({serverId: 'vb2', createdAt: at(-1)})}, {serverId: 'vb2'});
	t.assert.deepStrictEqual(span(axisOf([ahead], {...now, clocks}, 'UTC', 40), midnight), [-2, 5]);
});

const words: ReadonlyArray<readonly [what: string, row: Row, expected: string]> = [
	['that runs', row({estimate: estimate(4)}), ' Running since 01:00, ends ~04:00'],
	['that has ended', row({kind: 'failed', session: finished('Failed', 0, 1), chain: chain({most: 0})}), ' Failed 00:00 to 01:00, failed, no retry'],
	['that needs nothing', row({kind: 'success', session: finished('Success', 0, 1)}), ' Success 00:00 to 01:00'],
	['that did not come', row({kind: 'missed', session: undefined, missedAt: at(0)}), ' missed, due 00:00'],
];

for (const [what, its, expected] of words) {
	test(`the words of a run ${what}`, (t: TestContext) => {
		t.assert.strictEqual(textOf(barWords(its, now, 'UTC', 79)), expected);
	});
}
