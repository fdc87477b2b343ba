import type {Column} from './columns.js';

/** A column with the width that it gets on this terminal. */
export type FittedColumn = {
	readonly column: Column;
	readonly width: number;
};

const gap = 1;
const wideTerminal = 100;

const total = (fitted: readonly FittedColumn[]) => {
	let sum = 0;
	for (const {width} of fitted) {
		sum += width + gap;
	}

	return Math.max(0, sum - gap);
};

/**
The columns that fit into `room` terminal columns, gaps of one between them, in the
order given. It depends on the terminal's width alone, so that no column jumps when
values change. What does not fit shrinks to its least width, lowest rank first, then
leaves; a narrow one that still fits then comes back, highest rank first. Room left over
goes to the comfortable widths, from left to right, the job's name last of all.
@param terminalColumns - the terminal's whole width, which `from` is measured against
*/
export function fitColumns(columns: readonly Column[], room: number, terminalColumns: number): readonly FittedColumn[] {
	const desired = columns
		.filter(({from = 0}) => terminalColumns >= from)
		.map((column): FittedColumn => ({column, width: terminalColumns >= wideTerminal ? (column.wide ?? column.width) : column.width}));
	let fitted = desired;
	while (total(fitted) > room) {
		const lowest = fitted.filter(({column}) => column.rank !== Infinity).toSorted((a, b) => a.column.rank - b.column.rank)[0];
		if (!lowest) {
			return squeeze(fitted, room);
		}

		const {least} = lowest.column;
		fitted = least !== undefined && lowest.width > least
			? fitted.map(entry => entry === lowest ? {...entry, width: least} : entry)
			: fitted.filter(entry => entry !== lowest);
	}

	return widen(refill(fitted, desired, room), room);
}

function refill(fitted: readonly FittedColumn[], desired: readonly FittedColumn[], room: number): readonly FittedColumn[] {
	let filled = fitted;
	const left = desired.filter(({column}) => fitted.every(entry => entry.column !== column));
	for (const entry of left.toSorted((a, b) => b.column.rank - a.column.rank)) {
		const order = [...filled, entry].toSorted((a, b) => columnOrder(desired, a) - columnOrder(desired, b));
		filled = total(order) <= room ? order : filled;
	}

	return filled;
}

const columnOrder = (desired: readonly FittedColumn[], {column}: FittedColumn) => desired.findIndex(entry => entry.column === column);

// Below the least list, the widest column gives way: better a short name than a wrapped line.
function squeeze(fitted: readonly FittedColumn[], room: number): readonly FittedColumn[] {
	let squeezed = fitted;
	while (total(squeezed) > room) {
		const widest = squeezed.toSorted((a, b) => b.width - a.width)[0]!;
		if (widest.width === 1) {
			break;
		}

		squeezed = squeezed.map(entry => entry === widest ? {...entry, width: entry.width - 1} : entry);
	}

	return squeezed;
}

function widen(fitted: readonly FittedColumn[], room: number): readonly FittedColumn[] {
	let left = room - total(fitted);
	const grown = fitted.map(entry => {
		const desired = (entry.column.comfortable ?? entry.width) - entry.width;
		const given = Math.max(0, Math.min(desired, left));
		left -= given;
		return {...entry, width: entry.width + given};
	});
	const last = grown.findLast(({column}) => column.id === 'details') ?? grown.find(({column}) => column.id === 'job');
	return grown.map(entry => entry === last ? {...entry, width: entry.width + left} : entry);
}
