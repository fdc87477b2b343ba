import {test, type TestContext} from 'node:test';
import {createServerApi} from '../../source/api/client.js';
import {apiVersions} from '../../source/api/server-api.js';
import {UsageError} from '../../source/model/errors.js';
import {Secret} from '../../source/model/secret.js';
import {fault} from '../helpers/fault.js';
import {fixture} from '../helpers/fixture.js';
import {startRecordingServer, type Recorded, type Reply} from '../helpers/recording-server.js';
import {clientOf, pageOf, password, startWireServer} from '../helpers/wire-server.js';

const entriesFrom = (from: number, count: number) => Array.from({length: count}, (_, index) => ({id: `e${from + index}`, name: `Name ${from + index}`}));

/** Answers pages out of `total` entries, with at most `mostLimit` in each. */
const paged = (total: number, {mostLimit = 10_000, next}: {mostLimit?: number; next?: string} = {}) => ({query}: Recorded): Reply => {
	const offset = Number(query['offset'] ?? 0);
	const limit = Math.min(Number(query['limit'] ?? 30), mostLimit);
	const count = Math.max(0, Math.min(limit, total - offset));
	return pageOf(entriesFrom(offset, count), {offset, limit, next: offset + count < total ? next ?? '/v8/Jobs?offset=1' : undefined});
};

for (const version of apiVersions) {
	test(`${version}: what is asked for`, async (t: TestContext) => {
		const common = {jobType: 'Copy', endTimeLowerBound: '2026-01-31T00:00:00.000Z', offset: '20', limit: '100'};
		const expected = {v6: common, v7: {...common, jobId: 'j1'}, v8: {...common, jobId: 'j1', status: 'Running'}};
		const server = await startWireServer(t, {versions: [version], paths: {[`/${version}/JobSessions`]: () => pageOf([])}});
		await clientOf(t, server).sessions({jobType: 'Copy', endedAfter: Date.UTC(2026, 0, 31), status: 'Running', jobId: 'j1', offset: 20, limit: 100});
		t.assert.deepStrictEqual(server.requests.at(-1)?.query, expected[version]);
	});
}

test('offset and limit are kept within what the API takes', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {'/v8/JobSessions': () => pageOf([])}});
	const api = clientOf(t, server);
	await api.sessions({offset: -5, limit: 0});
	t.assert.deepStrictEqual(server.requests.at(-1)?.query, {offset: '0', limit: '1'});
	await api.sessions({offset: 1.5, limit: 99_999});
	t.assert.deepStrictEqual(server.requests.at(-1)?.query, {offset: '1', limit: '10000'});
});

test('sessions: the seed page over the wire', async (t: TestContext) => {
	const seed = await fixture('v6/job-sessions.json');
	const server = await startWireServer(t, {versions: ['v6'], paths: {'/v6/JobSessions': () => ({json: seed})}});
	const page = await clientOf(t, server).sessions({offset: 0, limit: 30});
	t.assert.deepStrictEqual(page.entries.map(({serverId, retryCount}) => [serverId, retryCount]), [['vb1', 0], ['vb1', 3], ['vb1', 0]]);
	t.assert.strictEqual(page.isLast, false);
});

test('a server that lowers the limit is read to the end, and `next` to another version is not followed', async (t: TestContext) => {
	const answer = paged(120, {mostLimit: 50, next: '/v7/Organizations?offset=50&limit=50'});
	const server = await startWireServer(t, {versions: ['v7', 'v8'], paths: {'/v8/Organizations': answer}});
	const organizations = await clientOf(t, server).organizations();
	t.assert.strictEqual(organizations.length, 120);
	const asked = server.requests.filter(({path}) => path.endsWith('/Organizations'));
	t.assert.deepStrictEqual(asked.map(({path}) => path), ['/v8/Organizations', '/v8/Organizations', '/v8/Organizations']);
	t.assert.deepStrictEqual(asked.map(({query}) => [query['offset'], query['limit'], query['extendedView']]), [['0', '1000', 'false'], ['50', '1000', 'false'], ['100', '1000', 'false']]);
});

