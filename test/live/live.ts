import {test, type TestContext} from 'node:test';
import {createLive} from '../../source/live/live.js';
import type {PendingRead} from '../../source/model/evidence.js';
import {ServerFault} from '../../source/model/errors.js';
import type {ServerMessage} from '../../source/model/messages.js';
import {scriptedServer} from './support/scripted-server.js';
import {settle} from './support/settle.js';
import {day, hour} from './support/watch.js';

/** Two servers watched without a screen; time passes when the test says so. */
function start(t: TestContext, {refreshMs = 5000, hasLoops = true, startsAt = 0} = {}) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const servers = [scriptedServer('vb1'), scriptedServer('vb2')] as const;
	const [one, two] = servers;
	for (const {time} of servers) {
		time.monotonic = startsAt;
	}

	const messages: ServerMessage[] = [];
	const live = createLive({
		servers: servers.map(({server}) => server),
		random: () => 0,
		refreshMs: hasLoops ? refreshMs : undefined,
		send(message) {
			messages.push(message);
		},
	});
	t.after(live.end);
	return {
		one,
		two,
		live,
		messages,
		counts: () => [one.count(), two.count()],
		of: (type: ServerMessage['type']) => messages.filter(message => message.type === type),
		async pass(ms: number) {
			for (const {time} of servers) {
				time.monotonic += ms;
			}

			t.mock.timers.tick(ms);
			await settle();
		},
	};
}

test('nothing is asked or sent before it is started', async (t: TestContext) => {
	const {counts, messages, pass, one} = start(t);
	await pass(60_000);
	t.assert.deepStrictEqual([counts(), messages, one.listeners()], [[0, 0], [], 0]);
});

test('what servers say is sent with the time of all their clocks', async (t: TestContext) => {
	const {live, one, two, of} = start(t);
	live.start();
	await settle();
	one.answer({version: 'v7'});
	two.read({failed: new Set(['history a'])});
	await settle();
	const now = {server: 0, monotonic: 0, clocks: new Map([['vb2', 0]])};
	t.assert.deepStrictEqual(live.now(), now);
	t.assert.deepStrictEqual(of('tick'), [{type: 'tick', now}]);
	t.assert.deepStrictEqual(of('snapshot'), [{type: 'snapshot', serverId: 'vb1', snapshot: one.feed.snapshot(), now}]);
	t.assert.deepStrictEqual(of('evidence'), [{type: 'evidence', serverId: 'vb2', evidence: two.server.evidence.current()}]);
	t.assert.deepStrictEqual(of('contact'), [
		{type: 'contact', serverId: 'vb1', contact: {fault: undefined, lastGoodAt: 0, nextTryAt: undefined, faultSince: undefined}, now},
	]);
});

test('a tick comes with each second of the first server, once and early, and none after the end', async (t: TestContext) => {
	const {live, of, pass} = start(t, {startsAt: Date.UTC(2026, 10, 22, 22, 0, 0, 300)});
	const secondOf = () => {
		const message = of('tick').at(-1);
		return message?.type === 'tick' ? Math.floor(message.now.server / 1000) % 60 : undefined;
	};

	live.start();
	t.assert.deepStrictEqual([of('tick').length, secondOf()], [1, 0]);
	await pass(700);
	for (let seconds = 1; seconds <= 20; seconds++) {
		// A little after the second has begun.
		await pass(50);
		t.assert.deepStrictEqual([of('tick').length, secondOf()], [seconds + 1, seconds]);
		await pass(900);
		t.assert.strictEqual(of('tick').length, seconds + 1);
		await pass(50);
	}

	live.end();
	await pass(60_000);
	t.assert.strictEqual(of('tick').length, 21);
});

test('without an interval something else polls: the watches are there for it', async (t: TestContext) => {
	const {live, counts, pass} = start(t, {hasLoops: false});
	live.start();
	live.run({type: 'refresh-interval', refreshMs: 1000});
	await pass(60_000);
	t.assert.deepStrictEqual(counts(), [0, 0]);
	void live.watches[1]!.poll();
	t.assert.deepStrictEqual(counts(), [0, 1]);
});

