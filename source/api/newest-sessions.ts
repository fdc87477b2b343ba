import {valueOf} from '../model/field.js';
import type {Session} from '../model/session.js';
import type {Page} from './server-api.js';

/** The page with its sessions newest first by creation; the order of the server is a default that is not promised. */
export function byNewest(page: Page<Session>): Page<Session> {
	const createdAt = (session: Session) => valueOf(session.createdAt) ?? 0;
	return {...page, entries: page.entries.toSorted((a, b) => createdAt(b) - createdAt(a))};
}

const mostPages = 20;

/**
The newest `limit` sessions of one job out of pages with the sessions of many: for copy
jobs on v6, which has neither filter nor path for them. Reads 20 pages at most,
since a history may hold hundreds of thousands; `isLast` says whether the end was reached.
*/
export async function newestAmong(jobId: string, limit: number, pageAt: (offset: number) => Promise<Page<Session>>): Promise<Page<Session>> {
	let found: readonly Session[] = [];
	let offset = 0;
	let dropped = 0;
	let isLast = false;
	for (let count = 0; !isLast && count < mostPages && found.length < limit; count++) {
		const page = await pageAt(offset); // eslint-disable-line no-await-in-loop -- where the next page begins is known from this one
		const known = new Set(found.map(({id}) => id));
		found = [...found, ...page.entries.filter(session => session.jobId === jobId && !known.has(session.id))];
		offset += page.entries.length + page.dropped;
		dropped += page.dropped;
		isLast = page.isLast;
	}

	const {entries} = byNewest({entries: found, dropped, offset: 0, limit, isLast});
	return {entries: entries.slice(0, limit), dropped, offset: 0, limit, isLast: isLast && entries.length <= limit};
}
