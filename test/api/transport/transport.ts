import {createServer as createTlsServer} from 'node:https';
import {createServer as createTcpServer, type AddressInfo, type Server} from 'node:net';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {generate} from 'selfsigned';
import {parseServerAddress} from '../../../source/api/transport/address.js';
import {transportFault} from '../../../source/api/transport/transport-fault.js';
import {createTransport, type Transport, type TransportOptions} from '../../../source/api/transport/transport.js';
import type {FaultKind} from '../../../source/model/errors.js';
import {Secret} from '../../../source/model/secret.js';
import {fault} from '../../helpers/fault.js';
import {startRecordingServer, type Reply} from '../../helpers/recording-server.js';

function transportTo(t: TestContext, url: string, options: Partial<TransportOptions> = {}): Transport {
	const transport = createTransport({address: parseServerAddress(url), ca: [], monotonic: () => 0, connectMs: 5000, totalMs: 20_000, ...options});
	t.after(async () => transport.close());
	return transport;
}

async function portOf(t: TestContext, server: Server): Promise<number> {
	const {promise, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	t.after(() => {
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

const jobs = {path: 'Jobs'};

test('a GET and a token request on the wire', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({json: {}}));
	const transport = transportTo(t, `${server.url}/gate`);
	await transport.get('v8', {path: 'JobSessions', query: {jobType: 'Copy', limit: 5, extendedView: false, status: undefined}}, new Secret('at'));
	await transport.get('v6', jobs);
	await transport.token('v7', {grant_type: 'password', username: String.raw`A\b`, password: new Secret('ä &=+%')});
	t.assert.deepStrictEqual(server.requests.map(({method, path, query, form}) => ({method, path, query, form})), [
		{method: 'GET', path: '/gate/v8/JobSessions', query: {jobType: 'Copy', limit: '5', extendedView: 'false'}, form: {}},
		{method: 'GET', path: '/gate/v6/Jobs', query: {}, form: {}},
		{method: 'POST', path: '/gate/v7/token', query: {}, form: {grant_type: 'password', username: String.raw`A\b`, password: 'ä &=+%'}},
	]);
	const [signed, anonymous, token] = server.requests.map(({headers}) => headers);
	t.assert.strictEqual(signed?.authorization, 'Bearer at');
	t.assert.strictEqual(signed.accept, 'application/json');
	t.assert.strictEqual(anonymous?.authorization, undefined);
	t.assert.strictEqual(token?.['content-type'], 'application/x-www-form-urlencoded');
	t.assert.strictEqual(token.authorization, undefined);
});

test('the Date header of an answer is told with the times of the request', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({json: {}, headers: {date: 'Mon, 02 Mar 2026 08:00:30 GMT'}}));
	const readings: unknown[] = [];
	let now = 100;
	const transport = transportTo(t, server.url, {
		monotonic: () => now++,
		onDate(reading) {
			readings.push(reading);
		},
	});
	await transport.get('v8', jobs);
	t.assert.deepStrictEqual(readings, [{sentAt: 100, receivedAt: 101, date: Date.UTC(2026, 2, 2, 8, 0, 30)}]);
});

const date = 'Mon, 02 Mar 2026 08:00:30 GMT';
const otherClocks: ReadonlyArray<readonly [what: string, reply: Reply]> = [
	['of a page of something between', {text: '<html>', headers: {date}}],
	['of an error of something between', {status: 502, headers: {date}}],
	['of the year 9999', {json: {}, headers: {date: 'Fri, 31 Dec 9999 23:59:59 GMT'}}],
	['of the year 1', {json: {}, headers: {date: 'Mon, 01 Jan 0001 00:00:00 GMT'}}],
	['that is none', {json: {}, headers: {date: 'yesterday'}}],
];

for (const [what, reply] of otherClocks) {
	test(`a Date ${what} is not taken for the server's clock`, async (t: TestContext) => {
		const server = await startRecordingServer(t, () => reply);
		const transport = transportTo(t, server.url, {
			onDate() {
				t.assert.fail('told');
			},
		});
		await transport.get('v8', jobs);
	});
}

test('a pause that the server asks for counts from its own date', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({status: 401, headers: {date, 'retry-after': 'Mon, 02 Mar 2026 08:00:40 GMT'}}));
	t.assert.deepStrictEqual(await transportTo(t, server.url).get('v8', jobs), {status: 401, body: '', message: '', retryAfterMs: 10_000});
});

test('a redirect is not followed', async (t: TestContext) => {
	const server = await startRecordingServer(t, ({path}) => path.startsWith('/v8/') ? {status: 302, headers: {location: '/elsewhere'}} : {json: {}});
	const answer = await transportTo(t, server.url).get('v8', jobs, new Secret('at'));
	t.assert.strictEqual(answer.status, 302);
	t.assert.deepStrictEqual(server.lines(), ['GET /v8/Jobs']);
});

