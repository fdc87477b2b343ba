import {test, type TestContext} from 'node:test';
import {simulator} from '../helpers/monitor.js';
import {createServerApi} from '../../source/api/client.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {Secret} from '../../source/model/secret.js';

test('reconnecting asks for the version again, on new connections, with the token that is held', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const api = createServerApi({
		serverId: 'test', address: parseServerAddress(server.url), account: server.account.username, secret: new Secret(server.account.password), monotonic: () => performance.now(),
	});
	t.after(async () => api.close());
	await api.jobs();
	const before = server.requests.length;
	await api.reconnect();
	t.assert.strictEqual(api.capabilities(), undefined);
	await api.jobs();
	const after = server.requests.slice(before).map(({method, path}) => `${method} ${path}`);
	t.assert.ok(after.includes('GET /v8/ServiceInstance'));
	t.assert.deepStrictEqual(after.filter(request => request.startsWith('POST')), []);
});
