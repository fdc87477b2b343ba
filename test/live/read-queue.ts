import {test, type TestContext} from 'node:test';
import {createReadQueue, queuedLogs, type ReadQueueOptions} from '../../source/live/read-queue.js';
import type {Urgency} from '../../source/model/evidence.js';
import {clientOf, pageOf, startWireServer} from '../helpers/wire-server.js';

/** A queue over a clock in the test's hand, and what it let through. */
function start(t: TestContext, options: Partial<ReadQueueOptions> = {}) {
	t.mock.timers.enable({apis: ['setTimeout']});
	let now = 0;
	const queue = createReadQueue({monotonic: () => now, ...options});
	const asked: string[] = [];
	const answers = new Map<string, PromiseWithResolvers<string>>();
	return {
		queue,
		asked,
		async ask(name: string, urgency: Urgency = 'rest', signal?: AbortSignal) {
			const answer = Promise.withResolvers<string>();
			answers.set(name, answer);
			return queue.run(async () => {
				asked.push(name);
				return answer.promise;
			}, {urgency, signal});
		},
		async answer(name: string) {
			answers.get(name)!.resolve(name);
			await settle();
		},
		async pass(ms: number) {
			now += ms;
			t.mock.timers.tick(ms);
			await settle();
		},
	};
}

const settle = async () => new Promise(resolve => {
	setImmediate(resolve);
});

test('after a quiet time a few go at once, then one a second', async (t: TestContext) => {
	const {ask, answer, asked, pass} = start(t);
	const names = Array.from({length: 12}, (_, index) => String(index));
	const all = Promise.all(names.map(async name => ask(name)));
	for (let seconds = 0; seconds < 20; seconds++) {
		await settle();
		for (const name of asked) {
			await answer(name);
		}

		t.assert.strictEqual(asked.length, Math.min(12, 5 + seconds), `after ${seconds} s`);
		await pass(1000);
	}

	t.assert.deepStrictEqual(await all, names);
	await pass(60_000);
	const later = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(async name => ask(name));
	for (const name of ['a', 'b', 'c', 'd', 'e']) {
		await answer(name);
	}

	t.assert.strictEqual(asked.length, 12 + 5, 'a long quiet time saves no more than a few');
	await pass(2000);
	await answer('f');
	await answer('g');
	await Promise.all(later);
});

test('the most urgent goes first, of equals the oldest', async (t: TestContext) => {
	const {ask, asked, answer, pass} = start(t, {burst: 1});
	const reads = [ask('first'), ask('rest'), ask('problem', 'problem'), ask('late rest'), ask('opened', 'opened'), ask('late problem', 'problem')];
	for (let seconds = 0; seconds < 6; seconds++) {
		await answer(asked.at(-1) ?? 'first');
		await pass(1000);
	}

	t.assert.deepStrictEqual(asked, ['first', 'opened', 'problem', 'late problem', 'rest', 'late rest']);
	await answer('late rest');
	await Promise.all(reads);
});

test('answers that stall hold up no others, until too many do', async (t: TestContext) => {
	const {ask, asked, answer, pass} = start(t);
	const reads = [ask('stalls'), ask('stalls too'), ask('a'), ask('b'), ask('c')];
	await settle();
	t.assert.deepStrictEqual(asked, ['stalls', 'stalls too', 'a']);
	await answer('a');
	await answer('b');
	t.assert.deepStrictEqual(asked, ['stalls', 'stalls too', 'a', 'b', 'c']);
	const more = ask('d');
	await pass(60_000);
	t.assert.strictEqual(asked.length, 5, 'no more than three at a time');
	await answer('stalls');
	t.assert.strictEqual(asked.at(-1), 'd');
	for (const name of ['stalls too', 'c', 'd']) {
		await answer(name);
	}

	await Promise.all([...reads, more]);
});

test('what is no longer wanted leaves the queue at once and costs nothing', async (t: TestContext) => {
	const {ask, asked, answer, pass} = start(t, {burst: 1});
	const first = ask('first');
	const leaving = new AbortController();
	const left = ask('left', 'opened', leaving.signal);
	const last = ask('last');
	leaving.abort(new Error('closed'));
	await t.assert.rejects(left, /closed/v);
	await answer('first');
	await pass(1000);
	await answer('last');
	await Promise.all([first, last]);
	t.assert.deepStrictEqual(asked, ['first', 'last']);
	await t.assert.rejects(ask('never', 'opened', leaving.signal), /closed/v);
});

test('what is left when its turn has just come is not asked, and costs nothing', async (t: TestContext) => {
	const {ask, asked, answer} = start(t, {burst: 1});
	const leaving = new AbortController();
	const left = ask('left', 'opened', leaving.signal);
	const next = ask('next');
	leaving.abort(new Error('closed'));
	await t.assert.rejects(left, /closed/v);
	await answer('next');
	t.assert.deepStrictEqual(asked, ['next']);
	await next;
});

test('a request that fails gives its place free and rejects with its fault', async (t: TestContext) => {
	const {queue} = start(t, {atOnce: 1});
	await t.assert.rejects(queue.run(async () => {
		throw new Error('refused');
	}, {urgency: 'rest'}), /refused/v);
	t.assert.strictEqual(await queue.run(async () => 'next', {urgency: 'rest'}), 'next');
});

test('logs and processed objects are asked for in their turn, each page for itself', async (t: TestContext) => {
	const server = await startWireServer(t, {paths: {'/v8/JobSessions/s/LogItems': () => pageOf([]), '/v8/JobSessions/s/ProcessedObjects': () => pageOf([])}});
	let turns = 0;
	const queue = createReadQueue({monotonic: () => 0});
	const counted: typeof queue = {
		...queue,
		async run(request, read) {
			turns++;
			t.assert.strictEqual(read.urgency, 'problem');
			return queue.run(request, read);
		},
	};
	const logs = queuedLogs(clientOf(t, server), counted, 'problem');
	t.assert.strictEqual((await logs.connect()).version, 'v8');
	await logs.logItems('s', {offset: 0, limit: 10});
	await logs.logItems('s', {offset: 10, limit: 10});
	await logs.processedObjects('s', {offset: 0, limit: 10});
	t.assert.strictEqual(turns, 3);
});
