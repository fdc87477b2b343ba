import {test, type TestContext} from 'node:test';
import {pauseMs, renewAfter} from '../../../source/api/auth/token.js';
import {ServerFault, type FaultKind} from '../../../source/model/errors.js';
import {unreadable} from '../../../source/model/field.js';
import type {ServerApi} from '../../../source/api/server-api.js';
import {fault} from '../../helpers/fault.js';
import type {Recorded, Reply} from '../../helpers/recording-server.js';
import {clientOf, pageOf, password, startWireServer, type StandingClock, type WireServerOptions} from '../../helpers/wire-server.js';

const hour = 3_600_000;

const lives: ReadonlyArray<readonly [expiresIn: Parameters<typeof renewAfter>[0], ms: number]> = [
	[3600, 3_240_000],
	[86_400, 77_760_000],
	[600, 540_000],
	[300, 240_000],
	[120, 60_000],
	[60, 30_000],
	[2, 1000],
	[0, hour * 0.9],
	[undefined, hour * 0.9],
	[unreadable, hour * 0.9],
];

for (const [expiresIn, ms] of lives) {
	test(`a token of ${String(expiresIn)} s is renewed after ${ms} ms`, (t: TestContext) => {
		t.assert.strictEqual(renewAfter(expiresIn), ms);
	});
}

async function setUp(t: TestContext, options: WireServerOptions = {}) {
	const clock: StandingClock = {now: 1000};
	const server = await startWireServer(t, {paths: {'/v8/JobSessions': () => pageOf([], {limit: 30})}, ...options});
	const api = clientOf(t, server, {clock});
	const grants = () => server.tokenRequests().map(({form}) => form['grant_type']);
	return {clock, server, api, grants};
}

const ask = async (api: ServerApi) => api.sessions({offset: 0, limit: 30});

async function faultOf(promise: Promise<unknown>): Promise<ServerFault> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof ServerFault) {
			return error;
		}

		throw error;
	}

	throw new Error('It did not reject.');
}

/** Answers by the number of the token request, from 1 on; the others are granted. */
const onRequest = (replies: Readonly<Record<number, Reply>>) => (_request: Recorded, count: number) => replies[count];

test('one sign-in serves many calls at once and after', async (t: TestContext) => {
	const {api, server} = await setUp(t);
	await Promise.all(Array.from({length: 8}, async () => ask(api)));
	await ask(api);
	await api.connect();
	t.assert.strictEqual(server.tokenRequests().length, 1);
	t.assert.strictEqual(server.lines().filter(line => line.endsWith('/ServiceInstance')).length, 3);
});

test('a due token is refreshed once by many calls, and the new pair is kept', async (t: TestContext) => {
	const {api, clock, server} = await setUp(t);
	await ask(api);
	clock.now += 3_239_999;
	await ask(api);
	t.assert.strictEqual(server.tokenRequests().length, 1);
	clock.now += 3_240_000;
	await Promise.all(Array.from({length: 4}, async () => ask(api)));
	clock.now += 3_240_000;
	await Promise.all(Array.from({length: 4}, async () => ask(api)));
	t.assert.deepStrictEqual(server.tokenRequests().slice(1).map(({form}) => form), [
		{grant_type: 'refresh_token', refresh_token: 'rt-1', disable_antiforgery_token: 'true'},
		{grant_type: 'refresh_token', refresh_token: 'rt-2', disable_antiforgery_token: 'true'},
	]);
	t.assert.strictEqual(server.requests.at(-1)?.headers.authorization, 'Bearer at-3');
});

test('the life may come as a text', async (t: TestContext) => {
	const {api, clock, grants} = await setUp(t, {token: onRequest({1: {json: {access_token: 'at-1', refresh_token: 'rt-1', expires_in: '600'}}})});
	await ask(api).catch(() => undefined);
	clock.now += 540_000;
	await ask(api).catch(() => undefined);
	t.assert.ok(grants().includes('refresh_token'));
});

