import assert from 'node:assert/strict';
import {test} from 'node:test';
import {detailContent, type DetailLog} from '../../source/view/detail-content.js';
import {cellWidth} from '../../source/view/fit-cell.js';
import {logItem, now, row, running, second, textOf, type SessionOptions} from '../helpers/sessions.js';

const items = (amount: number) => Array.from({length: amount}, (_, index) => logItem({id: `l${index}`, usn: index, text: `Step ${index + 1}`, createdAt: now.server + (index * second), endedAt: undefined}));
const noLog: DetailLog = {items: undefined, failure: undefined};

function content(width: number, height: number, log: Partial<DetailLog> = {}, fields: SessionOptions = {}) {
	const its = row(fields);
	return detailContent({row: its, session: its.session!, version: 'v8', lacks: new Set(), now, zone: 'UTC'}, {...noLog, ...log}, width, height);
}

const linesOf = (...given: Parameters<typeof content>) => content(...given).more.map(cell => textOf(cell).trimEnd());
const logOf = (...given: Parameters<typeof content>) => {
	const lines = linesOf(...given);
	return lines.slice(lines.findIndex(line => line.startsWith(' LOG')));
};

test('facts stand beside the statistics from 74 columns on', () => {
	assert.deepEqual([39, 73, 74, 199].map(width => content(width, 19).isSideBySide), [false, false, true, true]);
});

test('facts and statistics fill the width', () => {
	for (const width of [74, 79, 90]) {
		const {facts, statistics: {heading, rows}} = content(width, 19);
		const tableWidths = [heading, ...rows].map(cells => cellWidth(cells.flat()));
		assert.deepEqual([...new Set([...facts.map(cell => cellWidth(cell)), ...tableWidths])].toSorted((a, b) => b - a), [width - 33, 32]);
	}
});

test('every line below has the width', () => {
	for (const width of [39, 74, 119]) {
		const {more} = content(width, 30, {items: items(9)}, {details: '東京 '.repeat(60)});
		assert.deepEqual([...new Set(more.map(cell => cellWidth(cell)))], [width]);
	}
});

test('the height is that of all parts', () => {
	for (const width of [60, 79]) {
		const {facts, statistics, more, height, isSideBySide} = content(width, 30, {items: items(9)});
		assert.equal(height, (isSideBySide ? facts.length : facts.length + statistics.rows.length + 1) + more.length);
	}
});

test('the log fills the height, the newest last', () => {
	assert.equal(content(79, 30, {items: items(50)}).height, 30);
	const log = logOf(79, 30, {items: items(50)});
	assert.deepEqual(log.map(line => line.slice(0, 30)), [
		' LOG the newest 12 of 50 read,',
		...Array.from({length: 12}, (_, index) => ` 02:15:${String(15 + index).padStart(2, '0')} Success  Step ${39 + index}`),
	]);
});

test('a log that is short is shown whole', () => {
	assert.deepEqual(logOf(79, 30, {items: items(2)}), [' LOG 2 items, newest last', ' 02:14:37 Success  Step 1', ' 02:14:38 Success  Step 2']);
	assert.match(logOf(79, 30, {items: items(2)}, running())[0]!, /newest last, following$/v);
});

test('four log items are there, however little room there is', () => {
	assert.equal(logOf(60, 8, {items: items(50)}).length, 5);
});

test('a log that is not there says why', () => {
	assert.deepEqual(logOf(79, 30), [' LOG is being read ...']);
	assert.deepEqual(logOf(79, 30, {items: []}), [' LOG has no items yet']);
	assert.deepEqual(logOf(79, 30, {failure: 'no answer in time'}), [' LOG could not be read', ' no answer in time']);
});

test('details take four lines at the most', () => {
	const details = linesOf(79, 30, {}, {details: 'word '.repeat(200)}).slice(3, -1);
	assert.equal(details.length, 4);
	assert.match(details[0]!, /^ Details {7}word word/v);
	assert.match(details[3]!, /^ {15}word.*\.\.$/v);
	assert.match(linesOf(79, 30, {}, {details: undefined})[3]!, /^ Details {7}-$/v);
});
