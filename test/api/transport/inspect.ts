import {once} from 'node:events';
import {createServer, type Socket} from 'node:net';
import {test, type TestContext} from 'node:test';
import {generate} from 'selfsigned';
import {parseServerAddress} from '../../../source/api/transport/address.js';
import {inspectServer, type InspectOptions} from '../../../source/api/transport/inspect.js';
import {parseProxy} from '../../../source/api/transport/proxy.js';
import type {FaultKind} from '../../../source/model/errors.js';
import {makeCertificate} from '../../../source/simulator/server/certificate.js';
import {certificates, type CertificateName} from '../../helpers/certificates.js';
import {fault} from '../../helpers/fault.js';
import {startProxy} from '../../helpers/proxy.js';
import {assertNothingSent, fingerprint, secureServer, setVariable} from '../../helpers/secure-server.js';

const failed = () => {
	throw new Error('reached');
};

const never = new AbortController().signal;

async function inspect(url: string, options: Partial<InspectOptions> = {}) {
	let reached = 0;
	const found = await inspectServer({
		address: parseServerAddress(url), ca: [], connectMs: 10_000, signal: never,
		onReached() {
			reached++;
		},
		...options,
	});
	return {found, reached};
}

/** Certificates that were issued by another one. */
async function makeChains() {
	const authority = async () => generate([{name: 'commonName', value: 'Test CA'}], {
		keyType: 'ec', notAfterDate: new Date(Date.now() + 86_400_000), extensions: [{name: 'basicConstraints', cA: true}, {name: 'keyUsage', keyCertSign: true}],
	});
	const [issuer, impostor] = await Promise.all([authority(), authority()]);
	const leaf = await generate([{name: 'commonName', value: 'vb365.example.com'}], {
		keyType: 'ec', ca: {key: issuer.private, cert: issuer.cert}, notBeforeDate: new Date(Date.UTC(2020, 0)), notAfterDate: new Date(Date.UTC(2021, 0)),
	});
	return {leaf: {certificate: leaf.cert, key: leaf.private}, issuer: issuer.cert, impostor: impostor.cert};
}

const chains = await makeChains();

const judged: ReadonlyArray<readonly [name: CertificateName, untrusted: readonly FaultKind[], trusted: readonly FaultKind[]]> = [
	['good', ['tlsUntrusted'], []],
	['expiresSoon', ['tlsUntrusted'], []],
	['wrongHost', ['tlsUntrusted', 'tlsName'], ['tlsName']],
	['expired', ['tlsUntrusted', 'tlsExpired'], ['tlsExpired']],
	['notYetValid', ['tlsUntrusted', 'tlsNotYetValid'], ['tlsNotYetValid']],
];

for (const [name, untrusted, trusted] of judged) {
	for (const [how, objections, ca] of [['issued by nobody known', untrusted, []], ['given as an issuer', trusted, [certificates[name].certificate]]] as const) {
		test(`the certificate ${name}, ${how}: ${objections.join(', ') || 'no objection'}`, async (t: TestContext) => {
			const server = await secureServer(t, name);
			const {found, reached} = await inspect(server.url, {ca});
			t.assert.deepStrictEqual(found?.objections, objections);
			t.assert.strictEqual(found.certificate.fingerprint, fingerprint(name));
			t.assert.strictEqual(reached, 1);
			t.assert.strictEqual(server.connections.length, 1);
			await assertNothingSent(t, server);
		});
	}
}

test('several objections at once, worst first', async (t: TestContext) => {
	const certificate = await makeCertificate({hosts: ['vb365.example.com'], notBefore: new Date(0), notAfter: new Date(86_400_000)});
	const server = await secureServer(t, 'good', {certificate});
	t.assert.deepStrictEqual((await inspect(server.url)).found?.objections, ['tlsUntrusted', 'tlsName', 'tlsExpired']);
	t.assert.deepStrictEqual((await inspect(server.url, {ca: [certificate.certificate]})).found?.objections, ['tlsName', 'tlsExpired']);
	// Another one of the same name is no issuer of it.
	const other = await makeCertificate({hosts: ['vb365.example.com']});
	t.assert.deepStrictEqual((await inspect(server.url, {ca: [other.certificate]})).found?.objections, ['tlsUntrusted', 'tlsName', 'tlsExpired']);
});

// A leaf of 2020, what issued it, and another issuer of the same name and another key.
const {leaf, issuer, impostor} = chains;

