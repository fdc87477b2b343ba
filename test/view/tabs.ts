import {test, type TestContext} from 'node:test';
import {detailTabs, tabTitle, type DetailTab} from '../../source/view/tabs.js';
import {textOf} from '../helpers/sessions.js';

const titles: Readonly<Record<DetailTab, string>> = {
	summary: ' [1 Summary]   2 Log    3 Objects    4 History   ',
	log: '  1 Summary   [2 Log]   3 Objects    4 History   ',
	objects: '  1 Summary    2 Log   [3 Objects]   4 History   ',
	history: '  1 Summary    2 Log    3 Objects   [4 History]  ',
};

for (const tab of detailTabs) {
	test(`the tab ${tab} stands in brackets, and nothing moves for it`, (t: TestContext) => {
		t.assert.strictEqual(textOf(tabTitle(tab)), titles[tab]);
		t.assert.deepStrictEqual(tabTitle(tab).filter(({tone}) => tone === 'strong').map(({text}) => text.trim().slice(0, 2)), [`[${detailTabs.indexOf(tab) + 1}`]);
	});
}
