import type {Page} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';
import type {LogApi} from './read-queue.js';

/** Log items held of one session, and asked for at once; a log can have thousands. */
const mostItems = 1000;
/** The tail: what is asked for again with each poll. */
const newestItems = 100;
/** Pages that one poll reads, and items after which it reads no further: the next one goes on from there. */
const mostPages = 200;
const mostRead = 100_000;
/** Of so many polls one looks at all that is held: a line that stands before the tail can still be rewritten. */
const pollsPerWholeRead = 10;

/** What is known of one session's log. */
export type Log = {
	/** Newest last. */
	readonly items: readonly LogItem[];
	/** Whether older items exist that are not held. */
	readonly isCut: boolean;
};

export type LogTail = {
	/**
	Asks for what is new; the same object comes back while nothing is. Rejects with `ServerFault`.
	Polls wait for each other.
	@param isWhole - looks at as many items as are held, not at the tail only: when the session has ended
	*/
	readonly poll: (signal?: AbortSignal, isWhole?: boolean) => Promise<Log>;
};

/**
Follows the log of one session. v8 gives the newest items; v6 and v7 count from the oldest,
so the items that can still change, and what follows them, are read again.
*/
export function createLogTail(api: LogApi, sessionId: string): LogTail {
	const items = new Map<string, LogItem>();
	let log: Log = {items: [], isCut: false};
	let polls = 0;
	let last: Promise<unknown> = Promise.resolve();
	// v6 and v7: how many items there are, and how many stand before the first that can still change.
	let total = 0;
	let settled = 0;

	const merge = (read: readonly LogItem[], isCut: boolean) => {
		for (const item of read) {
			if (!sameItem(items.get(item.id), item)) {
				items.set(item.id, item);
			}
		}

		const sorted = [...items.values()].toSorted((a, b) => order(a) - order(b));
		for (const {id} of sorted.slice(0, -mostItems)) {
			items.delete(id);
		}

		const next = {items: sorted.slice(-mostItems), isCut: isCut || sorted.length > mostItems};
		log = sameLog(log, next) ? log : next;
	};

	const readNewest = async (isWhole: boolean, signal?: AbortSignal) => {
		const target = isWhole ? mostItems : newestItems;
		const held = new Set(items.keys());
		let read: readonly LogItem[] = [];
		let meetsHeld = held.size === 0;
		const isEnd = await readLogPages(async offset => api.logItems(sessionId, {offset, limit: target, newest: true}, signal), 0, page => {
			read = [...page.entries, ...read];
			meetsHeld ||= page.entries.some(({id}) => held.has(id));
			return read.length >= mostItems || (read.length >= target && meetsHeld);
		});
		merge(read, !isEnd && (log.isCut || held.size === 0 || !meetsHeld));
	};

	const readOnward = async (isWhole: boolean, signal?: AbortSignal) => {
		const start = Math.max(settled, total - (isWhole ? mostItems : newestItems), 0);
		let firstOpen: number | undefined;
		let offset = start;
		await readLogPages(async from => api.logItems(sessionId, {offset: from, limit: mostItems}, signal), start, ({entries, dropped}) => {
			const open = entries.findIndex(item => item.type === 'Running' && item.endedAt === undefined);
			firstOpen ??= open === -1 ? undefined : offset + open;
			offset += entries.length + dropped;
			merge(entries, log.isCut);
			return false;
		});
		total = Math.max(total, offset);
		// What stands before the start was not looked at: it may be open still.
		settled = start === settled ? firstOpen ?? total : settled;
	};

	const poll = async (isWhole: boolean, signal?: AbortSignal) => {
		const {logsNewestFirst} = await api.connect(signal);
		polls++;
		const looksAtAll = isWhole || polls % pollsPerWholeRead === 0;
		await (logsNewestFirst ? readNewest(looksAtAll, signal) : readOnward(looksAtAll, signal));
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

// Reads pages until the end, until `take` has enough, or until a server repeats itself. Whether it was the end.
async function readLogPages(pageAt: (offset: number) => Promise<Page<LogItem>>, start: number, take: (page: Page<LogItem>) => boolean): Promise<boolean> {
	const seen = new Set<string>();
	let offset = start;
	for (let pages = 0; pages < mostPages && seen.size < mostRead; pages++) {
		const page = await pageAt(offset); // eslint-disable-line no-await-in-loop -- where a page begins depends on the one before
		const hasNews = page.entries.some(({id}) => !seen.has(id));
		for (const {id} of page.entries) {
			seen.add(id);
		}

		const hasEnough = hasNews && take(page);
		if (page.isLast || hasEnough || !hasNews) {
			return page.isLast;
		}

		offset += page.entries.length + page.dropped;
	}

	return false;
}

const order = (item: LogItem) => valueOf(item.usn) ?? Infinity;

function sameItem(a: LogItem | undefined, b: LogItem): boolean {
	return a !== undefined && (Object.keys(b) as Array<keyof LogItem>).every(field => a[field] === b[field]);
}

function sameLog(a: Log, b: Log): boolean {
	return a.isCut === b.isCut && a.items.length === b.items.length && b.items.every((item, index) => item === a.items[index]);
}
