import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../source/model/field.js';
import type {Chain} from '../../../source/triage/chains.js';
import {retryCell} from '../../../source/app/shared/retry-words.js';
import {minute, now, session, textOf, type SessionOptions} from '../../helpers/sessions.js';

const attempt = (ordinal: number, fields: SessionOptions = {}) => session({id: `a${ordinal}`, retryCount: ordinal, ...fields});
const chain = (amount: number, fields: Partial<Chain>): Chain => ({attempts: Array.from({length: amount}, (_, ordinal) => attempt(ordinal)), outcome: 'other', most: 3, nextAt: undefined, ...fields});

const cases: ReadonlyArray<readonly [what: string, ordinal: number, chain: Chain | undefined, words: string]> = [
	['a first run', 0, chain(1, {outcome: 'success'}), '0 of 3 (first run)'],
	['a first run of a job that is gone', 0, chain(1, {outcome: 'success', most: undefined}), '0 (first run)'],
	['a retry of which nothing is known', 2, undefined, '2'],
	['more retries than the schedule says by now', 5, chain(6, {outcome: 'other'}), '5'],
	['the retry that healed', 1, chain(2, {outcome: 'healed'}), '1 of 3, healed'],
	['the run that was healed', 0, chain(3, {outcome: 'healed'}), '0 of 3, healed on retry 2'],
	['the last of all', 3, chain(4, {outcome: 'failed'}), '3 of 3, no retry left'],
	['the first of a chain that failed', 0, chain(4, {outcome: 'failed'}), '0 of 3, retry 3 failed'],
	['one that waits', 1, chain(2, {outcome: 'retrying', nextAt: now.server + (7 * minute)}), '1 of 3, next in ~7m00'],
	['one that is late', 1, chain(2, {outcome: 'retrying', nextAt: now.server - (2 * minute)}), '1 of 3, next was due 2m00 ago'],
	['one that is announced', 1, chain(2, {outcome: 'retrying', most: undefined}), '1, another retry is announced'],
	['a run whose retry is under way', 0, chain(2, {outcome: 'running'}), '0 of 3, retry 1 is under way'],
	['the retry that is under way', 1, chain(2, {outcome: 'running'}), '1 of 3'],
	['a run whose retry ended with warnings', 0, chain(2, {outcome: 'warnings'}), '0 of 3, warnings on retry 1'],
	['the retry that ended with warnings', 1, chain(2, {outcome: 'warnings'}), '1 of 3'],
];

const wordsOf = (fields: SessionOptions, its?: Chain) => textOf(retryCell(session(fields), its, now.server));

for (const [what, ordinal, its, words] of cases) {
	test(`${what}: ${words}`, () => {
		assert.equal(wordsOf({id: `a${ordinal}`, retryCount: ordinal}, its), words);
	});
}

test('an ordinal that cannot be read, or is not sent', () => {
	assert.equal(wordsOf({retryCount: unreadable}), '?');
	assert.equal(wordsOf({retryCount: undefined}), '-');
});
