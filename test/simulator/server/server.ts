import {test, type TestContext} from 'node:test';
import {request} from 'node:https';
import {makeCertificate} from '../../../source/simulator/server/certificate.js';
import {hiddenCredentials} from '../../../source/simulator/server/secrets.js';
import {startSimulator} from '../../../source/simulator/server/server.js';
import {clientOf, epoch, simulate} from '../support/api.js';

test('versions: 401 with an empty body where served, 404 where not', async (t: TestContext) => {
	for (const [api, statuses] of [['v6', [401, 404, 404]], ['v7', [401, 401, 404]], ['v8', [401, 401, 401]]] as const) {
		const {read} = await simulate(t, {api});
		const answers = await Promise.all(['v6', 'v7', 'v8'].map(async version => read(`/${version}/ServiceInstance`)));
		t.assert.deepStrictEqual(answers.map(({status}) => status), statuses);
		t.assert.ok(answers.every(({status, text}) => status === 404 || text === ''));
		t.assert.strictEqual((await read('/v9/ServiceInstance')).status, 404);
	}
});

test('paths and query names match whatever their case', async (t: TestContext) => {
	const {read, signIn} = await simulate(t);
	const {json: {access_token: token}} = await signIn();
	const usual = await read('/v8/JobSessions?limit=5&jobType=Copy', token);
	const odd = await read('/V8/jOBsESSIONS?LIMIT=5&JOBTYPE=copy', token);
	t.assert.strictEqual(odd.status, 200);
	t.assert.deepStrictEqual(odd.json['results'], usual.json['results']);
	t.assert.match(odd.json['_links'].self.href as string, /^\/V8\/jOBsESSIONS\?/v);
});

test('Health is anonymous, and only v8 has it', async (t: TestContext) => {
	const {read} = await simulate(t);
	t.assert.strictEqual((await read('/v8/Health')).json['status'], 'Healthy');
	t.assert.strictEqual((await read('/v7/Health')).status, 404);
});

test('errors have the fields of their version', async (t: TestContext) => {
	const {read, signIn} = await simulate(t);
	const {json: {access_token: token}} = await signIn();
	const answers = await Promise.all(['v6', 'v7', 'v8'].map(async version => read(`/${version}/JobSessions/00000000-0000-4000-8000-000000000000`, token)));
	t.assert.deepStrictEqual(answers.map(({status}) => status), [404, 404, 404]);
	t.assert.deepStrictEqual(answers.map(({json}) => Object.keys(json)), [['message'], ['message', 'errorCode'], ['message', 'errorCode', 'stackTrace']]);
	t.assert.strictEqual(answers[2]?.json['errorCode'], 'ResourceNotFound');
});

test('nothing but GET is taken on a resource', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
		const {status} = await fetch(`${simulator.url}/v8/Jobs`, {method});
		t.assert.strictEqual(status, 405, method);
	}
});

