import type {Now} from '../../../model/now.js';
import {columns} from '../columns/columns.js';
import type {ListName} from './lists.js';
import {createdAt, type Row} from './rows.js';

export type Sort = {
	/** The id of a column that can be sorted by. */
	readonly columnId: string;
	readonly direction: 'up' | 'down';
};

/** Newest first: the order in which sessions are read. */
export const newestFirst: Sort = {columnId: 'start', direction: 'down'};

/** What needs somebody most first: the order of Now. */
export const byNeed: Sort = {columnId: 'needs', direction: 'up'};

/** The order that each list begins in. */
export const firstSorts: Readonly<Record<ListName, Sort>> = {now: byNeed, sessions: newestFirst, window: newestFirst};

/** Columns that the list can be sorted by, in the order on screen. */
export const sortableColumns = columns.filter(column => column.sortBy);

/** The sort by a column, in the direction that it is first used in. */
export function sortBy(columnId: string): Sort {
	const column = sortableColumns.find(({id}) => id === columnId);
	return column ? {columnId, direction: column.highFirst ? 'down' : 'up'} : newestFirst;
}

/**
The rows in order. Rows without a value stand last in either direction; equal rows stand
newest first, then by key, so that the order is the same at every poll.
*/
export function sortRows(rows: readonly Row[], sort: Sort, now: Now): readonly Row[] {
	const value = sortableColumns.find(({id}) => id === sort.columnId)?.sortBy ?? (() => undefined);
	const sign = sort.direction === 'up' ? 1 : -1;
	return rows
		.map(row => ({row, value: value(row, now), created: createdAt(row)}))
		.toSorted((a, b) => compare(a.value, b.value, sign) || b.created - a.created || (a.row.key < b.row.key ? -1 : 1))
		.map(({row}) => row);
}

function compare(a: string | number | undefined, b: string | number | undefined, sign: number): number {
	if (a === b) {
		return 0;
	}

	if (a === undefined || b === undefined) {
		return a === undefined ? 1 : -1;
	}

	return a < b ? -sign : sign;
}
