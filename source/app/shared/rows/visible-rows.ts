import type {Now} from '../../../model/now.js';
import {applyFilters, type Filters} from '../filters/filters.js';
import type {Row} from './rows.js';
import {sortRows, type Sort} from './sort.js';

/** An order that the list keeps for a while after the cursor moved, so that no row slips away under it. */
export type FrozenOrder = {
	readonly rows: readonly Row[];
	/** Monotonic ms. */
	readonly until: number;
};

/** How long the order is kept after the cursor moved, in milliseconds. */
export const frozenMs = 5000;

export type Arrangement = {
	readonly filters: Filters;
	readonly sort: Sort;
	/** The order that is kept now; undefined where none is. */
	readonly frozen: FrozenOrder | undefined;
};

/** Whether the order of the list is kept at this moment. */
export function isFrozen(frozen: FrozenOrder | undefined, now: Now): frozen is FrozenOrder {
	return frozen !== undefined && now.monotonic < frozen.until;
}

/** The rows that pass the filters, sorted; while an order is kept in that order, new ones last. */
export function arrangedRows(rows: readonly Row[], {filters, sort, frozen}: Arrangement, now: Now): readonly Row[] {
	const passing = applyFilters(rows, filters, now);
	return frozen ? inOrder(passing, frozen.rows) : sortRows(passing, sort, now);
}

function inOrder(rows: readonly Row[], order: readonly Row[]): readonly Row[] {
	const positions = new Map(order.map((row, index) => [row.key, index]));
	return rows.toSorted((a, b) => (positions.get(a.key) ?? Infinity) - (positions.get(b.key) ?? Infinity) || 0);
}