test('nobody listens', async (t: TestContext) => {
	const server = createTcpServer();
	const port = await portOf(t, server);
	server.close();
	await t.assert.rejects(transportTo(t, `http://127.0.0.1:${port}`).get('v8', jobs), fault('refused', /ECONNREFUSED/v));
});

test('a connection that is cut before an answer is tried once more, and then it is lost', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({isCut: true}));
	await t.assert.rejects(transportTo(t, server.url).get('v8', jobs), fault('connection'));
	t.assert.deepStrictEqual(server.lines(), ['GET /v8/Jobs', 'GET /v8/Jobs']);
});

test('a kept connection that the server ends as a request leaves on it is no fault', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({json: {}, isCut: server.requests.length === 2}));
	const transport = transportTo(t, server.url);
	const answers = [await transport.get('v8', jobs), await transport.get('v8', jobs)];
	t.assert.deepStrictEqual(answers.map(({status}) => status), [200, 200]);
	t.assert.strictEqual(server.requests.length, 3);
});

test('a sign-in that is cut is not sent again by itself', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({isCut: true}));
	await t.assert.rejects(transportTo(t, server.url).token('v8', {grant_type: 'password'}), fault('connection'));
	t.assert.deepStrictEqual(server.lines(), ['POST /v8/token']);
});

test('a body that stops midway is an unreadable answer, not a lost server', async (t: TestContext) => {
	const port = await portOf(t, createTcpServer(socket => {
		socket.on('error', () => undefined);
		socket.once('data', () => {
			socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"offset":0,"results":[');
		});
	}));
	await t.assert.rejects(transportTo(t, `http://127.0.0.1:${port}`).get('v8', jobs), fault('badAnswer', /cut off midway/v));
});

test('something that is not HTTP', async (t: TestContext) => {
	const port = await portOf(t, createTcpServer(socket => {
		socket.on('error', () => undefined);
		socket.end('220 mail.test ESMTP\r\n');
	}));
	await t.assert.rejects(transportTo(t, `http://127.0.0.1:${port}`).get('v8', jobs), fault('badAnswer', /HTTP/v));
});

test('TLS where none is spoken', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({json: {}}));
	await t.assert.rejects(transportTo(t, server.url.replace('http:', 'https:')).get('v8', jobs), fault('tlsFailed', /^no TLS there: 127\.0\.0\.1:\d+ \(ERR_SSL_WRONG_VERSION_NUMBER\)$/v));
});

test('no answer in time', async (t: TestContext) => {
	const server = await startRecordingServer(t, async () => Promise.withResolvers<never>().promise);
	await t.assert.rejects(transportTo(t, server.url, {totalMs: 1}).get('v8', jobs), fault('timeout'));
});

test('a body above 16 MB', async (t: TestContext) => {
	const server = await startRecordingServer(t, () => ({text: 'x'.repeat((16 * 1024 * 1024) + 1)}));
	await t.assert.rejects(transportTo(t, server.url).get('v8', jobs), fault('badAnswer', / answer larger than 16 MB$/v));
});

test('an abort rejects with its reason, on the wire and before', async (t: TestContext) => {
	const {promise: asked, resolve} = Promise.withResolvers<void>();
	const server = await startRecordingServer(t, async () => {
		resolve();
		return Promise.withResolvers<never>().promise;
	});
	const transport = transportTo(t, server.url);
	const controller = new AbortController();
	const reason = new Error('changed my mind');
	const pending = transport.get('v8', jobs, undefined, controller.signal);
	await asked;
	controller.abort(reason);
	await t.assert.rejects(pending, reason);
	await t.assert.rejects(transport.get('v8', jobs, undefined, controller.signal), reason);
	t.assert.strictEqual(server.requests.length, 1);
});

test('close cancels what is under way and what comes after', async (t: TestContext) => {
	const {promise: asked, resolve} = Promise.withResolvers<void>();
	const server = await startRecordingServer(t, async () => {
		resolve();
		return Promise.withResolvers<never>().promise;
	});
	const transport = transportTo(t, server.url);
	const pending = t.assert.rejects(transport.get('v8', jobs), fault('cancelled'));
	await asked;
	await transport.close();
	await pending;
	await t.assert.rejects(transport.get('v8', jobs), fault('cancelled'));
	t.assert.strictEqual(server.requests.length, 1);
});

const year = 365 * 24 * 60 * 60 * 1000;

async function startTlsServer(t: TestContext, {name, age = 0}: {name: string; age?: number}): Promise<{url: string; certificate: string}> {
	const start = Date.now() - (year / 2) - age;
	const isAddress = /^\d/v.test(name);
	const pems = await generate([{name: 'commonName', value: name}], {
		keyType: 'ec',
		notBeforeDate: new Date(start),
		notAfterDate: new Date(start + year),
		extensions: [
			{name: 'basicConstraints', cA: true},
			{name: 'subjectAltName', altNames: [isAddress ? {type: 7, ip: name} : {type: 2, value: name}]},
		],
	});
	const port = await portOf(t, createTlsServer({key: pems.private, cert: pems.cert}, (_request, response) => {
		response.end('{}');
	}));
	return {url: `https://127.0.0.1:${port}`, certificate: pems.cert};
}

