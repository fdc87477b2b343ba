/* eslint-disable unicorn/prefer-https -- most proxies are spoken to by http */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {openTunnel, parseProxy} from '../../../source/api/transport/proxy.js';
import {UsageError} from '../../../source/model/errors.js';
import {makeCertificate} from '../../../source/simulator/server/certificate.js';
import {certificates} from '../../helpers/certificates.js';
import {fault} from '../../helpers/fault.js';
import {startProxy} from '../../helpers/proxy.js';
import {apiTo, assertNothingSent, fingerprint, secureServer, setVariable} from '../../helpers/secure-server.js';

const ca = [certificates.good.certificate];

test('version, token and GETs go through the proxy, and nothing past it', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const proxy = await startProxy(t);
	const api = apiTo(t, server, {ca, proxy: parseProxy(proxy.url)});
	t.assert.ok((await api.jobs()).length > 0);
	t.assert.strictEqual(api.certificate()?.fingerprint, fingerprint('good'));
	t.assert.deepStrictEqual([...new Set(server.requests.map(({method}) => method))], ['GET', 'POST']);
	t.assert.deepStrictEqual(new Set(proxy.connects.map(({target}) => target)), new Set([`127.0.0.1:${server.port}`]));
	t.assert.strictEqual(proxy.connects.length, server.connections.length);
});

for (const [what, shown, trust, kind] of [
	['untrusted', 'good', {}, 'tlsUntrusted'],
	['changed', 'other', {pin: fingerprint('good')}, 'tlsChanged'],
	['changed, though trusted', 'other', {pin: fingerprint('good'), ca: [certificates.other.certificate]}, 'tlsChanged'],
	['for another host', 'wrongHost', {ca: [certificates.wrongHost.certificate]}, 'tlsName'],
	['expired', 'expired', {ca: [certificates.expired.certificate]}, 'tlsExpired'],
	['not valid yet', 'notYetValid', {ca: [certificates.notYetValid.certificate]}, 'tlsNotYetValid'],
] as const) {
	test(`a certificate behind the proxy that is ${what}: no byte but the handshake's, whatever the environment says`, async (t: TestContext) => {
		const server = await secureServer(t, shown);
		const proxy = await startProxy(t);
		await t.assert.rejects(apiTo(t, server, {...trust, proxy: parseProxy(proxy.url)}).connect(), fault(kind));
		setVariable(t, 'NODE_TLS_REJECT_UNAUTHORIZED', '0');
		await t.assert.rejects(apiTo(t, server, {...trust, proxy: parseProxy(proxy.url)}).connect(), fault(kind));
		t.assert.ok(proxy.connects.length > 0);
		await assertNothingSent(t, server);
	});
}

test('a pinned certificate is taken through the proxy', async (t: TestContext) => {
	const server = await secureServer(t, 'expired');
	const proxy = await startProxy(t);
	await apiTo(t, server, {pin: fingerprint('expired'), proxy: parseProxy(proxy.url)}).connect();
	t.assert.ok(server.requests.length > 0);
});

const account = {username: 'me@example.com', password: 'p@ss:word ü/#?'};
const withAccount = (url: string, username: string, password: string) => url.replace('://', () => `://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`);

test('the account of the proxy is in its URL, and only the proxy gets it', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const proxy = await startProxy(t, {account});
	await apiTo(t, server, {ca, proxy: parseProxy(withAccount(proxy.url, account.username, account.password))}).connect();
	t.assert.ok(proxy.connects.every(({authorization}) => authorization));
	t.assert.deepStrictEqual(server.requests.filter(({headers}) => 'proxy-authorization' in headers), []);
});

for (const [what, credentials] of [['no account', undefined], ['a wrong one', 'guess-1234']] as const) {
	test(`a proxy that asks for an account and gets ${what}`, async (t: TestContext) => {
		const server = await secureServer(t, 'good');
		const proxy = await startProxy(t, {account});
		const url = credentials === undefined ? proxy.url : withAccount(proxy.url, account.username, credentials);
		await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(url)}).connect(), (error: unknown) => {
			t.assert.ok(fault('proxy', /^proxy failed: 127\.0\.0\.1:\d+ asks for an account \(HTTP 407\)$/v)(error));
			t.assert.doesNotMatch(inspect(error, {depth: 10}), /guess-1234|Basic/v);
			return true;
		});
		t.assert.deepStrictEqual(server.connections, []);
	});
}

