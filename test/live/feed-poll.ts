import {test, type TestContext} from 'node:test';
import {sessionKey} from '../../source/model/session.js';
import {startScripted, uuid, wireJob, wireSession} from './support/scripted.js';
import {day, hour, idsOf, minute, second, Time, told, truth, versions, watch, watchNight} from './support/watch.js';

const newest = 'JobSessions?limit=100&offset=0';

for (const api of versions) {
	test(`${api}: a steady poll is one request for sessions while the active ones are on the newest page`, async (t: TestContext) => {
		const scenario = await watchNight(t, {api, scenario: 'clean'});
		await scenario.feed.poll();
		for (let polls = 0; polls < 5; polls++) {
			scenario.asked();
			const before = scenario.server.requests.length;
			scenario.time.forward(5 * second);
			const {sessions} = await scenario.feed.poll();
			t.assert.deepStrictEqual(told(sessions), truth(scenario, day));
			t.assert.deepStrictEqual(scenario.asked().map(({query}) => query), [{offset: '0', limit: '100'}]);
			t.assert.strictEqual(scenario.server.requests.length - before, 1);
		}
	});

	test(`${api}: five hours of the demo night are told rightly after each poll`, async (t: TestContext) => {
		const scenario = await watchNight(t, {api, pace: 30});
		for (let polls = 0; polls < 60; polls++) {
			const {sessions} = await scenario.feed.poll();
			t.assert.deepStrictEqual(told(sessions.filter(({status}) => status !== 'Running')), truth(scenario, day).filter(({status}) => status !== 'Running'));
			t.assert.deepStrictEqual(idsOf(sessions), idsOf(truth(scenario, day)));
			scenario.time.forward(10 * second);
		}
	});

	test(`${api}: while nothing changes the snapshot stays the same object and nobody is called`, async (t: TestContext) => {
		// The newest page goes back further than an hour: what is out of range must not come and go.
		for (const rangeMs of [hour, day]) {
			const scenario = await watchNight(t, {api, scenario: 'clean', scope: {rangeMs}});
			const snapshot = await scenario.feed.poll();
			t.assert.deepStrictEqual(told(snapshot.sessions), truth(scenario, rangeMs));
			const count = scenario.published.length;
			for (let polls = 0; polls < 3; polls++) {
				scenario.time.monotonic += 20 * second;
				t.assert.strictEqual(await scenario.feed.poll(), snapshot);
			}

			t.assert.strictEqual(scenario.published.length, count);
		}
	});

	test(`${api}: a session that ends after it left the newest page is closed by a request for it`, async (t: TestContext) => {
		const others = Array.from({length: 120}, (_, index) => wireSession(index + 10, 30 + index, {ended: 29, job: 2}));
		const server = await startScripted(t, api, {sessions: [...others, wireSession(1, 600)], jobs: [wireJob(1), wireJob(2)]});
		const time = new Time();
		const {feed} = watch(t, server, {time});
		await feed.poll();
		server.script.sessions = [...others, wireSession(1, 600, {ended: 0, progress: 9})];
		server.asked();
		time.forward(5 * second);
		const {sessions, changes} = await feed.poll();
		t.assert.deepStrictEqual(server.asked(), [newest, 'JobSessions/1']);
		const closed = sessions.find(({id}) => id === uuid(1))!;
		t.assert.deepStrictEqual([closed.status, closed.progress, closed.endedAt], ['Success', 9, Date.parse(server.script.sessions.at(-1)!.endTime!)]);
		t.assert.deepStrictEqual(changes, {added: [], updated: [sessionKey(closed)], removed: []});
		time.forward(5 * second);
		await feed.poll();
		t.assert.deepStrictEqual(server.asked(), [newest]);
	});

	test(`${api}: a session that the server deleted leaves the list once it was not found twice`, async (t: TestContext) => {
		const server = await startScripted(t, api, {sessions: [wireSession(2, 5, {ended: 1}), wireSession(1, 30)]});
		const time = new Time();
		const {feed} = watch(t, server, {time});
		await feed.poll();
		const whole = server.script.sessions;
		// Not found for a moment, as by a server that is restarted.
		server.script.sessions = whole.slice(0, 1);
		time.forward(5 * second);
		t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), [uuid(1), uuid(2)]);
		server.script.sessions = whole;
		time.forward(5 * second);
		await feed.poll();
		server.script.sessions = whole.slice(0, 1);
		time.forward(5 * second);
		t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), [uuid(1), uuid(2)]);
		time.forward(5 * second);
		const {sessions, changes} = await feed.poll();
		t.assert.deepStrictEqual(idsOf(sessions), [uuid(2)]);
		t.assert.deepStrictEqual(changes, {added: [], updated: [], removed: [`vb1/${uuid(1)}`]});
	});

	test(`${api}: a session in a status that is not known is read again until it settles`, async (t: TestContext) => {
		const others = Array.from({length: 120}, (_, index) => wireSession(index + 10, 30 + index, {ended: 29, job: 2}));
		const server = await startScripted(t, api, {sessions: [...others, wireSession(1, 600, {ended: 300, status: 'Updating'})], jobs: [wireJob(1), wireJob(2)]});
		const time = new Time();
		const {feed} = watch(t, server, {time, scope: {rangeMs: 6 * hour}});
		const statusOf = async () => {
			server.asked();
			time.forward(5 * second);
			const {sessions} = await feed.poll();
			return [sessions.find(({id}) => id === uuid(1))?.status, server.asked()];
		};

		await feed.poll();
		t.assert.deepStrictEqual(await statusOf(), ['Updating', [newest, 'JobSessions/1']]);
		server.script.sessions = [...others, wireSession(1, 600, {ended: 0})];
		t.assert.deepStrictEqual(await statusOf(), ['Success', [newest, 'JobSessions/1']]);
		t.assert.deepStrictEqual(await statusOf(), ['Success', [newest]]);
	});
}

