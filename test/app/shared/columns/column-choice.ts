import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnLines, nothingChosen, withSwitched} from '../../../../source/app/shared/columns/column-choice.js';
import {columnsFor, oneServer} from '../../../../source/app/shared/columns/columns.js';
import {shownColumns} from '../../../../source/app/shared/columns/shown-columns.js';
import type {State} from '../../../../source/app/shared/state/state.js';
import type {ColumnChoice} from '../../../../source/model/preferences.js';
import {textOf} from '../../../helpers/sessions.js';
import {pressed as pressedFrom, stateOf} from '../../../helpers/state.js';

const ids = columnsFor({...oneServer, list: 'sessions'}).map(({id}) => id);
const shownIds = (choice: ColumnChoice = nothingChosen, terminalColumns = 80) => shownColumns(terminalColumns, oneServer, choice).map(({column}) => column.id);
const start = stateOf();
const pressed = (keys: string, from: State = start) => pressedFrom(from, keys);
const chosenIn = ({preferences}: State) => preferences.columns;

const downTo = (id: string) => `c${' j'.repeat(ids.indexOf(id))}`;

test('a column that is switched off is not shown, on again it is', () => {
	const off = pressed(`${downTo('objects')} Space`);
	assert.deepEqual(shownIds(chosenIn(off)['sessions']), shownIds().filter(id => id !== 'objects'));
	assert.ok(shownIds(chosenIn(pressed('Space', off))['sessions']).includes('objects'));
});

test('a column that is switched on is shown where it was not, in its place, and others leave for it', () => {
	const choice = chosenIn(pressed(`${downTo('rate')} Space`))['sessions']!;
	const shown = shownIds(choice);
	assert.deepEqual([shownIds().includes('rate'), shown.includes('rate')], [false, true]);
	assert.deepEqual(shown, ids.filter(id => shown.includes(id)));
	for (let width = 40; width <= 220; width++) {
		const fitted = shownColumns(width, oneServer, choice);
		assert.ok(fitted.reduce((sum, {width: its}) => sum + its + 1, 0) <= width - 2, `at ${width} columns`);
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
	assert.deepEqual([state.notice?.text, chosenIn(state)], ['status always stays', {}]);
	assert.equal(pressed('c j Space').notice?.text, 'job always stays');
});

test('each list has a choice of its own', () => {
	const state = pressed(`${downTo('objects')} Space escape 1`);
	assert.deepEqual(Object.keys(chosenIn(state)), ['sessions']);
});
