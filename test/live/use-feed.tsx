import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {useFeed} from '../../source/live/use-feed.js';
import {ServerFault} from '../../source/model/errors.js';
import {settle, startHook} from './support/hook.js';
import {scriptedFeed} from './support/scripted-feed.js';

/** The hook over a scripted feed; time passes when the test says so. */
function start(t: TestContext, refreshMs = 5000) {
	t.mock.timers.enable({apis: ['setTimeout']});
	t.mock.method(Math, 'random', () => 0);
	const scripted = scriptedFeed();
	const hook = startHook(t, ({interval}: {interval: number}) => useFeed(scripted.feed, interval), {interval: refreshMs}, ({snapshot}) => snapshot.version ?? '');
	return {
		...scripted,
		hook,
		renders: () => hook.results.length,
		connection: () => hook.last().connectionAt(scripted.time.monotonic),
		async pass(ms: number) {
			scripted.time.monotonic += ms;
			t.mock.timers.tick(ms);
			await settle();
		},
		async answered(...parameters: Parameters<typeof scripted.answer>) {
			await settle();
			scripted.answer(...parameters);
			await settle();
		},
		async failed(reason: unknown) {
			await settle();
			scripted.fail(reason);
			await settle();
		},
	};
}

const refused = () => new ServerFault('refused');

test('the feed is polled at once, and again so long after each answer', async (t: TestContext) => {
	const {count, pass, answered} = start(t);
	await settle();
	t.assert.strictEqual(count(), 1);
	await pass(60_000);
	// The first answer is still awaited.
	t.assert.strictEqual(count(), 1);
	await answered({isLoading: false});
	for (let polls = 2; polls < 6; polls++) {
		await pass(4999);
		t.assert.strictEqual(count(), polls - 1);
		await pass(1);
		t.assert.strictEqual(count(), polls);
		await answered();
	}
});

test('another interval counts from now on', async (t: TestContext) => {
	const {count, pass, answered, hook} = start(t);
	await answered();
	hook.rerender({interval: 60_000});
	await settle();
	await pass(59_999);
	t.assert.strictEqual(count(), 1);
	await pass(1);
	t.assert.strictEqual(count(), 2);
});

test('nothing is drawn anew while nothing changed', async (t: TestContext) => {
	const {pass, answered, renders, hook, connection} = start(t);
	await answered({isLoading: false});
	const before = renders();
	const state = hook.last();
	for (let polls = 0; polls < 10; polls++) {
		await pass(5000);
		await answered();
	}

	t.assert.strictEqual(renders(), before);
	t.assert.strictEqual(hook.last(), state);
	t.assert.strictEqual(connection().lastGoodAt, 50_000);
	await pass(5000);
	await answered({version: 'v7'});
	t.assert.strictEqual(renders(), before + 1);
	t.assert.strictEqual(hook.frame(), 'v7');
});

test('a partial snapshot of a first load is there before its answer', async (t: TestContext) => {
	const scripted = start(t);
	await settle();
	t.assert.strictEqual(scripted.connection().state, 'CONNECTING');
	scripted.answer({version: 'v6'});
	await settle();
	t.assert.strictEqual(scripted.hook.frame(), 'v6');
});

test('after faults it goes on asking, 2, 4, 8 ... 60 s apart, for ever, and heals', async (t: TestContext) => {
	const {count, pass, answered, failed, connection, hook, time} = start(t);
	await answered({isLoading: false});
	await pass(5000);
	const {snapshot} = hook.last();
	for (const [index, delay] of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000].entries()) {
		const fault = refused();
		await failed(fault);
		t.assert.deepStrictEqual(connection(), {state: 'OFFLINE', lastGoodAt: 0, faultSince: 5000, nextTryAt: time.monotonic + delay, fault});
		// The old rows stay beside the fault.
		t.assert.strictEqual(hook.last().snapshot, snapshot);
		await pass(delay - 1);
		t.assert.strictEqual(count(), 2 + index);
		await pass(1);
		t.assert.strictEqual(count(), 3 + index);
	}

	await answered();
	t.assert.strictEqual(connection().state, 'LIVE');
	const healed = count();
	await pass(5000);
	t.assert.strictEqual(count(), healed + 1);
	// The pauses begin anew.
	await failed(refused());
	await pass(2000);
	t.assert.strictEqual(count(), healed + 2);
});