for (const [what, total, mostLimit] of [['a default page of 30', 31, 30], ['full pages only', 60, 30], ['a page of 1000', 1000, 1000]] as const) {
	test(`v8: ${what} is never taken for the whole`, async (t: TestContext) => {
		const server = await startWireServer(t, {paths: {'/v8/Proxies': paged(total, {mostLimit})}});
		const proxies = await clientOf(t, server).proxies();
		t.assert.strictEqual(proxies.length, total);
	});
}

test('a server that ignores the offset does not hold the client', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {'/v8/Proxies': () => pageOf(entriesFrom(0, 30), {limit: 30})}});
	const proxies = await clientOf(t, server).proxies();
	t.assert.strictEqual(proxies.length, 30);
	t.assert.strictEqual(server.lines().filter(line => line.endsWith('/Proxies')).length, 2);
});

for (const version of apiVersions) {
	test(`${version}: collections are taken as arrays and as pages`, async (t: TestContext) => {
		const names = await fixture('v8/organizations.json') as {results: unknown[]};
		const proxies = await fixture('v8/proxies.json') as {results: unknown[]};
		const server = await startWireServer(t, {
			versions: [version],
			paths: {
				[`/${version}/Organizations`]: () => ({json: names}),
				[`/${version}/BackupRepositories`]: () => ({json: names.results}),
				[`/${version}/Proxies`]: () => ({json: proxies.results}),
				[`/${version}/Jobs`]: () => pageOf([{id: 'j1'}]),
				[`/${version}/CopyJobs`]: () => ({json: [{id: 'c1', name: ''}]}),
			},
		});
		const api = clientOf(t, server);
		const expected = [{id: '0a000000-0000-4000-8000-000000000001', name: 'contoso-demo.onmicrosoft.com'}];
		t.assert.deepStrictEqual(await api.organizations(), expected);
		t.assert.deepStrictEqual((await api.repositories()).map(({id, name}) => ({id, name})), expected);
		t.assert.deepStrictEqual(await api.proxies(), [{id: '2c000000-0000-4000-8000-000000000001', name: 'vb365-proxy1', status: 'Online'}]);
		const jobs = await api.jobs();
		t.assert.deepStrictEqual(jobs.map(({id, type, name}) => [id, type, name]), [['j1', 'Backup', undefined], ['c1', 'Copy', '']]);
		const queries = server.requests.filter(({path}) => /(?:Organizations|Jobs|Repositories)$/v.test(path)).map(({query}) => query['limit']);
		t.assert.deepStrictEqual(new Set(queries), new Set([version === 'v8' ? '1000' : undefined]));
	});
}

test('one session, gone, and unreadable', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {
		'/v8/JobSessions/s1': () => ({json: {id: 's1', status: 'Success'}}),
		'/v8/JobSessions/odd': () => ({json: {}}),
		'/v8/JobSessions/a%2Fb': () => ({json: {id: 'a/b', status: 'Running'}}),
	}});
	const api = clientOf(t, server);
	const found = await Promise.all(['s1', 'a/b'].map(async id => api.session(id)));
	t.assert.deepStrictEqual(found.map(session => session?.status), ['Success', 'Running']);
	t.assert.strictEqual(await api.session('gone'), undefined);
	await t.assert.rejects(api.session('odd'), fault('badAnswer'));
});

const sessionsOf = (jobs: readonly string[], from = 0) => jobs.map((job, index) => ({
	id: `s${from + index}`,
	creationTime: new Date(Date.UTC(2026, 2, 2) - ((from + index) * 60_000)).toISOString(),
	_links: {job: {href: `/v6/copyjobs/${job}`}},
}));