test('many active sessions behind the newest page: v8 asks for the running ones, v6 and v7 for a bigger page', async (t: TestContext) => {
	for (const api of versions) {
		const others = Array.from({length: 150}, (_, index) => wireSession(index + 100, 30 + index, {ended: 29, job: 2}));
		const active = Array.from({length: 20}, (_, index) => wireSession(index + 1, 600 + index, {job: 1}));
		const server = await startScripted(t, api, {sessions: [...others, ...active], jobs: [wireJob(1), wireJob(2)]});
		const time = new Time();
		const {feed} = watch(t, server, {time});
		await feed.poll();
		server.asked();
		server.script.sessions = [...others, ...active.map(session => ({...session, progress: 50}))];
		time.forward(5 * second);
		const {sessions} = await feed.poll();
		const requests = server.asked();
		t.assert.deepStrictEqual(requests.slice(0, 2), api === 'v8' ? [newest, 'JobSessions?limit=1000&offset=0&status=Running'] : ['JobSessions?limit=200&offset=0', ...requests.slice(1, 2)]);
		t.assert.ok(requests.length <= 5);
		t.assert.strictEqual(sessions.filter(({status, progress}) => status === 'Running' && progress === 50).length, 20);
	}
});

test('queued sessions behind the newest page are read one by one, three a poll, each in its turn', async (t: TestContext) => {
	const others = Array.from({length: 120}, (_, index) => wireSession(index + 100, 30 + index, {ended: 29, job: 2}));
	const queued = Array.from({length: 7}, (_, index) => wireSession(index + 1, 600 + index, {status: 'Queued'}));
	const server = await startScripted(t, 'v8', {sessions: [...others, ...queued], jobs: [wireJob(1), wireJob(2)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	const single: string[] = [];
	for (let polls = 0; polls < 3; polls++) {
		server.asked();
		time.forward(5 * second);
		await feed.poll();
		const asked = server.asked().filter(line => !line.includes('?'));
		t.assert.strictEqual(asked.length, 3);
		single.push(...asked);
	}

	t.assert.strictEqual(new Set(single.slice(0, 7)).size, 7);
});

test('a job that says it is active while its newest session is not is looked at once a minute', async (t: TestContext) => {
	const server = await startScripted(t, 'v7', {sessions: [wireSession(1, 30, {ended: 1})], jobs: [wireJob(1, {lastStatus: 'Running'})]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	for (const expected of [1, 0, 0, 1, 0, 0]) {
		await feed.poll();
		t.assert.strictEqual(server.asked().filter(line => line.includes('jobId=')).length, expected);
		time.forward(20 * second);
	}
});

test('what changed is told by key, and observations are of active sessions that moved', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 30), wireSession(2, 20, {eTag: 5})]});
	const time = new Time();
	const {feed, published} = watch(t, server, {time});
	const first = await feed.poll();
	t.assert.deepStrictEqual(published.flatMap(({changes}) => changes.added).toSorted(), [`vb1/${uuid(1)}`, `vb1/${uuid(2)}`]);
	time.forward(5 * second);
	server.script.sessions = [wireSession(3, 0), wireSession(1, 30, {progress: 7}), wireSession(2, 20, {ended: 0})];
	const next = await feed.poll();
	t.assert.deepStrictEqual(next.changes, {added: [`vb1/${uuid(3)}`], updated: [`vb1/${uuid(1)}`, `vb1/${uuid(2)}`], removed: []});
	t.assert.deepStrictEqual([...next.observations.keys()].toSorted(), [`vb1/${uuid(1)}`, `vb1/${uuid(3)}`]);
	t.assert.deepStrictEqual(next.observations.get(`vb1/${uuid(1)}`)!.map(({at, progress}) => [at, progress]), [[time.server - (5 * second), 1], [time.server, 7]]);
	t.assert.notStrictEqual(next.observations, first.observations);
});

test('what falls out of the range leaves the list, what is active does not', async (t: TestContext) => {
	const scenario = await watchNight(t, {scope: {rangeMs: hour}});
	await scenario.feed.poll();
	scenario.time.forward(30 * minute);
	const {sessions} = await scenario.feed.poll();
	t.assert.deepStrictEqual(told(sessions), truth(scenario, hour));
	t.assert.ok(sessions.some(({createdAt}) => Number(createdAt) < scenario.time.server - day));
});
