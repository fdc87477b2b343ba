import {test, type TestContext} from 'node:test';
import {simulate} from '../support/api.js';

test('a token of any version opens all versions', async (t: TestContext) => {
	const {read, signIn} = await simulate(t);
	const answers = await Promise.all(['v6', 'v7', 'v8'].map(async version => signIn(version)));
	for (const {status, json} of answers) {
		t.assert.strictEqual(status, 200);
		t.assert.ok(json['access_token'].length > 1000);
		t.assert.strictEqual(json['expires_in'], 3600);
		t.assert.strictEqual(json['userName'], String.raw`DEMO\operator`);
		const opened = await Promise.all(['v6', 'v7', 'v8'].map(async version => read(`/${version}/ServiceInstance`, json['access_token'])));
		t.assert.deepStrictEqual(opened.map(answer => answer.status), [200, 200, 200]);
	}
});

test('a wrong password is 400 with an OAuth error', async (t: TestContext) => {
	const {ask} = await simulate(t);
	const {status, json} = await ask('/v8/token', {grant_type: 'password', username: String.raw`DEMO\operator`, password: 'guess', disable_antiforgery_token: 'true'});
	t.assert.strictEqual(status, 400);
	t.assert.strictEqual(json['error'], 'invalid_grant');
	t.assert.strictEqual(typeof json['error_description'], 'string');
});

test('v7 and v8 tokens that need the antiforgery cookie open nothing', async (t: TestContext) => {
	const {read, signIn} = await simulate(t);
	for (const version of ['v7', 'v8']) {
		const {status, json} = await signIn(version, {});
		t.assert.strictEqual(status, 200);
		const refused = await read(`/${version}/ServiceInstance`, json['access_token']);
		t.assert.strictEqual(refused.status, 401);
		t.assert.strictEqual(refused.text, '');
		t.assert.strictEqual(refused.headers.get('content-length'), '0');
	}
});

test('a server that does not ask for antiforgery takes such tokens', async (t: TestContext) => {
	const {read, signIn} = await simulate(t, {requireAntiforgery: false});
	const {json} = await signIn('v8', {});
	t.assert.strictEqual((await read('/v8/Jobs', json['access_token'])).status, 200);
});

test('v6 refuses the antiforgery field', async (t: TestContext) => {
	const {signIn} = await simulate(t);
	const {status} = await signIn('v6', {disable_antiforgery_token: 'true'});
	t.assert.strictEqual(status, 400);
});

test('a refresh gives a new pair and ends the old refresh token', async (t: TestContext) => {
	const {ask, read, signIn} = await simulate(t);
	const first = await signIn();
	const form = {grant_type: 'refresh_token', refresh_token: first.json['refresh_token'] as string, disable_antiforgery_token: 'true'};
	const second = await ask('/v8/token', form);
	t.assert.strictEqual(second.status, 200);
	t.assert.notStrictEqual(second.json['access_token'], first.json['access_token']);
	t.assert.notStrictEqual(second.json['refresh_token'], first.json['refresh_token']);
	t.assert.strictEqual((await read('/v8/ServiceInstance', second.json['access_token'])).status, 200);
	const again = await ask('/v8/token', form);
	t.assert.strictEqual(again.status, 400);
	t.assert.strictEqual(again.json['error'], 'invalid_grant');
});

test('an access token ends with its lifetime, by the simulator\'s clock', async (t: TestContext) => {
	const {read, signIn, time} = await simulate(t, {tokenLifetime: 60});
	const {json} = await signIn();
	t.assert.strictEqual(json['expires_in'], 60);
	time.now += 59_999;
	t.assert.strictEqual((await read('/v8/Jobs', json['access_token'])).status, 200);
	time.now += 1;
	const expired = await read('/v8/Jobs', json['access_token']);
	t.assert.strictEqual(expired.status, 401);
	t.assert.strictEqual(expired.text, '');
});

test('logout ends the pair; v6 has none', async (t: TestContext) => {
	const {simulator, read, ask, signIn} = await simulate(t);
	for (const [version, status] of [['v7', 200], ['v8', 204]] as const) {
		const {json} = await signIn(version);
		const authorization = {Authorization: `Bearer ${json['access_token']}`};
		const out = await fetch(`${simulator.url}/${version}/token/logout`, {method: 'POST', headers: authorization});
		t.assert.strictEqual(out.status, status);
		t.assert.strictEqual((await read(`/${version}/Jobs`, json['access_token'])).status, 401);
		t.assert.strictEqual((await ask(`/${version}/token`, {grant_type: 'refresh_token', refresh_token: json['refresh_token'], disable_antiforgery_token: 'true'})).status, 400);
	}

	t.assert.strictEqual((await fetch(`${simulator.url}/v6/token/logout`, {method: 'POST'})).status, 404);
});

test('a restart of the service forgets all tokens', async (t: TestContext) => {
	const {simulator, read, signIn} = await simulate(t);
	const {json} = await signIn();
	simulator.forgetTokens();
	t.assert.strictEqual((await read('/v8/Jobs', json['access_token'])).status, 401);
});

test('an API key opens all versions for ever, and there is nothing to log out of', async (t: TestContext) => {
	const {simulator, read, time} = await simulate(t, {apiKeys: ['key-1', 'key-2'], tokenLifetime: 60});
	time.now += 3_600_000;
	simulator.forgetTokens();
	for (const version of ['v6', 'v7', 'v8']) {
		const answers = await Promise.all(['key-1', 'key-2', 'key-3', 'KEY-1'].map(async key => read(`/${version}/Jobs`, key)));
		t.assert.deepStrictEqual(answers.map(({status}) => status), [200, 200, 401, 401]);
	}

	const out = await fetch(`${simulator.url}/v8/token/logout`, {method: 'POST', headers: {Authorization: 'Bearer key-1'}});
	t.assert.strictEqual(out.status, 401);
	t.assert.strictEqual((await read('/v8/Jobs', 'key-1')).status, 200);
});

test('an API key that is empty opens nothing', async (t: TestContext) => {
	const {read} = await simulate(t, {apiKeys: ['']});
	t.assert.deepStrictEqual((await Promise.all([undefined, ''].map(async key => read('/v8/Jobs', key)))).map(({status}) => status), [401, 401]);
});

test('the quota lets 1 a second and 5 a minute pass', async (t: TestContext) => {
	const {read, signIn, time} = await simulate(t, {tokenQuota: true});
	const passed = await signIn();
	t.assert.strictEqual(passed.status, 200);
	const refused = await signIn();
	t.assert.strictEqual(refused.status, 429);
	t.assert.strictEqual(refused.text, 'quota exceeded');
	t.assert.strictEqual(refused.headers.get('retry-after'), '1');
	for (let count = 0; count < 4; count++) {
		time.now += 1000;
		t.assert.strictEqual((await signIn()).status, 200);
	}

	time.now += 1000;
	const sixth = await signIn();
	t.assert.strictEqual(sixth.status, 429);
	t.assert.strictEqual(sixth.headers.get('retry-after'), '55');
	t.assert.strictEqual((await read('/v8/Jobs', passed.json['access_token'])).status, 200);
	time.now += 55_000;
	t.assert.strictEqual((await signIn()).status, 200);
});

test('a body larger than any token request is refused', async (t: TestContext) => {
	const {ask} = await simulate(t);
	const {status} = await ask('/v8/token', {grant_type: 'password', username: 'x'.repeat(100_000)});
	t.assert.strictEqual(status, 413);
});
