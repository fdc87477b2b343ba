import type {Move} from './state/layers.js';

const moves: Readonly<Record<Move, (at: number, page: number, end: number) => number>> = {
	up: at => at - 1,
	down: at => at + 1,
	'page-up': (at, page) => at - page,
	'page-down': (at, page) => at + page,
	'half-up': (at, page) => at - Math.ceil(page / 2),
	'half-down': (at, page) => at + Math.ceil(page / 2),
	first: () => 0,
	last: (_at, _page, end) => end,
};

/**
Where a move leads.
@param at - where it begins, an index; more than the end is taken as the end
@param range - the last index there is, and how many rows make a page
*/
export function afterMove(at: number, to: Move, {page, end}: {readonly page: number; readonly end: number}): number {
	const from = Math.min(at, end);
	return Math.max(0, Math.min(end, moves[to](from, page, end)));
}
