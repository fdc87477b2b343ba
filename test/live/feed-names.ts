import {test, type TestContext} from 'node:test';
import type {Reply} from '../helpers/recording-server.js';
import {fault} from '../helpers/fault.js';
import {jobId, startScripted, uuid, wireJob, wireSession, type Wire} from './support/scripted.js';
import {day, minute, second, Time, told, truth, versions, watch, watchNight} from './support/watch.js';

const broken: Reply = {status: 500};

test('jobs, organizations, repositories and proxies are there by their ids after the first poll', async (t: TestContext) => {
	for (const api of versions) {
		const {feed, server: {world}, time} = await watchNight(t, {api});
		const {jobs, organizations, repositories, proxies} = await feed.poll();
		const expected = sorted(world.jobsAt(time.server)).map(({job}) => [job.id, job.name, job.type]);
		t.assert.deepStrictEqual([...jobs.values()].map(({id, name, type}) => [id, name, type]), expected);
		t.assert.deepStrictEqual([...organizations.keys()], world.inventory.organizations.map(({id}) => id));
		t.assert.deepStrictEqual([...repositories.values()].map(({name}) => name), world.inventory.repositories.map(({name}) => name));
		const proxyNames = new Set([...proxies.values()].map(({name}) => name));
		t.assert.ok(world.inventory.proxies.every(({hostName}) => proxyNames.has(hostName)));
	}
});

const sorted = <State extends {job: {type: string}}>(states: readonly State[]) => [...states.filter(({job}) => job.type === 'Backup'), ...states.filter(({job}) => job.type === 'Copy')];

test('jobs are asked for once a minute, the rest every five; the same maps stay while nothing changed', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	const {jobs} = await feed.poll();
	const counts = () => [server.count('Jobs'), server.count('CopyJobs'), server.count('Organizations'), server.count('Proxies')];
	const polled = async (ms: number) => {
		time.forward(ms);
		await feed.poll();
		return counts();
	};

	t.assert.deepStrictEqual(counts(), [1, 1, 1, 1]);
	t.assert.deepStrictEqual(await polled(59 * second), [1, 1, 1, 1]);
	t.assert.deepStrictEqual(await polled(second), [2, 2, 1, 1]);
	t.assert.strictEqual(feed.snapshot().jobs, jobs);
	t.assert.deepStrictEqual(await polled(4 * minute), [3, 3, 2, 2]);
	server.script.jobs = [wireJob(1, {name: 'Renamed'})];
	await polled(minute);
	t.assert.strictEqual(feed.snapshot().jobs.get(jobId(1))!.name, 'Renamed');
});

test('the job of a new session is asked for at once, and only once where it is not found', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	server.script.sessions = [wireSession(3, 0, {job: 3, jobType: 'Backup'}), wireSession(2, 0, {job: 2}), ...server.script.sessions];
	server.script.jobs = [wireJob(1), wireJob(2, {name: 'Brand new'})];
	for (let polls = 0; polls < 4; polls++) {
		time.forward(5 * second);
		await feed.poll();
		t.assert.strictEqual(feed.snapshot().jobs.get(jobId(2))!.name, 'Brand new');
		t.assert.strictEqual(server.count('Jobs'), 2);
	}
});

test('names that cannot be read leave the sessions; the snapshot says so until they can', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	server.script.before = ({path}) => path.endsWith('/CopyJobs') ? broken : undefined;
	const {sessions, missing, isLoading, jobs} = await feed.poll();
	t.assert.deepStrictEqual([sessions.length, isLoading, jobs.size], [1, false, 0]);
	t.assert.match(missing!, /names could not all be read \(server error/v);
	server.script.before = () => undefined;
	time.forward(2 * second);
	const healed = await feed.poll();
	t.assert.deepStrictEqual([healed.missing, healed.jobs.size], [undefined, 1]);
});

test('names that can never be read are asked for less and less often, and it goes on being said', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	server.script.before = ({path}) => path.endsWith('/Proxies') ? {status: 403} : undefined;
	for (let polls = 0; polls < 60; polls++) {
		const {missing} = await feed.poll();
		t.assert.match(missing!, /names/v);
		time.forward(5 * second);
	}

	t.assert.ok(server.count('Proxies') <= 10, `${server.count('Proxies')} requests in five minutes`);
	t.assert.strictEqual(server.count('Organizations'), 1);
});

