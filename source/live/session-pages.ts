import type {Page, ServerApi, SessionQuery} from '../api/server-api.js';
import {valueOf} from '../model/field.js';
import type {Session} from '../model/session.js';

/** Pages overlap by this many, since a list that moves while it is read shifts by one for each session that leaves it. */
const overlap = 5;
/** No list is read further than this; what is missing is said on screen. */
const mostSessions = 100_000;
/** Requests for one list: a server that lowers the limit to one session must not be asked 100,000 times. */
const mostPages = 1000;
/** Pages in a row without any session that was not read before: the server goes round in circles. */
const mostPagesWithoutNews = 3;

/** How the reading of a list ended. */
export type PagesRead = {
	/** Why there may be more than was read, where there may. */
	readonly missing: string | undefined;
	/** Entries that could not be read; those where two pages meet may count twice. */
	readonly dropped: number;
};

type PagesQuery = Omit<SessionQuery, 'offset' | 'limit'> & {
	readonly firstLimit: number;
	readonly nextLimit: number;
};

/** Reads a list of sessions page by page, until its end or until `take` has enough. Ends with any server. */
export async function readPages(
	api: Pick<ServerApi, 'sessions'>,
	{firstLimit, nextLimit, ...query}: PagesQuery,
	take: (page: Page<Session>) => 'more' | 'enough',
	signal?: AbortSignal,
): Promise<PagesRead> {
	const seen = new Set<string>();
	let dropped = 0;
	let withoutNews = 0;
	let offset = 0;
	let limit = firstLimit;
	for (let pages = 0; pages < mostPages && offset < mostSessions; pages++) {
		// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
		const page = await api.sessions({...query, offset, limit}, signal);
		const seenBefore = seen.size;
		for (const {id} of page.entries) {
			seen.add(id);
		}

		dropped += page.dropped;
		if (take(page) === 'enough' || page.isLast) {
			return {missing: undefined, dropped};
		}

		withoutNews = seen.size === seenBefore ? withoutNews + 1 : 0;
		if (withoutNews === mostPagesWithoutNews) {
			return {missing: 'the server repeats the same sessions for ever, there may be more', dropped};
		}

		const length = page.entries.length + page.dropped;
		offset += Math.max(1, length - Math.min(overlap, Math.floor(length / 2)));
		limit = nextLimit;
	}

	return {missing: `only the first ${seen.size} sessions of the range were read`, dropped};
}

/** Whether a page, newest first, goes back to the time given. In any other order it must go there whole. */
export function reaches(sessions: readonly Session[], time: number): boolean {
	const created = sessions.map(({createdAt}) => valueOf(createdAt)).filter(at => at !== undefined);
	const isNewestFirst = created.every((at, index) => index === 0 || at <= created[index - 1]!);
	// Where no time can be read nobody knows how far it goes: the whole history is not looked through for that.
	return created.length === 0 || (isNewestFirst ? created.at(-1)! < time : created.every(at => at < time));
}
