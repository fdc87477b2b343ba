import {test, type TestContext} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import type {LogItem} from '../../../../source/model/log-item.js';
import type {ProcessedObject} from '../../../../source/model/processed-object.js';
import {namesById, objectsTab, type ObjectsOptions} from '../../../../source/app/detail/objects/objects-content.js';
import {cellWidth} from '../../../../source/ui/text/fit-cell.js';
import {logItem, textOf} from '../../../helpers/sessions.js';

const object = (id: string, status: ProcessedObject['status'], type: ProcessedObject['type'] = 'User'): ProcessedObject => ({id, type, status});
const error = (text: string): LogItem => logItem({id: text, type: 'Error', text});
const warning = (text: string): LogItem => logItem({id: text, type: 'Warning', text});

const denied = (name: string) => error(`Failed to access mailbox ${name}. Access is denied. Check credentials and try again`);
const read = {isCut: false, hasFailed: false};
const listed = (...entries: readonly ProcessedObject[]): ObjectsOptions['list'] => ({objects: {kind: 'listed', entries, isCut: false, dropped: 0}, failure: undefined});

const base: ObjectsOptions = {
	list: listed(object('a', 'Success'), object('b', 'Failed'), object('c', 'Warning', 'Site'), object('d', 'Failed')),
	problems: {items: [denied('ann@contoso.example'), denied('bob@contoso.example')], ...read},
	version: 'v8', hasSession: true, isActive: false, width: 79,
};

function shown(options: Partial<ObjectsOptions> = {}) {
	const {above, rowCount, rowAt, heading} = objectsTab({...base, ...options});
	const row = (cells: ReturnType<typeof rowAt>) => cells.map(cell => textOf(cell)).join('').trimEnd();
	return {
		above: above.map(cell => textOf(cell).trimEnd()),
		heading: row(heading),
		rows: Array.from({length: rowCount}, (_, index) => row(rowAt(index))),
	};
}

test('what failed and why stands first, by cause with the names of the log; then each object, what failed first', (t: TestContext) => {
	const {above, heading, rows} = shown();
	t.assert.deepStrictEqual(above, [
		' Failed 2  Warning 1  Success 1   User 3  Site 1',
		'',
		' WHY, BY THE LOG: 1 cause, errors name 2 objects, 2 failed',
		' Error      2x  Access is denied. Check credentials and try again',
		'                  ann@contoso.example, bob@contoso.example',
		'',
	]);
	t.assert.strictEqual(heading, ' STATUS   TYPE   ID');
	t.assert.deepStrictEqual(rows, [' Failed   User   b', ' Failed   User   d', ' Warning  Site   c', ' Success  User   a']);
});

test('words that are not known stand after those that are, as sent; what cannot be read is a question mark', (t: TestContext) => {
	const {above, rows} = shown({list: listed(object('a', 'Skipped'), object('b', unreadable), object('c', undefined), object('d', 'Success', unreadable))});
	t.assert.strictEqual(above[0], ' Success 1  Skipped 1  ? 1  - 1   User 3  ? 1');
	t.assert.deepStrictEqual(rows, [' Success  ?      d', ' Skipped  User   a', ' ?        User   b', ' -        User   c']);
});

const id = '9f1c2d3e-0000-4abc-8def-001122334455';
const notFound = (name: string, its = id) => warning(`Processing OneDrive ${name} completed with warning: OneDrive was not found (ID: ${its}, name: ${name})`);

test('an object is named where a line of the log has its id, however that is written', (t: TestContext) => {
	for (const written of [id, id.replaceAll('-', ''), id.toUpperCase()]) {
		const {heading, rows} = shown({list: listed(object(written, 'Warning'), object('other', 'Warning')), problems: {items: [notFound('ann@contoso.example')], ...read}});
		t.assert.strictEqual(heading, ' STATUS   TYPE   NAME, WHERE A LINE OF THE LOG HAS THE ID');
		t.assert.deepStrictEqual(rows, [` Warning  User   ann@contoso.example  ${written}`, ' Warning  User   other']);
	}
});

test('an id that lines give two names, or only a part of one, names nothing', (t: TestContext) => {
	t.assert.strictEqual(namesById([notFound('ann@contoso.example'), notFound('bob@contoso.example')]).size, 0);
	t.assert.strictEqual(namesById([notFound('ann@contoso.example', `${id}-7`)]).has(id.replaceAll('-', '')), false);
	const other = 'f'.repeat(20);
	const {heading, rows} = shown({list: listed(object(other, 'Warning')), problems: {items: [notFound('ann@contoso.example')], ...read}});
	t.assert.deepStrictEqual([heading, rows], [' STATUS   TYPE   ID', [` Warning  User   ${other}`]]);
});

