import {test, type TestContext} from 'node:test';
import {shownHelp} from '../../../source/app/help-lines.js';
import {helpTables} from '../../../source/app/tables.js';
import {now, textOf} from '../../helpers/sessions.js';
import {pressed, trimmedLines, typed, viewState} from '../../helpers/view-state.js';

const help = pressed(viewState(), '?');
const whole = shownHelp(help, helpTables);

test('the help is as high as the terminal, and says how much is below', (t: TestContext) => {
	const lines = trimmedLines(help);
	t.assert.strictEqual(lines.length, 24);
	t.assert.deepStrictEqual(lines.slice(2, 5), [
		' LIST',
		'  Enter            Open the session: statistics, details, log',
		'  /                Filter: words, or status:, dur>2h and others below',
	]);
	t.assert.strictEqual(lines.at(-2), ` ${whole.length - 19} more lines, j scrolls`);
	t.assert.strictEqual(lines.at(-1), ' / search  Esc back  ? help');
});

test('the help scrolls to its end and no further', (t: TestContext) => {
	const event = {at: now.server - (39 * 1000), text: 'Failed', tone: 'bad'} as const;
	const end = trimmedLines({...pressed(help, 'G'), event});
	t.assert.strictEqual(end.at(-4), textOf(whole.at(-1)!).trimEnd());
	t.assert.strictEqual(end.at(-2), ' 02:13:58 Failed');
	t.assert.deepStrictEqual(trimmedLines({...pressed(help, 'G', 'j', 'pagedown'), event}), end);
});

test('what is searched for stands in place of the keys, over the lines that have it', (t: TestContext) => {
	const lines = trimmedLines(typed(help, '/ring the bell'));
	t.assert.deepStrictEqual(lines.slice(2, 4), [' LIST', '  b                Ring the bell for each new problem, or no longer']);
	t.assert.strictEqual(lines.at(-1), ' /ring the bell');
});
