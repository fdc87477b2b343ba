import type {ColumnChoice} from '../../../model/preferences.js';
import type {Cell} from '../../../ui/text/spans.js';
import {columns, type Column} from './columns.js';

export const nothingChosen: ColumnChoice = {off: [], on: []};

/** Without these a row says nothing. */
const always: ReadonlySet<string> = new Set(['status', 'job']);

/** Above every rank of the table: what was switched on leaves after all that was not. */
const chosenRank = 1000;

/** The columns as they were chosen, in the order given. */
export function chosenColumns(from: readonly Column[], {off, on}: ColumnChoice = nothingChosen): readonly Column[] {
	return off.length === 0 && on.length === 0
		? from
		: from
			.filter(({id}) => !off.includes(id))
			.map(column => on.includes(column.id) ? {...column, from: 0, rank: chosenRank + column.rank} : column);
}

/** How a column is shown in the chooser: on screen, not, or chosen where there is no room for it. */
export function columnState(id: string, {on}: ColumnChoice, shown: readonly string[]): 'on' | 'off' | 'no room' {
	if (shown.includes(id)) {
		return 'on';
	}

	return on.includes(id) ? 'no room' : 'off';
}

/**
The choice with a column switched: on where it is not on screen, off where it is.
@param shown - ids of the columns on screen
@returns the words why not, for a column that always stays
*/
export function withSwitched(choice: ColumnChoice, id: string, shown: readonly string[]): ColumnChoice | string {
	if (always.has(id)) {
		return `${id} always stays`;
	}

	const without = {off: choice.off.filter(one => one !== id), on: choice.on.filter(one => one !== id)};
	return columnState(id, choice, shown) === 'off' ? {...without, on: [...without.on, id]} : {...without, off: [...without.off, id]};
}

const marks = {on: '[x]', off: '[ ]', 'no room': '[x]'} as const;

/** The lines of the chooser: a mark, the heading, what the column shows; of one that has no room, that. */
export function columnLines(ids: readonly string[], choice: ColumnChoice, shown: readonly string[]): readonly Cell[] {
	return ids.map((id): Cell => {
		const column = columns.find(one => one.id === id)!;
		const state = columnState(id, choice, shown);
		const label = state === 'no room' ? 'no room for it on this terminal' : column.label;
		return [{text: `${marks[state]} ${column.heading.padEnd(13)}`, tone: state === 'on' ? 'strong' : 'plain'}, {text: label, tone: 'dim'}];
	});
}
