import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {connect} from 'node:net';
import {test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {ProxyAgent, request} from 'undici';
import type {Simulator} from '../../source/simulator/server/server.js';
import {certificates} from '../helpers/certificates.js';
import {startProxy, type Proxy} from '../helpers/proxy.js';
import {simulate} from './support/api.js';

const account = {username: 'me@example.com', password: 'p@ss:word ü'};
const credentials = (username: string, password: string) => `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Asks a server for its health through a proxy. */
async function readThrough(t: TestContext, {url}: Proxy, simulator: Pick<Simulator, 'url' | 'certificate'>, options: Partial<ProxyAgent.Options> = {}) {
	const agent = new ProxyAgent({uri: url, proxyTunnel: true, requestTls: {ca: simulator.certificate}, ...options});
	t.after(async () => agent.destroy());
	const {statusCode, body} = await request(`${simulator.url}/v8/Health`, {dispatcher: agent});
	await body.dump();
	return statusCode;
}

/** What the proxy answers to a text. */
async function say({url}: Proxy, text: string): Promise<string> {
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	let answer = '';
	socket.setEncoding('latin1').on('data', (chunk: string) => {
		answer += chunk;
	});
	socket.write(text);
	await once(socket, 'close');
	return answer;
}

for (const tls of [false, true]) {
	for (const [name, options, agentOptions] of [
		['http://', {}, {}],
		['https://', {tls: certificates.good}, {proxyTls: {ca: certificates.good.certificate, servername: 'localhost'}}],
	] as const) {
		test(`an ${name} proxy opens a tunnel to a server ${tls ? 'with' : 'without'} TLS`, async (t: TestContext) => {
			const {simulator} = await simulate(t, {tls});
			const proxy = await startProxy(t, options);
			t.assert.ok(proxy.url.startsWith(`${name}127.0.0.1:`));
			t.assert.strictEqual(await readThrough(t, proxy, simulator, agentOptions), 200);
			t.assert.deepStrictEqual(proxy.connects, [{target: `127.0.0.1:${simulator.port}`, authorization: false}]);
			t.assert.ok(proxy.bytes > 50);
			t.assert.strictEqual(simulator.requests.length, 1);
		});
	}
}

test('all that a client sends through a tunnel is counted, also what comes with the CONNECT', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	const proxy = await startProxy(t);
	const ask = 'GET /v8/Health HTTP/1.1\r\nHost: vb365\r\nConnection: close\r\n\r\n';
	const answer = await say(proxy, `CONNECT localhost:${simulator.port} HTTP/1.1\r\nHost: localhost\r\n\r\n${ask}`);
	t.assert.match(answer, /^HTTP\/1\.1 200 Connection established\r\n\r\nHTTP\/1\.1 200 OK\r\n/v);
	t.assert.match(answer, /Healthy/v);
	t.assert.strictEqual(proxy.bytes, ask.length);
	t.assert.deepStrictEqual(simulator.connections, [{bytesReceived: ask.length}]);
});

test('with an account: 407 without the right credentials, which are noticed', async (t: TestContext) => {
	const {simulator} = await simulate(t, {tls: true});
	const proxy = await startProxy(t, {account});
	for (const token of [undefined, credentials(account.username, 'guess'), credentials(account.username, ''), 'Basic', 'Bearer x']) {
		await t.assert.rejects(readThrough(t, proxy, simulator, {token}), /407/v);
	}

	t.assert.deepStrictEqual(simulator.connections, []);
	t.assert.strictEqual(await readThrough(t, proxy, simulator, {token: credentials(account.username, account.password)}), 200);
	t.assert.deepStrictEqual(proxy.connects.map(({authorization}) => authorization), [false, true, true, true, true, true]);
	t.assert.match(await say(proxy, 'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: a\r\n\r\n'), /^HTTP\/1\.1 407 .*\r\nProxy-Authenticate: Basic realm=/v);
});

test('the credentials of the proxy do not reach the server', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	const proxy = await startProxy(t, {account});
	t.assert.strictEqual(await readThrough(t, proxy, simulator, {token: credentials(account.username, account.password)}), 200);
	t.assert.deepStrictEqual(simulator.requests.map(({headers}) => headers['proxy-authorization']), [undefined]);
});

test('502 for a port where nobody listens, and for what is not on loopback', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	await simulator.close();
	const proxy = await startProxy(t);
	for (const target of [`127.0.0.1:${simulator.port}`, '192.0.2.1:443', 'vb365.example.com:4443', '127.0.0.1:99999', '127.0.0.1']) {
		t.assert.match(await say(proxy, `CONNECT ${target} HTTP/1.1\r\nHost: a\r\n\r\n`), /^HTTP\/1\.1 502 Bad Gateway\r\n/v, target);
		t.assert.strictEqual(proxy.connects.at(-1)?.target, target);
	}

	t.assert.strictEqual(proxy.bytes, 0);
});

test('a fixed answer comes before all else', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	const proxy = await startProxy(t, {account, answer: 503});
	await t.assert.rejects(readThrough(t, proxy, simulator), /503/v);
	t.assert.deepStrictEqual(proxy.connects, [{target: `127.0.0.1:${simulator.port}`, authorization: false}]);
	t.assert.deepStrictEqual(simulator.connections, []);
});

test('405 for all but CONNECT', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	const proxy = await startProxy(t);
	for (const method of ['GET', 'POST', 'DELETE']) {
		t.assert.match(await say(proxy, `${method} ${simulator.url}/v8/Health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 405 /v, method);
	}

	t.assert.deepStrictEqual([proxy.connects, simulator.connections], [[], []]);
});

test('a tunnel ends when the server goes', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	const proxy = await startProxy(t);
	const answer = say(proxy, `CONNECT 127.0.0.1:${simulator.port} HTTP/1.1\r\nHost: a\r\n\r\n`);
	while (simulator.connections.length === 0) {
		await wait(5);
	}

	await simulator.close();
	t.assert.match(await answer, /^HTTP\/1\.1 200 /v);
});
