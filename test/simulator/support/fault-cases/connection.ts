import type {TestContext} from 'node:test';
import {once} from 'node:events';
import type {connectionFaults} from '../../../../source/simulator/faults/connection.js';
import {signedInServer, partsOf, turn, until, type SignedInServer} from '../raw.js';

type Cases<Faults> = Record<keyof Faults, (t: TestContext, server: SignedInServer) => Promise<void>>;

const lengthOf = (head: string) => Number(/^content-length: (?<length>\d+)$/imv.exec(head)?.groups?.['length']);

export const connectionCases: Cases<typeof connectionFaults> = {
	async latency(t: TestContext, {simulator, delays, say}) {
		const {text, ended} = say();
		await until(() => delays.pending.length > 0);
		await turn();
		t.assert.deepStrictEqual([text(), simulator.requests[1]?.status], ['', 0]);
		t.assert.ok(delays.pending[0]! >= 1000 && delays.pending[0]! <= 4000);
		delays.end();
		t.assert.match(await ended, /^HTTP\/1\.1 200 /v);
		t.assert.strictEqual(simulator.requests[1]?.status, 200);
	},
	async stall(t: TestContext, {simulator, say, ask}) {
		const {text, socket} = say();
		// Both stay open until the simulator is closed after the test.
		void ask('/v8/token', {}).catch(() => undefined);
		await until(() => simulator.requests.length === 3);
		await turn();
		t.assert.deepStrictEqual([text(), simulator.requests.map(({status}) => status), socket.destroyed], ['', [200, 0, 0], false]);
	},
	async slowBody(t: TestContext, {simulator, delays, say}) {
		const {text, socket} = say();
		await until(() => partsOf(text()).body.length === 64);
		t.assert.deepStrictEqual(delays.pending, [250]);
		delays.end();
		await until(() => partsOf(text()).body.length === 128);
		const {head, body} = partsOf(text());
		t.assert.match(head, /^HTTP\/1\.1 200 OK\r\n/v);
		t.assert.ok(body.length < lengthOf(head) / 4, 'not all at once');
		t.assert.ok(body.startsWith('{"offset":0,'));
		t.assert.strictEqual(simulator.requests.at(-1)?.status, 200);
		socket.destroy();
	},
	async cutBody(t: TestContext, {say}) {
		const {head, body} = partsOf(await say(undefined, '').ended);
		t.assert.match(head, /^HTTP\/1\.1 200 OK\r\n/v);
		t.assert.strictEqual(body.length, Math.floor(lengthOf(head) / 2));
	},
	async reset(t: TestContext, {simulator, say, ask}) {
		t.assert.strictEqual(await say().ended, '');
		await t.assert.rejects(ask('/v8/token', {}), TypeError);
		t.assert.deepStrictEqual(simulator.requests.slice(1).map(({status}) => status), [0, 0]);
	},
	async resetIdle(t: TestContext, {simulator, delays, say}) {
		const {text, socket, ended} = say(undefined, '');
		await until(() => text().endsWith('}'));
		t.assert.doesNotMatch(text(), /^connection: close/imv);
		const first = text();
		socket.write('GET /v8/Jobs HTTP/1.1\r\nHost: vb365\r\n\r\n');
		t.assert.strictEqual(await ended, first, 'the next request has no answer');
		delays.end();
		const {ended: alone} = say('/v8/Jobs?limit=1', '');
		await until(() => delays.pending.length > 0);
		t.assert.deepStrictEqual(delays.pending, [50]);
		delays.end();
		t.assert.match(await alone, /^HTTP\/1\.1 200 OK\r\n/v);
		t.assert.strictEqual(simulator.requests.at(-1)?.status, 200);
	},
	async badHttp(t: TestContext, {simulator, say, read, ask}) {
		t.assert.match(await say().ended, /^SSH-2\.0/v);
		await t.assert.rejects(read(), TypeError);
		await t.assert.rejects(ask('/v8/token', {}), TypeError);
		t.assert.strictEqual(simulator.requests.at(-1)?.status, 0);
	},
	async off(t: TestContext, {simulator, read, say}) {
		const {socket} = say();
		const [error] = await once(socket, 'error') as [NodeJS.ErrnoException];
		t.assert.strictEqual(error.code, 'ECONNREFUSED');
		await t.assert.rejects(read(), TypeError);
		t.assert.strictEqual(simulator.requests.length, 1);
		// A second time changes nothing.
		await simulator.setFaults('off', 'html');
	},
	async restart(t: TestContext, {simulator, delays, say, read}) {
		t.assert.strictEqual(await say().ended, '');
		const before = simulator.requests.length;
		t.assert.strictEqual(before, 1);
		t.assert.deepStrictEqual(delays.pending, [3000]);
		delays.end();
		await turn();
		t.assert.match(await say().ended, /^HTTP\/1\.1 401 /v);
		t.assert.strictEqual((await read()).status, 401);
	},
	async certificate(t: TestContext) {
		const {simulator, say} = await signedInServer(t, {tls: true});
		const first = await shown(say());
		const idle = say('/v8/Health', '');
		await until(() => idle.text().includes('Healthy'));
		await simulator.setFaults('certificate');
		await idle.ended;
		t.assert.notStrictEqual(await shown(say()), first);
		await simulator.setFaults();
		t.assert.strictEqual(await shown(say()), first);
	},
};

async function shown({socket, ended}: ReturnType<SignedInServer['say']>): Promise<string> {
	await once(socket, 'secureConnect');
	const {fingerprint256} = (socket as unknown as {getPeerCertificate: () => {fingerprint256: string}}).getPeerCertificate();
	await ended;
	return fingerprint256;
}