test('one failed object and one name do not make a pair: what the id refers to is not documented', (t: TestContext) => {
	const {rows} = shown({list: listed(object('b', 'Failed')), problems: {items: [denied('ann@contoso.example')], ...read}});
	t.assert.deepStrictEqual(rows, [' Failed   User   b']);
});

test('the names of a cause that has many are cut to some lines, which says so', (t: TestContext) => {
	const {above} = shown({problems: {items: Array.from({length: 40}, (_, index) => denied(`person.number.${index}@contoso.example`)), ...read}});
	t.assert.strictEqual(above.length, 1 + 1 + 1 + 1 + 8 + 1);
	t.assert.strictEqual(above.at(-2)!.trim(), 'and more, 40 objects in all: see the log (2)');
});

const states: ReadonlyArray<readonly [what: string, options: Partial<ObjectsOptions>, first: string]> = [
	['until they were read', {list: {objects: undefined, failure: undefined}}, ' the objects are being read ...'],
	['where they could not be read', {list: {objects: undefined, failure: 'refused (403)'}}, ' the objects could not be read: refused (403)'],
	['before one is processed', {list: listed(), isActive: true}, ' no object is processed yet'],
	['where none was', {list: listed()}, ' no object was processed'],
	['in v6', {list: {objects: {kind: 'notInVersion'}, failure: undefined}, version: 'v6'}, ' Objects: not in v6. It does not list what a session has processed; its log'],
	['of a session that is gone', {list: {objects: {kind: 'gone'}, failure: undefined}}, ' The server no longer lists the objects of this session.'],
];

for (const [what, options, first] of states) {
	test(`${what}, the tab says so, and still tells the causes of the log`, (t: TestContext) => {
		const {above, rows} = shown(options);
		t.assert.strictEqual(above[0], first);
		t.assert.match(above.join('\n'), /Error {6}2x {2}Access is denied/v);
		t.assert.strictEqual(rows.length, 0);
	});
}

test('a list that is not whole says what is missing; what was read stays beside a fault', (t: TestContext) => {
	const {above, rows} = shown({list: {objects: {kind: 'listed', entries: [object('a', 'Success')], isCut: true, dropped: 2}, failure: 'no answer in time'}});
	t.assert.deepStrictEqual(above.slice(0, 4), [' Success 1   User 1', ' the first 1 alone: there are more', ' 2 objects could not be read', ' not read again: no answer in time']);
	t.assert.strictEqual(rows.length, 1);
});

test('a job that did not run has no objects', (t: TestContext) => {
	const {above, rows} = shown({hasSession: false, list: {objects: undefined, failure: undefined}});
	t.assert.deepStrictEqual([above, rows], [[' This job has no session in range, and so no objects; 4 has its earlier runs.'], []]);
});

test('a log that was not read, could not be read, is cut or says nothing is told', (t: TestContext) => {
	const why = (problems: ObjectsOptions['problems']) => shown({problems, width: 119}).above.find(line => line.startsWith(' WHY'));
	t.assert.strictEqual(why({items: undefined, ...read}), ' WHY, BY THE LOG: not read yet');
	t.assert.strictEqual(why({items: undefined, isCut: false, hasFailed: true}), ' WHY, BY THE LOG: it could not be read');
	t.assert.strictEqual(why({items: [], ...read}), ' WHY, BY THE LOG: no errors and no warnings, errors name 0 objects, 2 failed');
	t.assert.strictEqual(shown({isActive: true, list: listed()}).above.find(line => line.startsWith(' WHY')), ' WHY, BY THE LOG: 1 cause so far, errors name 2 objects, 0 failed');
	t.assert.match(why({items: [denied('ann@contoso.example')], isCut: true, hasFailed: false})!, /1 cause, older lines left out, errors name 1 object, 2 failed/v);
});

test('no line is wider than the screen', (t: TestContext) => {
	const list = listed(object('x'.repeat(300), 'Failed'));
	const problems = {items: [denied(`${'y'.repeat(300)}@contoso.example`)], ...read};
	for (const width of [39, 59, 79, 119, 199]) {
		const {above, rowAt, heading} = objectsTab({...base, width, list, problems});
		for (const cells of [...above.map(cell => [cell]), heading, rowAt(0)]) {
			t.assert.ok(cells.reduce((sum, cell) => sum + cellWidth(cell), 0) <= width, String(width));
		}
	}
});