test('poll: one server or all are asked at once', async (t: TestContext) => {
	const {live, one, two, counts} = start(t);
	live.start();
	await settle();
	one.answer({isLoading: false});
	two.fail(new ServerFault('signInRefused'));
	await settle();
	live.run({type: 'poll', serverId: 'vb2'});
	await settle();
	t.assert.deepStrictEqual(counts(), [1, 2]);
	two.answer();
	await settle();
	live.run({type: 'poll'});
	await settle();
	t.assert.deepStrictEqual(counts(), [2, 3]);
});

test('refresh-interval: another interval counts from now on', async (t: TestContext) => {
	const {live, one, two, counts, pass} = start(t);
	live.start();
	await settle();
	one.answer();
	two.answer();
	await settle();
	live.run({type: 'refresh-interval', refreshMs: 60_000});
	await pass(59_999);
	t.assert.deepStrictEqual(counts(), [1, 1]);
	await pass(1);
	t.assert.deepStrictEqual(counts(), [2, 2]);
});

test('scope: a server is set to it and asked at once where that changes something', async (t: TestContext) => {
	const {live, one, two, counts} = start(t);
	live.start();
	await settle();
	one.answer();
	two.answer();
	await settle();
	const scope = {jobType: undefined, rangeMs: hour};
	live.run({type: 'scope', scope: {jobType: undefined, rangeMs: day}});
	await settle();
	t.assert.deepStrictEqual([counts(), one.calls], [[1, 1], []]);
	live.run({type: 'scope', scope});
	await settle();
	t.assert.deepStrictEqual([counts(), one.calls, two.calls], [[2, 2], [scope], [scope]]);
	live.run({type: 'scope', scope: {...scope}});
	await settle();
	t.assert.deepStrictEqual([counts(), one.calls], [[2, 2], [scope]]);
});

test('reconnect: the connections are left, then the server is asked for everything anew', async (t: TestContext) => {
	const {live, one, two, counts} = start(t);
	live.start();
	await settle();
	one.answer();
	two.answer();
	await settle();
	live.run({type: 'reconnect', serverId: 'vb1'});
	await settle();
	t.assert.deepStrictEqual([counts(), one.calls, two.reconnects.length], [[1, 1], ['reload'], 0]);
	one.reconnects[0]!.resolve();
	await settle();
	t.assert.deepStrictEqual(counts(), [2, 1]);
	live.run({type: 'reconnect'});
	t.assert.deepStrictEqual([one.reconnects.length, two.reconnects.length, two.calls], [2, 1, ['reload']]);
});

test('pending-reads: the server is asked for them, and for none after the end', (t: TestContext) => {
	const {live, one, two} = start(t);
	const reads: readonly PendingRead[] = [{kind: 'history', jobId: 'a', jobType: 'Backup', urgency: 'rest'}];
	live.start();
	live.run({type: 'pending-reads', serverId: 'vb2', reads});
	t.assert.deepStrictEqual([one.requested, two.requested], [[], [reads]]);
	live.end();
	t.assert.deepStrictEqual([one.requested, two.requested], [[[]], [reads, []]]);
});

test('follow: the session of one server is followed until the end', async (t: TestContext) => {
	const {live, one, two, of, pass} = start(t);
	live.start();
	live.run({type: 'follow', serverId: 'vb2', target: {what: 'log', sessionId: 's', isActive: true}});
	await settle();
	t.assert.deepStrictEqual([one.logs.length, two.logs.length], [0, 1]);
	two.logs[0]!.answer.resolve({entries: [], dropped: 0, offset: 0, limit: 1000, isLast: true});
	await settle();
	t.assert.partialDeepStrictEqual(of('log'), [{serverId: 'vb2', sessionId: 's', failure: undefined}]);
	await pass(5000);
	t.assert.strictEqual(two.logs.length, 2);
	live.end();
	t.assert.ok(two.logs[1]!.signal!.aborted);
});

test('after the end nothing is sent, asked or listened to any more', async (t: TestContext) => {
	const {live, one, two, counts, messages, pass} = start(t);
	live.start();
	await settle();
	live.end();
	const before = messages.length;
	one.answer({version: 'v7'});
	two.fail(new ServerFault('refused'));
	live.run({type: 'poll'});
	live.run({type: 'follow', serverId: 'vb1', target: {what: 'log', sessionId: 's', isActive: true}});
	await pass(3_600_000);
	t.assert.deepStrictEqual([counts(), messages.length, one.listeners(), two.listeners(), one.logs.length], [[1, 1], before, 0, 0, 0]);
});
