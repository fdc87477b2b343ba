import type {LogItem} from './log-item.js';

/** What is known of one session's log. */
export type Log = {
	/** Newest last. */
	readonly items: readonly LogItem[];
	/** Whether older items exist that were not read and are not asked for. */
	readonly isCut: boolean;
	/** The items that the next polls bring, while there are any: a poll reads one page of them. */
	readonly reading?: 'older' | 'newer';
};
