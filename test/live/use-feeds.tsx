import {test, type TestContext} from 'node:test';
import {useFeeds} from '../../source/live/use-feeds.js';
import {ServerFault} from '../../source/model/errors.js';
import {settle, startHook} from './support/hook.js';
import {scriptedFeed} from './support/scripted-feed.js';

/** The hook over two scripted feeds; time passes when the test says so. */
async function start(t: TestContext) {
	t.mock.timers.enable({apis: ['setTimeout']});
	t.mock.method(Math, 'random', () => 0);
	const [a, b] = [scriptedFeed('a'), scriptedFeed('b')];
	const feeds = [a.feed, b.feed];
	const hook = startHook(t, () => useFeeds(feeds, 5000), {});
	await settle();
	return {
		a,
		b,
		hook,
		states: () => hook.last().map(({connectionAt}) => connectionAt(a.time.monotonic).state),
		counts: () => [a.count(), b.count()],
		async pass(ms: number) {
			a.time.monotonic += ms;
			b.time.monotonic += ms;
			t.mock.timers.tick(ms);
			await settle();
		},
	};
}

test('a server that does not answer keeps no other one waiting', async (t: TestContext) => {
	const {a, hook, states, counts, pass} = await start(t);
	for (let polls = 1; polls < 6; polls++) {
		a.answer({isLoading: false, version: `v${polls}`});
		await settle();
		t.assert.deepStrictEqual(states(), ['LIVE', 'CONNECTING']);
		t.assert.strictEqual(hook.last()[0]!.snapshot.version, `v${polls}`);
		t.assert.deepStrictEqual(counts(), [polls, 1]);
		await pass(5000);
	}
});

test('each server has faults and pauses of its own', async (t: TestContext) => {
	const {a, b, states, counts, pass, hook} = await start(t);
	a.answer({isLoading: false});
	for (const [index, delay] of [2000, 4000].entries()) {
		b.fail(new ServerFault('refused'));
		await settle();
		t.assert.deepStrictEqual(states(), ['LIVE', 'OFFLINE']);
		t.assert.strictEqual(hook.last()[1]!.connectionAt(0).nextTryAt, b.time.monotonic + delay);
		await pass(delay);
		t.assert.strictEqual(b.count(), index + 2);
	}

	b.answer({isLoading: false});
	await settle();
	t.assert.deepStrictEqual(states(), ['LIVE', 'LIVE']);
	t.assert.deepStrictEqual(counts(), [2, 3]);
});

test('asked anew, each server is asked once', async (t: TestContext) => {
	const {a, b, counts, hook} = await start(t);
	a.answer({isLoading: false});
	b.fail(new ServerFault('signInRefused'));
	await settle();
	for (const {refresh} of hook.last()) {
		refresh();
	}

	await settle();
	t.assert.deepStrictEqual(counts(), [2, 2]);
});

test('what is known of the servers is the same array while nothing changed', async (t: TestContext) => {
	const {a, b, hook, pass} = await start(t);
	a.answer({isLoading: false});
	b.answer({isLoading: false});
	await settle();
	const before = hook.last();
	await pass(5000);
	a.answer();
	b.answer();
	await settle();
	hook.rerender({});
	await settle();
	t.assert.strictEqual(hook.last(), before);
	await pass(5000);
	b.answer({version: 'v6'});
	await settle();
	t.assert.notStrictEqual(hook.last(), before);
	t.assert.strictEqual(hook.last()[0], before[0]);
});
