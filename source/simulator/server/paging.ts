import type {Wire, SimulatedVersion} from '../wire/wire.js';

export const defaultLimit = 30;
const mostLimit = 10_000;

export type PageStart = {offset: number; limit: number};

/** Query names in lower case; a request's own case does not matter. */
export type QueryParameters = Readonly<Record<string, string>>;

/** Where a page begins and how long it is; undefined for a malformed value that the version refuses. */
export function pageStartOf(query: QueryParameters, {isStrict}: SimulatedVersion): PageStart | undefined {
	const limit = wholeNumber(query['limit'], defaultLimit);
	const offset = wholeNumber(query['offset'], 0);
	const isMalformed = limit === undefined || offset === undefined || limit < 1 || offset < 0;
	return isMalformed && isStrict ? undefined : {limit: Math.min(mostLimit, Math.max(1, limit ?? defaultLimit)), offset: Math.max(0, offset ?? 0)};
}

function wholeNumber(text: string | undefined, fallback: number): number | undefined {
	if (text === undefined) {
		return fallback;
	}

	return /^-?\d{1,9}$/v.test(text) ? Number(text) : undefined;
}

export type Whereabouts = {place: PageStart; path: string; query: QueryParameters; hasSetId: boolean};

/** The page envelope around some of the results, which are read no further than the page needs. */
export function pageOf<Result>(results: Iterable<Result>, {place, path, query, hasSetId}: Whereabouts, wireOf: (result: Result) => Wire): Wire {
	const {offset, limit} = place;
	const others = Object.entries(query).filter(([name]) => name !== 'offset' && name !== 'limit');
	const href = (start: number) => {
		const parameters = new URLSearchParams([...others, ['offset', String(start)], ['limit', String(limit)]]);
		return {href: `${path}?${parameters.toString()}`};
	};

	const found = Iterator.from(results).drop(offset).take(limit + 1).toArray();
	const hasMore = found.length > limit;
	return {
		offset,
		limit,
		_links: {
			self: href(offset),
			...(hasMore && {next: href(offset + limit)}),
			...(offset > 0 && {first: href(0), prev: href(Math.max(0, offset - limit))}),
		},
		results: found.slice(0, limit).map(result => wireOf(result)),
		...(hasSetId && {setId: '00000000-0000-0000-0000-000000000000'}),
	};
}
