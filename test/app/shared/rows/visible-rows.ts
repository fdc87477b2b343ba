import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Filters} from '../../../../source/app/shared/filters/filters.js';
import type {Row} from '../../../../source/app/shared/rows/rows.js';
import {newestFirst, sortBy, type Sort} from '../../../../source/app/shared/rows/sort.js';
import {arrangedRows, isFrozen, type FrozenOrder} from '../../../../source/app/shared/rows/visible-rows.js';
import {hour, later, minute, now, row, rows, running} from '../../../helpers/sessions.js';

const everything: Filters = {jobType: 'all', status: 'all', text: ''};
const idsOf = (found: readonly Row[]) => found.map(({session}) => session!.id).join(' ');
const arrange = (sort: Sort = newestFirst, frozen?: FrozenOrder, filters = everything) => ({filters, sort, frozen});
const shown = (list: readonly Row[], {frozen, ...arrangement} = arrange(), at = now) =>
	idsOf(arrangedRows(list, {...arrangement, frozen: isFrozen(frozen, at) ? frozen : undefined}, at));
const second: Filters = {jobType: 'all', status: 'all', text: 'job 2'};

const three = rows(3);
const newcomer = row({id: 'new', createdAt: now.server});
const held: FrozenOrder = {rows: three, until: now.monotonic + 5000};

test('rows are filtered and sorted', () => {
	assert.equal(shown(three, arrange({columnId: 'start', direction: 'up'})), 's3 s2 s1');
	assert.equal(shown(three, arrange(newestFirst, undefined, second)), 's2');
});

test('while the order is kept, a new session is last', () => {
	assert.equal(shown([newcomer, ...three], arrange(newestFirst, held)), 's1 s2 s3 new');
	assert.equal(shown([newcomer, ...three], arrange(newestFirst, held), later(4999)), 's1 s2 s3 new');
});

test('after five seconds it takes its place', () => {
	assert.equal(shown([newcomer, ...three], arrange(newestFirst, held), later(5000)), 'new s1 s2 s3');
});

test('the order is kept against values that change', () => {
	const grown = [three[0]!, three[1]!, {...three[2]!, session: {...three[2]!.session!, progress: 9999}}];
	const byObjects = sortBy('objects');
	assert.equal(shown(grown, arrange(byObjects, held)), 's1 s2 s3');
	assert.equal(shown(grown, arrange(byObjects)), 's3 s1 s2');
});

test('a kept order shows values as they are now, and no session that left', () => {
	const grown = {...three[2]!, session: {...three[2]!.session!, progress: 9999}};
	const found = arrangedRows([three[0]!, grown], arrange(newestFirst, held), now);
	assert.equal(idsOf(found), 's1 s3');
	assert.equal(found[1], grown);
});

test('a kept order is filtered still', () => {
	assert.equal(shown(three, arrange(newestFirst, held, second)), 's2');
});

test('an order is kept until its moment, by the monotonic clock', () => {
	assert.deepEqual([isFrozen(undefined, now), isFrozen(held, later(4999)), isFrozen(held, later(5000))], [false, true, false]);
	assert.equal(isFrozen(held, {server: now.server + hour, monotonic: now.monotonic}), true);
});

test('a filter by time goes on with the clock, whether the order is kept or not', () => {
	const list = [row(running({id: 'active', createdAt: now.server - (10 * minute)}))];
	const timed: Filters = {...everything, text: 'dur>1h'};
	const keeps = {rows: list, until: now.monotonic + (2 * hour)};
	for (const order of [undefined, keeps]) {
		assert.equal(shown(list, arrange(newestFirst, order, timed)), '');
		assert.equal(shown(list, arrange(newestFirst, order, timed), later(hour)), 'active');
	}
});

test('an order by elapsed time goes on with the clock', () => {
	const list = [row(running({id: 'active', createdAt: now.server - (10 * minute)})), row({id: 'ended'})];
	const byElapsed = sortBy('elapsed');
	assert.equal(shown(list, arrange(byElapsed)), 'ended active');
	assert.equal(shown(list, arrange(byElapsed), later(hour)), 'active ended');
});
