import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clockOf} from '../../source/live/clocks.js';
import {serverTime, type Now} from '../../source/model/now.js';

const wall = 1_700_000_000_000;
let monotonic = 0;
// Each reading is a little later than the one before, as with a real clock.
const feedOf = (serverId: string, ahead: number) => ({
	serverId,
	now(): Now {
		monotonic += 7;
		return {server: wall + ahead + monotonic, monotonic};
	},
});

test('the clock of one server is its own', () => {
	const feed = feedOf('a', 0);
	assert.equal(clockOf([feed]), feed.now);
});

test('of several servers the first one gives the time, the others how far they are ahead of it', () => {
	const now = clockOf([feedOf('a', 0), feedOf('b', 90_000), feedOf('c', -3_600_000)])();
	assert.equal(now.server, wall + now.monotonic);
	assert.deepEqual(now.clocks, new Map([['b', 90_000], ['c', -3_600_000]]));
	assert.deepEqual(['a', 'b', 'c'].map(id => serverTime(now, id) - now.server), [0, 90_000, -3_600_000]);
});
