import {test, type TestContext} from 'node:test';
import {byEnd, startScripted, wireJob, wireSession} from './support/scripted.js';
import {day, epoch, hour, idsOf, isNewestFirst, minute, Time, told, truth, versions, watch, watchNight} from './support/watch.js';

for (const api of versions) {
	test(`${api}: the first load reads every session in range, over many pages`, async (t: TestContext) => {
		const scenario = await watchNight(t, {api, sessions: 3000, scope: {rangeMs: 14 * day}});
		const {sessions, isLoading, missing, version} = await scenario.feed.poll();
		t.assert.ok(sessions.length > 2500);
		t.assert.deepStrictEqual(told(sessions), truth(scenario, 14 * day));
		t.assert.ok(isNewestFirst(sessions));
		// Small pages would be many.
		t.assert.ok(scenario.asked().filter(({query}) => query['endTimeLowerBound'] !== undefined && query['jobType'] === undefined).length <= 8);
		t.assert.deepStrictEqual({isLoading, missing, version}, {isLoading: false, missing: undefined, version: api});
	});

	test(`${api}: what the range and the type ask for is on the wire, and a page is never left to its default of 30`, async (t: TestContext) => {
		const scenario = await watchNight(t, {api, scope: {rangeMs: 6 * hour, jobType: 'Copy'}});
		const {sessions} = await scenario.feed.poll();
		const [first, ...rest] = scenario.asked().filter(({path}) => path.endsWith('/JobSessions'));
		t.assert.deepStrictEqual(first?.query, {jobType: 'Copy', endTimeLowerBound: new Date(epoch - (6 * hour)).toISOString(), offset: '0', limit: '100'});
		t.assert.ok(rest.every(({query}) => query['jobType'] === 'Copy' && Number(query['limit']) >= 100 && query['offset'] !== undefined));
		t.assert.deepStrictEqual(told(sessions), truth(scenario, 6 * hour, 'Copy'));
		t.assert.ok(sessions.every(({jobType}) => jobType === 'Copy'));
	});

	test(`${api}: an active session that began days before the range is found, whatever the bound does`, async (t: TestContext) => {
		for (const boundAppliesTo of ['endTime', 'creationTime'] as const) {
			const scenario = await watchNight(t, {api, boundAppliesTo, sessions: 3000, scope: {rangeMs: hour}});
			// More than a page of sessions began after it.
			const old = scenario.server.world.sessionsAt(epoch).findIndex(({run, status}) => run.job.key === 'adatumAll' && status === 'Running');
			t.assert.ok(old > 100);
			const {sessions} = await scenario.feed.poll();
			t.assert.deepStrictEqual(idsOf(sessions.filter(({status}) => status === 'Running' || status === 'Queued')), idsOf(truth(scenario, 0)));
			if (boundAppliesTo === 'endTime') {
				t.assert.deepStrictEqual(told(sessions), truth(scenario, hour));
			}
		}
	});

	test(`${api}: active sessions that a bound leaves out are found among the newest and through their jobs`, async (t: TestContext) => {
		const finished = Array.from({length: 150}, (_, index) => wireSession(index + 10, 20 + index, {ended: 10, job: 2}));
		const server = await startScripted(t, api, {
			sessions: [wireSession(1, 5, {job: 3}), ...finished, wireSession(2, 3000, {job: 1})],
			jobs: [wireJob(1, {lastStatus: 'Running'}), wireJob(2), wireJob(3, {lastStatus: 'Running'})],
			keep: (session, bound) => session.endTime !== undefined && byEnd(session, bound),
		});
		const own = [...finished, wireSession(2, 3000, {job: 1})];
		server.script.before = ({path}) => path.endsWith('/Jobs/00000000-0000-4000-a000-000000900001/JobSessions') ? {json: {offset: 0, limit: 1, results: own.slice(-1)}} : undefined;
		const {sessions} = await watch(t, server, {time: new Time()}).feed.poll();
		t.assert.deepStrictEqual(idsOf(sessions), idsOf(server.script.sessions));
	});
}

test('v8: a running session that nothing else leads to is found by its status', async (t: TestContext) => {
	const finished = Array.from({length: 150}, (_, index) => wireSession(index + 10, 20 + index, {ended: 10}));
	const server = await startScripted(t, 'v8', {sessions: [...finished, wireSession(1, 3000, {job: 77})], keep: session => session.endTime !== undefined});
	const {sessions} = await watch(t, server, {time: new Time()}).feed.poll();
	t.assert.deepStrictEqual(idsOf(sessions), idsOf(server.script.sessions));
});

