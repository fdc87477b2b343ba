import {test, type TestContext} from 'node:test';
import {kept} from '../../source/ui/kept.js';

test('what was given once is given again, until it becomes too much', (t: TestContext) => {
	const asked: number[] = [];
	const doubled = kept((number: number) => {
		asked.push(number);
		return {value: number * 2};
	}, 2);
	t.assert.strictEqual(doubled(1), doubled(1));
	t.assert.deepStrictEqual([doubled(2), doubled(1), doubled(3), doubled(3)].map(({value}) => value), [4, 2, 6, 6]);
	t.assert.deepStrictEqual(asked, [1, 2, 3]);
	t.assert.deepStrictEqual([doubled(2), doubled(3)].map(({value}) => value), [4, 6]);
	t.assert.deepStrictEqual(asked, [1, 2, 3, 2]);
});
