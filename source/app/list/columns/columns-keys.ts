import {nothingChosen, withSwitched} from '../../shared/columns/column-choice.js';
import {afterMove} from '../../shared/moves.js';
import {withLayer, withReplaced, type ColumnsLayer, type Move} from '../../shared/state/layers.js';
import {choosableColumns, layout, listLayer, shownColumnIds} from '../../shared/state/selectors.js';
import {noticed, type State} from '../../shared/state/state.js';

/** Opens the choice of columns. */
export function openColumns(state: State): State {
	return {...state, layers: withLayer(state.layers, {kind: 'columns', cursor: 0})};
}

export function moveInColumns(state: State, layer: ColumnsLayer, to: Move): State {
	const cursor = afterMove(layer.cursor, to, {page: layout(state).detailRows, end: Math.max(0, choosableColumns(state).length - 1)});
	return {...state, layers: withReplaced(state.layers, layer, {...layer, cursor})};
}

/** The state with the column under the cursor switched on or off. */
export const switchColumn = (state: State): State => {
	const layer = state.layers.at(-1);
	if (layer?.kind !== 'columns') {
		return state;
	}

	const {list} = listLayer(state);
	const {columns} = state.preferences;
	const id = choosableColumns(state)[layer.cursor];
	const choice = id === undefined ? nothingChosen : withSwitched(columns[list] ?? nothingChosen, id, shownColumnIds(state));
	return typeof choice === 'string'
		? noticed(state, choice)
		: {...state, preferences: {...state.preferences, columns: {...columns, [list]: choice}}};
};
