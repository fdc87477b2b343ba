import type {ServerApi} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';

/** Log items held of one session; a log can have thousands. */
const mostItems = 1000;
const newestItems = 100;
const pageOfItems = 1000;

/** What is known of one session's log. */
export type Log = {
	/** Newest last. */
	readonly items: readonly LogItem[];
	/** Whether older items exist that are not held. */
	readonly isCut: boolean;
};

export type LogTail = {
	/** Asks for what is new; the same object comes back while nothing is. Rejects with `ServerFault`. */
	readonly poll: (signal?: AbortSignal) => Promise<Log>;
};

/**
Follows the log of one session. v8 gives the newest items; v6 and v7 count from the oldest,
so the items that can still change, and what follows them, are read again.
*/
export function createLogTail(api: ServerApi, sessionId: string): LogTail {
	const items = new Map<string, LogItem>();
	let log: Log = {items: [], isCut: false};
	// How many items stand before the first that is held and can still change.
	let settled = 0;

	const merge = (read: readonly LogItem[], isCut: boolean) => {
		let hasNews = false;
		for (const item of read) {
			hasNews ||= !sameItem(items.get(item.id), item);
			items.set(item.id, item);
		}

		if (hasNews || isCut !== log.isCut) {
			const sorted = [...items.values()].toSorted((a, b) => order(a) - order(b));
			for (const {id} of sorted.slice(0, -mostItems)) {
				items.delete(id);
			}

			log = {items: sorted.slice(-mostItems), isCut: isCut || sorted.length > mostItems};
		}
	};

	const readNewest = async (signal?: AbortSignal) => {
		const page = await api.logItems(sessionId, {offset: 0, limit: newestItems, newest: true}, signal);
		merge(page.entries, log.isCut || (!page.isLast && items.size === 0));
	};

	const readOnward = async (signal?: AbortSignal) => {
		let offset = settled;
		for (;;) {
			// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
			const page = await api.logItems(sessionId, {offset, limit: pageOfItems}, signal);
			merge(page.entries, log.isCut);
			const firstOpen = page.entries.findIndex(item => item.type === 'Running' && item.endedAt === undefined);
			const passed = firstOpen === -1 ? page.entries.length : firstOpen;
			if (offset === settled) {
				settled += passed;
			}

			offset += page.entries.length;
			if (page.isLast || page.entries.length === 0) {
				return;
			}

			// One item that never ends must not have the whole log read at each poll.
			settled = Math.max(settled, offset - newestItems);
		}
	};

	return {
		async poll(signal) {
			const {logsNewestFirst} = await api.connect(signal);
			await (logsNewestFirst ? readNewest(signal) : readOnward(signal));
			return log;
		},
	};
}

const order = (item: LogItem) => valueOf(item.usn) ?? Infinity;

function sameItem(a: LogItem | undefined, b: LogItem): boolean {
	return a !== undefined && (Object.keys(b) as Array<keyof LogItem>).every(field => a[field] === b[field]);
}
