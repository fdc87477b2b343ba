import {test, type TestContext} from 'node:test';
import {listNames, listViews, viewNames} from '../../source/view/list-view.js';

test('the view on screen stands in brackets', (t: TestContext) => {
	t.assert.deepStrictEqual(listViews.map(view => viewNames(view)), [
		'[1 Now] 2 Sessions 3 Window',
		'1 Now [2 Sessions] 3 Window',
		'1 Now 2 Sessions [3 Window]',
	]);
});

test('each view has a name', (t: TestContext) => {
	t.assert.deepStrictEqual(Object.keys(listNames), [...listViews]);
});
