import type {Log} from '../model/log.js';

/*
What of a session's log to ask for next, as functions of what was read: no request, no clock. Offsets and totals count rows of
the server: items, and what could not be read as one.
*/

/** Log items of one session in memory, the newest ones. */
export const mostItems = 100_000;
/** The most that the API gives at once. */
export const pageItems = 10_000;
/** Asked for first while the session runs: most logs are not longer. */
const firstItems = 1000;
/** The newest items, which are asked for again with each poll. */
export const tailItems = 100;
/** One of so many polls reads lines before the tail again that still ran. */
const pollsPerRecheck = 10;
/** Pages of lines that still ran, in one poll; more of them once the session has ended. */
const recheckPages = 3;
const lastRecheckPages = 20;
/** Pages, and rows, after which a log that has no end is left; what follows then comes with the polls. */
const mostPages = 200;
const mostRows = 200_000;

/** A page that was read. */
export type PageRead = {
	readonly isLast: boolean;
	/** Items of it that were new. */
	readonly fresh: number;
	/** Where the next page begins. */
	readonly end: number;
};

/** What a log still has to be read. */
export type Progress = Pick<Log, 'isCut' | 'reading'>;

/** How many items to ask for first. A finished session's log is asked for all at once. */
export function firstLimit(isWhole: boolean): number {
	return isWhole ? pageItems : firstItems;
}

/** What is left after the first page of the newest items. */
export function afterFirst({isLast, fresh}: PageRead): Progress {
	return {isCut: !isLast && fresh === 0, reading: isLast || fresh === 0 ? undefined : 'older'};
}

/**
What is left after one more page of older items.
@param items - in memory now
@param pages - read so far, this one among them
*/
export function afterOlder(
	{isLast, fresh}: PageRead, {isCut, items, pages}: {readonly isCut: boolean; readonly items: number; readonly pages: number},
): Progress {
	const hasEnough = items >= mostItems || fresh === 0 || pages >= mostPages;
	return {isCut: isCut || (hasEnough && !isLast), reading: isLast || hasEnough ? undefined : 'older'};
}

/**
Where to read on in a log that is counted from the oldest item: after what was read, but from the first line of the tail
that still ran, since it is rewritten in its place.
@param total - rows read so far
@param open - offsets of the lines that still ran
*/
export function onwardStart(reading: Log['reading'], total: number, open: Iterable<number>): number {
	const tail = [...open].filter(offset => offset >= total - tailItems);
	return reading === 'newer' ? total : Math.max(0, Math.min(total, ...tail));
}

/**
What is left after a page of newer items, and how many rows were read then. A page without news that is not the last
one is of a server that repeats itself.
@param pages - read in a row, this one among them
*/
export function afterOnward({isLast, fresh, end}: PageRead, {total, pages}: {readonly total: number; readonly pages: number}) {
	const hasMore = !isLast && fresh > 0 && pages < mostPages && end < mostRows;
	return {
		reading: hasMore ? 'newer' as const : undefined,
		total: fresh === 0 && !isLast ? total : Math.max(total, end),
	};
}

/**
How many pages of lines that still ran to read again: now and then while the session runs, and more of them once it has ended.
@param polls - of this log so far, this one among them
@param isUpToDate - whether nothing else of it was left to read
*/
export function rechecks(polls: number, {isUpToDate, isWhole}: {readonly isUpToDate: boolean; readonly isWhole: boolean}): number {
	if (!isUpToDate || (!isWhole && polls % pollsPerRecheck !== 0)) {
		return 0;
	}

	return isWhole ? lastRecheckPages : recheckPages;
}
