import {test, type TestContext} from 'node:test';
import {DetailView} from '../../../../source/app/detail/summary/summary-view.js';
import {detailContent} from '../../../../source/app/detail/summary/summary-content.js';
import {layoutOf} from '../../../../source/app/shared/layout.js';
import {draw} from '../../../helpers/frame.js';
import {given, stuckOptions} from '../../../helpers/summary.js';

const layout = layoutOf(80, 24);
const contentAt = (top: number) => detailContent(stuckOptions(), given, layout.width, {top, height: layout.detailRows});
const below = contentAt(0).height - layout.detailRows;

test('the view is as high as the terminal but for its header, and says how much is below', (t: TestContext) => {
	const {lines} = draw(t, <DetailView focus='detail' content={contentAt(0)} layout={layout} message={[{text: ' 02:13:58 Failed'}]}/>);
	t.assert.strictEqual(lines().length, 23);
	t.assert.strictEqual(lines().at(-2)!.trimEnd(), ` ${below} more lines, j scrolls  02:13:58 Failed`);
	t.assert.match(lines().at(-1)!, /Esc back.*\? help/v);
});

test('what needs somebody stands first, the last runs are on screen', (t: TestContext) => {
	const lines = draw(t, <DetailView focus='detail' content={contentAt(0)} layout={layout} message={[]}/>).lines();
	t.assert.match(lines[1]!, /^ STUCK {3}no object/v);
	t.assert.match(lines[19]!, /^ LAST RUNS/v);
});

test('how much is below is said of what is left, and in the singular', (t: TestContext) => {
	const saidAt = (top: number) => draw(t, <DetailView focus='detail' content={contentAt(top)} layout={layout} message={[]}/>).lines().at(-2)!.trim();
	t.assert.deepStrictEqual([below - 2, below - 1, below, below + 1].map(top => saidAt(top)), ['2 more lines, j scrolls', '1 more line, j scrolls', '', '']);
});

test('the view scrolls to its end and no further', (t: TestContext) => {
	const {lines} = draw(t, <DetailView focus='detail' content={contentAt(99)} layout={layout} message={[]}/>);
	t.assert.match(lines().at(-4)!, /Job id/v);
	t.assert.strictEqual(lines().at(-2)!.trim(), '');
});
