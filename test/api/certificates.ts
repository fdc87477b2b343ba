import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {test, type TestContext} from 'node:test';
import {connect, type ConnectionOptions} from 'node:tls';
import type {ServerApiOptions} from '../../source/api/client.js';
import {makeCertificate} from '../../source/simulator/server/certificate.js';
import {ServerFault, UsageError, type FaultKind} from '../../source/model/errors.js';
import {certificates, type CertificateName} from '../helpers/certificates.js';
import {fault} from '../helpers/fault.js';
import {apiTo, assertNothingSent, fingerprint, secureServer, setVariable} from '../helpers/secure-server.js';

const ca = (name: CertificateName) => [certificates[name].certificate];

type Trust = Pick<ServerApiOptions, 'ca' | 'pin'>;

/** The two ways of a process to its certificates: as it should be, and with what turns node's own verification off. */
const environments = [['', undefined], [', also with NODE_TLS_REJECT_UNAUTHORIZED=0', '0']] as const;

const taken: ReadonlyArray<readonly [what: string, shown: CertificateName, trust: Trust]> = [
	['one that is given as an issuer', 'good', {ca: ca('good')}],
	['one of two that are given', 'good', {ca: [...ca('wrongHost'), ...ca('good')]}],
	['one that is pinned', 'good', {pin: fingerprint('good')}],
	['one that is pinned and given', 'good', {pin: fingerprint('good'), ca: ca('good')}],
	['a pinned one that expired', 'expired', {pin: fingerprint('expired')}],
	['a pinned one that is not valid yet', 'notYetValid', {pin: fingerprint('notYetValid')}],
	['a pinned one for another host', 'wrongHost', {pin: fingerprint('wrongHost')}],
];

for (const [what, shown, trust] of taken) {
	test(`a certificate is taken: ${what}`, async (t: TestContext) => {
		const server = await secureServer(t, shown);
		const api = apiTo(t, server, trust);
		t.assert.strictEqual(api.certificate(), undefined);
		t.assert.ok((await api.jobs()).length > 0);
		t.assert.strictEqual(api.certificate()?.fingerprint, fingerprint(shown));
		t.assert.strictEqual(server.requests.filter(({method}) => method === 'POST').length, 1);
	});
}

const stopped: ReadonlyArray<readonly [what: string, shown: CertificateName, trust: Trust, kind: FaultKind, message: RegExp]> = [
	['nobody known issued it', 'good', {}, 'tlsUntrusted', /SELF_SIGNED/v],
	['another one is given', 'good', {ca: ca('other')}, 'tlsUntrusted', /SIGNATURE|SELF_SIGNED/v],
	['it is for another host', 'wrongHost', {ca: ca('wrongHost')}, 'tlsName', /^certificate is for another name: 127\.0\.0\.1:\d+ is not among DNS:vb365\.example\.com$/v],
	['it expired', 'expired', {ca: ca('expired')}, 'tlsExpired', /^certificate expired: 127\.0\.0\.1:\d+ \(CERT_HAS_EXPIRED\)$/v],
	['it is not valid yet', 'notYetValid', {ca: ca('notYetValid')}, 'tlsNotYetValid', /CERT_NOT_YET_VALID/v],
	['another one is pinned', 'other', {pin: fingerprint('good')}, 'tlsChanged', /^certificate changed: /v],
	['another one is pinned, though it is trusted', 'other', {pin: fingerprint('good'), ca: ca('other')}, 'tlsChanged', /^certificate changed: /v],
];

for (const [what, shown, trust, kind, message] of stopped) {
	for (const [where, value] of environments) {
		test(`${kind} before a byte is sent, as ${what}${where}`, async (t: TestContext) => {
			if (value !== undefined) {
				setVariable(t, 'NODE_TLS_REJECT_UNAUTHORIZED', value);
			}

			const server = await secureServer(t, shown);
			const api = apiTo(t, server, trust);
			for (const call of [api.connect(), api.jobs(), api.detect()]) {
				await t.assert.rejects(call, fault(kind, message));
			}

			t.assert.strictEqual(api.certificate(), undefined);
			t.assert.ok(server.connections.length > 0);
			await assertNothingSent(t, server);
		});
	}
}

test('nothing is sent either where the version is given and the token request would come first', async (t: TestContext) => {
	const server = await secureServer(t, 'other');
	await t.assert.rejects(apiTo(t, server, {api: 'v8', pin: fingerprint('good')}).connect(), fault('tlsChanged'));
	await t.assert.rejects(apiTo(t, server, {api: 'v8'}).connect(), fault('tlsUntrusted'));
	await assertNothingSent(t, server);
});

test('a pinned certificate is taken with NODE_TLS_REJECT_UNAUTHORIZED=0 as well', async (t: TestContext) => {
	setVariable(t, 'NODE_TLS_REJECT_UNAUTHORIZED', '0');
	const server = await secureServer(t, 'good');
	await apiTo(t, server, {pin: fingerprint('good')}).connect();
	t.assert.ok(server.requests.length > 0);
});

