import {test, type TestContext} from 'node:test';
import {RowList} from '../../../source/ui/table/row-list.js';
import {listContent} from '../../../source/app/list/list-content.js';
import {newestFirst} from '../../../source/app/shared/rows/sort.js';
import {draw} from '../../helpers/frame.js';
import {now, rows} from '../../helpers/sessions.js';

const contentOf = (amount: number) => listContent({rows: rows(amount), cursor: 0, sort: newestFirst, now, zone: 'UTC', terminalColumns: 60});
const heading = '  STATUS         JOB                   TYPE   START v ELAPS';

test('a list is as high as its place, however few rows it has', (t: TestContext) => {
	const {lines} = draw(t, <RowList content={contentOf(2)} empty={[]} height={5} width={59}/>);
	t.assert.deepStrictEqual(lines(), [
		heading,
		'> Success        Job 1                 Backup   02:13    0s',
		'  Success        Job 2                 Backup   02:12    0s',
		...Array.from({length: 3}, () => ''),
	]);
});

test('an empty list keeps its heading and says why', (t: TestContext) => {
	const {lines} = draw(t, <RowList content={contentOf(0)} empty={['No session in the last 24 h on vb365-prod.', '] looks further back.']} height={5} width={59}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [heading, '  No session in the last 24 h on vb365-prod.', '  ] looks further back.', '', '', '']);
});

const told: ReadonlyArray<readonly [what: string, empty: readonly string[], height: number, lines: readonly string[]]> = [
	['that fits is one line', ['Sixteen columns.', 'b'], 3, ['  Sixteen columns.', '  b', '']],
	['that is too long is wrapped at its spaces', ['Check the port and that the service is on.', 'b'], 5, ['  Check the port', '  and that the', '  service is on.', '  b', '']],
	['without a space is broken where the line ends', [`${'a'.repeat(16)}${'b'.repeat(4)}`, 'c'], 3, [`  ${'a'.repeat(16)}`, '  bbbb', '  c']],
	['that takes more lines than there are is left at their end', ['Check the port and that the service is on.', 'b'], 2, ['  Check the port', '  and that the']],
	['too many is left out', ['a', 'b', 'c'], 2, ['  a', '  b']],
	['of more than six lines is cut with a mark', ['one two three four five six seven eighth nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen', 'b'], 8, [
		'  one two three', '  four five six', '  seven eighth', '  nine ten eleven', '  twelve thirteen', '  fourteen fifte..', '  b', '',
	]],
];

for (const [what, empty, height, expected] of told) {
	test(`a reason ${what}`, (t: TestContext) => {
		const {lines} = draw(t, <RowList content={contentOf(0)} empty={empty} height={height} width={20}/>);
		t.assert.deepStrictEqual(lines().slice(1).map(line => line.trimEnd()), expected);
	});
}

test('rows leave no reason behind, and the other way round', (t: TestContext) => {
	const empty = ['Reading sessions ...'];
	const {lines, rerender} = draw(t, <RowList content={contentOf(0)} empty={empty} height={3} width={59}/>);
	rerender(<RowList content={contentOf(1)} empty={[]} height={3} width={59}/>);
	t.assert.strictEqual(lines()[0], heading);
	t.assert.doesNotMatch(lines().join('\n'), /Reading/v);
	rerender(<RowList content={contentOf(0)} empty={empty} height={3} width={59}/>);
	t.assert.match(lines().join('\n'), /Reading/v);
	t.assert.strictEqual(lines().length, 4);
});
