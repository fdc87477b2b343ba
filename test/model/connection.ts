import {test, type TestContext} from 'node:test';
import {connectionOf, heardUntil, type Connection} from '../../source/model/connection.js';
import {ServerFault, type FaultKind} from '../../source/model/errors.js';

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

const contact = {fault: undefined, lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined};
const loaded = {isLoading: false, version: 'v8'};

type Case = readonly [
	what: string, kind: FaultKind | undefined, lastGoodAt: number | undefined, refreshMs: number, at: number, state: string, snapshot?: typeof loaded,
];

const states: readonly Case[] = [
	['nothing came yet', undefined, undefined, 5000, 900_000, 'CONNECTING'],
	['an answer came', undefined, 1000, 5000, 1000, 'LIVE'],
	['it is 15 s old', undefined, 1000, 5000, 16_000, 'LIVE'],
	['it is overdue', undefined, 1000, 5000, 16_001, 'STALE'],
	['three long intervals are not over', undefined, 1000, 60_000, 181_000, 'LIVE'],
	['three long intervals are over', undefined, 1000, 60_000, 181_001, 'STALE'],
	['refused before anything came', 'refused', undefined, 5000, 0, 'OFFLINE'],
	['refused after an answer', 'refused', 1000, 5000, 2000, 'OFFLINE'],
	['a name that is not found', 'address', 1000, 5000, 2000, 'OFFLINE'],
	['no certificate to trust', 'tlsUntrusted', 1000, 5000, 2000, 'OFFLINE'],
	['the server has a fault', 'serverError', 1000, 5000, 2000, 'STALE'],
	['the server is busy', 'busy', 1000, 5000, 2000, 'STALE'],
	['something else answers', 'badAnswer', undefined, 5000, 2000, 'STALE'],
	['the password is wrong', 'signInRefused', 1000, 5000, 2000, 'SIGN IN'],
	['the first pages came', undefined, undefined, 5000, 2000, 'LOADING', {isLoading: true, version: 'v8'}],
	['another range is read', undefined, 1000, 5000, 2000, 'LOADING', {isLoading: true, version: 'v8'}],
	['a first load broke off', 'refused', undefined, 5000, 2000, 'OFFLINE', {isLoading: true, version: 'v8'}],
];

test('the state of the connection', (t: TestContext) => {
	for (const [what, kind, lastGoodAt, refreshMs, at, state, snapshot = loaded] of states) {
		t.assert.strictEqual(connectionOf({...contact, fault: kind && new ServerFault(kind), lastGoodAt}, snapshot, refreshMs, at).state, state, what);
	}
});

test('before the first answer, without a version, it is not loading', (t: TestContext) => {
	t.assert.strictEqual(connectionOf(contact, {isLoading: true, version: undefined}, 5000, 0).state, 'CONNECTING');
});

test('next try and begin of the trouble are given while a fault stands only; the last answer always', (t: TestContext) => {
	const fault = new ServerFault('refused');
	const times = {lastGoodAt: 1000, nextTryAt: 9000, faultSince: 5000};
	t.assert.deepStrictEqual(connectionOf({fault, ...times}, loaded, 5000, 6000), {state: 'OFFLINE', fault, ...times});
	t.assert.deepStrictEqual(
		connectionOf({fault: undefined, ...times}, loaded, 5000, 6000),
		{state: 'LIVE', fault: undefined, lastGoodAt: 1000, nextTryAt: undefined, faultSince: undefined},
	);
});
