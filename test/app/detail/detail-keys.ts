import assert from 'node:assert/strict';
import {test} from 'node:test';
import {focusOf} from '../../../source/app/focus.js';
import {detailLayer, layout, listLayer, openedRow} from '../../../source/app/shared/state/selectors.js';
import type {State} from '../../../source/app/shared/state/state.js';
import {openedOf} from '../../../source/app/detail/opened.js';
import {summaryEnd} from '../../../source/app/detail/summary/summary-selectors.js';
import {later, minute, now, second, session} from '../../helpers/sessions.js';
import {answered, cursorOf, numbered, pressed, stateOf} from '../../helpers/state.js';

const twenty = numbered(20);
const start = stateOf({snapshots: [twenty], rows: 14});
const after = (keys: string, from = start) => pressed(from, keys);
const openKey = (state: State) => detailLayer(state)?.key;
const top = (state: State) => detailLayer(state)?.top;
const tabOf = (state: State) => detailLayer(state)?.tab;
const openAfter = (...given: Parameters<typeof after>) => openKey(after(...given));
const topAfter = (...given: Parameters<typeof after>) => top(after(...given));

test('J and K open the neighbours in the order of the list', () => {
	const open = after('j j enter');
	assert.equal(openKey(open), 'vb1/s3');
	assert.equal(openAfter('J', open), 'vb1/s4');
	assert.equal(openAfter('K K', open), 'vb1/s1');
	assert.equal(openAfter('K K K K', open), 'vb1/s1');
	assert.equal(cursorOf(after('J escape', open)), 's4 at 3');
	assert.equal(openAfter('G enter J'), 'vb1/s20');
});

test('the ends of the list are said', () => {
	assert.equal(after('enter K').notice!.text, 'this is the first session of the list');
	assert.equal(after('G enter J').notice!.text, 'this is the last session of the list');
	assert.equal(after('enter J').notice, undefined);
});

test('a session that the filter hides has no neighbours, which is said', () => {
	const opened = after('j j enter j');
	const [list, ...others] = opened.layers;
	const open: State = {...opened, layers: [{...list, filters: {...list.filters, text: 'job 7'}}, ...others]};
	const notice = {text: 'this session is not in the list as it is filtered', until: now.monotonic + (4 * second)};
	for (const key of ['J', 'K']) {
		assert.deepEqual(after(key, open), {...open, notice});
	}

	const left = answered(opened, {...twenty, sessions: []}, later(minute));
	assert.equal(after('J', left).notice!.text, notice.text);
	assert.deepEqual(after('J', left).layers, left.layers);
});

test('a neighbour is shown from its top', () => {
	assert.equal(topAfter('enter j j'), 2);
	assert.equal(topAfter('enter j j J'), 0);
});

test('the summary scrolls to its end and no further', () => {
	const open = after('enter');
	const end = summaryEnd(open, openedOf(open)!);
	const page = layout(open).detailRows;
	assert.deepEqual([page, end > page], [9, true]);
	assert.deepEqual(['enter G', 'enter G j', 'enter k', 'enter pagedown', 'enter ctrl-d', 'enter G g'].map(keys => topAfter(keys)), [end, end, 0, page, 5, 0]);
});

test('a detail that got shorter scrolls up from its new end', () => {
	const state = after('enter G');
	const larger: State = {...state, terminal: {...state.terminal, rows: 17}};
	assert.equal(topAfter('k', larger), summaryEnd(larger, openedOf(larger)!) - 1);
	assert.ok(topAfter('k', larger)! < top(state)! - 1);
});

test('Tab and its number lead to each tab, and both ends are joined', () => {
	const at = (keys: string) => tabOf(after(`enter ${keys}`));
	assert.deepEqual(['2', '3', '4', '4 1'].map(keys => at(keys)), ['log', 'objects', 'history', 'summary']);
	assert.deepEqual(['tab', 'tab tab', 'tab tab tab tab', 'shift-tab', 'shift-tab shift-tab'].map(keys => at(keys)), ['log', 'objects', 'summary', 'history', 'objects']);
	assert.deepEqual([topAfter('enter j 2'), topAfter('enter j tab'), topAfter('enter j 4')], [0, 0, 0]);
	assert.deepEqual(['1', '2', '3', '4'].map(key => focusOf(after(`enter ${key}`).layers)), ['detail', 'log', 'detail', 'detail']);
});

test('a key that another tab has is none there', () => {
	assert.equal(listLayer(after('enter 3')).list, 'sessions');
	assert.deepEqual(after('enter e').layers, after('enter').layers);
});

test('a session that leaves the list stays open as it was last seen', () => {
	const opened = after('j enter');
	const changed = answered(opened, {...twenty, sessions: twenty.sessions.map(one => one.id === 's2' ? session({...one, status: 'Failed'}) : one)}, later(minute));
	const left = answered(changed, {...twenty, sessions: twenty.sessions.filter(({id}) => id !== 's2'), jobs: new Map()}, later(2 * minute));
	const {row, isGone, seenAt} = openedRow(left)!;
	assert.deepEqual([row.session!.status, isGone, seenAt], ['Failed', true, changed.time]);
	assert.equal(openedRow(changed)!.isGone, false);
	const back = answered(left, twenty, later(3 * minute));
	assert.deepEqual([openedRow(back)!.isGone, openedRow(back)!.row.session!.status], [false, 'Success']);
	assert.equal(openedRow(pressed(left, 'escape')), undefined);
});
