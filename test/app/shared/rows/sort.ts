import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import {newestFirst, sortableColumns, sortBy, sortRows, type Sort} from '../../../../source/app/shared/rows/sort.js';
import type {Row} from '../../../../source/app/shared/rows/rows.js';
import {hour, minute, now, row, running} from '../../../helpers/sessions.js';

const idsOf = (rows: readonly Row[]) => rows.map(({session}) => session!.id).join(' ');
const sorted = (rows: readonly Row[], columnId: string, direction: Sort['direction'], at = now) => idsOf(sortRows(rows, {columnId, direction}, at));

const list = [
	row({id: 'few', progress: 9, createdAt: now.server - hour, status: 'Warning'}, {jobName: 'beta'}),
	row({id: 'untold', progress: undefined, createdAt: now.server, status: 'Success'}, {jobName: 'Alpha'}),
	row({id: 'many', progress: 1000, createdAt: now.server - (3 * hour), status: 'Failed'}, {jobName: 'gamma'}),
	row({id: 'garbled', progress: unreadable, createdAt: now.server - (2 * hour), status: 'Queued'}, {jobName: 'Delta'}),
];

const cases: ReadonlyArray<readonly [columnId: string, up: string, down: string]> = [
	['objects', 'few many untold garbled', 'many few untold garbled'],
	['start', 'many garbled few untold', 'untold few garbled many'],
	['job', 'untold few garbled many', 'many garbled few untold'],
	['status', 'many garbled untold few', 'few untold garbled many'],
];

for (const [columnId, up, down] of cases) {
	test(`by ${columnId}, what has no value is last either way`, () => {
		assert.equal(sorted(list, columnId, 'up'), up);
		assert.equal(sorted(list, columnId, 'down'), down);
	});
}

test('rows that are equal stand newest first, then by their key, whatever order they came in', () => {
	const [old, fresh, twin] = [row({id: 'a', createdAt: now.server - hour}), row({id: 'c'}), row({id: 'b'})].map((found, index) =>
		index === 0 ? found : {...found, session: {...found.session!, createdAt: now.server - minute}}) as [Row, Row, Row];
	for (const rows of [[old, fresh, twin], [twin, old, fresh], [fresh, twin, old]]) {
		assert.equal(sorted(rows, 'objects', 'up'), 'b c a');
		assert.equal(sorted(rows, 'objects', 'down'), 'b c a');
	}
});

test('sorting leaves the rows given as they were', () => {
	const before = idsOf(list);
	sorted(list, 'job', 'up');
	assert.equal(idsOf(list), before);
});

test('elapsed is sorted by the moment that it is told for', () => {
	const [active, ended] = [row(running({id: 'active', createdAt: now.server - (10 * minute)})), row({id: 'ended'})];
	assert.equal(sorted([active, ended], 'elapsed', 'down'), 'ended active');
	assert.equal(sorted([active, ended], 'elapsed', 'down', {server: now.server + hour, monotonic: 0}), 'active ended');
});

test('a column that is not known sorts newest first', () => {
	assert.equal(sorted(list, 'moon', 'up'), 'untold few garbled many');
	assert.deepEqual(sortBy('moon'), newestFirst);
});

test('figures and times begin high, words begin at their start', () => {
	const high = sortableColumns.map(({id}) => sortBy(id)).filter(({direction}) => direction === 'down').map(({columnId}) => columnId);
	assert.deepEqual(high, ['start', 'elapsed', 'objects', 'items', 'transferred', 'rate', 'item-rate', 'read', 'write', 'retry', 'versus-usual']);
	assert.deepEqual(sortBy('job'), {columnId: 'job', direction: 'up'});
});
