import {test, type TestContext} from 'node:test';
import {LogTab} from '../../../../source/app/detail/log/log-tab.js';
import {layoutOf} from '../../../../source/app/shared/layout.js';
import {logContent} from '../../../../source/app/detail/log/log-content.js';
import {createLogReader} from '../../../../source/app/detail/log/log-rows.js';
import {firstLogView, type LogView} from '../../../../source/app/detail/log/log-view.js';
import {openPrompt} from '../../../../source/ui/text-field/edit.js';
import {tabTitle} from '../../../../source/app/detail/tabs.js';
import {draw} from '../../../helpers/frame.js';
import {logItem, now} from '../../../helpers/sessions.js';

const layout = layoutOf(80, 24);
const items = Array.from({length: 30}, (_, index) => logItem({
	id: `l${index}`, usn: index, type: index === 20 ? 'Error' : 'Success', text: `Step ${index + 1}`, createdAt: now.server + (index * 1000), endedAt: undefined,
}));

function frame(t: TestContext, view: Partial<LogView>) {
	const shown = {...firstLogView, ...view};
	const input = {items, isActive: true, rowsOf: createLogReader(), width: layout.width, height: layout.detailRows - 1};
	const content = logContent({view: shown, log: {items, isCut: true}, failure: undefined, hasSession: true, input, zone: 'UTC', now: now.server});
	return draw(t, <LogTab content={content} title={tabTitle('log', layout.width)} view={shown} layout={layout} focus={shown.typing ? 'log-search' : 'log'} message={[]}/>);
}

test('the log at 80x24: what is held, the newest lines, the cursor on the last one, keys', (t: TestContext) => {
	const lines = frame(t, {}).lines().map(line => line.trimEnd());
	t.assert.deepStrictEqual(lines, [
		'  1 Summary   [2 Log]   3 Objects    4 History   ------------------------------',
		' 30 items  older not held  following  newest last',
		'  02:14:49 Success  Step 13',
		'  02:14:50 Success  Step 14',
		'  02:14:51 Success  Step 15',
		'  02:14:52 Success  Step 16',
		'  02:14:53 Success  Step 17',
		'  02:14:54 Success  Step 18',
		'  02:14:55 Success  Step 19',
		'  02:14:56 Success  Step 20',
		'  02:14:57 Error    Step 21',
		'  02:14:58 Success  Step 22',
		'  02:14:59 Success  Step 23',
		'  02:15:00 Success  Step 24',
		'  02:15:01 Success  Step 25',
		'  02:15:02 Success  Step 26',
		'  02:15:03 Success  Step 27',
		'  02:15:04 Success  Step 28',
		'  02:15:05 Success  Step 29',
		'> 02:15:06 Success  Step 30',
		'-'.repeat(79),
		'',
		' 1-4 tabs  Esc back  Enter whole  / search  e error  t level  p pause  ? help',
	]);
});

test('the search stands in place of the keys, with its hits', (t: TestContext) => {
	const lines = frame(t, {search: 'step 2', typing: {prompt: openPrompt('step 2'), before: firstLogView}, cursorId: 'l19', isFollowing: false}).lines();
	t.assert.match(lines.at(-1)!, /^ \/step 2 +2 of 11 *$/v);
	t.assert.ok(lines.some(line => line.startsWith('>*02:14:56 Success  Step 20')));
});

test('a frame has the same height whatever it shows', (t: TestContext) => {
	for (const view of [{isMessageOpen: true}, {isWrapped: true}, {level: 'errors'}, {order: 'errors-first', isFollowing: false}] as const) {
		t.assert.strictEqual(frame(t, view).lines().length, 23);
	}
});
