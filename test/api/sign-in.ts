import {test, type TestContext} from 'node:test';
import type {ServerApiOptions} from '../../source/api/client.js';
import type {CurrentTokens, SignInMemory} from '../../source/api/auth/token.js';
import {ServerFault} from '../../source/model/errors.js';
import {Secret} from '../../source/model/secret.js';
import {fault} from '../helpers/fault.js';
import {simulator} from '../helpers/monitor.js';
import type {Recorded, Reply} from '../helpers/recording-server.js';
import {apiTo} from '../helpers/secure-server.js';
import {clientOf, pageOf, password, startWireServer, type StandingClock, type WireServerOptions} from '../helpers/wire-server.js';

const hour = 3_600_000;

async function setUp(t: TestContext, options: Partial<ServerApiOptions> = {}, serverOptions: WireServerOptions = {}) {
	const clock: StandingClock = {now: 1000};
	const server = await startWireServer(t, {paths: {'/v8/JobSessions': () => pageOf([])}, ...serverOptions});
	const api = clientOf(t, server, {clock, ...options});
	return {clock, server, api, ask: async () => api.sessions({offset: 0, limit: 30}), grants: () => server.tokenRequests().map(({form}) => form['grant_type'])};
}

/** A memory that knows some passwords as refused, and keeps what it is told. */
function memory(...known: readonly string[]) {
	const refused: string[] = [];
	const renewed: Array<{access: string; refresh: string | undefined; expiresAt: number} | undefined> = [];
	const kept: SignInMemory = {
		isRefused: async secret => known.includes(secret.open()),
		refused(secret) {
			refused.push(secret.open());
		},
		renewed(tokens) {
			renewed.push(tokens && {access: tokens.access.open(), refresh: tokens.refresh?.open(), expiresAt: tokens.expiresAt});
		},
	};
	return {kept, refused, renewed};
}

const refuseAll = () => ({status: 400, json: {message: 'Invalid credentials.'}});
/** Takes one password. */
const takeOnly = (taken: string) => ({form}: Recorded): Reply | undefined => form['password'] === taken ? undefined : refuseAll();

test('a password that was refused at an earlier start is not sent', async (t: TestContext) => {
	const {kept, refused} = memory(password);
	const {api, server, ask} = await setUp(t, {api: 'v8', memory: kept});
	for (const call of [api.connect(), ask(), api.jobs()]) {
		await t.assert.rejects(call, fault('signInRefused', /^sign-in refused: this password was refused before$/v));
	}

	t.assert.deepStrictEqual(server.lines(), []);
	t.assert.deepStrictEqual(refused, []);
});

test('where the version is not given, it is asked for without the password', async (t: TestContext) => {
	const {api, server} = await setUp(t, {memory: memory(password).kept});
	await t.assert.rejects(api.connect(), fault('signInRefused'));
	t.assert.deepStrictEqual(server.tokenRequests(), []);
	t.assert.ok(server.requests.every(({method, headers}) => method === 'GET' && headers.authorization === undefined));
});

test('a refused password that is entered anew is sent once more', async (t: TestContext) => {
	const {kept, refused} = memory(password);
	const {api, server, ask, grants} = await setUp(t, {api: 'v8', memory: kept});
	await t.assert.rejects(ask(), fault('signInRefused'));
	await api.signIn(new Secret(password));
	await ask();
	t.assert.deepStrictEqual(grants(), ['password']);
	t.assert.strictEqual(server.tokenRequests()[0]?.form['password'], password);
	t.assert.deepStrictEqual(refused, []);
});

test('the memory is told once of a password that is refused', async (t: TestContext) => {
	const {kept, refused, renewed} = memory();
	const {api, clock, ask, grants} = await setUp(t, {memory: kept}, {token: refuseAll});
	for (let tries = 0; tries < 3; tries++) {
		await t.assert.rejects(ask(), fault('signInRefused'));
		clock.now += hour;
	}

	t.assert.deepStrictEqual([refused, renewed, grants()], [[password], [], ['password']]);
	await t.assert.rejects(api.signIn(new Secret('another')), fault('signInRefused'));
	t.assert.deepStrictEqual(refused, [password, 'another']);
});

for (const [what, reply] of [['429', {status: 429}], ['500', {status: 500}], ['503', {status: 503}], ['a cut connection', {isCut: true}], ['403', {status: 403}]] as const) {
	test(`a sign-in answered with ${what} says nothing of the password`, async (t: TestContext) => {
		const {kept, refused} = memory();
		const {ask} = await setUp(t, {memory: kept}, {token: () => reply});
		await t.assert.rejects(ask(), ServerFault);
		t.assert.deepStrictEqual(refused, []);
	});
}

