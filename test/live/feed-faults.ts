import {test, type TestContext} from 'node:test';
import {fault} from '../helpers/fault.js';
import {simulator} from '../helpers/monitor.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {ServerFault} from '../../source/model/errors.js';
import {byEnd, startScripted, wireJob, wireSession} from './support/scripted.js';
import {day, epoch, hour, idsOf, minute, second, Time, told, truth, versions, watch, watchNight} from './support/watch.js';

test('what began and ended during an outage is there after it, and what was active is closed', async (t: TestContext) => {
	for (const api of versions) {
		const time = new Time();
		const options = {api, epoch, pace: 30, seed: 7, clock: () => time.server};
		const before = await simulator(t, options);
		const {feed} = watch(t, {address: parseServerAddress(before.url)}, {time, account: before.account});
		const {sessions: heldBefore} = await feed.poll();
		await before.close();
		time.forward(5 * second);
		await t.assert.rejects(feed.poll(), ServerFault);
		t.assert.deepStrictEqual(feed.snapshot().sessions, heldBefore);
		// Twelve hours of the night, more than a page of sessions.
		time.forward(24 * minute);
		const after = await simulator(t, {...options, port: before.port});
		const {sessions, isLoading} = await feed.poll();
		t.assert.strictEqual(isLoading, false);
		t.assert.deepStrictEqual(told(sessions), truth({server: after, time}, day));
		const known = new Set(idsOf(heldBefore));
		t.assert.ok(sessions.some(({id, endedAt}) => !known.has(id) && endedAt !== undefined));
		await after.close();
	}
});

test('an outage in which more sessions ran than a page holds loses none of them', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 60)], jobs: [wireJob(1)]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	server.script.before = () => ({status: 502});
	time.forward(5 * second);
	await t.assert.rejects(feed.poll(), fault('serverError'));
	server.script.before = () => undefined;
	time.forward(8 * hour);
	const missed = Array.from({length: 900}, (_, index) => wireSession(index + 10, (index / 2) - (8 * 60), {ended: -8 * 60}));
	server.script.sessions = [...missed, wireSession(1, 60, {ended: 50})];
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(server.script.sessions));
});

test('after a pause it looks back to some minutes before the newest answer', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 60, {ended: 50})]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	await feed.poll();
	time.forward(5 * second);
	await feed.poll();
	time.forward(hour);
	// A page that ends five minutes after the newest answer, and what began before on the next one.
	const later = Array.from({length: 99}, (_, index) => wireSession(index + 200, -50 + (index / 10), {ended: -60}));
	const sooner = Array.from({length: 20}, (_, index) => wireSession(index + 100, -5 + (index / 4), {ended: -60}));
	server.script.sessions = [...later, ...sooner, wireSession(1, 60, {ended: 50})];
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(server.script.sessions));
});

test('a fault in the middle of a first load keeps what was read; the next poll completes it', async (t: TestContext) => {
	for (const broken of [2, 3, 5, 7]) {
		let pages = 0;
		const scenario = await watchNight(t, {
			sessions: 3000,
			scope: {rangeMs: 14 * day},
			middleware: [async ({path, response}, next) => {
				pages += path.endsWith('/JobSessions') ? 1 : 0;
				// Once more too: a read without any answer is repeated.
				await (path.endsWith('/JobSessions') && [broken, broken + 1].includes(pages) ? response.destroy() : next());
			}],
		});
		await t.assert.rejects(scenario.feed.poll(), fault('connection'));
		const {sessions, isLoading} = scenario.feed.snapshot();
		t.assert.strictEqual(isLoading, true);
		t.assert.ok(sessions.length >= 90);
		const whole = await scenario.feed.poll();
		t.assert.deepStrictEqual(told(whole.sessions), truth(scenario, 14 * day));
		t.assert.strictEqual(whole.isLoading, false);
		t.assert.ok(sessions.every(session => whole.sessions.includes(session)));
	}
});

test('a fault in the middle of a steady poll loses nothing', async (t: TestContext) => {
	for (let broken = 1; broken <= 2; broken++) {
		let requests = -Infinity;
		const scenario = await watchNight(t, {
			pace: 30,
			middleware: [async ({path, response}, next) => {
				requests += path.includes('/JobSessions') ? 1 : 0;
				await ([broken, broken + 1].includes(requests) && path.includes('/JobSessions') ? response.destroy() : next());
			}],
		});
		await scenario.feed.poll();
		scenario.time.forward(2 * minute);
		requests = 0;
		await t.assert.rejects(scenario.feed.poll(), fault('connection'));
		requests = -Infinity;
		scenario.time.forward(2 * second);
		const {sessions} = await scenario.feed.poll();
		t.assert.deepStrictEqual(told(sessions), truth(scenario, day));
	}
});

test('an active session that was to be found through its job is found by the poll after a fault', async (t: TestContext) => {
	const finished = Array.from({length: 120}, (_, index) => wireSession(index + 10, 20 + index, {ended: 10, job: 2}));
	const server = await startScripted(t, 'v7', {
		sessions: [...finished, wireSession(1, 3000)],
		jobs: [wireJob(1, {lastStatus: 'Running'}), wireJob(2)],
		keep: (session, bound) => session.endTime !== undefined && byEnd(session, bound),
	});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	server.script.before = ({query}) => query['jobId'] === undefined ? undefined : {status: 500};
	await t.assert.rejects(feed.poll(), fault('serverError'));
	server.script.before = () => undefined;
	time.forward(2 * second);
	t.assert.deepStrictEqual(idsOf((await feed.poll()).sessions), idsOf(server.script.sessions));
});

test('polls at the same time share one run and its outcome', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const {feed} = watch(t, server, {time: new Time()});
	await feed.poll();
	server.asked();
	const snapshots = await Promise.all([feed.poll(), feed.poll(), feed.poll()]);
	t.assert.strictEqual(new Set(snapshots).size, 1);
	t.assert.strictEqual(server.asked().length, 1);
	server.script.before = () => ({status: 500});
	const outcomes = await Promise.allSettled([feed.poll(), feed.poll()]);
	const reasons = outcomes.map(outcome => outcome.status === 'rejected' ? outcome.reason as unknown : undefined);
	t.assert.notStrictEqual(reasons[0], undefined);
	t.assert.strictEqual(reasons[0], reasons[1]);
	t.assert.strictEqual(server.asked().length, 1);
	server.script.before = () => undefined;
	await feed.poll();
	t.assert.strictEqual(server.asked().length, 1);
});

test('who no longer listens is not called', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5)]});
	const {feed} = watch(t, server, {time: new Time()});
	let calls = 0;
	const leave = feed.subscribe(() => {
		calls++;
	});
	await feed.poll();
	t.assert.ok(calls > 0);
	leave();
	const before = calls;
	server.script.sessions = [wireSession(1, 5, {progress: 99})];
	await feed.poll();
	t.assert.strictEqual(calls, before);
});
