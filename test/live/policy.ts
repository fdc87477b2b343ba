import assert from 'node:assert/strict';
import {test} from 'node:test';
import {retryDelay} from '../../source/live/policy.js';
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