test('the memory is told of each new pair, and when it ends', async (t: TestContext) => {
	const {kept, renewed} = memory();
	const {clock, ask} = await setUp(t, {memory: kept});
	const before = Date.now();
	await ask();
	clock.now += hour;
	await ask();
	t.assert.deepStrictEqual(renewed.map(pair => [pair?.access, pair?.refresh]), [['at-1', 'rt-1'], ['at-2', 'rt-2']]);
	t.assert.ok(renewed.every(pair => pair!.expiresAt >= before + hour && pair!.expiresAt <= Date.now() + hour));
});

test('without a password nothing is sent, and one is asked for', async (t: TestContext) => {
	const {api, server, ask, grants} = await setUp(t, {api: 'v8', secret: undefined});
	for (const call of [api.connect(), ask()]) {
		await t.assert.rejects(call, fault('signInNeeded', /^password needed$/v));
	}

	t.assert.deepStrictEqual(server.lines(), []);
	await api.signIn(new Secret(password));
	await ask();
	t.assert.deepStrictEqual(grants(), ['password']);
});

test('a second password goes on where the first was refused', async (t: TestContext) => {
	const {api, ask, grants} = await setUp(t, {}, {token: takeOnly('right')});
	await t.assert.rejects(ask(), fault('signInRefused'));
	await t.assert.rejects(api.signIn(new Secret('wrong')), fault('signInRefused'));
	const capabilities = await api.signIn(new Secret('right'));
	t.assert.strictEqual(capabilities.version, 'v8');
	await ask();
	t.assert.deepStrictEqual(grants(), ['password', 'password', 'password']);
});

for (const [what, isSecondRight] of [['is taken, though the first is wrong', true], ['is refused, though the first is right', false]] as const) {
	test(`a password that is entered while another is on its way ${what}`, async (t: TestContext) => {
		const {promise: asked, resolve: tell} = Promise.withResolvers<void>();
		const {promise: mayAnswer, resolve: answer} = Promise.withResolvers<void>();
		const server = await simulator(t, {
			middleware: [async ({path}, next) => {
				if (path.endsWith('/token')) {
					tell();
					await mayAnswer;
				}

				return next();
			}],
		});
		const right = server.account.password;
		const api = apiTo(t, server, {api: 'v8', secret: new Secret(isSecondRight ? 'wrong' : right)});
		const first = api.connect();
		await asked;
		const second = api.signIn(new Secret(isSecondRight ? right : 'wrong'));
		answer();
		const outcomes = await Promise.allSettled([first, second]);
		t.assert.deepStrictEqual(outcomes.map(({status}) => status), isSecondRight ? ['fulfilled', 'fulfilled'] : ['rejected', 'rejected']);
		t.assert.strictEqual(server.requests.filter(({method}) => method === 'POST').length, 2);
	});
}

const held = (expiresIn: number, refresh: string | undefined = 'rt-0'): CurrentTokens => ({access: new Secret('at-1'), refresh: refresh === undefined ? undefined : new Secret(refresh), expiresAt: Date.now() + expiresIn});

test('held tokens are used without a token request, and refreshed when they are due', async (t: TestContext) => {
	const {kept, renewed} = memory();
	const {api, clock, server, ask, grants} = await setUp(t, {tokens: held(hour), memory: kept});
	await api.connect();
	await ask();
	t.assert.deepStrictEqual([grants(), renewed], [[], []]);
	t.assert.strictEqual(server.requests.at(-1)?.headers.authorization, 'Bearer at-1');
	clock.now += hour * 0.8;
	await ask();
	t.assert.deepStrictEqual(grants(), []);
	clock.now += hour * 0.2;
	await ask();
	t.assert.deepStrictEqual(grants(), ['refresh_token']);
	t.assert.strictEqual(server.tokenRequests()[0]?.form['refresh_token'], 'rt-0');
	t.assert.strictEqual(renewed.length, 1);
});

for (const [what, tokens, expected] of [
	['that ended are refreshed', held(-1), ['refresh_token']],
	['that ended long ago are refreshed', held(-1000 * hour), ['refresh_token']],
	['that end in a moment are refreshed', held(1), ['refresh_token']],
	['that ended and cannot be refreshed give way to the password', held(-1, ''), ['password']],
] as const) {
	test(`held tokens ${what}`, async (t: TestContext) => {
		const {clock, ask, grants} = await setUp(t, {tokens: tokens.refresh?.open() === '' ? {...tokens, refresh: undefined} : tokens});
		clock.now += 1;
		await ask();
		t.assert.deepStrictEqual(grants(), expected);
	});
}

test('held tokens serve without a password, which is asked for once they are of no more use', async (t: TestContext) => {
	const {api, clock, ask, grants} = await setUp(t, {secret: undefined, tokens: held(hour)}, {token: refuseAll});
	await ask();
	t.assert.deepStrictEqual(grants(), []);
	clock.now += hour;
	await t.assert.rejects(ask(), fault('signInNeeded'));
	await t.assert.rejects(api.jobs(), fault('signInNeeded'));
	t.assert.deepStrictEqual(grants(), ['refresh_token']);
});

