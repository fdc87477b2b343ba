import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serverTime} from '../../source/model/now.js';

test('each server has its own time', () => {
	const now = {server: 1_700_000_000_000, monotonic: 5000, clocks: new Map([['b', 90_000], ['c', -3]])};
	assert.deepEqual(['a', 'b', 'c'].map(id => serverTime(now, id) - now.server), [0, 90_000, -3]);
	assert.equal(serverTime({server: 12, monotonic: 0}, 'b'), 12);
});
