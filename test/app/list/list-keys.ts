import assert from 'node:assert/strict';
import {test} from 'node:test';
import {listSort, listLayer, detailLayer, shownColumnIds, firstShown, rowUnderCursor} from '../../../source/app/shared/state/selectors.js';
import {byNeed, newestFirst, sortBy} from '../../../source/app/shared/rows/sort.js';
import type {State} from '../../../source/app/shared/state/state.js';
import {day, hour, later, minute, now, second, session, snapshot} from '../../helpers/sessions.js';
import {
	answered,
	cursorOf,
	effectsOf,
	jobVerdict,
	nowOf,
	numbered,
	numberedSession,
	pressed,
	stateOf,
	ticked,
	withVerdictsOf,
	type JobMark,
} from '../../helpers/state.js';

// The list has six rows.
const six = {columns: 300, rows: 14};
const twenty = numbered(20);
const start = stateOf({snapshots: [twenty], ...six});
const withNew = (state: State, at = now) => answered(state, {...twenty, sessions: [numberedSession(0, {id: 'new', createdAt: now.server}), ...twenty.sessions]}, at);
const filtersOf = (state: State) => listLayer(state).filters;
const after = (keys: string, from = start) => pressed(from, keys);
const openKey = (state: State) => detailLayer(state)?.key;

const sortAfter = (...given: Parameters<typeof after>) => listSort(after(...given));
const cursorAfter = (...given: Parameters<typeof after>) => cursorOf(after(...given));
const listAfter = (...given: Parameters<typeof after>) => listLayer(after(...given));
const openAfter = (...given: Parameters<typeof after>) => openKey(after(...given));
const filtersAfter = (...given: Parameters<typeof after>) => filtersOf(after(...given));

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
		assert.equal(cursorAfter(keys), found);
	});
}

test('nothing moves in an empty list, and nothing opens', () => {
	const empty = stateOf({snapshots: [snapshot({sessions: []})], ...six});
	assert.equal(pressed(empty, 'j G pagedown enter l'), empty);
});

test('the cursor stays with its session when another comes in above', () => {
	const state = after('j j');
	assert.equal(cursorOf(withNew(state)), 's3 at 2');
	assert.equal(cursorOf(withNew(state, later(5000))), 's3 at 3');
});

test('a cursor that was never moved stays on the newest row', () => {
	assert.equal(cursorOf(withNew(start)), 'new at 0');
});

test('the cursor stays with its session through a filter and its clearing', () => {
	const filtered = pressed(after('j j j j j j j j j j'), '/ 9 backspace 1 1 enter');
	assert.equal(cursorOf(filtered), 's11 at 0');
	assert.equal(cursorOf(pressed(filtered, 'escape')), 's11 at 10');
});

test('a filter that hides the cursor\'s session shows its first row, and clearing it finds the session again', () => {
	const filtered = after('j j / 7 enter');
	assert.equal(cursorOf(filtered), 's7 at 0');
	assert.equal(cursorOf(pressed(filtered, 'escape')), 's3 at 2');
});

test('the cursor stays with its session through another sort', () => {
	assert.equal(cursorAfter('j j S'), 's3 at 17');
});

test('a session that left gives the cursor to the first row', () => {
	const left = {...twenty, sessions: twenty.sessions.filter(({id}) => id !== 's3')};
	assert.equal(cursorOf(answered(after('j j'), left, later(5000))), 's1 at 0');
});

test('moving keeps the order for five seconds, each move anew', () => {
	assert.equal(listAfter('j').frozen!.until, now.monotonic + (5 * second));
	assert.equal(listLayer(pressed(ticked(after('j'), later(3 * second)), 'j')).frozen!.until, now.monotonic + (8 * second));
});

test('a filter, a sort and a type release the order', () => {
	assert.deepEqual(['/ x', 's', 'S', 't', 'T'].map(keys => listAfter(keys, after('j')).frozen), [undefined, undefined, undefined, undefined, undefined]);
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
	const state = after('j j j j j j j');
	assert.equal(listLayer(state).top, 2);
	assert.equal(listAfter('k k k', state).top, 2);
	assert.equal(listAfter('k k k k k k', state).top, 1);
});