for (const [version, path, query] of [
	['v6', '/v6/Jobs/j1/JobSessions', {offset: '0', limit: '2'}],
	['v7', '/v7/JobSessions', {jobId: 'j1', offset: '0', limit: '2'}],
	['v8', '/v8/JobSessions', {jobId: 'j1', offset: '0', limit: '2'}],
] as const) {
	test(`${version}: newest sessions of a job, newest first`, async (t: TestContext) => {
		const server = await startWireServer(t, {versions: [version], paths: {[path]: () => pageOf(sessionsOf(['j1', 'j1']).toReversed())}});
		const page = await clientOf(t, server).newestSessionsOfJob({id: 'j1', type: 'Backup'}, 2);
		t.assert.deepStrictEqual(page.entries.map(({id}) => id), ['s0', 's1']);
		t.assert.deepStrictEqual(server.requests.at(-1)?.path, path);
		t.assert.deepStrictEqual(server.requests.at(-1)?.query, query);
	});
}

test('newest sessions of a job that is gone: v6 has none', async (t: TestContext) => {
	const server = await startWireServer(t, {versions: ['v6']});
	const page = await clientOf(t, server).newestSessionsOfJob({id: 'j1', type: 'Backup'}, 2);
	t.assert.deepStrictEqual([page.entries, page.isLast], [[], true]);
});

test('newest sessions of a copy job on v6 are looked for among those of all copy jobs', async (t: TestContext) => {
	const jobs = Array.from({length: 250}, (_, index) => [120, 130, 240].includes(index) ? 'c1' : 'c2');
	const server = await startWireServer(t, {versions: ['v6'], paths: {
		'/v6/JobSessions'({query}) {
			const offset = Number(query['offset']);
			return pageOf(sessionsOf(jobs.slice(offset, offset + 100), offset), {limit: 100});
		},
	}});
	const api = clientOf(t, server);
	const few = await api.newestSessionsOfJob({id: 'c1', type: 'Copy'}, 2);
	t.assert.deepStrictEqual([few.entries.map(({id}) => id), few.isLast], [['s120', 's130'], false]);
	t.assert.deepStrictEqual(server.requests.slice(-2).map(({query}) => query), [{jobType: 'Copy', offset: '0', limit: '100'}, {jobType: 'Copy', offset: '100', limit: '100'}]);
	const all = await api.newestSessionsOfJob({id: 'c1', type: 'Copy'}, 9);
	t.assert.deepStrictEqual([all.entries.map(({id}) => id), all.isLast], [['s120', 's130', 's240'], true]);
});

for (const [version, order] of [['v6', {}], ['v7', {}], ['v8', {orderAsc: 'false'}]] as const) {
	test(`${version}: the newest log items are asked for where they can be, and ascend`, async (t: TestContext) => {
		const server = await startWireServer(t, {versions: [version], paths: {[`/${version}/JobSessions/s1/LogItems`]: () => pageOf([{id: 'b', usn: 2}, {id: 'a', usn: 1}])}});
		const api = clientOf(t, server);
		const page = await api.logItems('s1', {offset: 0, limit: 50, newest: true});
		t.assert.deepStrictEqual(page.entries.map(({id}) => id), ['a', 'b']);
		t.assert.deepStrictEqual(server.requests.at(-1)?.query, {offset: '0', limit: '50', ...order});
		const gone = await api.logItems('gone', {offset: 0, limit: 50});
		t.assert.deepStrictEqual([gone.entries, gone.isLast], [[], true]);
	});
}

