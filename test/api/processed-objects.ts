import {test, type TestContext} from 'node:test';
import {unreadable} from '../../source/model/field.js';
import {parseProcessedObject} from '../../source/api/wire/wire.js';
import {fault} from '../helpers/fault.js';
import {simulator} from '../helpers/monitor.js';
import {clientOf, pageOf, startWireServer} from '../helpers/wire-server.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createServerApi} from '../../source/api/client.js';
import {Secret} from '../../source/model/secret.js';

const path = '/v8/JobSessions/s1/ProcessedObjects';

test('an object is read with what it says, in words that are not known too', (t: TestContext) => {
	t.assert.deepStrictEqual(parseProcessedObject({id: 'A1', type: 'User', status: 'Failed', _links: {}}), {id: 'A1', type: 'User', status: 'Failed'});
	t.assert.deepStrictEqual(parseProcessedObject({id: 'A1', type: 'Mailbox', status: 'Skipped'}), {id: 'A1', type: 'Mailbox', status: 'Skipped'});
	t.assert.deepStrictEqual(parseProcessedObject({id: 'A1', type: 7, status: null}), {id: 'A1', type: unreadable, status: undefined});
});

for (const wire of [undefined, null, 7, {}, {id: ''}, {id: 7}, {id: null, status: 'Failed'}]) {
	test(`${JSON.stringify(wire)} is no object that could be told from others`, (t: TestContext) => {
		t.assert.strictEqual(parseProcessedObject(wire), undefined);
	});
}

test('a text that would do something to the terminal is made visible', (t: TestContext) => {
	t.assert.strictEqual(parseProcessedObject({id: 'a\u{1B}[2Jb', status: 'Failed'})!.id.includes('\u{1B}'), false);
});

test('a page is asked for by offset and limit, within what the API takes', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {[path]: () => pageOf([{id: 'a', type: 'User', status: 'Success'}, {type: 'User'}], {offset: 5, limit: 10_000})}});
	const page = await clientOf(t, server).processedObjects('s1', {offset: 5, limit: 99_999});
	t.assert.deepStrictEqual(server.requests.at(-1)!.query, {offset: '5', limit: '10000'});
	t.assert.deepStrictEqual(page, {entries: [{id: 'a', type: 'User', status: 'Success'}], dropped: 1, offset: 5, limit: 10_000, isLast: true});
});

test('v6 is not asked', async (t: TestContext) => {
	const server = await startWireServer(t, {versions: ['v6']});
	t.assert.strictEqual(await clientOf(t, server).processedObjects('s1', {offset: 0, limit: 10}), undefined);
	t.assert.strictEqual(server.requests.some(request => request.path.includes('ProcessedObjects')), false);
});

test('a session that is gone has no list, which is not an empty one', async (t: TestContext) => {
	const server = await startWireServer(t);
	t.assert.strictEqual(await clientOf(t, server).processedObjects('s1', {offset: 0, limit: 10}), undefined);
});

test('an answer that is no page is a fault', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {[path]: () => ({json: {status: 'Failed'}})}});
	await t.assert.rejects(clientOf(t, server).processedObjects('s1', {offset: 0, limit: 10}), fault('badAnswer'));
});

for (const version of ['v7', 'v8'] as const) {
	test(`${version}: the objects of the simulator's sessions are read`, async (t: TestContext) => {
		const server = await simulator(t, {scenario: 'usual-noise', pace: 1});
		const api = createServerApi({
			serverId: 'vb1', address: parseServerAddress(server.url), account: server.account.username, secret: new Secret(server.account.password),
			ca: server.certificate === undefined ? [] : [server.certificate], api: version, monotonic: () => performance.now(),
		});
		t.after(async () => api.close());
		const {entries} = await api.sessions({offset: 0, limit: 100});
		const warned = entries.find(({status}) => status === 'Warning')!;
		const page = await api.processedObjects(warned.id, {offset: 0, limit: 10_000});
		t.assert.strictEqual(page!.entries.length, warned.progress);
		t.assert.ok(page!.entries.some(({status}) => status === 'Warning'));
	});
}
