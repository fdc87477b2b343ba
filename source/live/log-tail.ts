import {valueOf} from '../model/field.js';
import type {Log} from '../model/log.js';
import type {LogItem} from '../model/log-item.js';
import {mergedLog, positionOf} from './log-merge.js';
import type {LogApi} from './read-queue.js';

/** Log items held of one session, the newest ones. */
const mostItems = 100_000;
/** The most that the API gives at once. */
const pageItems = 10_000;
/** Asked for first while the session runs: most logs are not longer. */
const firstItems = 1000;
/** The tail: what is asked for again with each poll. */
const tailItems = 100;
/** Of so many polls one looks at the lines before the tail that still ran when they were read. */
const pollsPerRecheck = 10;
/** A look reads pages of so many items, and so many pages; more of them once the session has ended. */
const recheckItems = 1000;
const recheckPages = 3;
const lastRecheckPages = 20;
/** Pages, and rows, after which a log that has no end is left; what follows then comes with the polls. */
const mostPages = 200;
const mostRows = 200_000;

export type LogTail = {
	/**
	Asks for what is new, or for the next page while there are items left to read; the same object comes
	back while nothing is new. Rejects with `ServerFault`. Polls wait for each other.
	@param isWhole - the session has ended: all that can still be rewritten is looked at, not the tail only
	*/
	readonly poll: (signal?: AbortSignal, isWhole?: boolean) => Promise<Log>;
};

/**
Follows the log of one session. v8 gives the newest items, and older ones are read on from there; v6 and v7
count from the oldest. A line that ran when it was read is looked at again, since it is rewritten in place.
*/
export function createLogTail(api: LogApi, sessionId: string): LogTail {
	const items = new Map<string, LogItem>();
	/** Lines that can still be rewritten, each with the items before it on the server where they are counted. */
	const open = new Map<string, number>();
	let log: Log = {items: [], isCut: false};
	let isStarted = false;
	let polls = 0;
	let pagesOnward = 0;
	let last: Promise<unknown> = Promise.resolve();
	// Rows of the server that were read so far: items, and what could not be read as one.
	let total = 0;

	const merge = (read: readonly LogItem[], offset: number) => {
		const fresh: LogItem[] = [];
		const rewritten: LogItem[] = [];
		for (const [index, item] of read.entries()) {
			const before = items.get(item.id);
			if (before === undefined || !sameItem(before, item)) {
				(before === undefined ? fresh : rewritten).push(item);
				items.set(item.id, item);
			}

			if (isOpen(item)) {
				open.set(item.id, offset + index);
			} else {
				open.delete(item.id);
			}
		}

		const merged = mergedLog(log.items, fresh, rewritten);
		const dropped = merged.slice(0, -mostItems);
		for (const {id} of dropped) {
			items.delete(id);
			open.delete(id);
		}

		log = {...log, items: dropped.length === 0 ? merged : merged.slice(-mostItems), isCut: log.isCut || dropped.length > 0};
		return fresh.length;
	};

	const page = async (offset: number, limit: number, newest: boolean, signal?: AbortSignal) => {
		const found = await api.logItems(sessionId, newest ? {offset, limit, newest} : {offset, limit}, signal);
		const fresh = merge(found.entries, offset);
		return {...found, fresh, end: offset + found.entries.length + found.dropped};
	};

	const readFirst = async (limit: number, signal?: AbortSignal) => {
		const {isLast, end, fresh} = await page(0, limit, true, signal);
		pagesOnward = 1;
		total = end;
		log = {...log, isCut: !isLast && fresh === 0, reading: isLast || fresh === 0 ? undefined : 'older'};
	};

	// Items that came since the last page only move the older ones further back: pages overlap, and leave no gap.
	const readOlder = async (signal?: AbortSignal) => {
		const {isLast, end, fresh} = await page(total, pageItems, true, signal);
		total = end;
		pagesOnward++;
		const hasEnough = log.items.length >= mostItems || fresh === 0 || pagesOnward >= mostPages;
		log = {...log, isCut: log.isCut || (hasEnough && !isLast), reading: isLast || hasEnough ? undefined : 'older'};
	};

	const readTail = async (signal?: AbortSignal) => {
		const known = new Set(items.keys());
		let offset = 0;
		for (let limit = tailItems; offset < mostItems; limit = pageItems) {
			// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
			const {entries, isLast, fresh, end} = await page(offset, limit, true, signal);
			if (isLast || fresh === 0 || entries.some(({id}) => known.has(id))) {
				return;
			}

			offset = end;
		}

		log = {...log, isCut: true};
	};

	const readNewest = async (isWhole: boolean, signal?: AbortSignal) => {
		if (!isStarted) {
			return readFirst(isWhole ? pageItems : firstItems, signal);
		}

		return log.reading === 'older' ? readOlder(signal) : readTail(signal);
	};

	const readOnward = async (signal?: AbortSignal) => {
		const tail = [...open.values()].filter(offset => offset >= total - tailItems);
		const start = log.reading === 'newer' ? total : Math.max(0, Math.min(total, ...tail));
		const {isLast, fresh, end} = await page(start, pageItems, false, signal);
		pagesOnward = isLast ? 0 : pagesOnward + 1;
		const hasMore = !isLast && fresh > 0 && pagesOnward < mostPages && end < mostRows;
		total = fresh === 0 && !isLast ? total : Math.max(total, end);
		log = {...log, reading: hasMore ? 'newer' : undefined};
	};

	// Reads the lines before the tail again that still ran, oldest first, those near each other at once.
	const recheckOpenLines = async (isNewestFirst: boolean, mostRechecks: number, signal?: AbortSignal) => {
		const rechecked = new Set<string>();
		for (let rechecks = 0; rechecks < mostRechecks; rechecks++) {
			const first = log.items.find(({id}) => open.has(id) && !rechecked.has(id));
			if (!first) {
				return;
			}

			rechecked.add(first.id);
			const offset = isNewestFirst ? Math.max(0, log.items.length - positionOf(log.items, first) - recheckItems) : open.get(first.id)!;
			// eslint-disable-next-line no-await-in-loop -- what is still to be looked at depends on the page before
			const {entries} = await page(offset, recheckItems, isNewestFirst, signal);
			for (const {id} of entries) {
				rechecked.add(id);
			}
		}
	};

	const poll = async (isWhole: boolean, signal?: AbortSignal) => {
		const {logsNewestFirst} = await api.connect(signal);
		const before = log;
		await (logsNewestFirst ? readNewest(isWhole, signal) : readOnward(signal));
		isStarted = true;
		polls++;
		const isUpToDate = before.items.length > 0 && before.reading === undefined && log.reading === undefined;
		if (isUpToDate && (isWhole || polls % pollsPerRecheck === 0)) {
			await recheckOpenLines(logsNewestFirst, isWhole ? lastRecheckPages : recheckPages, signal);
		}

		log = sameLog(before, log) ? before : log;
		return log;
	};

	return {
		async poll(signal, isWhole = false) {
			const next = last.then(async () => poll(isWhole, signal));
			last = next.catch(() => undefined);
			return next;
		},
	};
}

const isOpen = ({type, endedAt}: LogItem) => type === 'Running' && valueOf(endedAt) === undefined;

function sameItem(a: LogItem, b: LogItem): boolean {
	return (Object.keys(b) as Array<keyof LogItem>).every(field => a[field] === b[field]);
}

function sameLog(a: Log, b: Log): boolean {
	return a.items === b.items && a.isCut === b.isCut && a.reading === b.reading;
}
