import {test, type TestContext} from 'node:test';
import {DetailView} from '../../source/panes/detail-view.js';
import {detailContent} from '../../source/view/detail-content.js';
import {layoutOf} from '../../source/view/layout.js';
import {draw} from '../helpers/frame.js';
import {logItem, now, row} from '../helpers/sessions.js';

const layout = layoutOf(80, 24);
const opened = row();
const items = Array.from({length: 4}, (_, index) => logItem({id: `l${index}`, text: `Step ${index + 1}`}));
const contentAt = (top: number) => detailContent(
	{row: opened, session: opened.session!, version: 'v8', lacks: new Set(), now, zone: 'UTC', isGone: false},
	{items, isCut: false, failure: undefined},
	layout.width,
	{top, height: layout.detailRows},
);

test('the view is as high as the terminal but for its header, and says how much is below', (t: TestContext) => {
	const {lines} = draw(t, <DetailView place='detail' content={contentAt(0)} layout={layout} message={[{text: ' 02:13:58 Failed'}]}/>);
	t.assert.strictEqual(lines().length, 23);
	t.assert.strictEqual(lines().at(-2)!.trimEnd(), ' 3 more lines, j scrolls  02:13:58 Failed');
	t.assert.strictEqual(lines().at(-1)!.trimEnd(), ' 1-4 tabs  Esc back  J next  K previous  p pause  ? help');
});

test('the log is on screen before anything is scrolled', (t: TestContext) => {
	const lines = draw(t, <DetailView place='detail' content={contentAt(0)} layout={layout} message={[]}/>).lines().map(line => line.trimEnd());
	t.assert.strictEqual(lines[1], ' RUN                                           STATISTICS           AS REPORTED');
	t.assert.deepStrictEqual(lines.slice(15, 20).map(line => line.slice(0, 25)), [' LOG 4 items, newest last', ...[1, 2, 3, 4].map(step => ` 01:14:37 Success  Step ${step}`)]);
});

test('how much is below is said of what is left, and in the singular', (t: TestContext) => {
	const saidAt = (top: number) => draw(t, <DetailView place='detail' content={contentAt(top)} layout={layout} message={[]}/>).lines().at(-2)!.trim();
	t.assert.deepStrictEqual([0, 1, 2, 3, 4].map(top => saidAt(top)), ['3 more lines, j scrolls', '2 more lines, j scrolls', '1 more line, j scrolls', '', '']);
});

test('the view scrolls to its end and no further', (t: TestContext) => {
	const {lines} = draw(t, <DetailView place='detail' content={contentAt(99)} layout={layout} message={[]}/>);
	t.assert.match(lines().at(-4)!, /Step 4/v);
	t.assert.strictEqual(lines().at(-2)!.trim(), '');
});

test('a session that is gone leaves a frame of the same height', (t: TestContext) => {
	const {lines} = draw(t, <DetailView place='detail' content={undefined} layout={layout} message={[]}/>);
	t.assert.strictEqual(lines().length, 23);
	t.assert.strictEqual(lines()[1]!.trimEnd(), '  The server no longer has this session.');
});