test('a proxy that reaches no server', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	await server.close();
	const proxy = await startProxy(t);
	await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(proxy.url)}).connect(), fault('proxy', /^proxy failed: 127\.0\.0\.1:\d+ answers HTTP 502$/v));
});

/** A listener in place of a proxy; it ends with the test. */
async function listener(t: TestContext, onSocket: (socket: Socket) => void) {
	const server = createServer(socket => {
		socket.on('error', () => undefined);
		t.after(() => {
			socket.destroy();
		});
		onSocket(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	return {server, url: `http://127.0.0.1:${port}`};
}

/** Does something once a client has said something. */
const atFirst = (does: (socket: Socket, text: string) => unknown) => (socket: Socket) => {
	socket.once('data', (chunk: Uint8Array) => {
		does(socket, String(chunk));
	});
};

test('a proxy port where nobody listens', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {server: gone, url} = await listener(t, () => undefined);
	gone.close();
	await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(url)}).connect(), fault('proxy', /^proxy failed: 127\.0\.0\.1:\d+ \(ECONNREFUSED\)$/v));
	t.assert.deepStrictEqual(server.connections, []);
});

/** Writes a byte every few milliseconds for ever. */
function drip(socket: Socket): void {
	socket.write('HTTP/1.1 200 OK\r\nX: ');
	const timer = setInterval(() => {
		socket.write('x');
	}, 5);
	socket.once('close', () => {
		clearInterval(timer);
	});
}

for (const [what, onSocket, message] of [
	['answers nothing', () => undefined, /^proxy failed: no answer of 127\.0\.0\.1:\d+ in time$/v],
	['never ends its answer', drip, /^proxy failed: no answer of 127\.0\.0\.1:\d+ in time$/v],
	['hangs up', atFirst(socket => socket.destroy()), /^proxy failed: 127\.0\.0\.1:\d+ \(ECONNRESET\)$/v],
	['is none', atFirst(socket => socket.end('220 mail.test ESMTP\r\n')), /^proxy failed: 127\.0\.0\.1:\d+ \(HPE_\w+\)$/v],
	['redirects', atFirst(socket => socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n')), / answers HTTP 302$/v],
	['speaks first in the tunnel', atFirst(socket => socket.write('HTTP/1.1 200 OK\r\n\r\n220 mail.test')), / sends something before the tunnel is used$/v],
] as const) {
	test(`a proxy that ${what}`, async (t: TestContext) => {
		const server = await secureServer(t, 'good');
		const {url} = await listener(t, onSocket);
		// Only what is awaited in vain is given up soon: a slow machine must not turn the others into that.
		const timeouts = message.source.includes('in time') ? {connectMs: 100} : {};
		await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(url), timeouts}).connect(), fault('proxy', message));
		t.assert.deepStrictEqual(server.connections, []);
	});
}

test('a tunnel that breaks in the handshake', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {url} = await listener(t, atFirst(socket => {
		socket.write('HTTP/1.1 200 OK\r\n\r\n');
		atFirst(() => socket.resetAndDestroy())(socket);
	}));
	await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(url)}).connect(), fault('connection'));
});

test('a tunnel in which nobody shakes hands', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {url} = await listener(t, atFirst(socket => socket.write('HTTP/1.1 200 OK\r\n\r\n')));
	await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(url), timeouts: {connectMs: 100}}).connect(), fault('timeout'));
});

test('any answer of success opens the tunnel', async (t: TestContext) => {
	const {url} = await listener(t, atFirst(socket => socket.write('HTTP/1.1 204 No Content\r\n\r\n')));
	const socket = await openTunnel(parseProxy(url), {hostname: '::1', port: 1}, {ca: [], timeoutMs: 5000});
	t.assert.ok(!socket.destroyed);
	socket.destroy();
});

