import assert from 'node:assert/strict';
import {test} from 'node:test';
import {acknowledgedOf} from '../../source/triage/acknowledged.js';
import type {Verdict} from '../../source/triage/verdicts/verdict.js';
import {press} from '../../source/app/press.js';
import type {Row} from '../../source/app/shared/rows/rows.js';
import {cursorIndex, firstShown, initialScreen, focusOf, type Screen, type ScreenInput} from '../../source/app/screen-state.js';
import {screen} from '../../source/app/screen.js';
import {byNeed, newestFirst, sortableColumns} from '../../source/app/shared/rows/sort.js';
import {visibleRows} from '../../source/app/shared/rows/visible-rows.js';
import {day, hour, later, minute, now, row, rows, second, session} from '../helpers/sessions.js';
import {cause, verdict} from '../helpers/verdicts.js';

const start = initialScreen({list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000});
const twenty = rows(20);
const allColumns = sortableColumns.map(({id}) => id);
const inputOf = (options: Partial<ScreenInput> = {}): ScreenInput =>
	({rows: twenty, now, shownColumns: allColumns, pageRows: 6, detailEnd: 10, helpEnd: 30, ...options});

function pressed(keys: string, from = start, options: Partial<ScreenInput> = {}): Screen {
	let state = from;
	for (const key of keys.split(' ')) {
		state = press(state, key === 'Space' ? ' ' : key, inputOf(options));
	}

	return state;
}

/** The id under the cursor, and its place in the list. */
function cursor(state: Screen, held: readonly Row[] = twenty, at = now): string {
	const visible = visibleRows(held, state, at);
	const index = cursorIndex(visible, state.selectedKey);
	return `${visible[index]?.session?.id} at ${index}`;
}

const moves: ReadonlyArray<readonly [keys: string, found: string]> = [
	['j', 's2 at 1'],
	['down down', 's3 at 2'],
	['j j k', 's2 at 1'],
	['k', 's1 at 0'],
	['up', 's1 at 0'],
	['pagedown', 's7 at 6'],
	['Space Space', 's13 at 12'],
	['pagedown pageup', 's1 at 0'],
	['j pageup', 's1 at 0'],
	['ctrl-d', 's4 at 3'],
	['ctrl-d ctrl-d ctrl-u', 's4 at 3'],
	['G', 's20 at 19'],
	['end j', 's20 at 19'],
	['G pagedown', 's20 at 19'],
	['G ctrl-d', 's20 at 19'],
	['G g', 's1 at 0'],
	['G home', 's1 at 0'],
];

for (const [keys, found] of moves) {
	test(`${keys} leads to ${found}`, () => {
		assert.equal(cursor(pressed(keys)), found);
	});
}

test('nothing moves in an empty list, and nothing opens', () => {
	assert.equal(pressed('j G pagedown enter', start, {rows: []}), start);
});

test('the cursor stays with its session when another comes in above', () => {
	const state = pressed('j j');
	const more = [row({id: 'new', createdAt: now.server}), ...twenty];
	assert.equal(cursor(state, more), 's3 at 2');
	assert.equal(cursor(state, more, later(5000)), 's3 at 3');
});

test('a cursor that was never moved stays on the newest row', () => {
	assert.equal(cursor(start, [row({id: 'new', createdAt: now.server}), ...twenty]), 'new at 0');
});

test('the cursor stays with its session through a filter and its clearing', () => {
	const filtered = pressed('/ 9 backspace 1 1 enter', pressed('j j j j j j j j j j'));
	assert.equal(cursor(filtered), 's11 at 0');
	assert.equal(cursor(pressed('escape', filtered)), 's11 at 10');
});

test('a filter that hides the cursor\'s session shows its first row, and clearing it finds the session again', () => {
	const filtered = pressed('/ 7 enter', pressed('j j'));
	assert.equal(cursor(filtered), 's7 at 0');
	assert.equal(cursor(pressed('escape', filtered)), 's3 at 2');
});

test('the cursor stays with its session through another sort', () => {
	assert.equal(cursor(pressed('j j S')), 's3 at 17');
});

test('a session that left gives the cursor to the first row', () => {
	assert.equal(cursor(pressed('j j'), twenty.filter(({key}) => key !== 'vb1/s3'), later(5000)), 's1 at 0');
});

