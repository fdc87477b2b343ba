import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnLines, nothingChosen, withSwitched, type ColumnChoice} from '../../../../source/app/shared/columns/column-choice.js';
import {columnsFor, oneServer} from '../../../../source/app/shared/columns/columns.js';
import {shownColumns} from '../../../../source/app/list/list-content.js';
import {press} from '../../../../source/app/press.js';
import {initialScreen, focusOf, type Screen, type ScreenInput} from '../../../../source/app/screen-state.js';
import {day, now, textOf} from '../../../helpers/sessions.js';

const ids = columnsFor(oneServer).map(({id}) => id);
const shownIds = (choice: ColumnChoice = nothingChosen, terminalColumns = 80) => shownColumns(terminalColumns, oneServer, choice).map(({column}) => column.id);
const start = initialScreen({list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000});

function pressed(keys: string, from: Screen = start): Screen {
	let state = from;
	for (const key of keys.split(' ')) {
		const input: ScreenInput = {
			rows: [], now, shownColumns: shownIds(state.columns[state.list]), pageRows: 6, detailEnd: 0, helpEnd: 0, columnIds: ids,
		};
		state = press(state, key === 'Space' ? ' ' : key, input);
	}

	return state;
}

const downTo = (id: string) => `c${' j'.repeat(ids.indexOf(id))}`;

test('a column that is switched off is not shown, on again it is', () => {
	const off = pressed(`${downTo('objects')} Space`);
	assert.deepEqual(shownIds(off.columns.sessions), shownIds().filter(id => id !== 'objects'));
	assert.ok(shownIds(pressed('Space', off).columns.sessions).includes('objects'));
});

test('a column that is switched on is shown where it was not, in its place, and others leave for it', () => {
	const choice = pressed(`${downTo('rate')} Space`).columns.sessions!;
	const shown = shownIds(choice);
	assert.deepEqual([shownIds().includes('rate'), shown.includes('rate')], [false, true]);
	assert.deepEqual(shown, ids.filter(id => shown.includes(id)));
	for (let width = 40; width <= 220; width++) {
		const fitted = shownColumns(width, oneServer, choice);
		assert.ok(fitted.reduce((sum, {width: own}) => sum + own + 1, 0) <= width - 2, `at ${width} columns`);
	}
});

test('a column without room is marked so, and switched off by the same key', () => {
	const choice = {off: [], on: ['read', 'write', 'rate', 'details']};
	const shown = shownIds(choice);
	const lines = columnLines(ids, choice, shown).map(line => textOf(line));
	assert.ok(lines.includes('[x] READ         no room for it on this terminal'));
	assert.deepEqual(withSwitched(choice, 'read', shown), {off: ['read'], on: ['write', 'rate', 'details']});
});

test('status and job always stay, which is said', () => {
	const state = pressed('c Space');
	assert.deepEqual([state.notice?.text, state.columns], ['status always stays', {}]);
	assert.equal(pressed('c j Space').notice?.text, 'job always stays');
});

test('each list has a choice of its own', () => {
	const state = pressed(`${downTo('objects')} Space escape 1`);
	assert.deepEqual(Object.keys(state.columns), ['sessions']);
});

test('the chooser lies over the list, its cursor has two ends, and each way out leads back', () => {
	assert.equal(pressed('c k').overlay?.kind, 'columns');
	assert.deepEqual(pressed('c G j').overlay, {kind: 'columns', ids, cursor: ids.length - 1});
	assert.deepEqual(pressed('c G g k').overlay, {kind: 'columns', ids, cursor: 0});
	for (const key of ['escape', 'enter', 'c', 'q']) {
		assert.deepEqual([focusOf(pressed(`c ${key}`)), pressed(`c ${key}`).hasQuit], ['list', false]);
	}
});

test('T goes through every status and comes back', () => {
	assert.deepEqual(['T', 'T T', 'T T T', 'T T T T'].map(keys => pressed(keys).filters.status), ['active', 'problems', 'finished', 'all']);
});

test('b switches the bell, and says so', () => {
	assert.deepEqual([pressed('b').rings, pressed('b').notice?.text], [true, 'the bell rings for each new problem']);
	assert.deepEqual([pressed('b b').rings, pressed('b b').notice?.text], [false, 'the bell is off']);
});
