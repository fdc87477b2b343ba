import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {listContent, type ListOptions} from '../../../source/app/list/list-content.js';
import {keepDrawn} from '../../../source/ui/table/row-content.js';
import {rowsOf} from '../../../source/app/shared/rows/rows.js';
import {newestFirst} from '../../../source/app/shared/rows/sort.js';
import type {Cell} from '../../../source/ui/text/spans.js';
import {hour, later, now, row, running, seedNow, seedSnapshot, textOf} from '../../helpers/sessions.js';

const names = ['Contoso Mail', '東京メールボックス毎日バックアップ', 'Équipe 👨‍👩‍👧 Paris 👍🏽 tous les utilisateurs', 'नमस्ते', '🇩🇪'];
const list = names.map((jobName, index) => row({id: `s${index}`}, {jobName}));
const content = (options: Partial<ListOptions> = {}) => listContent({rows: list, cursor: 0, sort: newestFirst, now, zone: 'UTC', terminalColumns: 80, ...options});
const active = [row(running())];
const lineOf = (cells: readonly Cell[]) => cells.map(cell => textOf(cell)).join('');

test('each line leaves the last column empty, at any width', () => {
	for (let terminalColumns = 20; terminalColumns <= 220; terminalColumns++) {
		const {heading, rows} = content({terminalColumns});
		for (const cells of [heading, ...rows]) {
			assert.equal(cellWidth(cells.flat()), terminalColumns - 1, `at ${terminalColumns} columns`);
		}
	}
});

test('heading and rows have the same columns, whatever script a name is in', () => {
	for (const terminalColumns of [40, 80, 100, 140, 200]) {
		const {heading, rows} = content({terminalColumns});
		for (const cells of rows) {
			assert.deepEqual(cells.map(cell => cellWidth(cell)), heading.map(cell => cellWidth(cell)));
		}
	}
});

test('a row and its heading on 80 columns', () => {
	const {heading, rows} = content();
	assert.equal(lineOf(heading), '  STATUS         JOB                   TYPE   START v ELAPS OBJECTS   TRANSF RT');
	assert.equal(lineOf(rows[0]!), '> Success        Contoso Mail          Backup   01:14 30m00     310   3.4 GB  0');
});

test('the cursor is a mark before one row', () => {
	const marks = content({cursor: 2}).rows.map(([mark]) => textOf(mark!));
	assert.deepEqual(marks, ['  ', '  ', '> ', '  ', '  ']);
	assert.equal(content({cursor: 2}).selected, 2);
});

test('of several servers the rows on 80 columns say which one they are of', () => {
	const rows = [row({}, {serverName: 'vb-here'}), row({serverId: 'vb2'}, {serverName: 'vb365-branch.contoso.example'})];
	const {heading, rows: cells} = content({rows, watching: {servers: 2}, sort: {columnId: 'server', direction: 'up'}});
	assert.deepEqual([heading, ...cells].map(line => lineOf(line)), [
		'  STATUS         JOB                   SERVER ^    TYPE     START ELAPS OBJECTS',
		'> Success        Contoso Mail          vb-here     Backup   01:14 30m00     310',
		'  Success        Contoso Mail          vb365-bra.. Backup   01:14 30m00     310',
	]);
});

const sorts: ReadonlyArray<readonly [columnId: string, direction: 'up' | 'down', heading: string]> = [
	['start', 'down', 'START v'],
	['start', 'up', 'START ^'],
	['status', 'up', 'STATUS ^'],
	['job', 'down', 'JOB v'],
	['elapsed', 'down', 'ELAPv'],
	['objects', 'up', 'OBJECT^'],
	['retry', 'down', 'Rv'],
];

for (const [columnId, direction, heading] of sorts) {
	test(`a list sorted ${direction} by ${columnId} says ${heading}`, () => {
		const {heading: cells} = content({sort: {columnId, direction}});
		assert.equal(cells.map(cell => textOf(cell).trim()).includes(heading), true);
		assert.deepEqual(cells.flat().filter(({tone}) => tone === 'strong').map(({text}) => text.trim()), [heading]);
	});
}

const changes: ReadonlyArray<readonly [what: string, before: Partial<ListOptions>, after: Partial<ListOptions>, isSame: boolean]> = [
	['while no character changes', {}, {now: later(1000)}, true],
	['while a session runs within the same second', {rows: active}, {rows: active, now: later(10)}, true],
	['once a session has run for longer', {rows: active}, {rows: active, now: later(hour)}, false],
	['once the cursor moves', {}, {cursor: 1}, false],
	['once a row leaves', {}, {rows: list.slice(1)}, false],
	['once the sort turns', {}, {sort: {columnId: 'start', direction: 'up'}}, false],
];

for (const [what, before, after, isSame] of changes) {
	test(`the content is ${isSame ? 'the same' : 'another'} ${what}`, () => {
		const [drawn, next] = [content(before), content(after)];
		const kept = keepDrawn(drawn, next);
		assert.equal(kept === drawn, isSame);
		assert.deepEqual(kept, next);
	});
}

test('a status that changes its tone alone is another content', () => {
	const [first, second] = [content(), content()];
	const toned = {...second, rows: second.rows.map(cells => cells.map(cell => cell.map(span => ({...span, tone: 'bad' as const}))))};
	assert.deepEqual(keepDrawn(first, toned), toned);
});

test('only rows that changed are drawn anew', () => {
	const drawn = content();
	const next = keepDrawn(drawn, content({cursor: 1}));
	assert.deepEqual(next.rows.map((cells, index) => cells === drawn.rows[index]), list.map((_row, index) => index > 1));
	assert.equal(next.heading, drawn.heading);
});

test('the seed on 80 columns', () => {
	const {rows} = content({rows: rowsOf(seedSnapshot()), now: seedNow});
	assert.deepEqual(rows.map(cells => lineOf(cells)), [
		'> Success        Contoso Mail          Backup   16:39    9s       1      0 B  0',
		'  Warning        Contoso Mail copy     Copy     16:38   24s       0 351.0 KB  3',
		'  Success        Contoso Mail          Backup   16:08  3m36      76  36.1 KB  0',
	]);
});

const seed: Readonly<Record<string, readonly string[]>> = {
	STATUS: ['Success', 'Warning', 'Success'],
	JOB: ['Contoso Mail', 'Contoso Mail copy', 'Contoso Mail'],
	TYPE: ['Backup', 'Copy', 'Backup'],
	ELAPS: ['9s', '24s', '3m36'],
	OBJECTS: ['1', '0', '76'],
	ITEMS: ['0', '0', '6'],
	TRANSF: ['0 B', '351.0 KB', '36.1 KB'],
	RATE: ['0 B/s', '29.7 KB/s', '2.4 KB/s'],
	'ITEMS/S': ['0', '0', '0'],
	READ: ['760.1 MB/s', '320.0 KB/s', '0 B/s'],
	WRITE: ['41 B/s', '0 B/s', '17 B/s'],
	BOTTLENECK: ['Target', 'Target', 'Source'],
	RT: ['0', '3', '0'],
};

for (const [heading, values] of Object.entries(seed)) {
	test(`the seed's ${heading} where every column fits: ${values.join(', ')}`, () => {
		const wide = content({rows: rowsOf(seedSnapshot()), now: seedNow, terminalColumns: 260});
		const place = wide.heading.findIndex(cell => textOf(cell).trim() === heading);
		assert.deepEqual(wide.rows.map(cells => textOf(cells[place]!).trim().replace('> ', '')), values);
	});
}