test('moving holds the order for five seconds, each move anew', () => {
	assert.equal(pressed('j').frozen!.until, now.monotonic + (5 * second));
	assert.equal(pressed('j', pressed('j'), {now: later(3 * second)}).frozen!.until, now.monotonic + (8 * second));
});

test('a filter, a sort and a type release the order', () => {
	assert.deepEqual(['/ x', 's', 'S', 't'].map(keys => pressed(keys, pressed('j')).frozen), [undefined, undefined, undefined, undefined]);
});

const windows: ReadonlyArray<readonly [top: number, at: number, amount: number, page: number, first: number]> = [
	[0, 0, 20, 6, 0],
	[0, 5, 20, 6, 0],
	[0, 6, 20, 6, 1],
	[10, 12, 20, 6, 10],
	[10, 9, 20, 6, 9],
	[10, 16, 20, 6, 11],
	[18, 19, 20, 6, 14],
	[18, 2, 4, 6, 0],
	[3, 0, 0, 6, 0],
];

for (const [top, at, amount, page, first] of windows) {
	test(`a window left at ${top} shows ${page} of ${amount} rows from ${first} for a cursor at ${at}`, () => {
		assert.equal(firstShown(top, at, amount, page), first);
	});
}

test('the window moves no further than the cursor asks', () => {
	const state = pressed('j j j j j j j');
	assert.equal(state.top, 2);
	assert.equal(pressed('k k k', state).top, 2);
	assert.equal(pressed('k k k k k k', state).top, 1);
});

test('J and K open the neighbours in the order of the list', () => {
	const open = pressed('j j enter');
	assert.equal(open.openKey, 'vb1/s3');
	assert.equal(pressed('J', open).openKey, 'vb1/s4');
	assert.equal(pressed('K K', open).openKey, 'vb1/s1');
	assert.equal(pressed('K K K K', open).openKey, 'vb1/s1');
	assert.equal(cursor(pressed('J escape', open)), 's4 at 3');
	assert.equal(pressed('J', pressed('G enter')).openKey, 'vb1/s20');
});

test('the ends of the list are told', () => {
	assert.equal(pressed('enter K').notice!.text, 'this is the first session of the list');
	assert.equal(pressed('G enter J').notice!.text, 'this is the last session of the list');
	assert.equal(pressed('enter J').notice, undefined);
});

test('a session that the filter hides has no neighbours, which is told', () => {
	const open = {...pressed('enter j', pressed('j j')), filters: {...start.filters, text: 'job 7'}};
	const notice = {text: 'this session is not in the list as it is filtered', until: now.monotonic + (4 * second)};
	for (const key of ['J', 'K']) {
		assert.deepEqual(pressed(key, open), {...open, notice});
	}

	assert.deepEqual(pressed('J', open, {rows: []}), {...open, notice});
});

test('a neighbour is shown from its top', () => {
	assert.equal(pressed('enter j j').detailTop, 2);
	assert.equal(pressed('enter j j J').detailTop, 0);
});

test('detail and help scroll to their ends and no further', () => {
	assert.deepEqual(['enter G', 'enter G j', 'enter k', 'enter pagedown', 'enter ctrl-d'].map(keys => pressed(keys).detailTop), [10, 10, 0, 6, 3]);
	assert.deepEqual(['? G', '? G j', '? k', '? pagedown', '? G g'].map(keys => pressed(keys).helpTop), [30, 30, 0, 6, 0]);
});

test('a detail that got shorter scrolls up from its new end', () => {
	assert.equal(pressed('k', pressed('enter G'), {detailEnd: 4}).detailTop, 3);
});

test('help opens anew at its top and closes with its key', () => {
	assert.deepEqual([pressed('? j').helpTop, pressed('? j ? ?').helpTop, pressed('? ?').isHelpOpen], [1, 0, false]);
});

test('t goes through all, Backup and Copy', () => {
	assert.deepEqual(['t', 't t', 't t t'].map(keys => pressed(keys).filters.jobType), ['Backup', 'Copy', 'all']);
});

test('t keeps the filter', () => {
	assert.equal(pressed('/ x enter t').filters.text, 'x');
});

