import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connectionOf, retryDelay} from '../../source/live/connection.js';
import {ServerFault, type FaultKind} from '../../source/model/errors.js';

const delays: ReadonlyArray<readonly [kind: FaultKind, failures: number, retryAfterMs: number | undefined, expected: number | undefined]> = [
	['refused', 1, undefined, 2000],
	['refused', 2, undefined, 4000],
	['timeout', 3, undefined, 8000],
	['connection', 4, undefined, 16_000],
	['serverError', 5, undefined, 32_000],
	['badAnswer', 6, undefined, 60_000],
	['refused', 7, undefined, 60_000],
	['refused', 5000, undefined, 60_000],
	['busy', 1, 30_000, 30_000],
	['busy', 1, 300_000, 300_000],
	['signInThrottled', 3, 90_000, 90_000],
	// A server that names less than the pause has come to is not asked earlier.
	['busy', 4, 0, 16_000],
	['busy', 1, undefined, 2000],
	['signInRefused', 1, undefined, undefined],
	['signInRefused', 9, 5000, undefined],
	['tlsUntrusted', 1, undefined, 60_000],
	['notServed', 3, undefined, 60_000],
];

test('the next try comes after a pause that grows, that the server names, or not at all', () => {
	for (const [kind, failures, retryAfterMs, expected] of delays) {
		assert.equal(retryDelay(new ServerFault(kind, '', {retryAfterMs}), failures, 0), expected, `${kind}, ${failures}`);
	}
});

test('up to a tenth is added, so that several monitors do not come back together', () => {
	for (const [retryAfterMs, least] of [[undefined, 8000], [30_000, 30_000]] as const) {
		const fault = new ServerFault('busy', '', {retryAfterMs});
		const spread = [0, 0.25, 0.5, 0.999].map(random => retryDelay(fault, 3, random)!);
		assert.deepEqual(spread, spread.toSorted((a, b) => a - b));
		assert.equal(new Set(spread).size, 4);
		assert.ok(spread.every(delay => delay >= least && delay <= least * 1.1));
	}
});

const refused = new ServerFault('refused');
const unknown = {lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined};

type Case = readonly [what: string, kind: FaultKind | undefined, lastGoodAt: number | undefined, refreshMs: number, at: number, state: string];

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
];

test('the state of the connection', () => {
	for (const [what, kind, lastGoodAt, refreshMs, at, state] of states) {
		assert.equal(connectionOf(kind && new ServerFault(kind), {...unknown, lastGoodAt}, refreshMs, at).state, state, what);
	}
});

test('next try and begin of the trouble are told while a fault stands only; the last answer always', () => {
	const times = {lastGoodAt: 1000, nextTryAt: 9000, faultSince: 5000};
	assert.deepEqual(connectionOf(refused, times, 5000, 6000), {state: 'OFFLINE', fault: refused, ...times});
	assert.deepEqual(connectionOf(undefined, times, 5000, 6000), {state: 'LIVE', fault: undefined, lastGoodAt: 1000, nextTryAt: undefined, faultSince: undefined});
});
