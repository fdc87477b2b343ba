import {test, type TestContext} from 'node:test';
import {heardUntil, type Connection} from '../../source/model/connection.js';

const now = {server: 1_700_000_000_000, monotonic: 500_000, clocks: new Map([['ahead', 90_000]])};

const cases: ReadonlyArray<readonly [state: Connection['state'], lastGoodAt: number | undefined, behindMs: number]> = [
	['LIVE', 490_000, 0],
	['CONNECTING', undefined, 0],
	['STALE', 480_000, 20_000],
	['OFFLINE', 200_000, 300_000],
	['SIGN IN', 200_000, 300_000],
	// Painting is paused: answers came since.
	['STALE', 510_000, 0],
];

for (const [state, lastGoodAt, behindMs] of cases) {
	test(`a server that is ${state}, and answered ${lastGoodAt === undefined ? 'never' : `at ${lastGoodAt}`}, is known up to ${behindMs} ms ago`, (t: TestContext) => {
		t.assert.strictEqual(now.server - heardUntil({state, lastGoodAt}, now, 'vb1'), behindMs);
		t.assert.strictEqual(heardUntil({state, lastGoodAt}, now, 'ahead') - heardUntil({state, lastGoodAt}, now, 'vb1'), 90_000);
	});
}
