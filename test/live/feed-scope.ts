import {test, type TestContext} from 'node:test';
import {fault} from '../helpers/fault.js';
import {startScripted, wireSession} from './support/scripted.js';
import {day, hour, idsOf, second, Time, told, truth, versions, watch, watchNight} from './support/watch.js';

test('a wider range keeps what is held, says that it loads, and reads the rest', async (t: TestContext) => {
	for (const api of versions) {
		const scenario = await watchNight(t, {api, scope: {rangeMs: 6 * hour}});
		const {sessions: before} = await scenario.feed.poll();
		scenario.feed.setScope({jobType: undefined, rangeMs: 7 * day});
		t.assert.strictEqual(scenario.feed.snapshot().isLoading, true);
		t.assert.deepStrictEqual(scenario.feed.snapshot().sessions, before);
		const {sessions, isLoading, scope} = await scenario.feed.poll();
		t.assert.deepStrictEqual([isLoading, scope.rangeMs], [false, 7 * day]);
		t.assert.deepStrictEqual(told(sessions), truth(scenario, 7 * day));
		t.assert.ok(before.every(session => sessions.includes(session)));
	}
});

test('a narrower range is there at once and reads nothing anew', async (t: TestContext) => {
	const scenario = await watchNight(t, {scope: {rangeMs: 7 * day}});
	await scenario.feed.poll();
	scenario.feed.setScope({jobType: undefined, rangeMs: 6 * hour});
	t.assert.strictEqual(scenario.feed.snapshot().isLoading, false);
	t.assert.deepStrictEqual(told(scenario.feed.snapshot().sessions), truth(scenario, 6 * hour));
	scenario.asked();
	const {sessions} = await scenario.feed.poll();
	t.assert.deepStrictEqual(told(sessions), truth(scenario, 6 * hour));
	t.assert.ok(scenario.asked().every(({query}) => query['endTimeLowerBound'] === undefined));
	scenario.feed.setScope({jobType: undefined, rangeMs: 7 * day});
	t.assert.deepStrictEqual(told((await scenario.feed.poll()).sessions), truth(scenario, 7 * day));
});

test('a wider range that is taken back before it was read needs nothing anew', async (t: TestContext) => {
	const scenario = await watchNight(t);
	const {sessions} = await scenario.feed.poll();
	scenario.feed.setScope({jobType: undefined, rangeMs: 7 * day});
	scenario.feed.setScope({jobType: undefined, rangeMs: day});
	t.assert.strictEqual(scenario.feed.snapshot().isLoading, false);
	t.assert.strictEqual(scenario.feed.snapshot().sessions, sessions);
});

test('a job type that is taken back before it was read has all read anew', async (t: TestContext) => {
	const scenario = await watchNight(t);
	await scenario.feed.poll();
	scenario.feed.setScope({jobType: 'Copy', rangeMs: day});
	scenario.feed.setScope({jobType: undefined, rangeMs: day});
	t.assert.strictEqual(scenario.feed.snapshot().isLoading, true);
	t.assert.deepStrictEqual(told((await scenario.feed.poll()).sessions), truth(scenario, day));
});

test('the scope that stands changes nothing', async (t: TestContext) => {
	const scenario = await watchNight(t);
	const snapshot = await scenario.feed.poll();
	scenario.feed.setScope({...snapshot.scope});
	t.assert.strictEqual(scenario.feed.snapshot(), snapshot);
});

test('from one job type to all: what is held stays and the rest is read', async (t: TestContext) => {
	for (const api of versions) {
		const scenario = await watchNight(t, {api, scope: {jobType: 'Copy'}});
		const {sessions: copies} = await scenario.feed.poll();
		t.assert.deepStrictEqual(told(copies), truth(scenario, day, 'Copy'));
		scenario.feed.setScope({jobType: undefined, rangeMs: day});
		t.assert.deepStrictEqual(scenario.feed.snapshot().sessions, copies);
		const {sessions} = await scenario.feed.poll();
		t.assert.deepStrictEqual(told(sessions), truth(scenario, day));
		t.assert.ok(copies.every(session => sessions.includes(session)));
	}
});

test('only the job type asked for is in the list, jobs of the other type that are active included', async (t: TestContext) => {
	for (const api of versions) {
		const scenario = await watchNight(t, {api, scope: {jobType: 'Copy', rangeMs: hour}});
		for (let polls = 0; polls < 3; polls++) {
			const {sessions} = await scenario.feed.poll();
			t.assert.deepStrictEqual(told(sessions), truth(scenario, hour, 'Copy'));
			scenario.time.forward(61 * second);
		}

		scenario.feed.setScope({jobType: 'Backup', rangeMs: hour});
		t.assert.deepStrictEqual(scenario.feed.snapshot().sessions, []);
		t.assert.deepStrictEqual(told((await scenario.feed.poll()).sessions), truth(scenario, hour, 'Backup'));
	}
});

test('a scope set while a request is under way ends in the list of that scope, whichever request it was', async (t: TestContext) => {
	for (let moment = 1; moment <= 9; moment++) {
		for (const wanted of [{jobType: 'Copy', rangeMs: day}, {jobType: undefined, rangeMs: 7 * day}, {jobType: undefined, rangeMs: hour}] as const) {
			let change: (() => void) | undefined;
			let requests = 0;
			const scenario = await watchNight(t, {
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
				scenario.feed.setScope(wanted);
			};

			for (let polls = 0; polls < 4; polls++) {
				await scenario.feed.poll();
				scenario.time.forward(second);
			}

			const {sessions, isLoading} = await scenario.feed.poll();
			t.assert.strictEqual(isLoading, false);
			t.assert.deepStrictEqual(told(sessions), truth(scenario, wanted.rangeMs, wanted.jobType), `request ${moment}, ${JSON.stringify(wanted)}`);
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
	const scenario = await watchNight(t, {
		middleware: [async ({response}, next) => {
			await (isBroken ? response.destroy() : next());
		}],
	});
	const {sessions: before} = await scenario.feed.poll();
	isBroken = true;
	scenario.feed.setScope({jobType: undefined, rangeMs: 3 * day});
	await t.assert.rejects(scenario.feed.poll(), fault('connection'));
	t.assert.deepStrictEqual(scenario.feed.snapshot().sessions, before);
	t.assert.strictEqual(scenario.feed.snapshot().isLoading, true);
	isBroken = false;
	t.assert.deepStrictEqual(told((await scenario.feed.poll()).sessions), truth(scenario, 3 * day));
});
