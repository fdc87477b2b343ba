import assert from 'node:assert/strict';
import {test} from 'node:test';
import {contactAfter, nextRead, nextTick, notPolled, retryDelay, type FollowedRead, type PollState} from '../../source/live/policy.js';
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

test('good answers and faults, one after another', () => {
	const [refused, throttled, wrong] = [new ServerFault('refused'), new ServerFault('busy', '', {retryAfterMs: 30_000}), new ServerFault('signInRefused')];
	const steps: ReadonlyArray<readonly [fault: ServerFault | undefined, at: number, expected: PollState]> = [
		[refused, 1000, {contact: {fault: refused, lastGoodAt: undefined, nextTryAt: 3000, faultSince: 1000}, failures: 1, retryMs: 2000}],
		[refused, 3000, {contact: {fault: refused, lastGoodAt: undefined, nextTryAt: 7000, faultSince: 1000}, failures: 2, retryMs: 4000}],
		[undefined, 7000, {contact: {fault: undefined, lastGoodAt: 7000, nextTryAt: undefined, faultSince: undefined}, failures: 0, retryMs: undefined}],
		[throttled, 12_000, {contact: {fault: throttled, lastGoodAt: 7000, nextTryAt: 42_000, faultSince: 12_000}, failures: 1, retryMs: 30_000}],
		[wrong, 42_000, {contact: {fault: wrong, lastGoodAt: 7000, nextTryAt: undefined, faultSince: 12_000}, failures: 2, retryMs: undefined}],
		[undefined, 50_000, {contact: {fault: undefined, lastGoodAt: 50_000, nextTryAt: undefined, faultSince: undefined}, failures: 0, retryMs: undefined}],
	];
	let state = notPolled;
	for (const [fault, at, expected] of steps) {
		state = contactAfter(state, fault, at, 0);
		assert.deepEqual(state, expected, `at ${at}`);
	}

	assert.equal(contactAfter(notPolled, refused, 0, 1).contact.nextTryAt, 2200);
});

const read = {what: 'log', isActive: false, hasEnded: false, hasFailed: false, hasMore: false} as const;

const nextReads: ReadonlyArray<readonly [what: string, read: Partial<FollowedRead>, expected: number | undefined]> = [
	['a finished log that is whole', {}, undefined],
	['an active log', {isActive: true}, 5000],
	['the objects of an active session', {what: 'objects', isActive: true}, 15_000],
	['a log with pages left', {hasMore: true}, 1000],
	['an active log with pages left', {isActive: true, hasMore: true}, 1000],
	['a finished log that could not be read', {hasFailed: true}, 5000],
	['objects that could not be read', {what: 'objects', hasFailed: true}, 15_000],
	['a page of a log that could not be read', {hasFailed: true, hasMore: true}, 5000],
	['a session that ended meanwhile', {hasEnded: true}, 0],
	['a session that ended meanwhile, not read', {hasEnded: true, hasFailed: true}, 0],
];

for (const [what, fields, expected] of nextReads) {
	test(`${what} is read again after ${expected ?? 'nothing: never'}`, () => {
		assert.equal(nextRead({...read, ...fields}), expected);
	});
}

test('a tick comes a little after the next full second', () => {
	for (const [serverTime, expected] of [[0, 1010], [1, 1009], [300, 710], [999, 11], [1_700_000_000_500.25, 509.75]] as const) {
		assert.equal(nextTick(serverTime), expected);
	}
});