for (const [what, sent, ca, objections] of [
	['whose issuer is trusted', [leaf.certificate], [issuer], ['tlsName', 'tlsExpired']],
	['whose issuer is trusted and sent', [leaf.certificate, issuer], [issuer], ['tlsName', 'tlsExpired']],
	['whose issuer is the second in its file', [leaf.certificate], [`${certificates.good.certificate}\n${issuer}`], ['tlsName', 'tlsExpired']],
	['whose issuer is sent, but not trusted', [leaf.certificate, issuer], [certificates.good.certificate], ['tlsUntrusted', 'tlsName', 'tlsExpired']],
	['whose issuer has the name of a trusted one', [leaf.certificate], [impostor], ['tlsUntrusted', 'tlsName', 'tlsExpired']],
	['that is sent with a trusted issuer of the same name', [leaf.certificate, impostor], [impostor], ['tlsUntrusted', 'tlsName', 'tlsExpired']],
] as const) {
	test(`an expired certificate ${what}`, async (t: TestContext) => {
		const server = await secureServer(t, 'good', {certificate: {certificate: sent.join('\n'), key: leaf.key}});
		t.assert.deepStrictEqual((await inspect(server.url, {ca})).found?.objections, objections);
	});
}

test('NODE_TLS_REJECT_UNAUTHORIZED=0 takes no objection away', async (t: TestContext) => {
	setVariable(t, 'NODE_TLS_REJECT_UNAUTHORIZED', '0');
	const server = await secureServer(t, 'wrongHost');
	t.assert.deepStrictEqual((await inspect(server.url)).found?.objections, ['tlsUntrusted', 'tlsName']);
});

test('the certificate is told as a person reads it', async (t: TestContext) => {
	const notBefore = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));
	const notAfter = new Date(Date.UTC(2046, 0, 2, 3, 4, 5));
	const certificate = await makeCertificate({hosts: ['vb365.example.com', '10.1.2.3'], commonName: 'VB365\u{1B}[2J \u{202E}東京', notBefore, notAfter});
	const server = await secureServer(t, 'good', {certificate});
	const {found} = await inspect(server.url);
	t.assert.deepStrictEqual({...found?.certificate, fingerprint: ''}, {
		fingerprint: '', subject: 'CN=VB365\\1B[2J \u{FFFD}東京', issuer: 'CN=VB365\\1B[2J \u{FFFD}東京', names: ['vb365.example.com', '10.1.2.3'],
		validFrom: notBefore.getTime(), validTo: notAfter.getTime(),
	});
	t.assert.match(found!.certificate.fingerprint, /^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/v);
});

test('a name is shaken hands with as a name, an address as an address', async (t: TestContext) => {
	const certificate = await makeCertificate({hosts: ['localhost']});
	const server = await secureServer(t, 'good', {certificate});
	const ca = [certificate.certificate];
	t.assert.deepStrictEqual((await inspect(server.url.replace('127.0.0.1', 'localhost'), {ca})).found?.objections, []);
	t.assert.deepStrictEqual((await inspect(server.url, {ca})).found?.objections, ['tlsName']);
});

test('plain http has no certificate; the address answers, and nothing is sent', async (t: TestContext) => {
	const server = await secureServer(t, 'good', {tls: false});
	t.assert.deepStrictEqual(await inspect(server.url), {found: undefined, reached: 1});
	await assertNothingSent(t, server);
});

test('through a proxy nothing but a handshake goes, too', async (t: TestContext) => {
	const server = await secureServer(t, 'expired');
	const proxy = await startProxy(t);
	const {found, reached} = await inspect(server.url, {proxy: parseProxy(proxy.url)});
	t.assert.deepStrictEqual([found?.objections, reached], [['tlsUntrusted', 'tlsExpired'], 1]);
	t.assert.strictEqual(proxy.connects.length, 1);
	await assertNothingSent(t, server);
});

type Listening = {readonly url: string; readonly sockets: readonly Socket[]; readonly accepted: Promise<Socket>};