test('the list is filtered while a filter is typed', () => {
	assert.equal(filtersAfter('/ j o').text, 'jo');
	assert.equal(filtersAfter('/ j o backspace').text, 'j');
});

test('Esc in the filter leaves it as it was, Enter on an empty one clears it', () => {
	const filtered = after('/ j o b enter');
	const left = after('/ Space m a i l escape', filtered);
	assert.deepEqual([left.layers.length, filtersOf(left).text], [1, 'job']);
	assert.equal(filtersAfter('/ ctrl-u enter', filtered).text, '');
});

test('t goes through all, Backup and Copy, and keeps the filter', () => {
	assert.deepEqual(['t', 't t', 't t t'].map(keys => filtersAfter(keys).jobType), ['Backup', 'Copy', 'all']);
	assert.equal(filtersAfter('/ x enter t').text, 'x');
});

test('T goes through every status and comes back', () => {
	assert.deepEqual(['T', 'T T', 'T T T', 'T T T T'].map(keys => filtersAfter(keys).status), ['active', 'problems', 'finished', 'all']);
});

const rangeOf = ({preferences}: State) => preferences.rangeMs;
const rangeAfter = (keys: string) => rangeOf(after(keys));

test('the range has two ends', () => {
	assert.deepEqual([']', '] ] ] ] ]', '[', '[ [ [ [', '[ ]'].map(keys => rangeAfter(keys)), [3 * day, 30 * day, 6 * hour, hour, day]);
});

test('a range that cannot change says so, and stays', () => {
	const longest = after('] ] ]');
	assert.deepEqual([rangeOf(longest), longest.notice], [30 * day, undefined]);
	assert.deepEqual(after(']', longest), {...longest, notice: {text: 'there is no longer range', until: now.monotonic + (4 * second)}});
	const shortest = after('[ [');
	assert.deepEqual([rangeOf(shortest), shortest.notice], [hour, undefined]);
	assert.deepEqual(after('[', shortest), {...shortest, notice: {text: 'there is no shorter range', until: now.monotonic + (4 * second)}});
});

const otherRanges: ReadonlyArray<readonly [from: number, key: string, to: number, said: string | undefined]> = [
	[90 * day, ']', 90 * day, 'there is no longer range'],
	[90 * day, '[', 30 * day, undefined],
	[minute, '[', minute, 'there is no shorter range'],
	[minute, ']', hour, undefined],
];

for (const [from, key, to, said] of otherRanges) {
	test(`a range of ${from / minute} m leads by ${key} to ${to / minute} m`, () => {
		const state = pressed(stateOf({rangeMs: from}), key);
		assert.deepEqual([rangeOf(state), state.notice?.text], [to, said]);
	});
}

test('s goes through all columns on screen that can be sorted by and comes back, < the other way', () => {
	const ids = ['status', 'job', 'organization', 'type', 'start', 'elapsed', 'objects', 'items', 'transferred', 'rate', 'item-rate', 'read', 'write', 'bottleneck', 'retry'];
	const from = ids.indexOf('start');
	const following = (by: number) => ids.map((_id, index) => ids.at((from + (by * (index + 1))) % ids.length)!);
	let [forward, backward] = [start, start];
	const seen: [string[], string[]] = [[], []];
	for (const _id of ids) {
		forward = after('s', forward);
		backward = after('<', backward);
		seen[0].push(listSort(forward).columnId);
		seen[1].push(listSort(backward).columnId);
	}

	assert.deepEqual(seen, [following(1), following(-1)]);
	assert.deepEqual([listSort(forward), listSort(backward)], [newestFirst, newestFirst]);
	assert.deepEqual(sortAfter('>'), sortAfter('s'));
});

test('a sort goes through the columns on screen only', () => {
	const wide = stateOf({snapshots: [twenty]});
	const columns = {sessions: {off: ['type', 'objects', 'transferred', 'retry'], on: []}};
	const narrow = {...wide, preferences: {...wide.preferences, columns}};
	assert.deepEqual(shownColumnIds(narrow), ['status', 'job', 'start', 'elapsed']);
	const hidden = {...narrow, layers: [{...listLayer(narrow), sorts: {sessions: sortBy('rate')}}] as const};
	assert.deepEqual([after('s', narrow), after('s s', narrow), after('s', hidden)].map(state => listSort(state).columnId), ['elapsed', 'status', 'status']);
});

