import {test, type TestContext} from 'node:test';
import {SlotTable, type TableContent} from '../../../source/ui/table/slot-table.js';
import {draw} from '../../helpers/frame.js';

const heading = [[{text: '  '}], [{text: 'STATUS  '}], [{text: 'JOB'}]];
const rowOf = (mark: string, status: string, jobName: string) => [[{text: `${mark} `}], [{text: status.padEnd(8)}], [{text: jobName}]];
const content = (options: Partial<TableContent> = {}): TableContent => ({
	heading,
	rows: [rowOf('>', 'Failed', 'Contoso'), rowOf(' ', 'Running', 'Fabrikam'), rowOf(' ', 'Queued', '東京')],
	selected: 0,
	...options,
});

const whole = [
	'  STATUS  JOB',
	'> Failed  Contoso',
	'  Running Fabrikam',
	'  Queued  東京',
];

test('a table is its heading and its rows, without borders', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <SlotTable content={content()}/>).lines(), whole);
});

test('the row under the cursor is inverse without gaps, the others are not', (t: TestContext) => {
	const {styled} = draw(t, <SlotTable content={content({selected: 1})}/>);
	const [head, first, second, third] = styled();
	t.assert.strictEqual(second!.replaceAll('\u{1B}[27m\u{1B}[7m', ''), '\u{1B}[7m  Running Fabrikam\u{1B}[27m');
	t.assert.deepStrictEqual([head, first, third], [whole[0], whole[1], whole[3]]);
});

test('a table without a cursor has no inverse row', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <SlotTable content={content({selected: undefined})}/>).styled(), whole);
});

test('other values take the places of those before', (t: TestContext) => {
	const {lines, rerender} = draw(t, <SlotTable content={content()}/>);
	rerender(<SlotTable content={content({rows: [rowOf(' ', 'Success', 'Contoso'), rowOf('>', 'Running', 'Fabrikam'), rowOf(' ', 'Running', '東京')]})}/>);
	t.assert.deepStrictEqual(lines(), [whole[0], '  Success Contoso', '> Running Fabrikam', '  Running 東京']);
});

test('rows come and go', (t: TestContext) => {
	const {lines, rerender} = draw(t, <SlotTable content={content()}/>);
	rerender(<SlotTable content={content({rows: content().rows.slice(0, 1)})}/>);
	t.assert.deepStrictEqual(lines(), whole.slice(0, 2));
	rerender(<SlotTable content={content()}/>);
	t.assert.deepStrictEqual(lines(), whole);
});

test('a table without rows is its heading', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <SlotTable content={content({rows: []})}/>).lines(), whole.slice(0, 1));
});

test('columns come and go', (t: TestContext) => {
	const {lines, rerender} = draw(t, <SlotTable content={content()}/>);
	rerender(<SlotTable content={{heading: heading.slice(0, 2), rows: content().rows.map(cells => cells.slice(0, 2)), selected: 0}}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), ['  STATUS', '> Failed', '  Running', '  Queued']);
});

test('a table whose heading was scrolled away has no line for it', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <SlotTable content={content({hasHeading: false})}/>).lines(), whole.slice(1));
});

test('a row of twelve columns keeps their order', (t: TestContext) => {
	const cells = Array.from({length: 12}, (_, index) => [{text: `${String.fromCodePoint(97 + index)} `}]);
	t.assert.deepStrictEqual(draw(t, <SlotTable content={{heading: cells, rows: [cells]}}/>).lines().map(line => line.trimEnd()), ['a b c d e f g h i j k l', 'a b c d e f g h i j k l']);
});
