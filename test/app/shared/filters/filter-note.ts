import {test, type TestContext} from 'node:test';
import {promptNote} from '../../../../source/app/shared/filters/filter-note.js';

const problem = 'dur> wants a time such as 2h';
const hint = 'no known status begins with "fal"';
const cases: ReadonlyArray<readonly [what: string, options: Parameters<typeof promptNote>[0], note: string]> = [
	['without a problem', {shown: 18, total: 52, problem: undefined, hint, width: 79}, '18 of 52'],
	['with one', {shown: 18, total: 1052, problem, hint: undefined, width: 79}, 'dur> wants a time such as 2h  18 of 1,052'],
	['where both just fit beside the text', {shown: 18, total: 52, problem, hint: undefined, width: 54}, 'dur> wants a time such as 2h  18 of 52'],
	['where they do not', {shown: 18, total: 52, problem, hint: undefined, width: 53}, '18 of 52'],
	['without a problem on the least terminal', {shown: 18, total: 52, problem: undefined, hint: undefined, width: 9}, '18 of 52'],
	['that nothing passes', {shown: 0, total: 52, problem: undefined, hint, width: 79}, 'no known status begins with "fal"  0 of 52'],
	['that nothing passes, with a problem', {shown: 0, total: 52, problem, hint, width: 79}, 'dur> wants a time such as 2h  0 of 52'],
];

for (const [what, options, note] of cases) {
	test(`the note of a filter ${what}: ${note}`, (t: TestContext) => {
		t.assert.strictEqual(promptNote(options), note);
	});
}
