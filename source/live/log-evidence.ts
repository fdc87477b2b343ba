import type {Capabilities, LogQuery, Page, ServerApi, Turn} from '../api/server-api.js';
import type {LogEvidence, LogPart} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import type {LogItem} from '../model/log-item.js';

const openingItems = 20;
const newestItems = 200;
/** Of errors and of warnings, each: the newest, since the last ones say what a session ended of. */
const mostOfType = 1000;
/** The most that the API gives at once. */
const pageItems = 10_000;
/** A log has thousands of items, not hundreds of thousands. */
const mostPages = 20;

/** The part of a log that is to be read. */
export type LogReading = {
	readonly api: Pick<ServerApi, 'logItems'>;
	readonly capabilities: Capabilities;
	readonly sessionId: string;
	readonly part: LogPart;
	/** How many items the log had when it was last read to its end; undefined where it was not. */
	readonly total: number | undefined;
	/** Each request goes by it. */
	readonly turn: Turn;
	readonly signal: AbortSignal;
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: () => number;
};

export type LogFound = {
	/** The part, and all others where the whole log came. */
	readonly parts: LogEvidence;
	/** How many items the log has, where its end was read by counting from the first. */
	readonly total?: number;
};

type Way = (reading: LogReading) => Promise<LogFound>;

/**
Reads a part of a session's log in as few requests as its version allows: v8 gives the newest items and
those of one type, v6 and v7 only count from the oldest. Where an answer holds the whole log, every part is
filled. A log that is gone is empty. Rejects with `ServerFault`, or with the signal's reason.
*/
export async function readLogPart(reading: LogReading): Promise<LogFound> {
	const {logsNewestFirst, filtersLogsByType} = reading.capabilities;
	const ways: Readonly<Record<LogPart, Way>> = {
		opening: readOpening,
		newest: logsNewestFirst ? readNewest : readOnward,
		problems: filtersLogsByType ? readTyped : readWhole,
		longestQuiet: readWhole,
	};
	return ways[reading.part](reading);
}

async function readOpening(reading: LogReading): Promise<LogFound> {
	const {entries, isLast} = await pageOf(reading, {offset: 0, limit: openingItems});
	return isLast ? wholeOf(entries, reading) : {parts: {opening: {items: entries.slice(0, openingItems), readAt: reading.now()}}};
}

async function readNewest(reading: LogReading): Promise<LogFound> {
	const {entries, isLast} = await pageOf(reading, {offset: 0, limit: newestItems, newest: true});
	return isLast ? wholeOf(entries, reading) : {parts: {newest: {items: entries.slice(-newestItems), readAt: reading.now()}}};
}

// The newest items are looked at again with what follows them: a line that ran is rewritten in its place.
async function readOnward(reading: LogReading): Promise<LogFound> {
	const start = Math.max(0, (reading.total ?? 0) - newestItems);
	if (start === 0) {
		return readWhole(reading);
	}

	let newest: readonly LogItem[] = [];
	const {end} = await readPages(reading, start, entries => {
		newest = [...newest, ...entries].slice(-newestItems);
	});
	// The log is shorter than it was: it is not the one that was counted.
	return newest.length === 0 ? readWhole(reading) : {parts: {newest: {items: newest, readAt: reading.now()}}, total: end};
}

async function readTyped(reading: LogReading): Promise<LogFound> {
	const pages = await Promise.all((['Error', 'Warning'] as const).map(async type => {
		const page = await pageOf(reading, {offset: 0, limit: mostOfType, newest: true, type});
		// A server that does not know the filter sends all of them.
		return {...page, entries: page.entries.filter(item => item.type === type)};
	}));
	const items = inOrder(pages.flatMap(({entries}) => entries));
	return {parts: {problems: {items, isCut: pages.some(({isLast}) => !isLast), readAt: reading.now()}}};
}

async function readWhole(reading: LogReading): Promise<LogFound> {
	const summary = createSummary();
	const {end, isEnd} = await readPages(reading, 0, entries => {
		summary.add(entries);
	});
	return {parts: summary.parts(reading.now(), !isEnd), total: end};
}

function wholeOf(entries: readonly LogItem[], {now}: LogReading): LogFound {
	const summary = createSummary();
	summary.add(entries);
	return {parts: summary.parts(now(), false), total: entries.length};
}

async function pageOf({api, sessionId, turn, signal}: LogReading, query: LogQuery): Promise<Page<LogItem>> {
	return turn(async () => api.logItems(sessionId, query, signal));
}

type Pages = {
	/** Items that stand before where it was left off. */
	readonly end: number;
	/** Whether the log ends there. */
	readonly isEnd: boolean;
};

// Reads to the end, or until a server repeats itself; no page of the log is held longer than `take` needs it.
async function readPages(reading: LogReading, start: number, take: (entries: readonly LogItem[]) => void): Promise<Pages> {
	const seen = new Set<string>();
	let end = start;
	for (let pages = 0; pages < mostPages; pages++) {
		// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
		const page = await pageOf(reading, {offset: end, limit: pageItems});
		const news = page.entries.filter(({id}) => !seen.has(id));
		for (const {id} of news) {
			seen.add(id);
		}

		take(news);
		const hasNews = page.isLast || news.length > 0;
		end += hasNews ? page.entries.length + page.dropped : 0;
		if (page.isLast || !hasNews) {
			return {end, isEnd: page.isLast};
		}
	}

	return {end, isEnd: false};
}

// All parts of a log out of its items, which come in order and are not held but for what is kept.
function createSummary() {
	let opening: readonly LogItem[] = [];
	let newest: readonly LogItem[] = [];
	const problems: Record<'Error' | 'Warning', LogItem[]> = {Error: [], Warning: []};
	const moments: number[] = [];
	let isCut = false;

	return {
		add(items: readonly LogItem[]) {
			opening = [...opening, ...items.slice(0, openingItems)].slice(0, openingItems);
			newest = [...newest, ...items.slice(-newestItems)].slice(-newestItems);
			for (const item of items) {
				if (item.type === 'Error' || item.type === 'Warning') {
					problems[item.type].push(item);
				}

				moments.push(...[valueOf(item.createdAt), valueOf(item.endedAt)].filter(moment => moment !== undefined));
			}

			for (const type of ['Error', 'Warning'] as const) {
				isCut ||= problems[type].length > mostOfType;
				problems[type] = problems[type].slice(-mostOfType);
			}
		},
		parts(readAt: number, isLeftOff: boolean): LogEvidence {
			return {
				opening: {items: opening, readAt},
				newest: {items: newest, readAt},
				problems: {items: inOrder([...problems.Error, ...problems.Warning]), isCut: isCut || isLeftOff, readAt},
				longestQuiet: {ms: longestGap(moments), readAt},
			};
		},
	};
}

function longestGap(moments: readonly number[]): number {
	let longest = 0;
	const sorted = Float64Array.from(moments).toSorted();
	for (let index = 1; index < sorted.length; index++) {
		longest = Math.max(longest, sorted[index]! - sorted[index - 1]!);
	}

	return longest;
}

// Oldest first: by their numbers, or by their times where one has none.
function inOrder(items: readonly LogItem[]): readonly LogItem[] {
	const field = items.every(({usn}) => valueOf(usn) !== undefined) ? 'usn' : 'createdAt';
	return items.toSorted((a, b) => (valueOf(a[field]) ?? 0) - (valueOf(b[field]) ?? 0));
}