/** A port where something else listens; it ends with the test. */
async function listener(t: TestContext, onSocket: (socket: Socket) => unknown = () => undefined): Promise<Listening> {
	const sockets: Socket[] = [];
	const {promise: accepted, resolve} = Promise.withResolvers<Socket>();
	const server = createServer(socket => {
		sockets.push(socket.on('error', () => undefined));
		onSocket(socket);
		resolve(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return {url: `https://127.0.0.1:${(server.address() as {port: number}).port}`, sockets, accepted};
}

for (const [what, onSocket, kind] of [
	['speaks no TLS', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tlsFailed'],
	['greets as a mail server does', (socket: Socket) => socket.end('220 mail.test ESMTP\r\n'), 'tlsFailed'],
	['hangs up', (socket: Socket) => socket.end(), 'connection'],
	['resets', (socket: Socket) => socket.once('data', () => {
		socket.resetAndDestroy();
	}), 'connection'],
] as const) {
	test(`a port that ${what}: ${kind}`, async (t: TestContext) => {
		const {url} = await listener(t, onSocket);
		let reached = 0;
		await t.assert.rejects(inspect(url, {
			onReached() {
				reached++;
			},
		}), fault(kind));
		t.assert.strictEqual(reached, 1);
	});
}

for (const scheme of ['https', 'http']) {
	test(`a port of ${scheme} where nobody listens is not reached`, async (t: TestContext) => {
		const server = await secureServer(t, 'good', {tls: scheme === 'https'});
		await server.close();
		await t.assert.rejects(inspect(server.url, {onReached: failed}), fault('refused', /^connection refused: 127\.0\.0\.1:\d+ \(ECONNREFUSED\)$/v));
	});
}

test('a name that is none', async (t: TestContext) => {
	await t.assert.rejects(inspect('https://no-such-host.invalid:4443'), fault('address'));
});

test('a server that does not shake hands in time', async (t: TestContext) => {
	const {url, accepted} = await listener(t);
	await t.assert.rejects(inspect(url, {connectMs: 50}), fault('timeout', /^no answer in time: 127\.0\.0\.1:\d+ within 0\.05 s$/v));
	const socket = await accepted;
	await once(socket.resume(), 'close');
});

test('a proxy that does not answer in time is what is named', async (t: TestContext) => {
	const {url} = await listener(t);
	const proxy = parseProxy(url.replace('https:', 'http:'));
	await t.assert.rejects(inspect('https://127.0.0.1:1', {connectMs: 50, proxy}), fault('proxy', /no answer of 127\.0\.0\.1:\d+ in time/v));
});

const reason = new Error('changed my mind');

test('an abort before it begins: no connection is opened', async (t: TestContext) => {
	const {url, sockets} = await listener(t);
	const signal = AbortSignal.abort(reason);
	const proxy = parseProxy(url.replace('https:', 'http:'));
	await t.assert.rejects(inspect(url, {signal, onReached: failed}), reason);
	await t.assert.rejects(inspect(url, {signal, proxy}), reason);
	await t.assert.rejects(inspect(url.replace('https:', 'http:'), {signal}), reason);
	t.assert.strictEqual(sockets.length, 0);
});

test('an abort while the address is reached', async (t: TestContext) => {
	const {url} = await listener(t);
	const controller = new AbortController();
	const inspecting = inspect(url, {signal: controller.signal, onReached: failed});
	controller.abort(reason);
	await t.assert.rejects(inspecting, reason);
});

test('an abort as soon as it is reached: no handshake', async (t: TestContext) => {
	const {url, accepted} = await listener(t);
	const controller = new AbortController();
	await t.assert.rejects(inspect(url, {
		signal: controller.signal,
		onReached() {
			controller.abort(reason);
		},
	}), reason);
	const socket = await accepted;
	await once(socket.resume(), 'close');
	t.assert.strictEqual(socket.bytesRead, 0);
});

test('an abort in the handshake ends the connection', async (t: TestContext) => {
	const {url, accepted} = await listener(t);
	const controller = new AbortController();
	const inspecting = inspect(url, {signal: controller.signal});
	const socket = await accepted;
	await once(socket, 'data');
	controller.abort(reason);
	await t.assert.rejects(inspecting, reason);
	await once(socket.resume(), 'close');
});

test('an abort while a proxy is asked', async (t: TestContext) => {
	const {url, accepted} = await listener(t);
	const controller = new AbortController();
	const inspecting = inspect('https://127.0.0.1:1', {signal: controller.signal, proxy: parseProxy(url.replace('https:', 'http:'))});
	const socket = await accepted;
	await once(socket, 'data');
	controller.abort(reason);
	await t.assert.rejects(inspecting, reason);
	await once(socket.resume(), 'close');
});
