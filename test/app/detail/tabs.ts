import {test, type TestContext} from 'node:test';
import {detailTabs, tabTitle, type DetailTab} from '../../../source/app/detail/tabs.js';
import {textOf} from '../../helpers/sessions.js';

const titles: Readonly<Record<DetailTab, string>> = {
	summary: ' [1 Summary]   2 Log    3 Objects    4 History   ',
	log: '  1 Summary   [2 Log]   3 Objects    4 History   ',
	objects: '  1 Summary    2 Log   [3 Objects]   4 History   ',
	history: '  1 Summary    2 Log    3 Objects   [4 History]  ',
};

for (const tab of detailTabs) {
	test(`the tab ${tab} stands in brackets, and nothing moves for it`, (t: TestContext) => {
		t.assert.strictEqual(textOf(tabTitle(tab, 79)), titles[tab]);
		t.assert.deepStrictEqual(tabTitle(tab, 79).filter(({tone}) => tone === 'strong').map(({text}) => text.trim().slice(0, 2)), [`[${detailTabs.indexOf(tab) + 1}`]);
	});
}

test('where there is no room for all names, the others are their keys', (t: TestContext) => {
	const [whole, cut] = [49, 48].map(width => textOf(tabTitle('history', width)));
	t.assert.strictEqual(whole, titles.history);
	t.assert.strictEqual(cut, ' 1  2  3  [4 History] ');
	t.assert.deepStrictEqual(detailTabs.map(tab => textOf(tabTitle(tab, 39))).filter(title => title.length > 26), []);
});
