import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseSessionV8} from '../../source/api/wire/v8.js';
import {createSessionStore} from '../../source/live/session-store.js';
import type {Session} from '../../source/model/session.js';
import {uuid, wireSession} from './support/scripted.js';
import {epoch, minute} from './support/watch.js';

const session = (...parameters: Parameters<typeof wireSession>): Session => parseSessionV8(wireSession(...parameters), 'vb1')!;
const key = (ordinal: number) => `vb1/${uuid(ordinal)}`;
const nothing = {added: [], updated: [], removed: []};

test('sessions are newest first; the same array stays while nothing changed', () => {
	const store = createSessionStore();
	assert.equal(store.sessions(), store.sessions());
	store.merge([session(1, 30), session(2, 10), session(3, 20, {ended: 5})], epoch);
	const sessions = store.sessions();
	assert.deepEqual(sessions.map(({id}) => id), [uuid(2), uuid(3), uuid(1)]);
	store.merge([session(2, 10), session(3, 20, {ended: 5})], epoch + minute);
	assert.equal(store.sessions(), sessions);
	store.merge([session(2, 10, {progress: 2})], epoch + minute);
	const next = store.sessions();
	assert.notEqual(next, sessions);
	assert.equal(next[0]!.progress, 2);
	// The others are the same objects.
	assert.deepEqual([next[1] === sessions[1], next[2] === sessions[2]], [true, true]);
});

test('sessions of one moment have one order, whichever came first', () => {
	const [first, second] = [createSessionStore(), createSessionStore()];
	first.merge([session(1, 10), session(2, 10)], epoch);
	second.merge([session(2, 10), session(1, 10)], epoch);
	assert.deepEqual(first.sessions().map(({id}) => id), second.sessions().map(({id}) => id));
});

test('what came and went between two looks changes nothing', () => {
	const store = createSessionStore();
	store.merge([session(1, 30)], epoch);
	store.takeChanges();
	const sessions = store.sessions();
	store.merge([session(2, 10)], epoch);
	store.remove(uuid(2));
	assert.equal(store.sessions(), sessions);
	assert.deepEqual(store.takeChanges(), nothing);
});

test('any field that changed makes a session new, one of its statistics too', () => {
	const store = createSessionStore();
	for (const field of [{progress: 2}, {details: 'Transferred'}, {eTag: 9}, {statistics: {transferredDataBytes: 2000}}, {retryCount: 1}]) {
		store.merge([session(1, 30, field)], epoch);
		const held = store.get(uuid(1));
		store.merge([session(1, 30, field)], epoch);
		assert.equal(store.get(uuid(1)), held);
	}

	assert.equal(store.sessions().length, 1);
});

test('changes are added, updated and removed ones, told once', () => {
	const store = createSessionStore();
	store.merge([session(1, 30), session(2, 20)], epoch);
	assert.deepEqual(store.takeChanges(), {...nothing, added: [key(1), key(2)]});
	assert.deepEqual(store.takeChanges(), nothing);
	store.merge([session(1, 30, {progress: 2}), session(2, 20), session(3, 1)], epoch);
	store.merge([session(1, 30, {progress: 3})], epoch);
	assert.deepEqual(store.takeChanges(), {added: [key(3)], updated: [key(1)], removed: []});
	store.remove(uuid(2));
	store.remove(uuid(99));
	assert.deepEqual(store.takeChanges(), {...nothing, removed: [key(2)]});
	// New and settled, and changed and settled, between two looks.
	store.merge([session(4, 1), session(3, 1, {progress: 5})], epoch);
	store.merge([session(4, 1, {ended: 0}), session(3, 1, {ended: 0})], epoch);
	assert.deepEqual(store.takeChanges(), {added: [key(4)], updated: [key(3)], removed: []});
	store.clear();
	assert.deepEqual(store.takeChanges(), {...nothing, removed: [key(1), key(3), key(4)]});
	assert.deepEqual([store.sessions(), store.unsettled(), store.observations().size], [[], [], 0]);
});

test('what can still change is unsettled: active sessions and those in a status that is not known', () => {
	const store = createSessionStore();
	const statuses = ['Running', 'Queued', 'Updating', '', undefined, 7, 'Success', 'Warning', 'Failed', 'Stopped', 'Disconnected', 'NotConfigured'];
	store.merge(statuses.map((status, index) => session(index, 10, {status})), epoch);
	assert.deepEqual(store.unsettled().map(({id}) => id), [0, 1, 2, 3, 4, 5].map(ordinal => uuid(ordinal)));
	store.merge([session(0, 10, {status: 'Success', ended: 1}), session(2, 10, {status: 'Failed', ended: 1})], epoch);
	assert.deepEqual(store.unsettled().map(({id}) => id), [1, 3, 4, 5].map(ordinal => uuid(ordinal)));
});

test('out of range goes what ended, or without an end began, before; never what is unsettled', () => {
	const store = createSessionStore();
	store.merge([
		session(1, 600, {ended: 59}),
		session(2, 600, {ended: 61}),
		session(3, 600),
		session(4, 600, {status: 'Queued'}),
		session(5, 600, {status: 'Updating', ended: 500}),
		session(6, 61, {status: 'Failed'}),
		session(7, 59, {status: 'Failed'}),
		session(8, 10, {status: 'Success', creationTime: undefined}),
		session(9, 600, {ended: 60}),
	], epoch);
	store.prune(epoch - (60 * minute));
	assert.deepEqual(store.sessions().map(({id}) => id).toSorted(), [1, 3, 4, 5, 7, 8, 9].map(ordinal => uuid(ordinal)));
});

test('observations are of active sessions, one for each time that something moved, at most 64', () => {
	const store = createSessionStore();
	const seen = (ordinal: number) => store.observations().get(key(ordinal))?.map(({at, progress}) => [at, progress]);
	store.merge([session(1, 30), session(2, 20, {ended: 1}), session(3, 20, {status: 'Updating'})], 1000);
	assert.deepEqual([seen(1), seen(2), seen(3)], [[[1000, 1]], undefined, undefined]);
	const observations = store.observations();
	store.merge([session(1, 30)], 2000);
	// A rate and a sentence that changed are no sign that anything moved.
	store.merge([session(1, 30, {details: 'at 3 MB/s', statistics: {transferredDataBytes: 1000, processedObjects: 10, bottleneck: 'Source', readRateBytesPS: 9}})], 2500);
	assert.equal(store.observations(), observations);
	store.merge([session(1, 30, {progress: 2})], 3000);
	assert.deepEqual(seen(1), [[1000, 1], [3000, 2]]);
	assert.equal(observations.get(key(1))?.length, 1);
	for (let progress = 3; progress <= 100; progress++) {
		store.merge([session(1, 30, {progress})], progress * 1000);
	}

	assert.equal(seen(1)!.length, 64);
	assert.deepEqual([seen(1)![0], seen(1)!.at(-1)], [[37_000, 37], [100_000, 100]]);
	store.merge([session(1, 30, {progress: 100, ended: 0})], 200_000);
	assert.equal(store.observations().size, 0);
});

test('observations go with a session that is removed', () => {
	const store = createSessionStore();
	store.merge([session(1, 30), session(2, 30)], epoch);
	store.remove(uuid(1));
	assert.deepEqual([...store.observations().keys()], [key(2)]);
});