test('a fault of ours is said, and does not end the polling', async (t: TestContext) => {
	const {count, pass, failed, connection} = start(t);
	await failed(new TypeError('x is not a function'));
	const {state, fault} = connection();
	t.assert.strictEqual(state, 'STALE');
	t.assert.match(fault!.message, /x is not a function/v);
	t.assert.strictEqual(connection().fault, fault);
	await pass(2000);
	t.assert.strictEqual(count(), 2);
});

test('where only the user can go on it waits for refresh', async (t: TestContext) => {
	const {count, pass, answered, failed, connection, hook} = start(t);
	await failed(new ServerFault('signInRefused'));
	await pass(3_600_000);
	t.assert.strictEqual(count(), 1);
	t.assert.deepStrictEqual([connection().state, connection().nextTryAt], ['SIGN IN', undefined]);
	hook.last().refresh();
	await settle();
	t.assert.strictEqual(count(), 2);
	await answered();
	t.assert.strictEqual(connection().state, 'LIVE');
	await pass(5000);
	t.assert.strictEqual(count(), 3);
});

test('refresh asks during a pause at once, and the pause is over', async (t: TestContext) => {
	const {count, pass, answered, failed, hook} = start(t);
	for (let failures = 0; failures < 5; failures++) {
		await failed(refused());
		await pass(failures === 4 ? 0 : 60_000);
	}

	const before = count();
	hook.last().refresh();
	await settle();
	t.assert.strictEqual(count(), before + 1);
	// The answer takes longer than what was left of the pause.
	await pass(60_000);
	t.assert.strictEqual(count(), before + 1);
	await answered();
	await pass(4999);
	t.assert.strictEqual(count(), before + 1);
});

test('refresh while an answer is awaited starts no second request', async (t: TestContext) => {
	const {count, pass, answered, hook} = start(t);
	await settle();
	for (let presses = 0; presses < 5; presses++) {
		hook.last().refresh();
	}

	await settle();
	t.assert.strictEqual(count(), 1);
	await answered({isLoading: false});
	t.assert.strictEqual(count(), 1);
	await pass(5000);
	t.assert.strictEqual(count(), 2);
});

test('where the answer that was awaited fails, refresh has the server asked once more, and that counts as one failure', async (t: TestContext) => {
	const {count, pass, answered, failed, connection, hook} = start(t);
	await settle();
	for (let presses = 0; presses < 5; presses++) {
		hook.last().refresh();
	}

	await failed(new ServerFault('cancelled'));
	t.assert.strictEqual(count(), 2);
	t.assert.strictEqual(connection().state, 'CONNECTING');
	await failed(refused());
	t.assert.strictEqual(count(), 2);
	t.assert.strictEqual(connection().nextTryAt, 2000);
	await pass(2000);
	t.assert.strictEqual(count(), 3);
	await answered();
	t.assert.strictEqual(connection().state, 'LIVE');
});

for (const how of ['waiting', 'asking', 'pausing'] as const) {
	test(`nothing is asked once it is gone while ${how}`, async (t: TestContext) => {
		const {count, pass, answered, failed, hook, listeners, fail} = start(t);
		await (how === 'pausing' ? failed(refused()) : answered());
		await (how === 'asking' ? pass(5000) : settle());
		const before = count();
		hook.unmount();
		await settle();
		if (how === 'asking') {
			fail(new ServerFault('cancelled'));
		}

		await pass(3_600_000);
		t.assert.strictEqual(count(), before);
		t.assert.strictEqual(listeners(), 0);
	});
}

test('no timer is left behind that would keep the process alive', async (t: TestContext) => {
	const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
	const before = timers();
	for (const how of ['answered', 'refused', 'asking'] as const) {
		const {feed, answer, fail} = scriptedFeed();
		const hook = startHook(t, () => useFeed(feed, 5000), {});
		await settle();
		if (how === 'answered') {
			answer({});
		} else if (how === 'refused') {
			fail(refused());
		}

		await settle();
		hook.unmount();
		await settle();
		if (how === 'asking') {
			fail(new ServerFault('cancelled'));
			await settle();
		}

		t.assert.strictEqual(timers(), before, how);
	}
});
