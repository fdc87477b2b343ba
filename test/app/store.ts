import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Ports} from '../../source/app/ports.js';
import {openLayer} from '../../source/app/shared/state/layers.js';
import {listLayer} from '../../source/app/shared/state/selectors.js';
import type {State} from '../../source/app/shared/state/state.js';
import {createStore} from '../../source/app/store.js';
import {Secret} from '../../source/model/secret.js';
import {later, second} from '../helpers/sessions.js';
import {recordingPorts} from '../helpers/recording-ports.js';
import {kindsOf, numbered, pressed, refused, stateOf, unreadState} from '../helpers/state.js';

const start = stateOf({snapshots: [numbered(20)]});
const keys = (text: string) => text.split(' ').map(key => ({type: 'key', key} as const));

function opened(first = start, ports: Partial<Ports> = {}) {
	const recording = recordingPorts(ports);
	return {store: createStore(first, recording.ports), asked: recording.asked};
}

/** All that promises have to say. */
const answers = async () => new Promise(resolve => {
	setImmediate(resolve);
});

test('keys in one read are applied one after another, each to what the one before has left', () => {
	const {store} = opened();
	store.input(keys('2 j j / j o b enter enter'));
	assert.deepEqual(store.state(), pressed(start, '2 j j / j o b enter enter'));
});

test('each effect is run once, in order, whoever asks for the state afterwards', () => {
	const {store, asked} = opened();
	store.input(keys('r R ctrl-l y Y ctrl-z q'));
	assert.deepEqual(asked.map(words => words.split('\n', 1)[0]!.slice(0, 16)), ['server poll', 'server reconnect', 'redraw', 'copy s1', asked[4]!.slice(0, 16), 'suspend', 'quit']);
	const {length} = asked;
	store.state();
	store.dispatch({type: 'tick', now: later(second)});
	assert.equal(asked.length, length);
});

test('a message that comes from an effect is applied after all effects of the one before', () => {
	const seen: string[] = [];
	const {store} = opened(unreadState(), {
		server({type}) {
			const {notice} = store.state();
			seen.push(`${type} ${notice?.text}`);
			store.dispatch({type: 'answered', text: `after ${type}`});
			assert.equal(store.state().notice, notice, 'it is applied later');
		},
	});
	store.input(keys('] + r'));
	assert.deepEqual(seen, ['scope undefined', 'refresh-interval the server is asked every 10 s', 'poll after refresh-interval']);
	assert.equal(store.state().notice?.text, 'after poll');
});

test('what is read while an effect runs is understood by the state that it comes to', () => {
	const waiting = refused(start);
	const {store} = opened(pressed(waiting, 'escape'), {
		redraw() {
			store.input(keys('R x'));
		},
	});
	store.input(keys('ctrl-l'));
	assert.equal(openLayer(store.state().layers, 'sign-in')?.field.secret.open(), 'x');
});

test('listeners are called after each change, with the new state, until they are taken away', () => {
	const {store} = opened();
	const seen: State[] = [];
	const end = store.subscribe(() => {
		seen.push(store.state());
	});
	store.input(keys('j j'));
	assert.deepEqual(seen.map(state => listLayer(state).selectedKey), ['vb1/s2', 'vb1/s3']);
	end();
	store.input(keys('j'));
	assert.equal(seen.length, 2);
});

test('what changes nothing calls no listener', () => {
	const {store} = opened();
	let calls = 0;
	store.subscribe(() => {
		calls++;
	});
	store.input(keys('Z left 2'));
	assert.equal(calls, 0);
});

test('an effect that fails leaves the store as it is: later messages are applied', () => {
	const {store} = opened(start, {
		redraw() {
			throw new Error('no terminal');
		},
	});
	assert.throws(() => {
		store.input(keys('ctrl-l'));
	}, /no terminal/v);
	store.input(keys('j'));
	assert.equal(listLayer(store.state()).selectedKey, 'vb1/s2');
});

test('what came of a copy, a save and a sign-in comes back as a message', async () => {
	const {store, asked} = opened();
	store.input(keys('y'));
	await answers();
	assert.match(store.state().notice!.text, /^session id sent/v);
	store.input([...keys(':'), ...[...'save a'].map(key => ({type: 'key', key} as const)), ...keys('enter')]);
	await answers();
	assert.equal(store.state().notice?.text, 'a is written');

	const asking = opened(refused(start));
	asking.store.input(keys('b a d enter'));
	await answers();
	assert.equal(openLayer(asking.store.state().layers, 'sign-in')?.problem, 'sign-in refused');
	asking.store.input([...keys('g o o d enter')]);
	await answers();
	assert.deepEqual(asking.asked, ['sign-in vb1 bad', 'sign-in vb1 good', 'server poll']);
	asking.store.input(keys('y'));
	await answers();
	assert.deepEqual([asking.asked.at(-1), kindsOf(asking.store.state()), asking.store.state().notice?.text], ['save-secret vb1 good', 'list', 'kept, encrypted']);
	assert.equal(asked.length, 2);
});

test('a paste goes where keys go', () => {
	const {store} = opened(refused(start));
	store.input([{type: 'paste', text: 'secret'}, ...keys('x')]);
	const {field} = openLayer(store.state().layers, 'sign-in')!;
	assert.ok(field.secret instanceof Secret);
	assert.equal(field.secret.open(), 'secretx');
});