test('a column is sorted by as it is first wanted, then reversed', () => {
	assert.deepEqual(sortAfter('s'), {columnId: 'elapsed', direction: 'down'});
	assert.deepEqual(sortAfter('s S'), {columnId: 'elapsed', direction: 'up'});
	assert.deepEqual(sortAfter('s S S'), {columnId: 'elapsed', direction: 'down'});
	assert.deepEqual(sortAfter('<'), {columnId: 'type', direction: 'up'});
});

test('Enter opens the session under the cursor, as the list is filtered and sorted', () => {
	assert.equal(openAfter('enter'), 'vb1/s1');
	assert.equal(openAfter('S enter'), 'vb1/s20');
	assert.equal(openAfter('/ 9 enter enter'), 'vb1/s9');
});

test('an order that is kept decides what Enter opens', () => {
	assert.equal(openKey(pressed(withNew(after('j')), 'k enter')), 'vb1/s1');
});

const ofNow = nowOf(['!', '', 'a', '!', '']);

test('the other lists are a key away, and the cursor goes to the same job or session', () => {
	const state = after('j 2', ofNow);
	assert.deepEqual([listLayer(state).list, listLayer(state).selectedKey, listSort(state), listLayer(state).frozen], ['sessions', 'vb1/s-j2', newestFirst, undefined]);
	const back = after('1', state);
	assert.deepEqual([listLayer(back).list, listLayer(back).selectedKey, listSort(back)], ['now', 'vb1/job j2', byNeed]);
	assert.equal(listAfter('3', ofNow).list, 'window');
	assert.equal(after('1', ofNow), ofNow);
});

test('a cursor that was never moved goes to the job that it is drawn on too', () => {
	const none = stateOf({snapshots: [snapshot({sessions: [], jobs: new Map()})], list: 'now'});
	assert.deepEqual([after('2', ofNow), after('3', ofNow), after('3', none)].map(state => listLayer(state).selectedKey), ['vb1/s-j1', 'vb1/job j1', undefined]);
	const far = Array.from({length: 20}, (_, index) => jobVerdict(index + 1, index === 0 ? '!' : '', {
		session: session({id: `s-j${index + 1}`, jobId: `j${index + 1}`, createdAt: now.server - (index === 0 ? day : 0)}),
	}));
	assert.equal(cursorAfter('3', withVerdictsOf(ofNow, far)), 's-j1 at 19', 'the problem is the oldest row of Window');
});

test('each list keeps its own sort', () => {
	const sorted = after('s 2 S 1', ofNow);
	assert.deepEqual([listSort(sorted).columnId, sortAfter('2', sorted)], [sortAfter('s', ofNow).columnId, {columnId: 'start', direction: 'up'}]);
});

test('l opens the log of the row, Enter its summary, whichever tab was open last', () => {
	const open = after('j l', ofNow);
	assert.deepEqual([openKey(open), detailLayer(open)?.tab], ['vb1/s-j2', 'log']);
	assert.deepEqual([detailLayer(after('escape enter', open))?.tab, detailLayer(after('J', open))?.tab], ['summary', 'log']);
});

test('what is opened of a job without a session is the job', () => {
	const state = after('enter', withVerdictsOf(ofNow, [jobVerdict(1, '!', {kind: 'missed', session: undefined})]));
	assert.equal(openKey(state), 'vb1/job j1');
	assert.equal(rowUnderCursor(state)?.jobName, 'j1');
});

test('the window of a list that the cursor jumps in follows it', () => {
	const far = nowOf([...Array.from({length: 9}, (): JobMark => ''), '!']);
	assert.equal(listAfter('n', far).top, 4, 'the page has six rows');
});

test('keys of the list that change no data ask nothing of the servers', () => {
	assert.deepEqual(effectsOf(start, 'j k s S T / x escape G v'), []);
});