test('the range has two ends', () => {
	assert.deepEqual([']', '] ] ] ] ]', '[', '[ [ [ [', '[ ]'].map(keys => pressed(keys).rangeMs), [3 * day, 30 * day, 6 * hour, hour, day]);
});

test('a range that cannot change is told, and stays', () => {
	const longest = pressed('] ] ]');
	assert.deepEqual([longest.rangeMs, longest.notice], [30 * day, undefined]);
	assert.deepEqual(pressed(']', longest), {...longest, notice: {text: 'there is no longer range', until: now.monotonic + (4 * second)}});
	const shortest = pressed('[ [');
	assert.deepEqual([shortest.rangeMs, shortest.notice], [hour, undefined]);
	assert.deepEqual(pressed('[', shortest), {...shortest, notice: {text: 'there is no shorter range', until: now.monotonic + (4 * second)}});
});

const own: ReadonlyArray<readonly [from: number, key: string, to: number, said: string | undefined]> = [
	[90 * day, ']', 90 * day, 'there is no longer range'],
	[90 * day, '[', 30 * day, undefined],
	[minute, '[', minute, 'there is no shorter range'],
	[minute, ']', hour, undefined],
];

for (const [from, key, to, said] of own) {
	test(`a range of ${from / minute} m leads by ${key} to ${to / minute} m`, () => {
		const {rangeMs, notice} = pressed(key, {...start, rangeMs: from});
		assert.deepEqual([rangeMs, notice?.text], [to, said]);
	});
}

test('the refresh interval has two ends', () => {
	assert.deepEqual(['-', '- -', '+', '=', '+ + + + + + +'].map(keys => pressed(keys).refreshMs / second), [2, 2, 10, 10, 120]);
});

test('a new refresh interval is told for four seconds', () => {
	assert.deepEqual(pressed('+').notice, {text: 'the server is asked every 10 s', until: now.monotonic + (4 * second)});
});

test('s goes through all columns that can be sorted by and comes back, < the other way', () => {
	const ids = sortableColumns.map(({id}) => id);
	const from = ids.indexOf('start');
	const following = (by: number) => ids.map((_id, index) => ids.at((from + (by * (index + 1))) % ids.length)!);
	let [forward, backward] = [start, start];
	const seen: [string[], string[]] = [[], []];
	for (const _id of ids) {
		forward = pressed('s', forward);
		backward = pressed('<', backward);
		seen[0].push(forward.sort.columnId);
		seen[1].push(backward.sort.columnId);
	}

	assert.deepEqual(seen, [following(1), following(-1)]);
	assert.deepEqual([forward.sort, backward.sort], [newestFirst, newestFirst]);
});

test('a sort goes through the columns on screen only', () => {
	const shownColumns = ['status', 'job', 'start', 'elapsed'];
	const first = press(start, 's', inputOf({shownColumns}));
	const next = press(first, 's', inputOf({shownColumns}));
	const hidden = press({...start, sort: {columnId: 'rate', direction: 'down'}}, 's', inputOf({shownColumns}));
	assert.deepEqual([first, next, hidden].map(({sort}) => sort.columnId), ['elapsed', 'status', 'status']);
});

test('a column is sorted by as it is first wanted, then reversed', () => {
	assert.deepEqual(pressed('s').sort, {columnId: 'elapsed', direction: 'down'});
	assert.deepEqual(pressed('s S').sort, {columnId: 'elapsed', direction: 'up'});
	assert.deepEqual(pressed('s S S').sort, {columnId: 'elapsed', direction: 'down'});
	assert.deepEqual(pressed('<').sort, {columnId: 'type', direction: 'up'});
});

test('p pauses and goes on, in list and detail', () => {
	assert.deepEqual(['p', 'p p', 'enter p'].map(keys => pressed(keys).isPaused), [true, false, true]);
});

test('Enter opens the session under the cursor, as the list is narrowed and sorted', () => {
	assert.equal(pressed('enter').openKey, 'vb1/s1');
	assert.equal(pressed('S enter').openKey, 'vb1/s20');
	assert.equal(pressed('/ 9 enter enter').openKey, 'vb1/s9');
});

