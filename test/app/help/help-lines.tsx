import {test, type TestContext} from 'node:test';
import {HelpView} from '../../../source/app/help/help-view.js';
import {Help} from '../../../source/app/help/help-lines.js';
import {oneServer} from '../../../source/app/shared/columns/columns.js';
import {drawings} from '../../../source/ui/drawing.js';
import {helpLines} from '../../../source/app/help/help.js';
import {layoutOf} from '../../../source/app/shared/layout.js';
import {initialScreen} from '../../../source/app/screen-state.js';
import {draw} from '../../helpers/frame.js';
import {day, textOf} from '../../helpers/sessions.js';

const keys = helpLines('list', oneServer, drawings.ascii);

test('the help shows the part that fits', (t: TestContext) => {
	const {lines} = draw(t, <Help lines={keys} top={1} height={3} width={79}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [
		'  Enter            Open the session: statistics, details, log',
		'  /                Filter: words, or status:, dur>2h and others below',
		'  t                Job type: all, Backup, Copy',
	]);
});

test('a narrow help cuts its words with a mark', (t: TestContext) => {
	t.assert.strictEqual(draw(t, <Help lines={keys} top={1} height={1} width={39}/>).lines()[0], '  Enter            Open the session:..');
});

const screen = initialScreen({list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000});
const layout = layoutOf(80, 24);

test('the view is as high as the terminal but for its header, and says how much is below', (t: TestContext) => {
	const {lines} = draw(t, <HelpView focus='help' lines={keys} screen={screen} layout={layout} message={[]}/>);
	t.assert.strictEqual(lines().length, 23);
	t.assert.strictEqual(lines()[1]!.trimEnd(), ' LIST');
	t.assert.strictEqual(lines().at(-2)!.trimEnd(), ` ${keys.length - 19} more lines, j scrolls`);
	t.assert.strictEqual(lines().at(-1)!.trimEnd(), ' / search  Esc back  ? help');
});

test('the view scrolls to its end and no further', (t: TestContext) => {
	const {lines} = draw(t, <HelpView focus='help' lines={keys} screen={{...screen, helpTop: 9999}} layout={layout} message={[{text: ' 02:13:58 Failed'}]}/>);
	t.assert.strictEqual(lines().at(-4)!.trimEnd(), textOf(keys.at(-1)!).trimEnd());
	t.assert.strictEqual(lines().at(-2)!.trimEnd(), ' 02:13:58 Failed');
});
