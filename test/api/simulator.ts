import {test, type TestContext} from 'node:test';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createServerApi} from '../../source/api/client.js';
import {apiVersions} from '../../source/api/server-api.js';
import {ServerFault} from '../../source/model/errors.js';
import {Secret} from '../../source/model/secret.js';
import {startSimulator} from '../../source/simulator/server/server.js';

const ways = apiVersions.flatMap(api => [false, true].map(tls => ({api, tls})));

for (const {api: version, tls} of ways) {
	test(`from sign-in to log items over ${version} ${tls ? 'with' : 'without'} TLS`, async (t: TestContext) => {
		const simulator = await startSimulator({api: version, tls});
		t.after(async () => simulator.close());
		const api = createServerApi({
			serverId: 'sim',
			address: parseServerAddress(simulator.url),
			account: simulator.account.username,
			secret: new Secret(simulator.account.password),
			ca: simulator.certificate === undefined ? [] : [simulator.certificate],
			monotonic: () => 0,
		});
		t.after(async () => api.close());

		const capabilities = await api.connect();
		t.assert.strictEqual(capabilities.version, version);

		const {entries: sessions, dropped} = await api.sessions({offset: 0, limit: 100});
		t.assert.strictEqual(dropped, 0);
		t.assert.ok(sessions.length > 0);
		const [first] = sessions;
		const again = await api.session(first!.id);
		t.assert.strictEqual(again?.jobId, first!.jobId);
		t.assert.strictEqual(await api.session('00000000-0000-4000-8000-00000000dead'), undefined);

		const jobs = await api.jobs();
		t.assert.deepStrictEqual(new Set(jobs.map(job => job.type)), new Set(['Backup', 'Copy']));
		t.assert.ok(sessions.every(session => jobs.some(job => job.id === session.jobId)));
		const ran = (['Backup', 'Copy'] as const).map(type => jobs.find(job => job.type === type && sessions.some(session => session.jobId === job.id))!);
		const newest = await Promise.all(ran.map(async job => api.newestSessionsOfJob(job, 2)));
		t.assert.ok(newest.every((page, index) => page.entries.length > 0 && page.entries.every(session => session.jobId === ran[index]!.id)));

		const organizations = await api.organizations();
		const owned = jobs.filter(job => job.type === 'Backup');
		t.assert.ok(owned.every(job => organizations.some(organization => organization.id === job.organizationId)));
		const named = [...organizations, ...await api.repositories(), ...await api.proxies()];
		t.assert.ok(named.every(({name}) => typeof name === 'string'));

		const finished = sessions.find(session => session.status === 'Success')!;
		const log = await api.logItems(finished.id, {offset: 0, limit: 50});
		t.assert.ok(log.entries.length > 0);
		t.assert.ok(log.entries.every(entry => typeof entry.type === 'string' && typeof entry.text === 'string' && !entry.text.startsWith('[')));
		t.assert.ok(simulator.requests.every(({method, path}) => method === 'GET' || (method === 'POST' && path === `/${version}/token`)));
	});
}

test('a certificate that no one vouches for is not trusted', async (t: TestContext) => {
	const simulator = await startSimulator({tls: true});
	t.after(async () => simulator.close());
	const api = createServerApi({
		serverId: 'sim',
		address: parseServerAddress(simulator.url),
		account: simulator.account.username,
		secret: new Secret(simulator.account.password),
		monotonic: () => 0,
	});
	t.after(async () => api.close());
	await t.assert.rejects(api.connect(), (error: unknown) => error instanceof ServerFault && error.kind === 'tlsUntrusted');
	t.assert.strictEqual(simulator.requests.length, 0);
});