test('an order that is held decides what Enter opens', () => {
	const more = [row({id: 'new', createdAt: now.server + minute}), ...twenty];
	assert.equal(pressed('k enter', pressed('j'), {rows: more}).openKey, 'vb1/s1');
});

/** The row of a job in Now; `!` marks a problem, `a` one that is acknowledged. */
function jobRow(id: string, mark = '', fields: Partial<Verdict> = {}): Row {
	const its = session({id: `s-${id}`, jobId: id});
	const found = verdict(mark === '' ? 'success' : 'failed', {jobId: id, session: its, ...fields});
	return {...row({id: `s-${id}`, jobId: id}, {jobName: id}), key: `vb1/job ${id}`, verdict: found, isProblem: mark !== '', isAcknowledged: mark === 'a'};
}

const jobsAs = (...marks: readonly string[]) => marks.map((mark, index) => ({...jobRow(`j${index + 1}`, mark), rank: index}));
const ofNow = initialScreen({list: 'now', jobType: 'all', rangeMs: day, refreshMs: 5000});
const scenario = jobsAs('!', '', 'a', '!', '');
const inNow = (keys: string, from = ofNow, held: readonly Row[] = scenario) => pressed(keys, from, {rows: held});
const act = (state: Screen, type: 'acknowledge-all' | 'ignore' | 'unignore-all' | 'next-problem', held: readonly Row[] = scenario) =>
	screen(state, type === 'next-problem' ? {type, by: 1} : {type}, inputOf({rows: held}));

test('the other lists are a key away, and the cursor goes to the same job or session', () => {
	const state = inNow('j 2');
	assert.deepEqual([state.list, state.selectedKey, state.sort, state.frozen], ['sessions', 'vb1/s-j2', newestFirst, undefined]);
	const back = pressed('1', state, {rows: [row({id: 's-j2', jobId: 'j2'})]});
	assert.deepEqual([back.list, back.selectedKey, back.sort], ['now', 'vb1/job j2', byNeed]);
	assert.equal(inNow('3').list, 'window');
	assert.equal(inNow('1'), ofNow);
});

test('a cursor that was never moved goes to the job that it is drawn on too', () => {
	assert.deepEqual([inNow('2').selectedKey, inNow('3').selectedKey, inNow('3', ofNow, []).selectedKey], ['vb1/s-j1', 'vb1/job j1', undefined]);
	const far = jobsAs(...Array.from({length: 20}, (_row, index) => index === 0 ? '!' : ''))
		.map((its, index) => ({...its, session: session({id: `s-j${index + 1}`, jobId: `j${index + 1}`, createdAt: now.server - (index === 0 ? day : 0)})}));
	assert.equal(cursor(inNow('3', ofNow, far), far), 's-j1 at 19', 'the problem is the oldest row of Window');
});

test('each list keeps its own sort', () => {
	const sorted = inNow('s 2 S 1');
	assert.deepEqual([sorted.sort.columnId, pressed('2', sorted).sort], [inNow('s').sort.columnId, {columnId: 'start', direction: 'up'}]);
});

test('Tab and its number lead to each tab, and both ends are joined', () => {
	const at = (keys: string) => inNow(`enter ${keys}`).tab;
	assert.deepEqual(['2', '3', '4', '4 1'].map(keys => at(keys)), ['log', 'objects', 'history', 'summary']);
	assert.deepEqual(['tab', 'tab tab', 'tab tab tab tab', 'shift-tab', 'shift-tab shift-tab'].map(keys => at(keys)), ['log', 'objects', 'summary', 'history', 'objects']);
	assert.deepEqual([inNow('enter j 2').detailTop, inNow('enter j tab').detailTop], [0, 0]);
});

test('l opens the log of the row, Enter its summary, whichever tab was open last', () => {
	const open = inNow('j l');
	assert.deepEqual([open.openKey, open.tab, focusOf(open)], ['vb1/s-j2', 'log', 'log']);
	assert.deepEqual([inNow('escape enter', open).tab, inNow('J', open).tab], ['summary', 'log']);
	assert.deepEqual(pressed('l', ofNow, {rows: []}), ofNow);
});