for (const [what, reply] of [
	['400', {status: 400, json: {error: 'invalid_grant'}}],
	['401', {status: 401}],
	['403', {status: 403}],
	['an unreadable 200', {text: '<html>'}],
	['an empty 200', {text: ''}],
	['a 200 without a token', {json: {}}],
	['a 200 with a token that fits no header', {json: {access_token: 'a\r\nb'}}],
] as const satisfies ReadonlyArray<readonly [string, Reply]>) {
	test(`a refresh answered with ${what} leads to one sign-in`, async (t: TestContext) => {
		const {api, clock, grants} = await setUp(t, {token: onRequest({2: reply})});
		await ask(api);
		clock.now += hour;
		await ask(api);
		t.assert.deepStrictEqual(grants(), ['password', 'refresh_token', 'password']);
	});
}

for (const [what, reply, kind] of [
	['429', {status: 429, text: 'quota exceeded', headers: {'retry-after': '40'}}, 'signInThrottled'],
	['500', {status: 500, json: {message: 'Down.'}}, 'serverError'],
	['503', {status: 503}, 'busy'],
	['a cut connection', {isCut: true}, 'connection'],
] as const satisfies ReadonlyArray<readonly [string, Reply, FaultKind]>) {
	test(`a refresh answered with ${what} keeps the tokens for the next try`, async (t: TestContext) => {
		const {api, clock, server, grants} = await setUp(t, {token: onRequest({2: reply})});
		await ask(api);
		clock.now += hour;
		await t.assert.rejects(ask(api), fault(kind));
		clock.now += 60_000;
		await ask(api);
		t.assert.deepStrictEqual(grants(), ['password', 'refresh_token', 'refresh_token']);
		t.assert.strictEqual(server.tokenRequests().at(-1)?.form['refresh_token'], 'rt-1');
	});
}

for (const status of [400, 401]) {
	test(`a password refused with ${status} is sent once over many calls`, async (t: TestContext) => {
		const {api, clock, server} = await setUp(t, {token: () => ({status, json: {message: 'Invalid credentials.'}})});
		const first = await faultOf(api.connect());
		t.assert.deepStrictEqual([first.kind, first.message, first.policy], ['signInRefused', 'sign-in refused: Invalid credentials.', 'ask']);
		const {length} = server.requests;
		clock.now += hour;
		const later = await Promise.all([api.connect(), ask(api), api.jobs(), api.organizations()].map(async call => faultOf(call)));
		t.assert.ok(later.every(found => found === first));
		t.assert.strictEqual(server.requests.length, length);
		t.assert.strictEqual(server.tokenRequests().length, 1);
	});
}

test('a password refused after a refused refresh is not sent again either', async (t: TestContext) => {
	const {api, clock, grants} = await setUp(t, {token: onRequest({2: {status: 400}, 3: {status: 400}})});
	await ask(api);
	clock.now += hour;
	await t.assert.rejects(ask(api), fault('signInRefused'));
	clock.now += hour;
	await t.assert.rejects(ask(api), fault('signInRefused'));
	t.assert.deepStrictEqual(grants(), ['password', 'refresh_token', 'password']);
});

test('a throttled sign-in tells how long to wait, and nothing is sent before', async (t: TestContext) => {
	const {api, clock, server} = await setUp(t, {token: onRequest({1: {status: 429, text: 'quota exceeded', headers: {'retry-after': '40'}}})});
	const first = await faultOf(api.connect());
	t.assert.deepStrictEqual([first.kind, first.retryAfterMs], ['signInThrottled', 40_000]);
	clock.now += 39_000;
	const second = await faultOf(api.connect());
	t.assert.deepStrictEqual([second.kind, second.message, second.retryAfterMs], ['signInThrottled', first.message, 1000]);
	t.assert.strictEqual(server.tokenRequests().length, 1);
	clock.now += 1000;
	await api.connect();
	t.assert.strictEqual(server.tokenRequests().length, 2);
});

