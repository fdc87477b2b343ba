import type {ServerExchange, Middleware} from '../server/exchange.js';
import {defaultLimit, type Wire} from '../wire/wire.js';
import {editedJson, type Fault} from './fault.js';
import {isSessionPath, withRows} from './json-edits.js';

const lowLimit = 20;

/** Lists whose pages contradict each other. */
export const pageFaults = {
	shiftingPages: {about: 'between two pages of a list a session comes or goes', middleware: shiftingPages},
	endlessNext: {about: 'every page of sessions is the first, and promises another one', middleware: endlessNext},
	lowLimit: {about: `no page has more than ${lowLimit} rows, whatever is asked for`, middleware: withQuery(({limit}) => ({limit: Math.min(lowLimit, limit)}))},
	duplicateIds: {
		about: 'each session stands twice on its page, the second time with another status',
		middleware: editedJson((json, {exchange: {path}}) => isSessionPath(path) ? withRows(json, rows => rows.flatMap(row => duplicates(row as Wire))) : json),
	},
	ignoredOffset: {about: 'every page is the first', middleware: withQuery(() => ({offset: 0}))},
} as const satisfies Record<string, Fault>;

type PageQuery = {offset: number; limit: number};

function pageQueryOf({query}: ServerExchange): PageQuery {
	const value = (name: string, fallback: number) => {
		const [, text] = Object.entries(query).find(([key]) => key.toLowerCase() === name) ?? [];
		const number = Number(text ?? fallback);
		return Number.isSafeInteger(number) ? number : fallback;
	};

	return {offset: value('offset', 0), limit: value('limit', defaultLimit)};
}

/** Replaces parts of the query for the server; the request log has the original. */
function changeQuery(exchange: ServerExchange, changed: Partial<PageQuery>): void {
	const others = Object.entries(exchange.query).filter(([name]) => !Object.hasOwn(changed, name.toLowerCase()));
	exchange.query = {...Object.fromEntries(others), ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, String(value)]))};
}

function withQuery(change: (query: PageQuery) => Partial<PageQuery>): () => Middleware {
	return () => async (exchange, next) => {
		changeQuery(exchange, change(pageQueryOf(exchange)));
		await next();
	};
}

/** Before each page but the first, the newest session disappears or appears. */
function shiftingPages(): Middleware {
	let changes = 0;
	return async (exchange, next) => {
		const {offset} = pageQueryOf(exchange);
		if (isSessionPath(exchange.path)) {
			changes += offset > 0 ? 1 : 0;
			if (changes % 2 === 0) {
				changeQuery(exchange, {offset: offset + 1});
				exchange.edits.push(answer => answer.status === 200 ? {...answer, json: shiftedUp(answer.json, offset)} : answer);
			}
		}

		await next();
	};
}

/** The page with its offset and those of its links one lower, as if the newest session did not exist. */
function shiftedUp(json: unknown, offset: number): unknown {
	const page = json as Wire;
	if (!Array.isArray(page['results'])) {
		return json;
	}

	const up = (href: string) => href.replace(/(?<=[&?]offset=)\d+/v, start => String(Math.max(0, Number(start) - 1)));
	const links = Object.entries(page['_links'] as Record<string, {href: string}>).map(([name, {href}]) => [name, {href: up(href)}] as const);
	return {...page, offset, _links: Object.fromEntries(offset === 0 ? links.filter(([name]) => name === 'self' || name === 'next') : links)};
}

function endlessNext(): Middleware {
	return async (exchange, next) => {
		if (isSessionPath(exchange.path)) {
			const {offset, limit} = pageQueryOf(exchange);
			const query = new URLSearchParams({...exchange.query, offset: String(offset + limit), limit: String(limit)});
			changeQuery(exchange, {offset: 0});
			exchange.edits.push(answer => answer.status === 200 ? {...answer, json: withNext(answer.json, offset, `${exchange.path}?${query.toString()}`)} : answer);
		}

		await next();
	};
}

function withNext(json: unknown, offset: number, href: string): unknown {
	const page = json as Wire;
	return Array.isArray(page['results']) ? {...page, offset, _links: {...page['_links'] as Wire, next: {href}}} : json;
}

function duplicates(row: Wire): Wire[] {
	return [row, {...row, status: row['status'] === 'Failed' ? 'Success' : 'Failed'}];
}
