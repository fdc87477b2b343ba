import {test, type TestContext} from 'node:test';
import {fault} from '../helpers/fault.js';
import {startScripted, wireSession} from './support/scripted.js';
import {day, hour, idsOf, second, Time, told, truth, versions, watch, watchNight} from './support/watch.js';

test('a wider range keeps what is held, says that it loads, and reads the rest', async (t: TestContext) => {
	for (const api of versions) {
		const night = await watchNight(t, {api, scope: {rangeMs: 6 * hour}});
		const {sessions: before} = await night.feed.poll();
		night.feed.setScope({jobType: undefined, rangeMs: 7 * day});
		t.assert.strictEqual(night.feed.snapshot().isLoading, true);
		t.assert.deepStrictEqual(night.feed.snapshot().sessions, before);
		const {sessions, isLoading, scope} = await night.feed.poll();
		t.assert.deepStrictEqual([isLoading, scope.rangeMs], [false, 7 * day]);
		t.assert.deepStrictEqual(told(sessions), truth(night, 7 * day));
		t.assert.ok(before.every(session => sessions.includes(session)));
	}
});

test('a narrower range is there at once and reads nothing anew', async (t: TestContext) => {
	const night = await watchNight(t, {scope: {rangeMs: 7 * day}});
	await night.feed.poll();
	night.feed.setScope({jobType: undefined, rangeMs: 6 * hour});
	t.assert.strictEqual(night.feed.snapshot().isLoading, false);
	t.assert.deepStrictEqual(told(night.feed.snapshot().sessions), truth(night, 6 * hour));
	night.asked();
	const {sessions} = await night.feed.poll();
	t.assert.deepStrictEqual(told(sessions), truth(night, 6 * hour));
	t.assert.ok(night.asked().every(({query}) => query['endTimeLowerBound'] === undefined));
	night.feed.setScope({jobType: undefined, rangeMs: 7 * day});
	t.assert.deepStrictEqual(told((await night.feed.poll()).sessions), truth(night, 7 * day));
});

test('a wider range that is taken back before it was read needs nothing anew', async (t: TestContext) => {
	const night = await watchNight(t);
	const {sessions} = await night.feed.poll();
	night.feed.setScope({jobType: undefined, rangeMs: 7 * day});
	night.feed.setScope({jobType: undefined, rangeMs: day});
	t.assert.strictEqual(night.feed.snapshot().isLoading, false);
	t.assert.strictEqual(night.feed.snapshot().sessions, sessions);
});

test('a job type that is taken back before it was read has all read anew', async (t: TestContext) => {
	const night = await watchNight(t);
	await night.feed.poll();
	night.feed.setScope({jobType: 'Copy', rangeMs: day});
	night.feed.setScope({jobType: undefined, rangeMs: day});
	t.assert.strictEqual(night.feed.snapshot().isLoading, true);
	t.assert.deepStrictEqual(told((await night.feed.poll()).sessions), truth(night, day));
});

test('the scope that stands changes nothing', async (t: TestContext) => {
	const night = await watchNight(t);
	const snapshot = await night.feed.poll();
	night.feed.setScope({...snapshot.scope});
	t.assert.strictEqual(night.feed.snapshot(), snapshot);
});

test('from one job type to all: what is held stays and the rest is read', async (t: TestContext) => {
	for (const api of versions) {
		const night = await watchNight(t, {api, scope: {jobType: 'Copy'}});
		const {sessions: copies} = await night.feed.poll();
		t.assert.deepStrictEqual(told(copies), truth(night, day, 'Copy'));
		night.feed.setScope({jobType: undefined, rangeMs: day});
		t.assert.deepStrictEqual(night.feed.snapshot().sessions, copies);
		const {sessions} = await night.feed.poll();
		t.assert.deepStrictEqual(told(sessions), truth(night, day));
		t.assert.ok(copies.every(session => sessions.includes(session)));
	}
});

test('only the job type asked for is in the list, jobs of the other type that are active included', async (t: TestContext) => {
	for (const api of versions) {
		const night = await watchNight(t, {api, scope: {jobType: 'Copy', rangeMs: hour}});
		for (let polls = 0; polls < 3; polls++) {
			const {sessions} = await night.feed.poll();
			t.assert.deepStrictEqual(told(sessions), truth(night, hour, 'Copy'));
			night.time.forward(61 * second);
		}

		night.feed.setScope({jobType: 'Backup', rangeMs: hour});
		t.assert.deepStrictEqual(night.feed.snapshot().sessions, []);
		t.assert.deepStrictEqual(told((await night.feed.poll()).sessions), truth(night, hour, 'Backup'));
	}
});

test('a scope set while a request is under way ends in the list of that scope, whichever request it was', async (t: TestContext) => {
	for (let moment = 1; moment <= 9; moment++) {
		for (const wanted of [{jobType: 'Copy', rangeMs: day}, {jobType: undefined, rangeMs: 7 * day}, {jobType: undefined, rangeMs: hour}] as const) {
			let change: (() => void) | undefined;
			let requests = 0;
			const night = await watchNight(t, {
				middleware: [async ({path}, next) => {
					requests += path.includes('/JobSessions') ? 1 : 0;
					if (requests === moment) {
						change?.();
						change = undefined;
					}

					await next();
				}],
			});
			change = () => {
				night.feed.setScope(wanted);
			};

			for (let polls = 0; polls < 4; polls++) {
				await night.feed.poll();
				night.time.forward(second);
			}

			const {sessions, isLoading} = await night.feed.poll();
			t.assert.strictEqual(isLoading, false);
			t.assert.deepStrictEqual(told(sessions), truth(night, wanted.rangeMs, wanted.jobType), `request ${moment}, ${JSON.stringify(wanted)}`);
		}
	}
});

test('a scope set at the end of a poll is read by that poll', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 5, {ended: 1}), wireSession(2, 3000, {ended: 2900})]});
	const {feed} = watch(t, server, {time: new Time()});
	await feed.poll();
	let isAsked = false;
	server.script.jobs = [];
	server.script.sessions = [wireSession(3, 1, {ended: 0, job: 77}), ...server.script.sessions];
	server.script.before = ({path}) => {
		// A session of a job that was never heard of: jobs are asked for, last of all.
		if (path.endsWith('/Jobs') && !isAsked) {
			isAsked = true;
			feed.setScope({jobType: undefined, rangeMs: 7 * day});
		}
	};

	const {sessions, isLoading} = await feed.poll();
	t.assert.ok(isAsked);
	t.assert.strictEqual(isLoading, false);
	t.assert.deepStrictEqual(idsOf(sessions), idsOf(server.script.sessions));
});

test('a poll that fails after the scope was widened leaves what is held, and the next one reads the rest', async (t: TestContext) => {
	let isBroken = false;
	const night = await watchNight(t, {
		middleware: [async ({response}, next) => {
			await (isBroken ? response.destroy() : next());
		}],
	});
	const {sessions: before} = await night.feed.poll();
	isBroken = true;
	night.feed.setScope({jobType: undefined, rangeMs: 3 * day});
	await t.assert.rejects(night.feed.poll(), fault('connection'));
	t.assert.deepStrictEqual(night.feed.snapshot().sessions, before);
	t.assert.strictEqual(night.feed.snapshot().isLoading, true);
	isBroken = false;
	t.assert.deepStrictEqual(told((await night.feed.poll()).sessions), truth(night, 3 * day));
});
