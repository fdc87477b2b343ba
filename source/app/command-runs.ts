import {ticketOf} from './detail/summary/ticket-selectors.js';
import {listText} from './list/list-text.js';
import {withFilters} from './list/list-keys.js';
import {parseFilter} from './shared/filters/filter-language.js';
import {parseSpan, spanWord} from './shared/filters/steps.js';
import {listLabels} from './shared/rows/lists.js';
import {sortableColumns} from './shared/rows/sort.js';
import {drawnLayer} from './shared/state/layers.js';
import {withEffects, type Result} from './shared/state/messages.js';
import {fittedColumns, listLayer, selectedRow, shownColumnIds, visibleRows} from './shared/state/selectors.js';
import {listTime, noticed, type State} from './shared/state/state.js';

/** The list, whatever was open over it; what is asked at the bottom of the screen stays. */
export function toList(state: State): State {
	const [list, ...others] = state.layers;
	return {...state, layers: [list, ...others.filter(({kind}) => kind === 'sign-in')]};
}

/** Looks back for a span such as `6h`. */
export function since(text: string, state: State): State | string {
	const rangeMs = parseSpan(text);
	return rangeMs === undefined
		? `since wants a time such as 90m, 6h, 3d or 2w, not "${text}"`
		: noticed({...state, preferences: {...state.preferences, rangeMs}}, `looks back ${spanWord(rangeMs)}`);
}

/** Filters the list by a text. */
export function filterWith(text: string, state: State): State | string {
	return parseFilter(text).problem ?? withFilters(toList(state), {text});
}

/** Columns that the list can be sorted by now. */
export function sortIds(state: State): readonly string[] {
	const shown = shownColumnIds(state);
	return sortableColumns.map(({id}) => id).filter(id => shown.includes(id));
}

/** Filters the list by a server; the other words of the filter stay. */
export function serverFilter(name: string, state: State): State {
	const others = listLayer(state).filters.text.replaceAll(/(?<=^|\s)server:(?:"[^"]*"|[^\s"])*/giv, '').trim();
	const word = name === '' ? '' : `server:"${name.replaceAll('"', '')}"`;
	return withFilters(toList(state), {text: [word, others].filter(part => part !== '').join(' ')});
}

/** Writes the list, or the summary of the session that is open, into a file. */
export function save(file: string, state: State): Result | string {
	const {kind} = drawnLayer(state.layers);
	const row = selectedRow(state);
	if (kind === 'detail') {
		return row ? withEffects(state, {type: 'save', file, text: ticketOf(state, row, listTime(state))}) : 'there is nothing to save';
	}

	return kind === 'list'
		? withEffects(state, {type: 'save', file, text: wholeListText(state)})
		: 'only a list or a session can be saved: Esc goes back to it';
}

function wholeListText(state: State): string {
	const {list, filters} = listLayer(state);
	return listText({
		rows: visibleRows(state), columns: fittedColumns(state), servers: state.servers.map(({name}) => name), list: listLabels[list], filters,
		rangeMs: state.preferences.rangeMs, now: listTime(state), zone: state.zone,
	});
}