test('partial snapshots are published while a first load is under way, the first with its first page', async (t: TestContext) => {
	const time = new Time();
	const {feed, published} = await watchNight(t, {
		time,
		sessions: 3000,
		scope: {rangeMs: 14 * day},
		middleware: [async (_exchange, next) => {
			// Each answer takes a quarter of a second of the feed's clock.
			time.monotonic += 250;
			await next();
		}],
	});
	const {sessions} = await feed.poll();
	const partial = published.filter(({isLoading}) => isLoading);
	t.assert.ok(partial.length > 3);
	t.assert.ok(partial.some(snapshot => snapshot.sessions.length === 100));
	const counts = published.map(snapshot => snapshot.sessions.length);
	t.assert.deepStrictEqual(counts, counts.toSorted((a, b) => a - b));
	t.assert.strictEqual(counts.at(-1), sessions.length);
	t.assert.strictEqual(published.at(-1)!.isLoading, false);
});

test('sessions that start while pages are read are neither lost nor repeated', async (t: TestContext) => {
	const held = Array.from({length: 1200}, (_, index) => wireSession(index + 1, 60 + index, {ended: 30}));
	const server = await startScripted(t, 'v8', {sessions: held});
	let started = 5000;
	server.script.before = ({path}) => {
		if (path.endsWith('/JobSessions')) {
			// Seven more with each page, as at the start of a backup window.
			server.script.sessions = [...Array.from({length: 7}, () => wireSession(++started, 0)), ...server.script.sessions];
		}
	};

	const {feed} = watch(t, server, {time: new Time()});
	const ids = idsOf((await feed.poll()).sessions);
	t.assert.strictEqual(new Set(ids).size, ids.length);
	t.assert.ok(held.every(({id}) => ids.includes(id)));
	server.script.before = () => undefined;
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(server.script.sessions));
});

test('sessions that leave the list while it is read take no other with them', async (t: TestContext) => {
	const held = Array.from({length: 700}, (_, index) => wireSession(index + 1, 60 + index, {ended: 30}));
	const server = await startScripted(t, 'v8', {sessions: held});
	server.script.before = ({path}) => {
		if (path.endsWith('/JobSessions')) {
			server.script.sessions = server.script.sessions.slice(3);
		}
	};

	const {sessions} = await watch(t, server, {time: new Time()}).feed.poll();
	const ids = new Set(idsOf(sessions));
	t.assert.ok(held.slice(3).every(({id}) => ids.has(id)));
});

test('a server that lowers the limit is read to its end', async (t: TestContext) => {
	for (const mostLimit of [40, 7, 1]) {
		const sessions = Array.from({length: 230}, (_, index) => wireSession(index + 1, 60 + index, {ended: 30}));
		const server = await startScripted(t, 'v8', {sessions, mostLimit});
		const snapshot = await watch(t, server, {time: new Time()}).feed.poll();
		t.assert.deepStrictEqual(idsOf(snapshot.sessions), idsOf(sessions));
		t.assert.strictEqual(snapshot.missing, undefined);
		t.assert.ok(server.asked().length <= 10 + (230 / Math.ceil(mostLimit / 2)));
	}
});

test('a server that repeats a page for ever is left after a few, and the list says so', async (t: TestContext) => {
	for (const count of [3, 100]) {
		const sessions = Array.from({length: count}, (_, index) => wireSession(index + 1, 1, {ended: 0}));
		const server = await startScripted(t, 'v8', {sessions});
		server.script.before = ({path, query}) => path.endsWith('/JobSessions')
			? {json: {offset: Number(query['offset']), limit: Number(query['limit']), results: sessions, _links: {next: {href: '/v8/JobSessions?offset=1'}}}}
			: undefined;
		const time = new Time();
		const {feed} = watch(t, server, {time});
		const snapshot = await feed.poll();
		t.assert.deepStrictEqual(idsOf(snapshot.sessions), idsOf(sessions));
		t.assert.match(snapshot.missing!, /repeats the same sessions/v);
		t.assert.ok(server.asked().length < 8);
		time.forward(minute);
		await feed.poll();
		t.assert.ok(server.asked().length < 8);
	}
});

test('entries that cannot be read are counted, the others are there', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5), 'no session' as never, 7 as never]});
	const {sessions, missing} = await watch(t, server, {time: new Time()}).feed.poll();
	t.assert.deepStrictEqual(idsOf(sessions), idsOf([wireSession(1, 5)]));
	t.assert.strictEqual(missing, '2 of its sessions could not be read');
});
