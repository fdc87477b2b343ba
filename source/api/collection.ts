import type {Page} from './server-api.js';

const mostPages = 1000;
/** No server has this many; a collection without an end must not fill the memory. */
const mostEntries = 100_000;

/**
All entries of a collection, page by page, each id once. Ends with the last page, and
also where a page brings nothing new, so that a server that ignores `offset` causes no endless loop.
*/
export async function wholeCollection<Entry extends {readonly id: string}>(pageAt: (offset: number) => Promise<Page<Entry>>): Promise<readonly Entry[]> {
	// Of several entries with one id the first counts.
	const found = new Map<string, Entry>();
	let offset = 0;
	for (let count = 0; count < mostPages && found.size < mostEntries; count++) {
		const page = await pageAt(offset); // eslint-disable-line no-await-in-loop -- where the next page begins is known from this one
		const before = found.size;
		for (const entry of page.entries) {
			found.set(entry.id, found.get(entry.id) ?? entry);
		}

		if (page.isLast || found.size === before) {
			break;
		}

		offset += page.entries.length + page.dropped;
	}

	return [...found.values()];
}