test('at least 15 s lie between token requests after a failed one', async (t: TestContext) => {
	const {api, clock, server} = await setUp(t, {token: onRequest({1: {status: 500, json: {message: 'Down.'}}})});
	const first = await faultOf(api.connect());
	t.assert.deepStrictEqual([first.kind, first.message], ['serverError', 'server error: HTTP 500, Down.']);
	clock.now += pauseMs - 1;
	const second = await faultOf(ask(api));
	t.assert.deepStrictEqual([second.kind, second.message, second.retryAfterMs], ['serverError', first.message, 1]);
	t.assert.strictEqual(server.tokenRequests().length, 1);
	clock.now += 1;
	await ask(api);
	t.assert.strictEqual(server.tokenRequests().length, 2);
});

for (const [what, reply, kind] of [
	['403', {status: 403, json: {message: 'No.'}}, 'forbidden'],
	['404', {status: 404}, 'notServed'],
	['302', {status: 302, headers: {location: '/x'}}, 'badAnswer'],
	['a page of HTML', {text: '<html>'}, 'badAnswer'],
	['JSON null', {text: 'null'}, 'badAnswer'],
] as const satisfies ReadonlyArray<readonly [string, Reply, FaultKind]>) {
	test(`a sign-in answered with ${what} is ${kind}`, async (t: TestContext) => {
		const {api} = await setUp(t, {token: () => reply});
		await t.assert.rejects(api.connect(), fault(kind));
	});
}

test('a token revoked on the server: exactly one refresh and one repeat', async (t: TestContext) => {
	const {api, server, grants} = await setUp(t);
	await ask(api);
	server.revoke();
	const before = server.requests.length;
	await ask(api);
	t.assert.deepStrictEqual(server.lines().slice(before), ['GET /v8/JobSessions', 'POST /v8/token', 'GET /v8/JobSessions']);
	t.assert.deepStrictEqual(grants(), ['password', 'refresh_token']);
});

test('a token revoked under many calls is refreshed once', async (t: TestContext) => {
	const {api, server, grants} = await setUp(t);
	await ask(api);
	server.revoke();
	await Promise.all(Array.from({length: 6}, async () => ask(api)));
	t.assert.deepStrictEqual(grants(), ['password', 'refresh_token']);
});

test('an empty 200 is a rejected token, once', async (t: TestContext) => {
	let count = 0;
	const {api, server, grants} = await setUp(t, {paths: {'/v8/JobSessions': () => count++ === 0 ? {text: ''} : pageOf([])}});
	await ask(api);
	t.assert.deepStrictEqual(grants(), ['password', 'refresh_token']);
	t.assert.strictEqual(server.lines().filter(line => line === 'GET /v8/JobSessions').length, 2);
});

for (const [what, reply, message] of [
	['401', {status: 401}, /sign-in not accepted/v],
	['an empty 200', {text: ''}, /empty answer/v],
] as const satisfies ReadonlyArray<readonly [string, Reply, RegExp]>) {
	test(`${what} also with a new token drops it and pauses`, async (t: TestContext) => {
		const {api, clock, server, grants} = await setUp(t, {paths: {'/v8/JobSessions': () => reply}});
		const first = await faultOf(ask(api));
		t.assert.strictEqual(first.kind, 'badAnswer');
		t.assert.match(first.message, message);
		const {length} = server.requests;
		const second = await faultOf(ask(api));
		t.assert.strictEqual(second.retryAfterMs, pauseMs);
		t.assert.strictEqual(server.requests.length, length);
		clock.now += pauseMs;
		await faultOf(ask(api));
		t.assert.deepStrictEqual(grants(), ['password', 'refresh_token', 'password', 'refresh_token']);
	});
}

for (const version of ['v6', 'v7'] as const) {
	test(`${version}: the antiforgery field on sign-in and refresh`, async (t: TestContext) => {
		const {api, clock, server} = await setUp(t, {versions: [version], paths: {[`/${version}/JobSessions`]: () => pageOf([])}});
		await ask(api);
		clock.now += hour;
		await ask(api);
		const [login, refresh] = server.tokenRequests().map(({form}) => form);
		const field = version === 'v6' ? {} : {disable_antiforgery_token: 'true'};
		t.assert.deepStrictEqual(login, {grant_type: 'password', username: String.raw`CONTOSO\svc-monitor`, password, ...field});
		t.assert.deepStrictEqual(refresh, {grant_type: 'refresh_token', refresh_token: 'rt-1', ...field});
	});
}
