import {test, type TestContext} from 'node:test';
import {SessionList} from '../../source/panes/session-list.js';
import {listContent} from '../../source/view/list-content.js';
import {newestFirst} from '../../source/view/sort.js';
import {draw} from '../helpers/frame.js';
import {now, rows} from '../helpers/sessions.js';

const contentOf = (amount: number) => listContent({rows: rows(amount), cursor: 0, sort: newestFirst, now, zone: 'UTC', terminalColumns: 60});
const heading = '  STATUS         JOB                   TYPE   START v ELAPS';

test('a list is as high as its place, however few rows it has', (t: TestContext) => {
	const {lines} = draw(t, <SessionList content={contentOf(2)} empty={[]} height={5} width={59}/>);
	t.assert.deepStrictEqual(lines(), [
		heading,
		'> Success        Job 1                 Backup   02:13    0s',
		'  Success        Job 2                 Backup   02:12    0s',
		...Array.from({length: 3}, () => ''),
	]);
});

test('an empty list keeps its heading and says why', (t: TestContext) => {
	const {lines} = draw(t, <SessionList content={contentOf(0)} empty={['No session in the last 24 h on vb365-prod.', '] looks further back.']} height={5} width={59}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [heading, '  No session in the last 24 h on vb365-prod.', '  ] looks further back.', '', '', '']);
});

test('a reason that is too long is cut, one too many left out', (t: TestContext) => {
	const {lines} = draw(t, <SessionList content={contentOf(0)} empty={['a'.repeat(80), 'b', 'c']} height={2} width={20}/>);
	t.assert.deepStrictEqual(lines().slice(1).map(line => line.trimEnd()), [`  ${'a'.repeat(16)}..`, '  b']);
});

test('rows leave no reason behind, and the other way round', (t: TestContext) => {
	const empty = ['Reading sessions ...'];
	const {lines, rerender} = draw(t, <SessionList content={contentOf(0)} empty={empty} height={3} width={59}/>);
	rerender(<SessionList content={contentOf(1)} empty={[]} height={3} width={59}/>);
	t.assert.strictEqual(lines()[0], heading);
	t.assert.doesNotMatch(lines().join('\n'), /Reading/v);
	rerender(<SessionList content={contentOf(0)} empty={empty} height={3} width={59}/>);
	t.assert.match(lines().join('\n'), /Reading/v);
	t.assert.strictEqual(lines().length, 4);
});
