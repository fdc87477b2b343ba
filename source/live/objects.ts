import type {ProcessedObject, ProcessedObjects} from '../model/processed-object.js';
import type {ObjectsApi} from './read-queue.js';

const pageObjects = {first: 1000, next: 10_000} as const;
const mostObjects = 100_000;
const mostPages = 100;

// All pages, until the last one, until there are enough, or until a server repeats itself.
export async function readObjects(api: ObjectsApi, sessionId: string, signal: AbortSignal): Promise<ProcessedObjects> {
	const {listsObjects} = await api.connect(signal);
	if (!listsObjects) {
		return {kind: 'notInVersion'};
	}

	const entries: ProcessedObject[] = [];
	const seen = new Set<string>();
	let dropped = 0;
	let offset = 0;
	for (let pages = 0; pages < mostPages && entries.length < mostObjects; pages++) {
		// eslint-disable-next-line no-await-in-loop -- where a page begins depends on the one before
		const page = await api.processedObjects(sessionId, {offset, limit: pages === 0 ? pageObjects.first : pageObjects.next}, signal);
		if (!page) {
			return {kind: 'gone'};
		}

		// A list that grows while it is read gives some of its objects twice.
		const news = page.entries.filter(object => !seen.has(keyOf(object)));
		for (const object of news) {
			seen.add(keyOf(object));
			entries.push(object);
		}

		dropped += page.dropped;
		offset += page.entries.length + page.dropped;
		if (page.isLast || news.length + page.dropped === 0) {
			return {kind: 'listed', entries: entries.slice(0, mostObjects), isCut: !page.isLast || entries.length > mostObjects, dropped};
		}
	}

	return {kind: 'listed', entries: entries.slice(0, mostObjects), isCut: true, dropped};
}

function keyOf({id, type}: ProcessedObject): string {
	return `${String(type)} ${id}`;
}
