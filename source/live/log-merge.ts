import {valueOf} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';

const order = (item: LogItem) => valueOf(item.usn) ?? Infinity;

/**
The items of a log with more of them, and with some rewritten in place; the same array where there are neither.
Nothing that is held is sorted again: a log can have a hundred thousand items.
@param held - in their order
@param fresh - not held yet, in any order
@param rewritten - newer than the ones held under the same id
*/
export function mergedLog(held: readonly LogItem[], fresh: readonly LogItem[], rewritten: readonly LogItem[]): readonly LogItem[] {
	if (fresh.length === 0 && rewritten.length === 0) {
		return held;
	}

	const kept = [...held];
	for (const item of rewritten) {
		kept[positionOf(held, item)] = item;
	}

	return fresh.length === 0 ? kept : joined(kept, fresh.toSorted((a, b) => order(a) - order(b)));
}

/** The index of a held item, by its id; found by its order where that has not changed. */
export function positionOf(held: readonly LogItem[], item: LogItem): number {
	let low = 0;
	let high = held.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (order(held[middle]!) < order(item)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	for (let place = low; place < held.length && order(held[place]!) === order(item); place++) {
		if (held[place]!.id === item.id) {
			return place;
		}
	}

	return held.findIndex(({id}) => id === item.id);
}

// Two sorted lists as one; of equals those held come first.
function joined(held: readonly LogItem[], fresh: readonly LogItem[]): readonly LogItem[] {
	const result: LogItem[] = [];
	let next = 0;
	for (const item of held) {
		while (next < fresh.length && order(fresh[next]!) < order(item)) {
			result.push(fresh[next]!);
			next++;
		}

		result.push(item);
	}

	return [...result, ...fresh.slice(next)];
}