test('held tokens that the server no longer takes: a refresh, then the password', async (t: TestContext) => {
	const tokens = {...held(hour), access: new Secret('at-0')};
	const {ask, grants} = await setUp(t, {tokens}, {token: ({form}) => form['grant_type'] === 'refresh_token' ? refuseAll() : undefined});
	await ask();
	t.assert.deepStrictEqual(grants(), ['refresh_token', 'password']);
});

const key = 'fixed-key-0123456789';

/** A server that takes a key, and a client with one. */
async function withKey(t: TestContext, given = key, options: Partial<ServerApiOptions> = {}) {
	const server = await simulator(t, {scenario: 'clean', apiKeys: [key]});
	const api = apiTo(t, server, {account: undefined, secret: given === '' ? undefined : new Secret(given), ...options});
	return {server, api, posts: () => server.requests.filter(({method}) => method !== 'GET')};
}

test('a fixed token goes with each GET, and no token is requested', async (t: TestContext) => {
	const {api, server, posts} = await withKey(t);
	await api.connect();
	t.assert.ok((await api.jobs()).length > 0);
	await api.sessions({offset: 0, limit: 30});
	t.assert.deepStrictEqual(posts(), []);
	const signed = server.requests.filter(({path}) => !path.endsWith('/ServiceInstance'));
	t.assert.ok(signed.length >= 3);
	t.assert.strictEqual(new Set(signed.map(({headers}) => headers['authorization'])).size, 1);
});

test('a fixed token that is not taken is sent once, and no more until another is entered', async (t: TestContext) => {
	const {api, server, posts} = await withKey(t, 'guess');
	const signed = () => server.requests.filter(({headers}) => headers['authorization'] !== undefined);
	await t.assert.rejects(api.organizations(), fault('signInRefused', /^sign-in refused: the bearer token is not accepted$/v));
	t.assert.strictEqual(signed().length, 1);
	const {length} = server.requests;
	for (const call of [api.organizations(), api.jobs(), api.sessions({offset: 0, limit: 30})]) {
		await t.assert.rejects(call, fault('signInRefused'));
	}

	t.assert.strictEqual(server.requests.length, length);
	await api.signIn(new Secret(key));
	await api.organizations();
	t.assert.deepStrictEqual(posts(), []);
});

test('to sign in with a fixed token proves it', async (t: TestContext) => {
	const {api, posts} = await withKey(t, '');
	await t.assert.rejects(api.signIn(new Secret('guess')), fault('signInRefused'));
	t.assert.strictEqual((await api.signIn(new Secret(key))).version, 'v8');
	t.assert.deepStrictEqual(posts(), []);
});

test('without a fixed token nothing is sent', async (t: TestContext) => {
	const {api, server} = await withKey(t, '', {api: 'v8'});
	await t.assert.rejects(api.jobs(), fault('signInNeeded'));
	t.assert.deepStrictEqual(server.requests, []);
});

for (const [version, expected] of [['v6', []], ['v7', ['POST /v7/token/logout']], ['v8', ['POST /v8/token/logout']]] as const) {
	test(`${version}: signing out asks ${expected.length === 0 ? 'nothing' : 'the server to end the session'}`, async (t: TestContext) => {
		const server = await simulator(t, {scenario: 'clean', api: version});
		const api = apiTo(t, server);
		await api.jobs();
		const bearer = server.requests.at(-1)?.headers['authorization'];
		const before = server.requests.length;
		await api.signOut();
		const sent = server.requests.slice(before);
		t.assert.deepStrictEqual(sent.map(({method, path}) => `${method} ${path}`), expected);
		t.assert.ok(sent.every(({headers, status}) => headers['authorization'] === bearer && status >= 200 && status < 300));
		await api.signOut();
		t.assert.strictEqual(server.requests.length, before + expected.length);
	});
}

test('signing out sends nothing where nobody signed in', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const api = apiTo(t, server);
	await api.signOut();
	await api.detect();
	const {length} = server.requests;
	await api.signOut();
	t.assert.strictEqual(server.requests.length, length);
});

test('a fixed token is not this program\'s to end', async (t: TestContext) => {
	const {api, posts} = await withKey(t);
	await api.jobs();
	await api.signOut();
	t.assert.deepStrictEqual(posts(), []);
	await api.jobs();
});

test('held tokens are ended at the server without a sign-in before', async (t: TestContext) => {
	const {api, server} = await setUp(t, {tokens: held(hour), api: 'v8'}, {paths: {'/v8/token/logout': () => ({status: 204})}});
	await api.signOut();
	t.assert.deepStrictEqual(server.lines(), ['POST /v8/token/logout']);
	t.assert.strictEqual(server.requests[0]?.headers.authorization, 'Bearer at-1');
});
