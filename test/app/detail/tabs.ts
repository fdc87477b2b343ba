import {test, type TestContext} from 'node:test';
import {detailTabs, tabOf, tabTitle} from '../../../source/app/detail/tabs.js';
import {textOf} from '../../helpers/sessions.js';

const titles: Readonly<Record<string, string>> = {
	summary: ' [1 Summary]   2 Log    3 Objects    4 History   ',
	log: '  1 Summary   [2 Log]   3 Objects    4 History   ',
	objects: '  1 Summary    2 Log   [3 Objects]   4 History   ',
	history: '  1 Summary    2 Log    3 Objects   [4 History]  ',
};

for (const [index, {id}] of detailTabs.entries()) {
	test(`the tab ${id} stands in brackets, and nothing moves for it`, (t: TestContext) => {
		t.assert.strictEqual(textOf(tabTitle(id, 79)), titles[id]);
		t.assert.deepStrictEqual(tabTitle(id, 79).filter(({tone}) => tone === 'strong').map(({text}) => text.trim().slice(0, 2)), [`[${index + 1}`]);
	});
}

test('where there is no room for all names, the others are their keys', (t: TestContext) => {
	const [whole, cut] = [49, 48].map(width => textOf(tabTitle('history', width)));
	t.assert.strictEqual(whole, titles['history']);
	t.assert.strictEqual(cut, ' 1  2  3  [4 History] ');
	t.assert.deepStrictEqual(detailTabs.map(({id}) => textOf(tabTitle(id, 39))).filter(title => title.length > 26), []);
});

test('each tab has an id of its own by which it is found', (t: TestContext) => {
	t.assert.deepStrictEqual(detailTabs.map(({id}) => tabOf(id)), [...detailTabs]);
	t.assert.strictEqual(new Set(detailTabs.map(({id}) => id)).size, detailTabs.length);
});
