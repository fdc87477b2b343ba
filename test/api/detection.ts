import {test, type TestContext} from 'node:test';
import type {ApiVersion} from '../../source/api/server-api.js';
import type {FaultKind} from '../../source/model/errors.js';
import {fault} from '../helpers/fault.js';
import {startRecordingServer, type Reply} from '../helpers/recording-server.js';
import {clientOf, pageOf, startWireServer} from '../helpers/wire-server.js';

type Probes = Readonly<Record<ApiVersion, Reply>>;

const served = {status: 401};
const absent = {status: 404, text: 'no such thing'};
const broken = {status: 500, json: {message: 'Down.'}};

const found: ReadonlyArray<readonly [probes: Probes, version: ApiVersion]> = [
	[{v6: served, v7: served, v8: served}, 'v8'],
	[{v6: served, v7: served, v8: absent}, 'v7'],
	[{v6: served, v7: absent, v8: absent}, 'v6'],
	[{v6: absent, v7: absent, v8: {status: 403}}, 'v8'],
	[{v6: absent, v7: {status: 200, json: {}}, v8: absent}, 'v7'],
	[{v6: {status: 401}, v7: {status: 200, text: 'hi'}, v8: {status: 200, text: '<html>'}}, 'v6'],
	[{v6: served, v7: broken, v8: {isCut: true}}, 'v6'],
];

const lost: ReadonlyArray<readonly [probes: Probes, kind: FaultKind]> = [
	[{v6: absent, v7: absent, v8: absent}, 'notServed'],
	[{v6: absent, v7: broken, v8: absent}, 'serverError'],
	[{v6: absent, v7: {status: 503}, v8: absent}, 'busy'],
	[{v6: absent, v7: absent, v8: {status: 302}}, 'badAnswer'],
	[{v6: {isCut: true}, v7: {isCut: true}, v8: {isCut: true}}, 'connection'],
];

const answering = (probes: Probes) => ({method, path, headers}: {method: string; path: string; headers: {authorization?: string}}): Reply => {
	if (method === 'POST') {
		return {json: {access_token: 'at', refresh_token: 'rt', expires_in: 3600}};
	}

	return headers.authorization ? pageOf([]) : probes[path.slice(1, 3) as ApiVersion];
};

const words = (probes: Probes) => Object.entries(probes).map(([version, {status = 'cut'}]) => `${version} ${status}`).join(', ');

for (const [probes, version] of found) {
	test(`${words(probes)}: it is ${version}`, async (t: TestContext) => {
		const server = await startRecordingServer(t, answering(probes));
		const {version: spoken} = await clientOf(t, server).connect();
		t.assert.strictEqual(spoken, version);
		t.assert.deepStrictEqual(server.lines().filter(line => line.startsWith('POST')), [`POST /${version}/token`]);
	});
}

for (const [probes, kind] of lost) {
	test(`${words(probes)}: it is ${kind}, no password is sent, the next call asks again`, async (t: TestContext) => {
		let now = probes;
		const server = await startRecordingServer(t, request => answering(now)(request));
		const api = clientOf(t, server);
		await t.assert.rejects(api.connect(), fault(kind));
		t.assert.ok(server.lines().every(line => line.startsWith('GET')));
		t.assert.strictEqual(api.capabilities(), undefined);
		now = {v6: served, v7: served, v8: absent};
		const {version: spoken} = await api.connect();
		t.assert.strictEqual(spoken, 'v7');
	});
}

test('a version that was named is not probed for', async (t: TestContext) => {
	const server = await startWireServer(t, {versions: ['v6', 'v7', 'v8']});
	const api = clientOf(t, server, {api: 'v7'});
	const {version: spoken} = await api.connect();
	t.assert.strictEqual(spoken, 'v7');
	t.assert.deepStrictEqual(server.lines(), ['POST /v7/token']);
});

test('calls at once before the first connect share one', async (t: TestContext) => {
	const server = await startWireServer(t, {versions: ['v6', 'v7', 'v8'], paths: {'/v8/Jobs': () => pageOf([]), '/v8/CopyJobs': () => pageOf([])}});
	const api = clientOf(t, server);
	await Promise.all([api.connect(), api.jobs(), api.connect(), api.jobs()]);
	t.assert.strictEqual(server.lines().filter(line => line.endsWith('/ServiceInstance')).length, 3);
	t.assert.strictEqual(server.tokenRequests().length, 1);
});

test('a version that is no longer served is found anew by the next call', async (t: TestContext) => {
	const versions: ApiVersion[] = ['v6', 'v7'];
	const server = await startWireServer(t, {versions, paths: {'/v7/JobSessions': () => pageOf([]), '/v8/JobSessions': () => pageOf([])}});
	const api = clientOf(t, server);
	await api.sessions({offset: 0, limit: 1});
	versions.splice(0, 2, 'v8');
	await t.assert.rejects(api.sessions({offset: 0, limit: 1}), fault('notServed', /v7/v));
	t.assert.strictEqual(api.capabilities(), undefined);
	await api.sessions({offset: 0, limit: 1});
	t.assert.strictEqual(api.capabilities()?.version, 'v8');
	t.assert.strictEqual(server.tokenRequests().length, 1);
});

test('a version that was named stays', async (t: TestContext) => {
	const server = await startWireServer(t, {versions: ['v8']});
	const api = clientOf(t, server, {api: 'v8'});
	await t.assert.rejects(api.sessions({offset: 0, limit: 1}), fault('notServed'));
	await t.assert.rejects(api.sessions({offset: 9, limit: 1}), fault('notServed'));
	t.assert.ok(server.lines().every(line => !line.endsWith('/ServiceInstance')));
});