test('GET and the token request are all that is ever sent', async (t: TestContext) => {
	const names = ['JobSessions', 'Jobs', 'CopyJobs', 'Organizations', 'BackupRepositories', 'Proxies', 'Jobs/j1/JobSessions', 'JobSessions/s1/LogItems'];
	const paths = apiVersions.flatMap(version => names.map(name => [`/${version}/${name}`, () => pageOf([])] as const));
	const token = ({form}: Recorded) => form['grant_type'] === 'refresh_token' ? {status: 400} : undefined;
	const server = await startWireServer(t, {versions: apiVersions, token, paths: Object.fromEntries(paths)});
	for (const version of apiVersions) {
		const api = clientOf(t, server, {api: version});
		const calls = [
			async () => api.connect(),
			async () => api.sessions({offset: 0, limit: 10, jobType: 'Backup', status: 'Running', jobId: 'j1', endedAfter: 0}),
			async () => api.session('s1'),
			async () => api.newestSessionsOfJob({id: 'j1', type: 'Backup'}, 1),
			async () => api.newestSessionsOfJob({id: 'c1', type: 'Copy'}, 1),
			async () => api.jobs(),
			async () => api.organizations(),
			async () => api.repositories(),
			async () => api.proxies(),
			async () => api.logItems('s1', {offset: 0, limit: 10, newest: true}),
		];
		for (const call of calls) {
			await call();
			server.revoke();
		}

		await api.close();
	}

	const allowed = new Set(apiVersions.map(version => `POST /${version}/token`));
	t.assert.ok(server.requests.every(({method, path}) => method === 'GET' || allowed.has(`${method} ${path}`)));
	t.assert.ok(server.requests.every(({method, form}) => method === 'POST' || Object.keys(form).length === 0));
	t.assert.ok(server.tokenRequests().every(({path, form}) => !path.startsWith('/v6/') || form['disable_antiforgery_token'] === undefined));
	t.assert.ok(server.requests.every(({path, query}) => !JSON.stringify([path, query]).includes(password)));
});

test('an answer that is no page names what came', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {
		'/v8/JobSessions': () => ({json: {message: 'odd'}}),
		'/v8/Proxies': () => ({text: '<html>sign in</html>'}),
		'/v8/Jobs': () => ({text: '[]', headers: {'content-type': 'text/html'}}),
		'/v8/CopyJobs': () => ({text: '\u{FEFF}[]'}),
		'/v8/Organizations': () => ({status: 503, headers: {'retry-after': '5'}}),
		'/v8/BackupRepositories': () => ({status: 500, json: {message: 'Index is out of range.', stackTrace: 'at Veeam.X()'}}),
	}});
	const api = clientOf(t, server);
	await t.assert.rejects(api.sessions({offset: 0, limit: 1}), fault('badAnswer', /neither/v));
	await t.assert.rejects(api.proxies(), fault('badAnswer', /no JSON/v));
	t.assert.deepStrictEqual(await api.jobs(), []);
	await t.assert.rejects(api.organizations(), (error: unknown) => fault('busy')(error) && (error as {retryAfterMs: number}).retryAfterMs === 5000);
	await t.assert.rejects(api.repositories(), fault('serverError', /Index is out of range\.$/v));
});

test('an aborted call rejects with the reason, and leaves the sign-in to the others', async (t: TestContext) => {
	const {promise: gate, resolve: open} = Promise.withResolvers<void>();
	const server = await startRecordingServer(t, async ({method}) => {
		await gate;
		return method === 'POST' ? {json: {access_token: 'at', expires_in: 60}} : pageOf([]);
	});
	const api = clientOf(t, server);
	const controller = new AbortController();
	const reason = new Error('left the pane');
	const aborted = api.sessions({offset: 0, limit: 1}, controller.signal);
	const other = api.sessions({offset: 0, limit: 1});
	controller.abort(reason);
	await t.assert.rejects(aborted, reason);
	await t.assert.rejects(api.connect(controller.signal), reason);
	open();
	const page = await other;
	t.assert.deepStrictEqual(page.entries, []);
});

test('close cancels', async (t: TestContext) => {
	const server = await startWireServer(t);
	const api = clientOf(t, server);
	await api.connect();
	await api.close();
	await t.assert.rejects(api.jobs(), fault('cancelled'));
});

test('a CA text without a certificate is refused at once', async (t: TestContext) => {
	const server = await startWireServer(t);
	t.assert.throws(() => createServerApi({serverId: 'x', address: server.address, account: 'a', secret: new Secret('b'), ca: ['nothing'], monotonic: () => 0}), UsageError);
});
