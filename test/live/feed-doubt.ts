import {test, type TestContext} from 'node:test';
import {createFeed} from '../../source/live/feed.js';
import {createServerClock} from '../../source/live/server-clock.js';
import {unreadable} from '../../source/model/field.js';
import {fault} from '../helpers/fault.js';
import {startRecordingServer, type Recorded, type Reply} from '../helpers/recording-server.js';
import {clientOf, pageOf} from '../helpers/wire-server.js';
import {jobId, startScripted, wireSession, wireJob, type Wire} from './support/scripted.js';
import {day, epoch, hour, idsOf, minute, second, Time, watch} from './support/watch.js';

const three = [wireSession(3, 5), wireSession(2, 30, {ended: 10}), wireSession(1, 90, {ended: 60})];

test('an empty list after a full one is doubted: the old list stays, and is whole again when the server is', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	const held = feed.snapshot().sessions;
	server.script.sessions = [];
	for (const pause of [2, 4, 8, 15]) {
		time.forward(pause * second);
		await t.assert.rejects(feed.poll(), fault('maybeDegraded', /lists none of its 3 sessions$/v));
		t.assert.strictEqual(feed.snapshot().sessions, held);
	}

	server.script.sessions = [wireSession(4, 0), ...three];
	time.forward(5 * second);
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(server.script.sessions));
	// The doubt begins anew.
	server.script.sessions = [];
	time.forward(hour);
	await t.assert.rejects(feed.poll(), fault('maybeDegraded'));
	t.assert.strictEqual(feed.snapshot().sessions.length, 4);
});

test('a page of rows that cannot be read is no empty list', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const {feed} = watch(t, server, {time: new Time()});
	await feed.poll();
	server.script.before = ({path}) => path.endsWith('/JobSessions') ? pageOf([null, 7, {status: 'Running'}]) : undefined;
	for (const again of [false, true]) {
		if (again) {
			feed.reload();
		}

		await t.assert.rejects(feed.poll(), fault('badAnswer', /no session in it can be read/v));
		t.assert.strictEqual(feed.snapshot().sessions.length, 3);
	}
});

test('a list that stays empty is believed', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	server.script.sessions = [];
	await t.assert.rejects(feed.poll(), fault('maybeDegraded'));
	time.forward(29 * second);
	await t.assert.rejects(feed.poll(), fault('maybeDegraded'));
	time.forward(second);
	t.assert.strictEqual((await feed.poll()).sessions.length, 0);
	time.forward(second);
	t.assert.strictEqual((await feed.poll()).isLoading, false);
});

test('an empty list is doubted when all is read again, too', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	server.script.sessions = [];
	feed.reload();
	await t.assert.rejects(feed.poll(), fault('maybeDegraded'));
	t.assert.strictEqual(feed.snapshot().sessions.length, 3);
	server.script.sessions = three;
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(three));
});

test('a server that never had a session is not doubted', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: []});
	const {feed} = watch(t, server, {time: new Time()});
	t.assert.strictEqual((await feed.poll()).isLoading, false);
	t.assert.strictEqual((await feed.poll()).sessions.length, 0);
});

test('names whose answer stalls hold up no session; they are there when they come', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const time = new Time();
	const {feed, published} = watch(t, server, {time});
	const stalled = Promise.withResolvers<Reply | undefined>();
	server.script.before = async ({path}) => path.endsWith('/Jobs') ? stalled.promise : undefined;
	const {sessions, isLoading} = await feed.poll();
	t.assert.deepStrictEqual([sessions.length, isLoading], [3, false]);
	server.script.sessions = [wireSession(4, 0), ...three];
	time.forward(2 * minute);
	t.assert.strictEqual((await feed.poll()).sessions.length, 4);
	t.assert.strictEqual(server.count('Jobs'), 1, 'what stalls is not asked for a second time');
	const before = published.length;
	stalled.resolve(pageOf([wireJob(1, {name: 'Late'})], {limit: 1000}));
	while (published.length === before) {
		await new Promise<void>(resolve => {
			setImmediate(resolve);
		});
	}

	t.assert.deepStrictEqual([...feed.snapshot().jobs.values()].map(({name}) => name), ['Late']);
	t.assert.strictEqual(server.count('Jobs'), 1);
});

test('a clock that jumps and comes back loses no session', async (t: TestContext) => {
	const ours = {now: 0};
	const theirs = {ahead: 0};
	let sessions = [wireSession(2, 10, {ended: 5}), wireSession(1, 60 * 23, {ended: 60 * 22})];
	const answers: Readonly<Record<string, (query: Recorded['query']) => Reply>> = {
		'/v8/ServiceInstance': () => ({json: {}}),
		'/v8/token': () => ({json: {access_token: 'at', refresh_token: 'rt', expires_in: 86_400}}),
		// The old session stands on no newest page: it comes with the range only.
		'/v8/JobSessions': ({endTimeLowerBound: bound}) => pageOf(sessions.filter(({endTime}, index) => bound === undefined ? index === 0 : endTime! >= bound)),
	};
	const server = await startRecordingServer(t, ({path, query}) => ({
		...answers[path]?.(query) ?? pageOf([]),
		headers: {date: new Date(epoch + ours.now + theirs.ahead).toUTCString()},
	}));
	const clock = createServerClock(() => ours.now, () => epoch + ours.now);
	const api = clientOf(t, server, {monotonic: () => ours.now, onDate: clock.observe});
	const feed = createFeed({serverId: 'vb1', serverName: 'vb1', api, scope: {jobType: undefined, rangeMs: day}, now: clock.now});
	const held = async () => {
		ours.now += 10_000;
		const snapshot = await feed.poll();
		return idsOf(snapshot.sessions);
	};

	t.assert.deepStrictEqual(await held(), idsOf(sessions));
	theirs.ahead = 5 * hour;
	t.assert.deepStrictEqual(await held(), idsOf(sessions), 'a clock that was just set leaves nothing out');
	t.assert.deepStrictEqual(await held(), idsOf(sessions.slice(0, 1)), 'by the new clock it ended 27 hours ago');
	const [newest] = sessions;
	sessions = [wireSession(3, -4 * 60, {ended: -4.5 * 60}), ...sessions];
	t.assert.deepStrictEqual(await held(), idsOf([sessions[0]!, newest!]));
	// What ran by the wrong clock is nothing that ever was.
	sessions = sessions.slice(1);
	theirs.ahead = 0;
	await held();
	t.assert.deepStrictEqual(await held(), idsOf(sessions));
});

