import {afterMove} from '../shared/moves.js';
import {rowOpens} from '../shared/rows/rows.js';
import {firstLogView} from '../shared/state/detail-layer.js';
import {withReplaced, type DetailLayer, type Move} from '../shared/state/layers.js';
import {detailLayer, layout, visibleRows} from '../shared/state/selectors.js';
import {noticed, type State} from '../shared/state/state.js';

/** The state with something of the open detail changed; as it was where none is open. */
export function withDetail(state: State, changed: Partial<DetailLayer>): State {
	const layer = detailLayer(state);
	return layer ? {...state, layers: withReplaced(state.layers, layer, {...layer, ...changed})} : state;
}

/** Shows a tab from its top. */
export const showTab = (tab: string) => (state: State): State => withDetail(state, {tab, top: 0});

/**
Scrolls a tab.
@param end - how far it can be scrolled, in lines
*/
export function scrollTab(state: State, to: Move, end: number): State {
	const {top = 0} = detailLayer(state) ?? {};
	return withDetail(state, {top: afterMove(top, to, {page: layout(state).detailRows, end})});
}

/** Opens the next session of the list, or the one before, at the same tab. */
export const openNeighbour = (by: 1 | -1) => (state: State): State => {
	const rows = visibleRows(state);
	const index = rows.findIndex(row => rowOpens(row) === detailLayer(state)?.key);
	const row = index === -1 ? undefined : rows[index + by];
	if (row) {
		const [list, ...others] = state.layers;
		const selected = {...state, layers: [{...list, selectedKey: row.key}, ...others] as const};
		return withDetail(selected, {key: rowOpens(row), top: 0, log: firstLogView, waitingKeys: [], lastSeen: undefined});
	}

	const end = by === 1 ? 'last' : 'first';
	return noticed(state, index === -1 ? 'this session is not in the list as it is filtered' : `this is the ${end} session of the list`);
};
