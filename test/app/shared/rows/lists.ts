import {test, type TestContext} from 'node:test';
import {listLabels, listNames, viewNames} from '../../../../source/app/shared/rows/lists.js';

test('the view on screen stands in brackets', (t: TestContext) => {
	t.assert.deepStrictEqual(listNames.map(view => viewNames(view)), [
		'[1 Now] 2 Sessions 3 Window',
		'1 Now [2 Sessions] 3 Window',
		'1 Now 2 Sessions [3 Window]',
	]);
});

test('each view has a name', (t: TestContext) => {
	t.assert.deepStrictEqual(Object.keys(listLabels), [...listNames]);
});
