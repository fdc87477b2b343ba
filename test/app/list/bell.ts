import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hasNewProblem, knownProblems} from '../../../source/app/list/bell.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {row, session} from '../../helpers/sessions.js';
import {verdictWith as verdict} from '../../helpers/verdicts.js';

const cause = (key: string) => ({severity: 'Error', key, text: key, count: 1, objects: [], firstAt: undefined, lastAt: undefined}) as const;
const problem = (id: string, fields: Parameters<typeof verdict>[0] = {}, names: Partial<Row> = {}): Row =>
	({...row(), key: 'vb1/job j1', verdict: verdict({kind: 'failed', session: session({id}), causes: [cause('denied')], ...fields}), isProblem: true, isAcknowledged: false, ...names});
const always = () => true;

const cases: ReadonlyArray<readonly [what: string, before: readonly Row[], after: readonly Row[], rings: boolean]> = [
	['a first problem rings', [], [problem('s1')], true],
	['the same one does not', [problem('s1')], [problem('s1')], false],
	['the next run with the same cause does not', [problem('s1')], [problem('s2')], false],
	['the next run with another cause rings', [problem('s1')], [problem('s2', {causes: [cause('full')]})], true],
	['a cause that becomes clearer does not', [problem('s1')], [problem('s1', {causes: [cause('mailbox denied')]})], false],
	['another kind of the same run rings', [problem('s1', {kind: 'late'})], [problem('s1', {kind: 'stuck'})], true],
	['one that is acknowledged does not', [], [problem('s1', {}, {isAcknowledged: true})], false],
	['one that was undone does not', [problem('s1', {}, {isAcknowledged: true})], [problem('s1')], false],
	['a row without a problem does not', [], [problem('s1', {kind: 'running'}, {isProblem: false})], false],
	['one that comes again rings', [problem('s1', {kind: 'running'}, {isProblem: false})], [problem('s1')], true],
];

for (const [what, before, after, rings] of cases) {
	test(what, () => {
		assert.equal(hasNewProblem(knownProblems(before), after, always), rings);
	});
}

test('a server at its first look does not ring', () => {
	assert.equal(hasNewProblem(new Set(), [problem('s1')], id => id !== 'vb1'), false);
});