test('a session whose status could not be read, and that is not in the list, does not stay', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	server.script.sessions = [...three, wireSession(9, 60 * 40, {status: {}, creationTime: 5})];
	t.assert.strictEqual((await feed.poll()).sessions.length, 4);
	server.script.sessions = three;
	feed.reload();
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(three));
});

test('where no date can be read the newest page is looked at, and not the whole history', async (t: TestContext) => {
	const many = Array.from({length: 800}, (_, index) => wireSession(index + 10, index * 10, {ended: (index * 10) - 5}));
	const server = await startScripted(t, 'v8', {sessions: many});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	const {length} = (await feed.poll()).sessions;
	server.script.sessions = many.map(session => ({...session, creationTime: 'yesterday', endTime: 'today'}));
	server.asked();
	time.forward(5 * second);
	await feed.poll();
	t.assert.deepStrictEqual(server.asked(), ['JobSessions?limit=100&offset=0']);
	server.script.sessions = many;
	time.forward(5 * second);
	t.assert.strictEqual((await feed.poll()).sessions.length, length);
});

test('fields that cannot be read are counted by session, until they can', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: three});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	t.assert.strictEqual((await feed.poll()).missing, undefined);
	server.script.sessions = [{...three[0]!, progress: -1}, {...three[1]!, statistics: 'none'}, three[2]!];
	time.forward(5 * second);
	t.assert.strictEqual((await feed.poll()).missing, 'fields of 2 sessions cannot be read (?)');
	server.script.sessions = three;
	time.forward(5 * second);
	t.assert.strictEqual((await feed.poll()).missing, undefined);
});

test('a session that stands twice on a page, and not alike, is not believed in what the two differ in', async (t: TestContext) => {
	const [running, ended, oldest] = three as [Wire, Wire, Wire];
	const server = await startScripted(t, 'v8', {sessions: [running, ended, {...ended, status: 'Failed', progress: 7}, oldest]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	for (let polls = 0; polls < 2; polls++) {
		const {sessions, missing} = await feed.poll();
		t.assert.deepStrictEqual(sessions.map(({status}) => status), ['Running', unreadable, 'Success']);
		t.assert.deepStrictEqual([sessions[1]!.progress, sessions[1]!.jobId, sessions[1]!.statistics.transferredBytes], [unreadable, jobId(1), 1000]);
		t.assert.strictEqual(missing, 'fields of 1 session cannot be read (?)');
		time.forward(5 * second);
	}

	server.script.sessions = [running, running, ended, oldest];
	t.assert.strictEqual((await feed.poll()).missing, undefined, 'alike they are one');
});

// Full reads of the list: they alone have a bound.
const loads = (asked: readonly string[]) => asked.filter(line => line.includes('endTimeLowerBound') && line.endsWith('offset=0')).length;

test('a list that was read while its server was in trouble is read again once answers are whole', async (t: TestContext) => {
	const many = Array.from({length: 300}, (_, index) => wireSession(index + 10, index + 2, {ended: index + 1}));
	const server = await startScripted(t, 'v8', {sessions: many.map(session => ({...session, progress: -1}))});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	t.assert.match((await feed.poll()).missing!, /^fields of 300 sessions/v);
	time.forward(minute);
	await feed.poll();
	t.assert.strictEqual(loads(server.asked()), 1, 'not while they are as bad as before');
	server.script.sessions = many;
	time.forward(5 * second);
	t.assert.match((await feed.poll()).missing!, /^fields of 200 sessions/v, 'the newest are good at once');
	t.assert.strictEqual((await feed.poll()).missing, undefined);
	t.assert.strictEqual(loads(server.asked()), 1);
});

test('a list that is never whole is read again less and less often', async (t: TestContext) => {
	const many = Array.from({length: 120}, (_, index) => wireSession(index + 10, index + 2, {ended: index + 1}));
	// The last one stands on no newest page.
	const server = await startScripted(t, 'v8', {sessions: [...many, wireSession(1, 500, {ended: 400, progress: -1})]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	for (let polls = 0; polls < 360; polls++) {
		t.assert.match((await feed.poll()).missing!, /^fields of 1 session/v);
		time.forward(10 * second);
	}

	t.assert.ok(loads(server.asked()) <= 12, 'in an hour');
});
