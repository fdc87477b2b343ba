import type {Page} from './server-api.js';

const mostPages = 1000;

/**
All entries of a collection, page by page, each id once. Ends with the last page, and
also where a page brings nothing new, so that a server that ignores `offset` does not hold it.
*/
export async function wholeCollection<Entry extends {readonly id: string}>(pageAt: (offset: number) => Promise<Page<Entry>>): Promise<readonly Entry[]> {
	const found: Entry[] = [];
	const ids = new Set<string>();
	let offset = 0;
	for (let count = 0; count < mostPages; count++) {
		const page = await pageAt(offset); // eslint-disable-line no-await-in-loop -- where the next page begins is known from this one
		const news = page.entries.filter(({id}) => !ids.has(id));
		for (const entry of news) {
			ids.add(entry.id);
			found.push(entry);
		}

		if (page.isLast || news.length === 0) {
			break;
		}

		offset += page.entries.length + page.dropped;
	}

	return found;
}
