import {test, type TestContext} from 'node:test';
import {DetailView} from '../../source/panes/detail-view.js';
import {detailContent} from '../../source/view/detail-content.js';
import {layoutOf} from '../../source/view/layout.js';
import {initialScreen} from '../../source/view/screen.js';
import {draw} from '../helpers/frame.js';
import {day, logItem, now, row} from '../helpers/sessions.js';

const layout = layoutOf(80, 24);
const screen = initialScreen({jobType: 'all', rangeMs: day, refreshMs: 5000});
const opened = row();
const items = Array.from({length: 4}, (_, index) => logItem({id: `l${index}`, text: `Step ${index + 1}`}));
const content = detailContent({row: opened, session: opened.session!, version: 'v8', lacks: new Set(), now, zone: 'UTC'}, {items, failure: undefined}, layout.width, layout.detailRows);

test('the view is as high as the terminal but for its header, and says how much is below', (t: TestContext) => {
	const {lines} = draw(t, <DetailView content={content} screen={screen} layout={layout} message={[{text: ' 02:13:58 Failed'}]}/>);
	t.assert.strictEqual(lines().length, 23);
	t.assert.strictEqual(lines().at(-2)!.trimEnd(), ' 3 more lines, j scrolls  02:13:58 Failed');
	t.assert.strictEqual(lines().at(-1)!.trimEnd(), ' Esc back  J next  K previous  p pause  ? help');
});

test('the view scrolls to its end and no further', (t: TestContext) => {
	const {lines} = draw(t, <DetailView content={content} screen={{...screen, detailTop: 99}} layout={layout} message={[]}/>);
	t.assert.match(lines().at(-4)!, /Step 4/v);
	t.assert.strictEqual(lines().at(-2)!.trim(), '');
});

test('a session that is gone leaves a frame of the same height', (t: TestContext) => {
	const {lines} = draw(t, <DetailView content={undefined} screen={screen} layout={layout} message={[]}/>);
	t.assert.strictEqual(lines().length, 23);
	t.assert.strictEqual(lines()[1]!.trimEnd(), '  The server no longer has this session.');
});