test('why the sessions are not whole is still said when names come back', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5), 'no session' as never]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	server.script.before = ({path}) => path.endsWith('/Jobs') ? broken : undefined;
	t.assert.match((await feed.poll()).missing!, /^1 of its sessions could not be read; names/v);
	server.script.before = () => undefined;
	time.forward(minute);
	t.assert.strictEqual((await feed.poll()).missing, '1 of its sessions could not be read');
});

test('a list of names that comes back empty takes no name away', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	const {jobs} = await feed.poll();
	server.script.jobs = [];
	time.forward(minute);
	t.assert.strictEqual((await feed.poll()).jobs, jobs);
});

const orphan = (ordinal: number, type: string, created = 20): Wire => wireSession(ordinal, created, {ended: 10, job: 50, type});

test('v6: the type of a session whose job is gone is asked for once for each type', async (t: TestContext) => {
	const server = await startScripted(t, 'v6', {
		sessions: [wireSession(1, 5, {type: 'Backup'}), orphan(2, 'Backup'), orphan(3, 'Copy'), wireSession(4, 30, {ended: 20, type: 'Copy', job: 4})],
		copyJobs: [wireJob(4)],
	});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	const typeOf = (ordinal: number) => feed.snapshot().sessions.find(({id}) => id === uuid(ordinal))!.jobType;
	const typeRequests = () => server.asked().filter(line => line.includes('jobType='));
	await feed.poll();
	t.assert.deepStrictEqual([2, 3].map(ordinal => typeOf(ordinal)), ['Backup', 'Copy']);
	// What has a job has its type through the job's collection.
	t.assert.deepStrictEqual([...feed.snapshot().jobs.values()].map(({id, type}) => [id, type]), [[jobId(1), 'Backup'], [jobId(4), 'Copy']]);
	t.assert.deepStrictEqual(typeRequests().map(line => /jobType=\w+/v.exec(line)![0]), ['jobType=Backup', 'jobType=Copy']);
	time.forward(5 * second);
	const snapshot = feed.snapshot();
	t.assert.strictEqual(await feed.poll(), snapshot);
	t.assert.deepStrictEqual(typeRequests(), []);
	t.assert.deepStrictEqual([2, 3].map(ordinal => typeOf(ordinal)), ['Backup', 'Copy']);
});

test('v6: a type that could not be asked for is asked for again, one that nobody knows is not', async (t: TestContext) => {
	const server = await startScripted(t, 'v6', {sessions: [orphan(2, 'Copy'), orphan(3, 'Neither')]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	server.script.before = ({query}) => query['jobType'] === 'Copy' ? broken : undefined;
	await t.assert.rejects(feed.poll(), fault('serverError'));
	server.script.before = () => undefined;
	await feed.poll();
	t.assert.deepStrictEqual(feed.snapshot().sessions.map(({jobType}) => jobType), ['Copy', undefined]);
	server.asked();
	time.forward(5 * second);
	await feed.poll();
	t.assert.deepStrictEqual(server.asked(), ['JobSessions?limit=100&offset=0']);
});

test('v6: while the jobs were never read no session counts as one whose job is gone', async (t: TestContext) => {
	const server = await startScripted(t, 'v6', {sessions: [wireSession(1, 5, {type: 'Backup'})]});
	const {feed} = watch(t, server, {time: new Time()});
	server.script.before = ({path}) => path.endsWith('/Jobs') ? broken : undefined;
	await feed.poll();
	t.assert.ok(server.asked().every(line => !line.includes('jobType')));
});

test('v6: the demo night has the types of its world, that of a deleted job among them', async (t: TestContext) => {
	const scenario = await watchNight(t, {api: 'v6', scope: {rangeMs: 14 * day}});
	const {sessions, jobs} = await scenario.feed.poll();
	t.assert.deepStrictEqual(told(sessions), truth(scenario, 14 * day));
	const types = new Map(scenario.server.world.sessionsAt(scenario.time.server).map(({id, run}) => [id, run.job.type]));
	t.assert.ok(sessions.some(({jobId: id}) => !jobs.has(id as string)));
	t.assert.ok(sessions.every(({id, jobId: job, jobType}) => (jobType ?? jobs.get(job as string)?.type) === types.get(id)));
});
