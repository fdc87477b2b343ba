import {once} from 'node:events';
import {connect as connectTcp} from 'node:net';
import {test, type TestContext} from 'node:test';
import {connect as connectTls} from 'node:tls';
import {setTimeout as wait} from 'node:timers/promises';
import {Agent, request} from 'undici';
import type {Simulator} from '../../../source/simulator/server/server.js';
import {simulate} from '../support/api.js';

const ask = 'GET /v8/Health HTTP/1.1\r\nHost: vb365\r\nConnection: close\r\n\r\n';

const bytesOf = ({connections}: Simulator) => connections.map(({bytesReceived}) => bytesReceived);

/** Waits until that many connections were accepted. */
async function accepted({connections}: Simulator, count: number) {
	while (connections.length < count) {
		await wait(5);
	}
}

test('what comes over a connection is counted, and stays when it is closed', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	t.assert.deepStrictEqual(simulator.connections, []);
	const socket = connectTcp(simulator.port, '127.0.0.1');
	await accepted(simulator, 1);
	t.assert.deepStrictEqual(simulator.connections, [{bytesReceived: 0}]);
	socket.end(ask).resume();
	await once(socket, 'close');
	t.assert.deepStrictEqual(bytesOf(simulator), [ask.length]);
});

test('all requests over one kept-alive connection are counted', async (t: TestContext) => {
	const {simulator} = await simulate(t);
	const agent = new Agent({connections: 1});
	t.after(async () => agent.destroy());
	const read = async () => (await request(`${simulator.url}/v8/Health`, {dispatcher: agent})).body.text();
	await read();
	const [first] = bytesOf(simulator);
	await read();
	t.assert.deepStrictEqual(bytesOf(simulator), [2 * first!]);
});

test('with TLS, what is in it is counted', async (t: TestContext) => {
	const {simulator} = await simulate(t, {tls: true});
	const socket = connectTls({port: simulator.port, host: '127.0.0.1', ca: simulator.certificate});
	socket.end(ask).resume();
	await once(socket, 'close');
	t.assert.deepStrictEqual(bytesOf(simulator), [ask.length]);
});

test('with TLS, a handshake and nothing after it counts as nothing', async (t: TestContext) => {
	const {simulator} = await simulate(t, {tls: true});
	const socket = connectTls({port: simulator.port, host: '127.0.0.1', ca: simulator.certificate});
	await once(socket, 'secureConnect');
	socket.end().resume();
	await once(socket, 'close');
	t.assert.deepStrictEqual(bytesOf(simulator), [0]);
});

test('a client that refuses the certificate has sent nothing', async (t: TestContext) => {
	const {simulator} = await simulate(t, {tls: true});
	const agent = new Agent();
	t.after(async () => agent.destroy());
	await t.assert.rejects(request(`${simulator.url}/v8/Health`, {dispatcher: agent}), {code: 'DEPTH_ZERO_SELF_SIGNED_CERT'});
	await accepted(simulator, 1);
	t.assert.deepStrictEqual(bytesOf(simulator), [0]);
	t.assert.deepStrictEqual(simulator.requests, []);
});

test('with TLS, many connections at once are counted separately', async (t: TestContext) => {
	const {simulator} = await simulate(t, {tls: true});
	const sizes = Array.from({length: 20}, (_, index) => index * 10);
	await Promise.all(sizes.map(async size => {
		const socket = connectTls({port: simulator.port, host: '127.0.0.1', ca: simulator.certificate});
		socket.end(ask.replace('vb365', 'v'.repeat(size))).resume();
		await once(socket, 'close');
	}));
	t.assert.deepStrictEqual(bytesOf(simulator).toSorted((a, b) => a - b), sizes.map(size => ask.length - 5 + size));
});
