import type {LogQuery} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import type {Log} from '../model/log.js';
import type {LogItem} from '../model/log-item.js';
import {mergedLog, positionOf} from './log-merge.js';
import {afterFirst, afterOlder, afterOnward, firstLimit, mostItems, onwardStart, pageItems, rechecks, tailItems} from './log-policy.js';
import type {LogApi} from './read-queue.js';

/** Items of a page in which lines that still ran are read again. */
const recheckItems = 1000;

export type LogTail = {
	/**
	Asks for what is new, or for the next page while there are items left to read; the same object comes
	back while nothing is new. Rejects with `ServerFault`. Polls wait for each other.
	@param isWhole - the session has ended: every line that can still be rewritten is read again, not the tail only
	*/
	readonly poll: (signal?: AbortSignal, isWhole?: boolean) => Promise<Log>;
};

/**
Follows the log of one session. v8 gives the newest items, and older ones are read on from there; v6 and v7
count from the oldest. A line that ran when it was read is read again, since it is rewritten in place.
*/
export function createLogTail(api: LogApi, sessionId: string): LogTail {
	const reader = new LogReader(api, sessionId);
	let last: Promise<unknown> = Promise.resolve();
	return {
		async poll(signal, isWhole = false) {
			const next = last.then(async () => reader.poll(isWhole, signal));
			last = next.catch(() => undefined);
			return next;
		},
	};
}

/** Reads a log page by page into one; what to ask for next is decided in log-policy.ts. */
class LogReader {
	readonly #api: LogApi;
	readonly #sessionId: string;
	readonly #items = new Map<string, LogItem>();
	/** Lines that can still be rewritten, each with the items before it on the server where they are counted. */
	readonly #open = new Map<string, number>();
	#log: Log = {items: [], isCut: false};
	#isStarted = false;
	#polls = 0;
	#pagesOnward = 0;
	/** Rows of the server that were read so far: items, and what could not be read as one. */
	#total = 0;

	constructor(api: LogApi, sessionId: string) {
		this.#api = api;
		this.#sessionId = sessionId;
	}

	async poll(isWhole: boolean, signal?: AbortSignal): Promise<Log> {
		const {logsNewestFirst} = await this.#api.connect(signal);
		const before = this.#log;
		await (logsNewestFirst ? this.#readNewest(isWhole, signal) : this.#readOnward(signal));
		this.#isStarted = true;
		this.#polls++;
		const isUpToDate = before.items.length > 0 && before.reading === undefined && this.#log.reading === undefined;
		await this.#recheckOpenLines(logsNewestFirst, rechecks(this.#polls, {isUpToDate, isWhole}), signal);
		this.#log = sameLog(before, this.#log) ? before : this.#log;
		return this.#log;
	}

	async #readNewest(isWhole: boolean, signal?: AbortSignal) {
		if (!this.#isStarted) {
			return this.#readFirst(firstLimit(isWhole), signal);
		}

		return this.#log.reading === 'older' ? this.#readOlder(signal) : this.#readTail(signal);
	}

	async #readFirst(limit: number, signal?: AbortSignal) {
		const page = await this.#page({offset: 0, limit, newest: true}, signal);
		this.#pagesOnward = 1;
		this.#total = page.end;
		this.#log = {...this.#log, ...afterFirst(page)};
	}

	// Items that came since the last page only move the older ones further back: pages overlap, and leave no gap.
	async #readOlder(signal?: AbortSignal) {
		const page = await this.#page({offset: this.#total, limit: pageItems, newest: true}, signal);
		this.#total = page.end;
		this.#pagesOnward++;
		const {isCut, items} = this.#log;
		this.#log = {...this.#log, ...afterOlder(page, {isCut, items: items.length, pages: this.#pagesOnward})};
	}

	async #readTail(signal?: AbortSignal) {
		const known = new Set(this.#items.keys());
		let offset = 0;
		for (let limit = tailItems; offset < mostItems; limit = pageItems) {
			// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
			const {entries, isLast, fresh, end} = await this.#page({offset, limit, newest: true}, signal);
			if (isLast || fresh === 0 || entries.some(({id}) => known.has(id))) {
				return;
			}

			offset = end;
		}

		this.#log = {...this.#log, isCut: true};
	}

	async #readOnward(signal?: AbortSignal) {
		const offset = onwardStart(this.#log.reading, this.#total, this.#open.values());
		const page = await this.#page({offset, limit: pageItems}, signal);
		this.#pagesOnward = page.isLast ? 0 : this.#pagesOnward + 1;
		const {reading, total} = afterOnward(page, {total: this.#total, pages: this.#pagesOnward});
		this.#total = total;
		this.#log = {...this.#log, reading};
	}

	// Reads the lines before the tail again that still ran, oldest first, those near each other at once.
	async #recheckOpenLines(isNewestFirst: boolean, mostPages: number, signal?: AbortSignal) {
		const rechecked = new Set<string>();
		for (let pages = 0; pages < mostPages; pages++) {
			const {items} = this.#log;
			const first = items.find(({id}) => this.#open.has(id) && !rechecked.has(id));
			if (!first) {
				return;
			}

			rechecked.add(first.id);
			const offset = isNewestFirst ? Math.max(0, items.length - positionOf(items, first) - recheckItems) : this.#open.get(first.id)!;
			// eslint-disable-next-line no-await-in-loop -- what is still to be read again depends on the page before
			const {entries} = await this.#page({offset, limit: recheckItems, ...(isNewestFirst && {newest: true})}, signal);
			for (const {id} of entries) {
				rechecked.add(id);
			}
		}
	}

	async #page(query: LogQuery, signal?: AbortSignal) {
		const page = await this.#api.logItems(this.#sessionId, query, signal);
		return {...page, fresh: this.#merge(page.entries, query.offset), end: query.offset + page.entries.length + page.dropped};
	}

	/** Takes what was read into the log; gives how many items were new. */
	#merge(entries: readonly LogItem[], offset: number): number {
		const fresh: LogItem[] = [];
		const rewritten: LogItem[] = [];
		for (const [index, item] of entries.entries()) {
			const before = this.#items.get(item.id);
			if (before === undefined || !sameItem(before, item)) {
				(before === undefined ? fresh : rewritten).push(item);
				this.#items.set(item.id, item);
			}

			if (isOpen(item)) {
				this.#open.set(item.id, offset + index);
			} else {
				this.#open.delete(item.id);
			}
		}

		const merged = mergedLog(this.#log.items, fresh, rewritten);
		const dropped = merged.slice(0, -mostItems);
		for (const {id} of dropped) {
			this.#items.delete(id);
			this.#open.delete(id);
		}

		this.#log = {...this.#log, items: dropped.length === 0 ? merged : merged.slice(-mostItems), isCut: this.#log.isCut || dropped.length > 0};
		return fresh.length;
	}
}

const isOpen = ({type, endedAt}: LogItem) => type === 'Running' && valueOf(endedAt) === undefined;

function sameItem(a: LogItem, b: LogItem): boolean {
	return (Object.keys(b) as Array<keyof LogItem>).every(field => a[field] === b[field]);
}

function sameLog(a: Log, b: Log): boolean {
	return a.items === b.items && a.isCut === b.isCut && a.reading === b.reading;
}
