import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {firstLogView} from '../../../../source/app/shared/state/detail-layer.js';
import {openLayer} from '../../../../source/app/shared/state/layers.js';
import {detailLayer, layout} from '../../../../source/app/shared/state/selectors.js';
import type {State} from '../../../../source/app/shared/state/state.js';
import {logInput, openLogContent} from '../../../../source/app/detail/log/log-selectors.js';
import {itemOfRow, logCursor, logRows} from '../../../../source/app/detail/log/log-view.js';
import {byId, job, logItem, now, snapshot} from '../../../helpers/sessions.js';
import {
	effectsOf,
	kindsOf,
	logRead,
	numbered,
	pressed,
	press,
	sent,
	stateOf,
	ticked,
} from '../../../helpers/state.js';

const types: Readonly<Record<number, string>> = {5: 'Error', 12: 'Warning', 20: 'Error', 31: 'Warning'};
const forty = Array.from({length: 40}, (_, index) => logItem({
	id: `l${index + 1}`, usn: index + 1, type: types[index + 1] ?? 'Success', text: `Processing mailbox user${index + 1}@contoso.example`,
}));
const start = stateOf({snapshots: [numbered(3, {status: 'Running', endedAt: undefined})]});
const read = (state: State, items = forty) => logRead(state, items);
const log = (state: State) => detailLayer(state)!.log;

function cursor(state: State): string | undefined {
	const rows = logRows(log(state), logInput(state));
	return itemOfRow(rows, logCursor(log(state), rows))?.id;
}

const waiting: ReadonlyArray<readonly [keys: string, found: string]> = [
	['l e', 'l5'],
	['l e e', 'l20'],
	['l E', 'l20'],
	['l g', 'l1'],
	['l k k', 'l38'],
	['l t', 'l31'],
	['l t t', 'l20'],
	['l o j', 'l20'],
	['l / u s e r 1 enter', 'l1'],
	['l g j / u s e r 1 enter', 'l10'],
	['l g j / u s e r 1 enter n', 'l11'],
	['l / u s e r 1 2 enter e', 'l20'],
	['l e / x escape', 'l5'],
	['l e / u s e r 6 enter / u s e r 1 enter n', 'l11'],
	['l / u s e r 1 enter escape n', 'l5'],
	['l j 1 2', 'l40'],
	['l e 1 2', 'l5'],
];

for (const [keys, found] of waiting) {
	test(`${keys} leads to ${found}, whether the log comes before its keys or after them`, () => {
		const [, ...rest] = keys.split(' ');
		const before = pressed(read(pressed(start, 'l')), rest.join(' '));
		assert.equal(cursor(read(before)), found);
		const after = read(pressed(start, keys));
		assert.equal(cursor(after), found);
		// Where the lines on screen begin depends on each character of a search.
		assert.deepEqual({...log(after), topId: ''}, {...log(read(before)), topId: ''});
		assert.deepEqual(detailLayer(after)!.waitingKeys, []);
	});
}

test('while the log is read a key says so, and never that there is no error or no line', () => {
	for (const key of ['e', 'E', 'n', 'N', 'enter', 'j', 'g', 'o', 'f']) {
		const state = pressed(start, `l ${key}`);
		assert.equal(state.notice?.text, 'its log is being read', key);
		assert.deepEqual([log(state), kindsOf(state)], [firstLogView, 'list detail']);
	}
});

test('what was said while the log was read ends with it', () => {
	assert.equal(read(pressed(start, 'l g')).notice, undefined);
	assert.equal(read(pressed(start, 'l e')).notice?.text, 'on from the first line');
	assert.equal(read(pressed(start, 'l e'), [forty[0]!]).notice?.text, 'there is no error in this log');
	assert.equal(read(pressed(start, 'l enter'), []).notice?.text, 'there is no line to open');
	assert.equal(read(pressed(start, 'l / z z enter')).notice?.text, 'no line has "zz"');
	assert.equal(read(pressed(start, 'l / z z')).notice, undefined, 'while it is typed its note says it');
});

test('w and t do what they do without a line, unless another key waits', () => {
	const state = pressed(start, 'l w t');
	assert.deepEqual([log(state).isWrapped, log(state).level, detailLayer(state)!.waitingKeys], [true, 'problems', []]);
	const queued = pressed(start, 'l e t');
	assert.deepEqual([log(queued).level, detailLayer(queued)!.waitingKeys.length], ['all', 2]);
	assert.equal(log(read(queued)).level, 'problems');
});

test('a log that could not be read says so, and the keys that waited do not get lost', () => {
	const failed = sent(pressed(start, 'l e'), {type: 'log', serverId: 'vb1', sessionId: 's1', log: undefined, failure: 'refused'});
	assert.equal(pressed(failed, 'e').notice?.text, 'its log could not be read');
	assert.equal(cursor(read(failed)), 'l5');
});