test('a certificate is taken only where it is vouched for, valid and for this name', async (t: TestContext) => {
	const good = await startTlsServer(t, {name: '127.0.0.1'});
	const answer = await transportTo(t, good.url, {ca: [good.certificate]}).get('v8', jobs);
	t.assert.strictEqual(answer.status, 200);
	await t.assert.rejects(transportTo(t, good.url).get('v8', jobs), fault('tlsUntrusted'));

	const elsewhere = await startTlsServer(t, {name: 'vb365.test'});
	const otherName = elsewhere.url.replace('127.0.0.1', 'localhost');
	await t.assert.rejects(transportTo(t, otherName, {ca: [elsewhere.certificate]}).get('v8', jobs), fault('tlsName', /DNS:vb365\.test/v));

	const old = await startTlsServer(t, {name: '127.0.0.1', age: year});
	await t.assert.rejects(transportTo(t, old.url, {ca: [old.certificate]}).get('v8', jobs), fault('tlsExpired'));

	const early = await startTlsServer(t, {name: '127.0.0.1', age: -year});
	await t.assert.rejects(transportTo(t, early.url, {ca: [early.certificate]}).get('v8', jobs), fault('tlsNotYetValid'));
});

test('the environment does not turn verification off', async (t: TestContext) => {
	const server = await startTlsServer(t, {name: '127.0.0.1'});
	t.mock.property(process, 'env', {...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0'});
	await t.assert.rejects(transportTo(t, server.url).get('v8', jobs), fault('tlsUntrusted'));
});

const codes: ReadonlyArray<readonly [code: string, kind: FaultKind]> = [
	['ENOTFOUND', 'address'],
	['EAI_AGAIN', 'address'],
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'connection'],
	['EPIPE', 'connection'],
	['EHOSTUNREACH', 'connection'],
	['ENETUNREACH', 'connection'],
	['UND_ERR_SOCKET', 'connection'],
	['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
	['UND_ERR_BODY_TIMEOUT', 'timeout'],
	['ETIMEDOUT', 'timeout'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUntrusted'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUntrusted'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsName'],
	['CERT_HAS_EXPIRED', 'tlsExpired'],
	['CERT_NOT_YET_VALID', 'tlsNotYetValid'],
	['HPE_INVALID_CONSTANT', 'badAnswer'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsFailed'],
	['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tlsFailed'],
	['EPROTO', 'connection'],
	['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'connection'],
	['SOMETHING_NEW', 'connection'],
];

for (const [code, kind] of codes) {
	test(`${code} is ${kind}, alone and as a cause`, (t: TestContext) => {
		const error = Object.assign(new Error('x'), {code});
		t.assert.strictEqual(transportFault(error).kind, kind);
		t.assert.strictEqual(transportFault(new Error('outer', {cause: error})).kind, kind);
		t.assert.match(transportFault(error).message, new RegExp(code, 'v'));
	});
}

test('the names in a certificate stand in place of the code', (t: TestContext) => {
	const error = Object.assign(new Error('x'), {code: 'ERR_TLS_CERT_ALTNAME_INVALID', reason: 'Host: a.test. is not in the cert\'s altnames: DNS:b.test'});
	for (const thrown of [error, new Error('outer', {cause: error})]) {
		t.assert.strictEqual(transportFault(thrown, 'a.test:4443').message, 'certificate is for another name: a.test:4443 Host: a.test. is not in the cert\'s altnames: DNS:b.test');
	}

	const unnamed = Object.assign(new Error('x'), {code: 'ERR_TLS_CERT_ALTNAME_INVALID'});
	t.assert.strictEqual(transportFault(unnamed, 'a.test:4443').message, 'certificate is for another name: a.test:4443 (ERR_TLS_CERT_ALTNAME_INVALID)');
	const expired = Object.assign(new Error('x'), {code: 'CERT_HAS_EXPIRED', reason: 'DNS:b.test'});
	t.assert.strictEqual(transportFault(expired, 'a.test:4443').message, 'certificate expired: a.test:4443 (CERT_HAS_EXPIRED)');
});

test('a port without TLS is told from TLS that failed', (t: TestContext) => {
	const faultOf = (code: string) => transportFault(Object.assign(new Error('x'), {code}), 'a.test:443').message;
	t.assert.strictEqual(faultOf('ERR_SSL_WRONG_VERSION_NUMBER'), 'no TLS there: a.test:443 (ERR_SSL_WRONG_VERSION_NUMBER)');
	t.assert.strictEqual(faultOf('EPROTO'), 'connection lost: a.test:443 TLS failed (EPROTO)');
});