test('the request log has all but what signs in', async (t: TestContext) => {
	const {simulator, read, ask, signIn} = await simulate(t, {account: {username: 'me', password: 'hunter2'}});
	const {json: {access_token: token, refresh_token: refreshToken}} = await signIn();
	await read('/v8/JobSessions?limit=2&jobType=Backup', token);
	await ask('/v8/token', {grant_type: 'refresh_token', refresh_token: refreshToken, disable_antiforgery_token: 'true'});
	const [first, second, third] = simulator.requests;
	t.assert.deepStrictEqual(first?.form, {grant_type: 'password', username: 'me', password: '[hidden]', disable_antiforgery_token: 'true'});
	t.assert.strictEqual(first?.status, 200);
	t.assert.strictEqual(second?.method, 'GET');
	t.assert.strictEqual(second.path, '/v8/JobSessions');
	t.assert.deepStrictEqual(second.query, {limit: '2', jobType: 'Backup'});
	t.assert.match(second.headers['authorization'] ?? '', /^Bearer #[\da-f]{12}$/v);
	t.assert.strictEqual(second.at, epoch);
	t.assert.deepStrictEqual(third?.form, {grant_type: 'refresh_token', refresh_token: '[hidden]', disable_antiforgery_token: 'true'});
	const log = JSON.stringify(simulator.requests);
	t.assert.deepStrictEqual(['hunter2', token, refreshToken].filter(secret => log.includes(String(secret))), []);
});

test('the request log shows whether two requests had the same token', async (t: TestContext) => {
	const {simulator, read} = await simulate(t, {apiKeys: ['key-1', 'key-2']});
	for (const key of ['key-1', 'key-2', 'key-1']) {
		await read('/v8/Jobs', key);
	}

	const logged = simulator.requests.map(({headers}) => headers['authorization']);
	t.assert.deepStrictEqual(logged, ['key-1', 'key-2', 'key-1'].map(key => hiddenCredentials(`Bearer ${key}`)));
	t.assert.notStrictEqual(logged[0], logged[1]);
});

test('the Date header follows the clock', async (t: TestContext) => {
	const {read, time} = await simulate(t);
	time.now += 3_600_000;
	t.assert.strictEqual((await read('/v8/Health')).headers.get('date'), new Date(epoch + 3_600_000).toUTCString());
});

test('middleware answers itself, passes on or destroys', async (t: TestContext) => {
	const {simulator, read} = await simulate(t, {
		middleware: [
			async ({path, response, request: {socket}}, next) => {
				if (path === '/v8/Jobs') {
					response.writeHead(503, {'Retry-After': '7'}).end('<html>');
				} else if (path === '/v8/Proxies') {
					socket.destroy();
				} else {
					await next();
				}
			},
		],
	});
	const busy = await read('/v8/Jobs');
	t.assert.strictEqual(busy.status, 503);
	t.assert.strictEqual(busy.headers.get('retry-after'), '7');
	await t.assert.rejects(read('/v8/Proxies'), TypeError);
	t.assert.strictEqual((await read('/v8/Health')).status, 200);
	t.assert.deepStrictEqual(simulator.requests.map(({path, status}) => [path, status]), [['/v8/Jobs', 503], ['/v8/Proxies', 0], ['/v8/Health', 200]]);
});

test('close frees the port at once, and the same world can be started there again', async (t: TestContext) => {
	const first = await startSimulator({epoch, clock: () => epoch});
	// Leaves a kept-alive connection open.
	await clientOf(first).read('/v8/Health');
	const ids = first.world.sessionsAt(epoch).map(({id}) => id);
	await first.close();
	const second = await startSimulator({epoch, clock: () => epoch, port: first.port});
	t.assert.strictEqual(second.port, first.port);
	t.assert.strictEqual((await clientOf(second).read('/v8/Health')).status, 200);
	t.assert.deepStrictEqual(second.world.sessionsAt(epoch).map(({id}) => id), ids);
	await second.close();
	await t.assert.rejects(clientOf(second).read('/v8/Health'), TypeError);
});

test('TLS: a certificate for the loopback names that its PEM verifies', async (t: TestContext) => {
	const {simulator} = await simulate(t, {tls: true, clock: undefined});
	t.assert.match(simulator.url, /^https:\/\/127\.0\.0\.1:/v);
	t.assert.strictEqual(await statusOf(`${simulator.url}/v8/ServiceInstance`, simulator.certificate), 401);
	await t.assert.rejects(fetch(`${simulator.url}/v8/Health`), TypeError);
});

test('TLS: a given certificate is used in place of a generated one', async (t: TestContext) => {
	const certificate = await makeCertificate();
	const {simulator} = await simulate(t, {tls: true, certificate});
	t.assert.strictEqual(simulator.certificate, certificate.certificate);
	t.assert.strictEqual(await statusOf(`${simulator.url}/v8/ServiceInstance`, certificate.certificate), 401);
	const plain = await simulate(t, {certificate});
	t.assert.match(plain.simulator.url, /^http:/v);
	t.assert.strictEqual(plain.simulator.certificate, undefined);
});

/** The status of the answer of a server that this certificate verifies. */
async function statusOf(url: string, certificate: string | undefined): Promise<number | undefined> {
	const {promise, resolve, reject} = Promise.withResolvers<number | undefined>();
	request(url, {ca: certificate, agent: false}, response => {
		response.resume();
		resolve(response.statusCode);
	}).on('error', reject).end();
	return promise;
}
