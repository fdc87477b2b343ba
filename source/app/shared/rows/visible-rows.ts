import type {Now} from '../../../model/now.js';
import {changesByClock, applyFilters, type Filters} from '../filters/filters.js';
import type {Row} from './rows.js';
import {sortRows, type Sort} from './sort.js';

/** An order that the list keeps for a while after the cursor moved, so that no row slips away under it. */
export type FrozenOrder = {
	readonly rows: readonly Row[];
	/** Monotonic ms. */
	readonly until: number;
};

export type Arrangement = {
	readonly filters: Filters;
	readonly sort: Sort;
	readonly frozen: FrozenOrder | undefined;
};

type Memo = Arrangement & {rows: readonly Row[]; at: number; isFrozen: boolean; visible: readonly Row[]};

let memo: Memo | undefined;

/** Whether the order of the list is held at this moment. */
export function isFrozen(frozen: FrozenOrder | undefined, now: Now): frozen is FrozenOrder {
	return frozen !== undefined && now.monotonic < frozen.until;
}

/**
The rows of the list in the order on screen: narrowed, sorted, and while the order is held
in that order, new ones last. The last result is kept, so that asking again costs nothing
while nothing changed.
*/
export function visibleRows(rows: readonly Row[], arrangement: Arrangement, now: Now): readonly Row[] {
	const isFrozenNow = isFrozen(arrangement.frozen, now);
	// Only the elapsed time and the words about time change by the clock alone.
	const at = (arrangement.sort.columnId === 'elapsed' && !isFrozenNow) || changesByClock(arrangement.filters) ? now.server : 0;
	if (memo?.rows === rows && memo.filters === arrangement.filters && memo.sort === arrangement.sort
		&& memo.at === at && memo.isFrozen === isFrozenNow && (!isFrozenNow || memo.frozen === arrangement.frozen)) {
		return memo.visible;
	}

	const narrowed = applyFilters(rows, arrangement.filters, now);
	const visible = isFrozenNow ? inOrder(narrowed, arrangement.frozen.rows) : sortRows(narrowed, arrangement.sort, now);
	memo = {...arrangement, rows, at, isFrozen: isFrozenNow, visible};
	return visible;
}

function inOrder(rows: readonly Row[], order: readonly Row[]): readonly Row[] {
	const places = new Map(order.map((row, index) => [row.key, index]));
	return rows.toSorted((a, b) => (places.get(a.key) ?? Infinity) - (places.get(b.key) ?? Infinity) || 0);
}
