import {defaultLimit, type Wire, type SimulatedVersion} from '../../wire/wire.js';

const mostLimit = 10_000;

export type PageStart = {offset: number; limit: number};

/** Names are in lower case: the server ignores their case. */
export type QueryParameters = Readonly<Record<string, string>>;

/** Where a page starts and how long it is; undefined for a malformed value that the version refuses. */
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

export type PageRequest = {start: PageStart; path: string; query: QueryParameters; hasSetId: boolean};

/** A page of the results, which are read no further than the page needs. */
export function pageOf<Result>(results: Iterable<Result>, {start, path, query, hasSetId}: PageRequest, wireOf: (result: Result) => Wire): Wire {
	const {offset, limit} = start;
	const others = Object.entries(query).filter(([name]) => name !== 'offset' && name !== 'limit');
	const href = (from: number) => {
		const parameters = new URLSearchParams([...others, ['offset', String(from)], ['limit', String(limit)]]);
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