for (const [hostname, authority] of [['vb365.example.com', 'vb365.example.com:4443'], ['127.0.0.1', '127.0.0.1:4443'], ['2001:db8::1', '[2001:db8::1]:4443']] as const) {
	test(`the tunnel asked for is ${authority}`, async (t: TestContext) => {
		const {promise: asked, resolve} = Promise.withResolvers<string>();
		const {url} = await listener(t, atFirst((socket, text) => {
			resolve(text);
			socket.end('HTTP/1.1 503 Busy\r\n\r\n');
		}));
		await t.assert.rejects(openTunnel(parseProxy(url), {hostname, port: 4443}, {ca: [], timeoutMs: 5000}), fault('proxy', /HTTP 503/v));
		t.assert.match(await asked, new RegExp(`^CONNECT ${RegExp.escape(authority)} HTTP/1\\.1\r\nhost: ${RegExp.escape(authority)}\r\n`, 'v'));
	});
}

test('an abort ends the asking with its reason, before and while', async (t: TestContext) => {
	const {promise: asked, resolve} = Promise.withResolvers<Socket>();
	const {url} = await listener(t, atFirst(resolve));
	const controller = new AbortController();
	const reason = new Error('changed my mind');
	const tunnel = openTunnel(parseProxy(url), {hostname: '127.0.0.1', port: 1}, {ca: [], timeoutMs: 60_000, signal: controller.signal});
	const socket = await asked;
	controller.abort(reason);
	await t.assert.rejects(tunnel, reason);
	await once(socket.resume(), 'close');
	await t.assert.rejects(openTunnel(parseProxy(url), {hostname: '127.0.0.1', port: 1}, {ca: [], timeoutMs: 60_000, signal: controller.signal}), reason);
});

test('the end of the client ends the asking', async (t: TestContext) => {
	const {promise: asked, resolve} = Promise.withResolvers<Socket>();
	const {url} = await listener(t, atFirst(resolve));
	const server = await secureServer(t, 'good');
	const api = apiTo(t, server, {ca, api: 'v8', proxy: parseProxy(url)});
	const connecting = api.connect();
	const socket = await asked;
	await Promise.all([t.assert.rejects(connecting, fault('cancelled')), api.close(), once(socket.resume(), 'close')]);
});

test('an https proxy is trusted by the same issuers as the server', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const proxy = await startProxy(t, {tls: certificates.good});
	await apiTo(t, server, {ca, proxy: parseProxy(proxy.url)}).connect();
	t.assert.ok(proxy.connects.length > 0);
});

test('an https proxy is one for its own name, not for that of the server', async (t: TestContext) => {
	const [ofProxy, ofServer] = await Promise.all([makeCertificate({hosts: ['127.0.0.1'], commonName: 'proxy'}), makeCertificate({hosts: ['localhost'], commonName: 'server'})]);
	const server = await secureServer(t, 'good', {certificate: ofServer});
	const url = server.url.replace('127.0.0.1', 'localhost');
	const both = [ofProxy.certificate, ofServer.certificate];
	const proxy = await startProxy(t, {tls: ofProxy});
	await apiTo(t, {...server, url}, {ca: both, proxy: parseProxy(proxy.url)}).connect();
	const wrong = await startProxy(t, {tls: ofServer});
	await t.assert.rejects(apiTo(t, {...server, url}, {ca: both, proxy: parseProxy(wrong.url)}).connect(), fault('proxy', /ERR_TLS_CERT_ALTNAME_INVALID/v));
	t.assert.deepStrictEqual(wrong.connects, []);
});

test('an https proxy with an untrusted certificate gets nothing, not even its account', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const proxy = await startProxy(t, {tls: certificates.other, account});
	const url = withAccount(proxy.url, account.username, account.password);
	for (const value of [undefined, '0']) {
		if (value !== undefined) {
			setVariable(t, 'NODE_TLS_REJECT_UNAUTHORIZED', value);
		}

		await t.assert.rejects(apiTo(t, server, {ca, proxy: parseProxy(url)}).connect(), fault('proxy', /^proxy failed: 127\.0\.0\.1:\d+ \((?:CERT_SIGNATURE_FAILURE|DEPTH_ZERO_SELF_SIGNED_CERT)\)$/v));
		await t.assert.rejects(apiTo(t, server, {pin: fingerprint('good'), proxy: parseProxy(url)}).connect(), fault('proxy'));
	}

	t.assert.deepStrictEqual(proxy.connects, []);
	t.assert.deepStrictEqual(server.connections, []);
});