test('a changed certificate tells both fingerprints and brings the new one', async (t: TestContext) => {
	const server = await secureServer(t, 'other');
	await t.assert.rejects(apiTo(t, server, {pin: fingerprint('good')}).connect(), (error: unknown) => {
		t.assert.ok(error instanceof ServerFault);
		t.assert.strictEqual(error.message, `certificate changed: now SHA-256 ${fingerprint('other')}, was ${fingerprint('good')}`);
		t.assert.strictEqual(error.policy, 'stop');
		t.assert.strictEqual(error.certificate?.fingerprint, fingerprint('other'));
		t.assert.deepStrictEqual(error.certificate.names, ['localhost', '127.0.0.1', '0:0:0:0:0:0:0:1']);
		t.assert.strictEqual(error.certificate.subject, 'CN=localhost');
		t.assert.strictEqual(error.certificate.issuer, 'CN=localhost');
		return true;
	});
});

test('a certificate that is swapped while the client runs stops it before a byte, though a token is held', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const pinned = apiTo(t, server, {pin: fingerprint('good')});
	const trusting = apiTo(t, server, {ca: ca('good')});
	await Promise.all([pinned.jobs(), trusting.jobs()]);
	await server.close();
	const {port} = server;
	const impostor = await secureServer(t, 'other', {port});
	for (const [api, kind] of [[pinned, 'tlsChanged'], [trusting, 'tlsUntrusted']] as const) {
		// A connection that was kept may be found lost first.
		await t.assert.rejects(api.jobs(), error => fault(kind)(error) || fault('connection')(error));
		await t.assert.rejects(api.jobs(), fault(kind));
		await api.reconnect();
		await t.assert.rejects(api.jobs(), fault(kind));
	}

	t.assert.strictEqual(pinned.certificate()?.fingerprint, fingerprint('good'));
	await assertNothingSent(t, impostor);
});

test('the newest certificate is told', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	// Of issuers with the same subject OpenSSL tries one only.
	const renewed = await makeCertificate({commonName: 'renewed'});
	const api = apiTo(t, server, {ca: [...ca('good'), renewed.certificate]});
	await api.jobs();
	const first = api.certificate();
	await api.jobs();
	t.assert.strictEqual(api.certificate(), first);
	await server.close();
	const {port} = server;
	await secureServer(t, 'good', {port, certificate: renewed});
	await api.reconnect();
	await api.detect();
	t.assert.strictEqual(api.certificate()?.subject, 'CN=renewed');
});

test('over plain http there is no certificate, and a pin changes nothing', async (t: TestContext) => {
	const server = await secureServer(t, 'good', {tls: false});
	const api = apiTo(t, server, {pin: fingerprint('good')});
	await api.connect();
	t.assert.strictEqual(api.certificate(), undefined);
});

test('an issuer certificate that cannot be read is refused at once', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	for (const pem of ['', 'no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', certificates.good.key]) {
		t.assert.throws(() => apiTo(t, server, {ca: [pem]}), UsageError);
	}
});

/** An HTTPS server that answers 401 and takes up TLS sessions of another time, whatever certificate it has by then. */
async function resumingServer(t: TestContext) {
	const ticketKeys = randomBytes(48);
	const identity = (name: CertificateName) => ({cert: certificates[name].certificate, key: certificates[name].key, ticketKeys});
	const paths: string[] = [];
	const server = createServer(identity('good'), ({url = ''}, response) => {
		paths.push(url);
		response.writeHead(401).end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		server.close();
		server.closeAllConnections();
	});
	const {port} = server.address() as AddressInfo;
	return {
		url: `https://127.0.0.1:${port}`,
		port,
		paths,
		show(name: CertificateName) {
			server.setSecureContext(identity(name));
		},
	};
}

test('a TLS session of another time gets around neither pin nor issuer', async (t: TestContext) => {
	const server = await resumingServer(t);
	const account = {username: 'a', password: 'b'};
	const pinned = apiTo(t, {...server, account}, {pin: fingerprint('good')});
	const trusting = apiTo(t, {...server, account}, {ca: ca('good')});
	await Promise.all([pinned.detect(), trusting.detect()]);
	// The server does resume: a client that keeps its session is shown the old certificate still.
	const first = connect({port: server.port, host: '127.0.0.1', rejectUnauthorized: false});
	const [session] = await once(first, 'session') as [ConnectionOptions['session']];
	first.destroy();
	server.show('other');
	const second = connect({port: server.port, host: '127.0.0.1', rejectUnauthorized: false, session});
	await once(second, 'secureConnect');
	t.assert.ok(second.isSessionReused());
	second.destroy();
	const {length} = server.paths;
	for (const [api, kind] of [[pinned, 'tlsChanged'], [trusting, 'tlsUntrusted']] as const) {
		await api.reconnect();
		await t.assert.rejects(api.detect(), fault(kind));
	}

	t.assert.strictEqual(server.paths.length, length);
});
