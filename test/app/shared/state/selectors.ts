import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	allJobRows,
	layout,
	listRows,
	serverStates,
	sessionRows,
	shownSnapshots,
	visibleRows,
	waitingBehindPause,
} from '../../../../source/app/shared/state/selectors.js';
import type {State} from '../../../../source/app/shared/state/state.js';
import {hour, later, minute, now, running, second, session, snapshot} from '../../../helpers/sessions.js';
import {answered, commanded, numbered, pressed, sent, stateOf, ticked, typed} from '../../../helpers/state.js';

const twenty = numbered(20);
const start = stateOf({snapshots: [twenty]});

test('asking again costs nothing while nothing changed', () => {
	const found = visibleRows(start);
	assert.equal(visibleRows(ticked(start, later(minute))), found);
	assert.equal(visibleRows(pressed(start, 'enter')), found);
	assert.notEqual(visibleRows(answered(start, {...twenty, sessions: [...twenty.sessions]}, later(minute))), found);
});

test('a tick gives no new rows of any list, and no new layout', () => {
	const ofNow = stateOf({snapshots: [twenty], list: 'now'});
	const of = (state: State) => [sessionRows(state), allJobRows(state), visibleRows(state), shownSnapshots(state), layout(state), listRows(state)];
	const before = of(ofNow);
	for (const [index, value] of of(ticked(ofNow, later(second))).entries()) {
		assert.equal(value, before[index]);
	}
});

test('a filter by time goes on with the clock, any other one asks nothing anew', () => {
	const active = stateOf({snapshots: [snapshot({sessions: [running({createdAt: now.server - (10 * minute)})]})]});
	const timed = pressed(typed(active, '/dur>1h'), 'enter');
	assert.deepEqual([visibleRows(timed).length, visibleRows(ticked(timed, later(hour))).length], [0, 1]);
	const named = commanded(start, 'filter job');
	const found = visibleRows(named);
	assert.equal(visibleRows(ticked(named, later(hour))), found);
});

test('an order that the cursor has kept is released by the clock', () => {
	const moved = answered(pressed(start, 'j'), {...twenty, sessions: [session({id: 'new', createdAt: now.server}), ...twenty.sessions]});
	const first = (state: State) => visibleRows(state)[0]!.session!.id;
	assert.deepEqual([0, 4999, 5000].map(ms => first(ticked(moved, later(ms)))), ['s1', 's1', 'new']);
});

test('while painting is paused the lists stay as they were, and what waits is counted', () => {
	const paused = pressed(start, 'p');
	const changed = answered(paused, {...twenty, sessions: [session({id: 'new', createdAt: now.server}), ...twenty.sessions.slice(0, 19)]}, later(minute));
	assert.equal(visibleRows(changed), visibleRows(paused));
	assert.deepEqual([start, paused, changed].map(state => waitingBehindPause(state)), [undefined, 0, 2]);
	const on = pressed(changed, 'p');
	assert.deepEqual([visibleRows(on)[0]!.session!.id, waitingBehindPause(on)], ['new', undefined]);
});

test('how things stand with a server is told by the clock that goes on, paused or not', () => {
	const stands = (state: State) => serverStates(state)[0]!.connection.state;
	assert.deepEqual([start, ticked(start, later(minute)), ticked(pressed(start, 'p'), later(minute))].map(state => stands(state)), ['LIVE', 'STALE', 'STALE']);
});

test('a list that is still read is LOADING', () => {
	const loading = sent(start, {type: 'snapshot', serverId: 'vb1', snapshot: {...twenty, isLoading: true}, now});
	assert.equal(serverStates(loading)[0]!.connection.state, 'LOADING');
});
