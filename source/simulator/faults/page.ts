import type {ServerExchange, Middleware} from '../server/exchange.js';
import {defaultLimit} from '../server/paging.js';
import type {Wire} from '../wire/wire.js';
import {editedJson, type Fault} from './fault.js';
import {isOfSessions, withRows} from './rows.js';

const lowLimit = 20;

/** Lists whose pages do not fit together. */
export const pageFaults = {
	shiftingPages: {about: 'between two pages of a list a session comes or goes', middleware: shiftingPages},
	endlessNext: {about: 'every page of sessions is the first, and promises another one', middleware: endlessNext},
	lowLimit: {about: `no page has more than ${lowLimit} rows, whatever is asked for`, middleware: asking(({limit}) => ({limit: Math.min(lowLimit, limit)}))},
	duplicateIds: {
		about: 'each session stands twice on its page, the second time with another status',
		middleware: editedJson((json, {exchange}) => isOfSessions(exchange.path) ? withRows(json, rows => rows.flatMap(row => twice(row as Wire))) : json),
	},
	ignoredOffset: {about: 'every page is the first', middleware: asking(() => ({offset: 0}))},
} as const satisfies Record<string, Fault>;

type Asked = {offset: number; limit: number};

function asked({query}: ServerExchange): Asked {
	const value = (name: string, fallback: number) => {
		const [, text] = Object.entries(query).find(([key]) => key.toLowerCase() === name) ?? [];
		const number = Number(text ?? fallback);
		return Number.isSafeInteger(number) ? number : fallback;
	};

	return {offset: value('offset', 0), limit: value('limit', defaultLimit)};
}

/** Lets the server answer as if something else had been asked; the log keeps what was. */
function askInstead(exchange: ServerExchange, instead: Partial<Asked>): void {
	const others = Object.entries(exchange.query).filter(([name]) => !Object.hasOwn(instead, name.toLowerCase()));
	exchange.query = {...Object.fromEntries(others), ...Object.fromEntries(Object.entries(instead).map(([name, value]) => [name, String(value)]))};
}

function asking(instead: (asked: Asked) => Partial<Asked>): () => Middleware {
	return () => async (exchange, next) => {
		askInstead(exchange, instead(asked(exchange)));
		await next();
	};
}

/** The newest session is there or not; it comes or goes before each page that is not the first. */
function shiftingPages(): Middleware {
	let changes = 0;
	return async (exchange, next) => {
		const {offset} = asked(exchange);
		if (isOfSessions(exchange.path)) {
			changes += offset > 0 ? 1 : 0;
			if (changes % 2 === 0) {
				askInstead(exchange, {offset: offset + 1});
				exchange.edits.push(answer => answer.status === 200 ? {...answer, json: movedUp(answer.json, offset)} : answer);
			}
		}

		await next();
	};
}

/** A page that says it begins one row earlier. */
function movedUp(json: unknown, offset: number): unknown {
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
		if (isOfSessions(exchange.path)) {
			const {offset, limit} = asked(exchange);
			const query = new URLSearchParams({...exchange.query, offset: String(offset + limit), limit: String(limit)});
			askInstead(exchange, {offset: 0});
			exchange.edits.push(answer => answer.status === 200 ? {...answer, json: withNext(answer.json, offset, `${exchange.path}?${query.toString()}`)} : answer);
		}

		await next();
	};
}

function withNext(json: unknown, offset: number, href: string): unknown {
	const page = json as Wire;
	return Array.isArray(page['results']) ? {...page, offset, _links: {...page['_links'] as Wire, next: {href}}} : json;
}

function twice(row: Wire): Wire[] {
	return [row, {...row, status: row['status'] === 'Failed' ? 'Success' : 'Failed'}];
}