test('a job without a session has no log that could be waited for', () => {
	const idle = stateOf({snapshots: [snapshot({sessions: [], jobs: byId(job({schedule: 'daily', everyMs: 86_400_000, nextRunAt: now.server - 3_600_000}))})], list: 'now'});
	const open = pressed(idle, 'l');
	assert.equal(kindsOf(open), 'list detail');
	assert.deepEqual([pressed(open, 'enter').notice?.text, pressed(open, 'e').notice?.text], ['there is no line to open', 'there is no error in this log']);
	assert.equal(openLogContent(open).lines.length, 1);
});

test('more than fifty keys are not kept', () => {
	const state = pressed(start, `l ${'k '.repeat(80).trim()}`);
	assert.equal(detailLayer(state)!.waitingKeys.length, 50);
});

test('another session has no waiting keys', () => {
	assert.deepEqual(detailLayer(pressed(start, 'l e J'))!.waitingKeys, []);
	assert.deepEqual(detailLayer(pressed(start, 'l e escape l'))!.waitingKeys, []);
});

test('Esc takes back what waits first: the message, the search, then the detail', () => {
	assert.equal(kindsOf(pressed(start, 'l e escape')), 'list');
	const message = pressed(start, 'l enter escape');
	assert.equal(kindsOf(message), 'list detail');
	assert.equal(log(read(message)).isMessageOpen, false);
	assert.equal(kindsOf(pressed(message, 'escape')), 'list');
	const search = pressed(start, 'l / x enter escape');
	assert.deepEqual([kindsOf(search), log(search).search, log(read(search)).search], ['list detail', '', '']);
	assert.equal(kindsOf(pressed(search, 'escape')), 'list');
});

test('the log comes while a search is typed: it goes on, and Esc leaves what the keys before it did', () => {
	const typing = read(pressed(start, 'l e / u s e r 3'));
	assert.deepEqual([kindsOf(typing), openLayer(typing.layers, 'log-search')?.prompt.text, cursor(typing)], ['list detail log-search', 'user3', 'l30']);
	assert.equal(cursor(pressed(typing, 'escape')), 'l5');
	assert.equal(log(pressed(typing, 'escape')).search, '');
	assert.equal(cursor(pressed(typing, 'Space')), 'l5', 'what is no longer found leaves the cursor where it was');
});

test('Esc in another tab closes the detail, whatever is open in the log', () => {
	const open = read(pressed(start, 'l'));
	for (const keys of ['/ u s e r 1 enter 1', 'enter 3', 'e enter 4']) {
		assert.equal(kindsOf(pressed(open, `${keys} escape`)), 'list', keys);
	}
});

test('the message is scrolled by pages of the log', () => {
	const open = read(pressed(start, 'l'), [{...forty[0]!, text: 'word '.repeat(2000)}]);
	assert.equal(log(pressed(open, 'enter pagedown')).messageTop, layout(open).detailRows - 1);
});

test('the log of a session is asked for once, and no longer once it is closed', () => {
	const target = {what: 'log', sessionId: 's1', isActive: true};
	const follows = (keys: string) => effectsOf(start, keys).flatMap(effect => effect.type === 'follow' ? [effect.target] : []);
	assert.deepEqual(follows('l e j k / x enter'), [target]);
	assert.deepEqual(follows('l escape'), [target, undefined]);
	assert.deepEqual(follows('l 3'), [target, {...target, what: 'objects'}]);
	assert.deepEqual(follows('l J'), [target, {...target, sessionId: 's2'}]);
});

// Esc leaves the detail in one of them sooner where it has nothing to take back, so it is not among these.
const someKeys = fc.array(fc.constantFrom('j', 'k', 'g', 'G', 'pageup', 'ctrl-d', 'e', 'E', 'n', 'N', 't', 'o', 'f', 'w', 'enter', '/ u s e r 1 enter', '/ x escape', '/ c o n', '1 2', '3 2'), {maxLength: 14});

test('whatever is typed, a log that comes later leads where one that was there before leads', () => {
	fc.assert(fc.property(someKeys, fc.nat(), (keys, at) => {
		const [first, second] = [keys.slice(0, at % (keys.length + 1)), keys.slice(at % (keys.length + 1))].map(part => part.join(' '));
		const early = read(press(read(pressed(start, 'l')), `${first} ${second}`).state);
		const between = read(press(read(press(pressed(start, 'l'), first!).state), second!).state);
		const late = read(ticked(press(pressed(start, 'l'), `${first} ${second}`).state, now));
		for (const state of [between, late]) {
			const [its, expected] = [state, early].map(one => [cursor(one), log(one).search, log(one).level, log(one).isMessageOpen]);
			assert.deepEqual(its, expected);
		}
	}), {numRuns: 200});
});