test('n and N lead to problems that nobody has acknowledged, and say when there is none left', () => {
	const at = (keys: string) => inNow(keys).selectedKey;
	assert.deepEqual(['n', 'n n', 'n n N', 'j n', 'G N'].map(keys => at(keys)), ['vb1/job j1', 'vb1/job j4', 'vb1/job j1', 'vb1/job j4', 'vb1/job j4']);
	assert.deepEqual([inNow('n n n').notice?.text, inNow('n n n').selectedKey], ['there is no further problem', 'vb1/job j4']);
	assert.deepEqual([inNow('N').notice?.text, inNow('n', ofNow, jobsAs('', 'a')).notice?.text], ['there is no earlier problem', 'there is no further problem']);
	assert.equal(inNow('n').frozen?.until, now.monotonic + (5 * second));
	const far = jobsAs('', '', '', '', '', '', '', '', '', '!');
	assert.equal(act(ofNow, 'next-problem', far).top, 4, 'the page has six rows');
});

test('in Sessions n and a say where problems are', () => {
	assert.deepEqual(['n', 'N', 'a'].map(key => pressed(key).notice?.text), ['problems are in Now: 1', 'problems are in Now: 1', 'problems are in Now: 1']);
	assert.equal(pressed('a').acknowledged.length, 0);
});

test('a acknowledges the problem under the cursor, or that of the detail that is open', () => {
	const state = inNow('a');
	assert.deepEqual(state.acknowledged, [acknowledgedOf(scenario[0]!.verdict!)]);
	assert.equal(state.notice?.text, 'acknowledged; u undoes it');
	assert.deepEqual(inNow('enter a').acknowledged, state.acknowledged);
	assert.deepEqual(inNow('n n l a').acknowledged.map(({jobId}) => jobId), ['j4']);
});

test('what is no problem, or is acknowledged already, cannot be acknowledged', () => {
	for (const keys of ['j a', 'j j a']) {
		assert.deepEqual([inNow(keys).acknowledged.length, inNow(keys).notice?.text], [0, 'there is no problem to acknowledge']);
	}

	assert.equal(pressed('a', ofNow, {rows: []}).acknowledged.length, 0);
});

test('u undoes acknowledgements one after the other, all at once where they were made at once', () => {
	const first = inNow('a');
	const all = act(inNow('j', first), 'acknowledge-all', jobsAs('a', '', 'a', '!', '!'));
	assert.deepEqual([all.acknowledged.map(({jobId}) => jobId), all.notice?.text], [['j1', 'j4', 'j5'], '2 problems acknowledged; u undoes it']);
	const once = inNow('u', all);
	assert.deepEqual([once.acknowledged, once.notice?.text], [first.acknowledged, 'undone']);
	assert.equal(inNow('u u', all).acknowledged.length, 0);
	assert.equal(inNow('u u u', all).notice?.text, 'there is nothing to undo');
});

test('what was acknowledged before the start is not undone', () => {
	const known = [acknowledgedOf(scenario[0]!.verdict!)];
	const state = inNow('u', initialScreen({list: 'now', jobType: 'all', rangeMs: day, refreshMs: 5000, acknowledged: known}));
	assert.deepEqual([state.acknowledged, state.notice?.text], [known, 'there is nothing to undo']);
});

test('the new causes of a job can be ignored, each once, and all be told again', () => {
	const [denied, full] = [cause('Access is denied'), cause('Disk full')];
	const warned = [{...jobRow('j1', '!', {kind: 'newWarning', causes: [denied, full], news: {fresh: [denied], known: [full], isSettled: true}}), rank: 0}];
	const state = act(ofNow, 'ignore', warned);
	assert.deepEqual([state.ignored, state.notice?.text], [[{serverId: 'vb1', key: denied.key, text: denied.text}], 'ignored from now on: Access is denied']);
	assert.deepEqual([act(state, 'ignore', warned).ignored, act(state, 'ignore', warned).notice?.text], [state.ignored, 'there is no cause to ignore']);
	const unread = [{...jobRow('j1', '!', {causes: [denied, full]}), rank: 0}];
	assert.deepEqual(act(ofNow, 'ignore', unread).ignored.map(({key}) => key), [denied.key, full.key]);
	const told = act(state, 'unignore-all');
	assert.deepEqual([told.ignored.length, told.notice?.text, act(told, 'unignore-all').notice?.text], [0, 'no cause is ignored any longer', 'no cause is ignored']);
});
