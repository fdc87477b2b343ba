import type {Now} from '../model/now.js';
import {changesByClock, narrow, type Narrowing} from './filters.js';
import type {Row} from './rows.js';
import {sortRows, type Sort} from './sort.js';

/** An order that the list keeps for a while after the cursor moved, so that no row slips away under it. */
export type HeldOrder = {
	readonly rows: readonly Row[];
	/** Monotonic ms. */
	readonly until: number;
};

export type Arrangement = {
	readonly narrowing: Narrowing;
	readonly sort: Sort;
	readonly held: HeldOrder | undefined;
};

type Memo = Arrangement & {rows: readonly Row[]; at: number; isHeld: boolean; visible: readonly Row[]};

let memo: Memo | undefined;

/** Whether the order of the list is held at this moment. */
export function isHeld(held: HeldOrder | undefined, now: Now): held is HeldOrder {
	return held !== undefined && now.monotonic < held.until;
}

/**
The rows of the list in the order on screen: narrowed, sorted, and while the order is held
in that order, new ones last. The last result is kept, so that asking again costs nothing
while nothing changed.
*/
export function visibleRows(rows: readonly Row[], arrangement: Arrangement, now: Now): readonly Row[] {
	const isHolding = isHeld(arrangement.held, now);
	// Only the elapsed time and the words about time change by the clock alone.
	const at = (arrangement.sort.columnId === 'elapsed' && !isHolding) || changesByClock(arrangement.narrowing) ? now.server : 0;
	if (memo?.rows === rows && memo.narrowing === arrangement.narrowing && memo.sort === arrangement.sort
		&& memo.at === at && memo.isHeld === isHolding && (!isHolding || memo.held === arrangement.held)) {
		return memo.visible;
	}

	const narrowed = narrow(rows, arrangement.narrowing, now);
	const visible = isHolding ? inOrder(narrowed, arrangement.held.rows) : sortRows(narrowed, arrangement.sort, now);
	memo = {...arrangement, rows, at, isHeld: isHolding, visible};
	return visible;
}

function inOrder(rows: readonly Row[], order: readonly Row[]): readonly Row[] {
	const places = new Map(order.map((row, index) => [row.key, index]));
	return rows.toSorted((a, b) => (places.get(a.key) ?? Infinity) - (places.get(b.key) ?? Infinity) || 0);
}
