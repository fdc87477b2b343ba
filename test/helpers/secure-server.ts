import {X509Certificate} from 'node:crypto';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createServerApi, type ServerApiOptions} from '../../source/api/client.js';
import type {ServerApi} from '../../source/api/server-api.js';
import {Secret} from '../../source/model/secret.js';
import type {Simulator, SimulatorOptions} from '../../source/simulator/server/server.js';
import {certificates, type CertificateName} from './certificates.js';
import {simulator} from './monitor.js';

/** A simulated server that shows that certificate; it ends with the test. */
export async function secureServer(t: TestContext, name: CertificateName, options: SimulatorOptions = {}): Promise<Simulator> {
	return simulator(t, {scenario: 'clean', tls: true, certificate: certificates[name], ...options});
}

/** The SHA-256 of a certificate, as it is pinned. */
export function fingerprint(name: CertificateName): string {
	return new X509Certificate(certificates[name].certificate).fingerprint256;
}

/** A client with the server's account, its version given; it ends with the test. */
export function apiTo(t: TestContext, {url, account}: Pick<Simulator, 'url' | 'account'>, options: Partial<ServerApiOptions> = {}): ServerApi {
	const api = createServerApi({
		serverId: 'vb1', address: parseServerAddress(url), account: account.username, secret: new Secret(account.password), monotonic: () => performance.now(), ...options,
	});
	t.after(async () => api.close());
	return api;
}

/** Asserts that not a byte but those of handshakes came to a server. */
export async function assertNothingSent(t: TestContext, {requests, connections}: Pick<Simulator, 'requests' | 'connections'>): Promise<void> {
	// What was on its way has arrived by then.
	await wait(30);
	t.assert.deepStrictEqual(requests.map(({method, path}) => `${method} ${path}`), []);
	t.assert.deepStrictEqual(connections.filter(({bytesReceived}) => bytesReceived > 0), []);
}

/** Sets a variable of this process for the length of a test. */
export function setVariable(t: TestContext, name: string, value: string): void {
	const before = process.env[name];
	process.env[name] = value;
	t.after(() => {
		if (before === undefined) {
			// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the name is the test's
			delete process.env[name];
		} else {
			process.env[name] = before;
		}
	});
}