test('plain http is for this machine: it is never proxied', async (t: TestContext) => {
	const server = await secureServer(t, 'good', {tls: false});
	const proxy = await startProxy(t);
	await apiTo(t, server, {proxy: parseProxy(proxy.url)}).connect();
	t.assert.deepStrictEqual(proxy.connects, []);
});

const read: ReadonlyArray<readonly [text: string, hostname: string, port: number, isEncrypted: boolean, authorization: string | undefined]> = [
	['http://proxy.example.com:3128', 'proxy.example.com', 3128, false, undefined],
	['http://proxy.example.com', 'proxy.example.com', 80, false, undefined],
	['http://proxy.example.com/', 'proxy.example.com', 80, false, undefined],
	['HTTP://PROXY.example.com:3128', 'proxy.example.com', 3128, false, undefined],
	['https://proxy.example.com', 'proxy.example.com', 443, true, undefined],
	['https://proxy.example.com:8443', 'proxy.example.com', 8443, true, undefined],
	['proxy.example.com:3128', 'proxy.example.com', 3128, false, undefined],
	['proxy.example.com', 'proxy.example.com', 80, false, undefined],
	['localhost:3128', 'localhost', 3128, false, undefined],
	['10.1.2.3:3128', '10.1.2.3', 3128, false, undefined],
	['http://[2001:db8::1]:3128', '2001:db8::1', 3128, false, undefined],
	['[::1]:3128', '::1', 3128, false, undefined],
	[' http://proxy.example.com:3128\n', 'proxy.example.com', 3128, false, undefined],
	['http://me:secret@proxy.example.com:3128', 'proxy.example.com', 3128, false, 'me:secret'],
	['me:secret@proxy.example.com:3128', 'proxy.example.com', 3128, false, 'me:secret'],
	['http://me@proxy.example.com:3128', 'proxy.example.com', 3128, false, 'me:'],
	['http://DOMAIN%5Cme:p%40ss%3Aw%C3%B6rd@proxy.example.com:3128', 'proxy.example.com', 3128, false, String.raw`DOMAIN\me:p@ss:wörd`],
	['http://me:100%25@proxy.example.com:3128', 'proxy.example.com', 3128, false, 'me:100%'],
	['http://me:100%@proxy.example.com:3128', 'proxy.example.com', 3128, false, 'me:100%'],
];

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

for (const [text, hostname, port, isEncrypted, credentials] of read) {
	test(`HTTPS_PROXY=${JSON.stringify(text)}`, (t: TestContext) => {
		const {authorization, ...proxy} = parseProxy(text);
		t.assert.deepStrictEqual(proxy, {hostname, port, isEncrypted});
		t.assert.strictEqual(authorization?.open(), credentials === undefined ? undefined : basic(credentials));
	});
}

for (const text of [
	'',
	' ',
	'socks5://me:hush@proxy.example.com:1080',
	'ftp://me:hush@proxy.example.com',
	'file:///etc/hush',
	'http://',
	'http://me:hush@',
	'http://me:hush@proxy example',
	'http://me:hush@proxy.example.com:99999',
	'http://me:hush@proxy.example.com:0',
	'http://me:hu/sh@proxy.example.com:3128',
	'http://::1:3128',
]) {
	test(`HTTPS_PROXY=${JSON.stringify(text)} cannot be used, and is not repeated`, (t: TestContext) => {
		t.assert.throws(() => parseProxy(text), (error: unknown) => {
			t.assert.ok(error instanceof UsageError);
			t.assert.match(error.message, /^HTTPS_PROXY cannot be used/v);
			t.assert.doesNotMatch(inspect(error, {depth: 10}), /hush|hu\/sh|example/v);
			return true;
		});
	});
}
