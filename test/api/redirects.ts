import {createServer, type AddressInfo} from 'node:net';
import {test, type TestContext} from 'node:test';
import {fault} from '../helpers/fault.js';
import {clientOf, startWireServer} from '../helpers/wire-server.js';

/** Another server, which only counts who comes. */
async function startBystander(t: TestContext) {
	let connections = 0;
	const server = createServer(socket => {
		connections++;
		socket.destroy();
	});
	const {promise, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	t.after(() => {
		server.close();
	});
	return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections};
}

for (const status of [301, 302, 303, 307, 308]) {
	test(`a ${status} of a GET is told, and nobody goes to where it leads`, async (t: TestContext) => {
		const bystander = await startBystander(t);
		const reply = () => ({status, headers: {location: `${bystander.url}/v8/Jobs`}});
		const server = await startWireServer(t, {paths: {'/v8/Jobs': reply, '/v8/CopyJobs': reply}});
		await t.assert.rejects(clientOf(t, server).jobs(), fault('badAnswer', new RegExp(`HTTP ${status}`, 'v')));
		t.assert.strictEqual(bystander.connections(), 0);
	});

	test(`a ${status} of a token request is told, and the password goes nowhere else`, async (t: TestContext) => {
		const bystander = await startBystander(t);
		const server = await startWireServer(t, {token: () => ({status, headers: {location: `${bystander.url}/v8/token`}})});
		await t.assert.rejects(clientOf(t, server).connect(), fault('badAnswer', new RegExp(`HTTP ${status}`, 'v')));
		t.assert.strictEqual(server.tokenRequests().length, 1);
		t.assert.strictEqual(bystander.connections(), 0);
	});
}
