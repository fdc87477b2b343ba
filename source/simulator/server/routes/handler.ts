import type {SimulatedVersion} from '../../wire/wire.js';
import type {WireAnswer, ServerExchange} from '../exchange.js';
import {bodyOf, formOf} from '../request-body.js';
import {maskedBody} from '../secrets.js';
import type {TokenQuota, Tokens} from '../tokens.js';
import {failure, routes, type Call, type RouteHandler} from './routes.js';

/** What answers depend on besides the request. */
export type HandlerSettings = Pick<Call, 'world' | 'build' | 'boundAppliesTo'> & {
	versions: readonly SimulatedVersion[];
	tokens: Tokens;
	quota: TokenQuota | undefined;
	/** Absent: the default of the version. */
	activeEndTime: Call['activeEndTime'] | undefined;
};

/** The answer to a request. */
export async function answerTo(exchange: ServerExchange, settings: HandlerSettings): Promise<WireAnswer> {
	const [name = '', ...parts] = exchange.path.split('/').slice(1).map(part => decoded(part).toLowerCase());
	const version = settings.versions.find(candidate => candidate.name === name);
	if (!version) {
		return {status: 404};
	}

	if (parts[0] === 'token') {
		return tokenAnswer(exchange, settings, version, parts.slice(1));
	}

	for (const route of routes) {
		const parameters = parametersOf(route, parts, version);
		if (parameters) {
			return resourceAnswer(exchange, settings, {version, route, parameters});
		}
	}

	return failure(version, 404, 'The requested resource was not found.', 'ResourceNotFound');
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

type Match = {version: SimulatedVersion; route: RouteHandler; parameters: Record<string, string>};

function resourceAnswer(exchange: ServerExchange, settings: HandlerSettings, {version, route, parameters}: Match): WireAnswer {
	if (exchange.method !== 'GET') {
		return {status: 405, headers: {Allow: 'GET'}};
	}

	if (!route.isAnonymous && !settings.tokens.isAccepted(exchange.request.headers.authorization, exchange.now)) {
		return {status: 401};
	}

	return route.answer({
		version, parameters,
		path: exchange.path,
		query: Object.fromEntries(Object.entries(exchange.query).map(([name, value]) => [name.toLowerCase(), value])),
		now: exchange.now,
		world: settings.world,
		build: settings.build,
		boundAppliesTo: settings.boundAppliesTo,
		activeEndTime: settings.activeEndTime ?? version.activeEndTime,
	});
}

function parametersOf(route: RouteHandler, parts: readonly string[], version: SimulatedVersion): Record<string, string> | undefined {
	const names = route.path.split('/');
	if (names.length !== parts.length || !(route.isIn?.(version) ?? true)) {
		return undefined;
	}

	const parameters: Record<string, string> = {};
	for (const [index, part] of parts.entries()) {
		const name = names[index] ?? '';
		if (name.startsWith(':')) {
			parameters[name.slice(1)] = part;
		} else if (name !== part) {
			return undefined;
		}
	}

	return parameters;
}

async function tokenAnswer(exchange: ServerExchange, settings: HandlerSettings, version: SimulatedVersion, rest: readonly string[]): Promise<WireAnswer> {
	const {tokens, quota} = settings;
	const isLogout = version.logoutStatus !== undefined && rest.join('/') === 'logout';
	if (rest.length > 0 && !isLogout) {
		return failure(version, 404, 'The requested resource was not found.', 'ResourceNotFound');
	}

	if (exchange.method !== 'POST') {
		return {status: 405, headers: {Allow: 'POST'}};
	}

	if (isLogout) {
		return {status: tokens.logOut(exchange.request.headers.authorization) ? version.logoutStatus ?? 204 : 401};
	}

	const body = await bodyOf(exchange.request);
	if (body === undefined) {
		return {status: 413, headers: {Connection: 'close'}};
	}

	const form = formOf(body, exchange.request.headers['content-type'] ?? '');
	exchange.record.form = maskedBody(form);
	const wait = quota?.take(exchange.now) ?? 0;
	return wait > 0 ? {status: 429, text: 'quota exceeded', headers: {'Retry-After': String(wait)}} : tokens.grant(form, version, exchange.now);
}
