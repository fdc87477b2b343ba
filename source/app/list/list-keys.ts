import {jobTypes} from '../../model/job.js';
import {edit, openPrompt, type Edit, type Prompt} from '../../ui/text-field/edit.js';
import {statusChoices, type Filters} from '../shared/filters/filters.js';
import {ranges, step} from '../shared/filters/steps.js';
import {afterMove} from '../shared/moves.js';
import type {ListName} from '../shared/rows/lists.js';
import {keyIn, rowOpens} from '../shared/rows/rows.js';
import {sortableColumns, sortBy, type Sort} from '../shared/rows/sort.js';
import {frozenMs} from '../shared/rows/visible-rows.js';
import {newDetail} from '../shared/state/detail-layer.js';
import {withLayer, withoutTop, type FilterLayer, type ListLayer, type Move} from '../shared/state/layers.js';
import {
	cursorIndex,
	firstShown,
	layout,
	listLayer,
	listSort,
	rowUnderCursor,
	shownColumnIds,
	visibleRows,
} from '../shared/state/selectors.js';
import {listTime, noticed, type State} from '../shared/state/state.js';

/** The state with something of its list changed. */
export function withList(state: State, changed: Partial<ListLayer>): State {
	const [list, ...others] = state.layers;
	return {...state, layers: [{...list, ...changed}, ...others]};
}

/** The state with the cursor on a row, whose order is kept for a while. */
export function withCursor(state: State, index: number): State {
	const rows = visibleRows(state);
	return withList(state, {
		selectedKey: rows[index]!.key,
		top: firstShown(listLayer(state).top, index, rows.length, layout(state).listRows),
		frozen: {rows, until: listTime(state).monotonic + frozenMs},
	});
}

/** The state after the cursor of the list was moved. */
export function moveInList(state: State, to: Move): State {
	const rows = visibleRows(state);
	if (rows.length === 0) {
		return state;
	}

	const at = cursorIndex(rows, listLayer(state).selectedKey);
	return withCursor(state, afterMove(at, to, {page: layout(state).listRows, end: rows.length - 1}));
}

/** Another list; the cursor goes to the row of the job that it is drawn on, where that list has one. */
export const showList = (list: ListName) => (state: State): State => {
	const row = rowUnderCursor(state);
	return list === listLayer(state).list ? state : withList(state, {list, selectedKey: row && keyIn(list, row), top: 0, frozen: undefined});
};

/** Opens the row under the cursor at that tab. */
export const openRow = (tab: string) => (state: State): State => {
	const row = rowUnderCursor(state);
	if (!row) {
		return state;
	}

	const selected = withList(state, {selectedKey: row.key});
	return {...selected, layers: withLayer(selected.layers, newDetail(rowOpens(row), tab))};
};

/** A new order or choice of rows shows at once, from the cursor's row on. */
export function withFilters(state: State, changed: Partial<Filters>): State {
	return withList(state, {filters: {...listLayer(state).filters, ...changed}, frozen: undefined});
}

export function nextType(state: State): State {
	const types = ['all', ...jobTypes];
	return withFilters(state, {jobType: types[(types.indexOf(listLayer(state).filters.jobType) + 1) % types.length]!});
}

export function nextStatus(state: State): State {
	const {status} = listLayer(state).filters;
	return withFilters(state, {status: statusChoices[(statusChoices.indexOf(status) + 1) % statusChoices.length]!});
}

export function openFilter(state: State): State {
	return {...state, layers: withLayer(state.layers, {kind: 'filter', prompt: openPrompt(listLayer(state).filters.text)})};
}

/** The state after an edit of the filter: the list follows while it is typed. */
export function editFilter(state: State, layer: FilterLayer, change: Edit): State {
	return typedFilter(state, layer, edit(layer.prompt, change));
}

/** Leaves the filter as it was before it was typed. */
export function cancelFilter(state: State, layer: FilterLayer): State {
	const before = typedFilter(state, layer, openPrompt(layer.prompt.before));
	return {...before, layers: withoutTop(before.layers)};
}

function typedFilter(state: State, layer: FilterLayer, prompt: Prompt): State {
	const layers = withLayer(withoutTop(state.layers), {...layer, prompt});
	const typed = {...state, layers};
	return prompt.text === listLayer(state).filters.text ? withList(typed, {frozen: undefined}) : withFilters(typed, {text: prompt.text});
}

/** Esc in the list: its filter goes. */
export function clearFilter(state: State): State {
	return listLayer(state).filters.text === '' ? state : withFilters(state, {text: ''});
}

/** The list in another order. */
export function withSort(state: State, sort: Sort): State {
	const {list, sorts} = listLayer(state);
	return withList(state, {sorts: {...sorts, [list]: sort}, frozen: undefined});
}

/** Sorts by the next column on screen, or the one before. */
export const sortByNext = (by: 1 | -1) => (state: State): State => {
	const shown = shownColumnIds(state);
	const ids = sortableColumns.map(({id}) => id).filter(id => shown.includes(id));
	const {columnId} = listSort(state);
	const next = ids.at((ids.indexOf(columnId) + by) % ids.length) ?? columnId;
	return withSort(state, sortBy(next));
};

export function reverseSort(state: State): State {
	const sort = listSort(state);
	return withSort(state, {...sort, direction: sort.direction === 'up' ? 'down' : 'up'});
}

/** Looks back further, or less far. */
export const changeRange = (by: 1 | -1) => (state: State): State => {
	const {rangeMs} = state.preferences;
	const next = step(ranges, rangeMs, by);
	return next === rangeMs
		? noticed(state, `there is no ${by === 1 ? 'longer' : 'shorter'} range`)
		: {...state, preferences: {...state.preferences, rangeMs: next}};
};
