import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Session} from '../../source/model/session.js';
import {chainOfSession, chainsOf, type ChainOutcome} from '../../source/triage/chains.js';
import {byId, job, minute, now, session, type SessionOptions} from '../helpers/sessions.js';

const tried = job({retryTimes: 3, retryWaitMs: 10 * minute});
const at = now.server;

type Attempt = SessionOptions & {readonly endedMinutesAgo?: number};

/** A chain as v8 tells it: retry n names the first run. */
const attempts = (...given: readonly Attempt[]): Session[] => given.map(({endedMinutesAgo = 60 - (given.length * 10), ...fields}, ordinal) => session({
	id: `a${ordinal}`, retryCount: ordinal, mainSessionId: ordinal === 0 ? undefined : 'a0',
	createdAt: at - ((100 - ordinal) * minute), endedAt: fields.status === 'Running' ? undefined : at - (endedMinutesAgo * minute), willBeRetried: false, ...fields,
}));

/** The same as v6 tells it: by the ordinals alone. */
const inV6 = (sessions: readonly Session[]) => sessions.map((each): Session => ({...each, mainSessionId: undefined, willBeRetried: undefined}));

const failed: Attempt = {status: 'Failed', willBeRetried: true};
const cases: ReadonlyArray<readonly [what: string, sessions: readonly Session[], outcome: ChainOutcome, nextAt?: number]> = [
	['a success', attempts({status: 'Success'}), 'success'],
	['a run under way', attempts({status: 'Running'}), 'running'],
	['a queued retry', attempts(failed, {status: 'Queued', endedAt: undefined}), 'running'],
	['a failed run whose retry succeeded', attempts(failed, {status: 'Success'}), 'healed'],
	['one that succeeded on its third retry', attempts(failed, failed, failed, {status: 'Success'}), 'healed'],
	['a retry with warnings', attempts(failed, {status: 'Warning'}), 'warnings'],
	['a failed run that will be retried', attempts({...failed, endedMinutesAgo: 3}), 'retrying', at + (7 * minute)],
	['one whose retry is a little late', attempts({...failed, endedMinutesAgo: 19}), 'retrying', at - (9 * minute)],
	['one whose retry never came', attempts({...failed, endedMinutesAgo: 21}), 'failed'],
	['a failed run with all retries used up', attempts(failed, failed, failed, {status: 'Failed', endedMinutesAgo: 3}), 'failed'],
	['a stopped run', attempts({status: 'Stopped'}), 'other'],
	['an unknown status', attempts({status: 'Updating'}), 'other'],
];

for (const [what, sessions, outcome, nextAt] of cases) {
	test(`v7 and v8, ${what}: ${outcome}`, () => {
		const chains = chainsOf(sessions, byId(tried), at);
		for (const {id} of sessions) {
			const chain = chains.get(`vb1/${id}`)!;
			assert.deepEqual([chain.outcome, chain.nextAt, chain.most, chain.attempts.length], [outcome, nextAt, 3, sessions.length]);
		}
	});

	test(`v6, ${what}: ${outcome}`, () => {
		const [first] = inV6(sessions);
		const chain = chainsOf(inV6(sessions), byId(tried), at).get(`vb1/${first!.id}`)!;
		assert.deepEqual([chain.outcome, chain.nextAt, chain.attempts.length], [outcome, nextAt, sessions.length]);
	});
}

test('in v6 another job between them, or a missing attempt, is no part of the chain', () => {
	const [first, second, third] = inV6(attempts(failed, failed, {status: 'Success'}));
	const other = session({id: 'b0', jobId: 'j2', retryCount: 0, createdAt: second!.createdAt});
	const chainOfLast = (...sessions: readonly Session[]) => chainsOf(sessions, byId(tried), at).get('vb1/a2')!;
	assert.deepEqual(chainOfLast(third!, other, second!, first!).attempts, [first, second, third]);
	assert.deepEqual(chainOfLast(third!, first!).attempts, [third]);
	assert.equal(chainOfLast(third!, first!).outcome, 'healed', 'the first run has left the range');
});

test('the next night is a chain of its own', () => {
	const [first, second] = inV6(attempts(failed, {status: 'Success'}));
	const tonight = session({id: 'c0', retryCount: 0, createdAt: at - minute, status: 'Running', endedAt: undefined});
	const chains = chainsOf([tonight, second!, first!], byId(tried), at);
	assert.deepEqual([chains.get('vb1/a0')!.outcome, chains.get('vb1/c0')!.outcome], ['healed', 'running']);
});

test('an announced retry without a known pause is believed for ten minutes', () => {
	const outcomeAfter = (minutes: number) => {
		const sessions = attempts({...failed, endedMinutesAgo: minutes});
		return chainOfSession(sessions[0]!, {sessions, jobs: new Map()}, at)!;
	};

	assert.deepEqual([outcomeAfter(9).outcome, outcomeAfter(9).nextAt, outcomeAfter(11).outcome], ['retrying', undefined, 'failed']);
});

test('without a schedule v6 says nothing of retries to come', () => {
	const [run] = inV6(attempts({...failed, endedMinutesAgo: 3}));
	const chain = chainOfSession(run!, {sessions: [run!], jobs: byId(job({retryTimes: 0}))}, at)!;
	assert.equal(chain.outcome, 'failed');
});

test('the chain of one session is looked for among those of its job', () => {
	const sessions = attempts(failed, {status: 'Success'});
	const others = [session({id: 'x', jobId: 'j2'}), session({id: 'y', jobId: undefined})];
	const chain = chainOfSession(sessions[0]!, {sessions: [...others, ...sessions.toReversed()], jobs: byId(tried)}, at)!;
	assert.deepEqual([chain.outcome, chain.attempts.map(({id}) => id)], ['healed', ['a0', 'a1']]);
});
