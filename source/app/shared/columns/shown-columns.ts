import type {ColumnChoice} from '../../../model/preferences.js';
import type {ListName} from '../rows/lists.js';
import {columnsFor, oneServer} from './columns.js';
import {chosenColumns} from './column-choice.js';
import {fitColumns, type FittedColumn} from './fit-columns.js';

/** Terminal columns before the first column of a list: the cursor, and the mark of a problem. */
export const markWidth = 2;

/** The columns of the list on a terminal of that width. */
export function shownColumns(terminalColumns: number, watching = oneServer, chosen?: ColumnChoice): readonly FittedColumn[] {
	return fitColumns(chosenColumns(columnsFor(watching), chosen), terminalColumns - 1 - markWidth, terminalColumns);
}

/** What the rows of Window can be sorted by. */
const windowSorts = ['start', 'job', 'needs'] as const;

/** The ids of the columns that a list shows, or that Window has in its bars. */
export function sortableIds(fitted: readonly FittedColumn[], list: ListName | undefined): readonly string[] {
	return list === 'window' ? windowSorts : fitted.map(({column}) => column.id);
}
