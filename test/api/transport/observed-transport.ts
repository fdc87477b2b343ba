import {test, type TestContext} from 'node:test';
import {createServerApi} from '../../../source/api/client.js';
import type {Exchange} from '../../../source/api/transport/observed-transport.js';
import {Secret} from '../../../source/model/secret.js';
import {fault} from '../../helpers/fault.js';
import {startRecordingServer, type Replies} from '../../helpers/recording-server.js';

const password = 'Marked-4711';
const token = 'Marked-token';

async function told(t: TestContext, replies: Replies) {
	const {address} = await startRecordingServer(t, replies);
	const exchanges: Exchange[] = [];
	const api = createServerApi({
		address, serverId: 'one', account: 'me', secret: new Secret(password), api: 'v8', monotonic: () => performance.now(),
		onExchange(exchange) {
			exchanges.push(exchange);
		},
	});
	t.after(async () => api.close());
	return {api, exchanges};
}

test('each request is told once it is over: what was asked, what came, and no secret', async (t: TestContext) => {
	const text = '{"results":[],"name":"é"}';
	const {api, exchanges} = await told(t, ({path}) => path.endsWith('/token') ? {json: {access_token: token, expires_in: 3600}} : {text});
	await api.sessions({offset: 0, limit: 10});
	await api.signOut();
	t.assert.deepStrictEqual(exchanges.map(({method, version, path, grant, status}) => [method, version, path, grant, status]), [
		['POST', 'v8', 'token', 'password', 200],
		['GET', 'v8', 'JobSessions', undefined, 200],
		['POST', 'v8', 'token/logout', undefined, 200],
	]);
	t.assert.strictEqual(exchanges[1]!.query?.['limit'], 10);
	t.assert.strictEqual(exchanges[1]!.bytes, text.length + 1, 'bytes, not characters');
	t.assert.ok(exchanges.every(({durationMs}) => durationMs >= 0));
	t.assert.doesNotMatch(JSON.stringify(exchanges), /Marked/v);
});

test('a request without an answer is told with its fault, and rejects as before', async (t: TestContext) => {
	const {api, exchanges} = await told(t, ({path}) => path.endsWith('/token') ? {json: {access_token: token}} : {isCut: true});
	await t.assert.rejects(api.sessions({offset: 0, limit: 10}), fault('connection'));
	t.assert.deepStrictEqual(exchanges.map(({path, status, fault: kind}) => [path, status, kind]), [['token', 200, undefined], ['JobSessions', undefined, 'connection']]);
});
