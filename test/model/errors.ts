import assert from 'node:assert/strict';
import {test} from 'node:test';
import {faultPolicies, ServerFault, UsageError, type FaultKind} from '../../source/model/errors.js';

const kinds = Object.keys(faultPolicies) as FaultKind[];

for (const kind of kinds) {
	test(`${kind} says what happened, what to do and what it leads to`, () => {
		const fault = new ServerFault(kind);
		assert.equal(fault.message, faultPolicies[kind].word);
		assert.equal(fault.advice, faultPolicies[kind].advice);
		assert.equal(fault.policy, faultPolicies[kind].policy);
		assert.match(fault.message, /^\S.*\S$/v);
		assert.match(fault.advice, /^[A-Z].*\.$/v);
	});
}

test('no two faults are told with the same word', () => {
	assert.equal(new Set(kinds.map(kind => faultPolicies[kind].word)).size, kinds.length);
});

test('a sign-in is not tried again by itself, since accounts lock', () => {
	assert.equal(faultPolicies.signInRefused.policy, 'ask');
});

test('nothing about a certificate is tried again by itself', () => {
	const certificates = kinds.filter(kind => kind.startsWith('tls') && kind !== 'tlsFailed');
	assert.deepEqual(certificates.map(kind => `${kind} ${faultPolicies[kind].policy}`), ['tlsUntrusted stop', 'tlsName stop', 'tlsExpired stop', 'tlsNotYetValid stop', 'tlsChanged stop']);
});

test('where no TLS is spoken the server was not reached, and is tried again', () => {
	const {policy, reached, word, advice} = faultPolicies.tlsFailed;
	assert.deepEqual({policy, reached, word}, {policy: 'retry', reached: false, word: 'no TLS there'});
	assert.match(advice, /^Check the port: .* 4443 /v);
});

const advised: ReadonlyArray<readonly [kind: FaultKind, word: string, advice: RegExp]> = [
	['tlsUntrusted', 'certificate not trusted', /^Run vbtop login .* or give .* its issuer with --ca FILE\.$/v],
	['signInRefused', 'sign-in refused', /^Wrong password, MFA, or operators only\? R asks anew; none is sent twice\. .* without MFA; .* operators\.$/v],
	['notServed', 'REST API not found there', /^Check the address and its path\. v6, v7 and v8 are spoken; without --api /v],
];

for (const [kind, word, advice] of advised) {
	test(`${kind} is told as "${word}", with what can be done`, () => {
		assert.equal(faultPolicies[kind].word, word);
		assert.match(faultPolicies[kind].advice, advice);
	});
}

test('what came stands behind the word, with cause and pause', () => {
	const cause = new Error('socket');
	const fault = new ServerFault('busy', '503 Service Unavailable', {cause, retryAfterMs: 30_000});
	assert.equal(fault.message, 'server busy: 503 Service Unavailable');
	assert.equal(fault.name, 'ServerFault');
	assert.equal(fault.cause, cause);
	assert.equal(fault.retryAfterMs, 30_000);
	assert.ok(fault instanceof Error);
});

test('a usage error says what to do', () => {
	const error = new UsageError('unknown range: 3y', 'Give it as 6h or 3d.');
	assert.equal(error.message, 'unknown range: 3y');
	assert.equal(error.advice, 'Give it as 6h or 3d.');
	assert.equal(error.name, 'UsageError');
});
