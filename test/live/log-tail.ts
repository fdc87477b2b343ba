import {test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fault} from '../helpers/fault.js';
import {simulator} from '../helpers/monitor.js';
import type {Recorded, Reply} from '../helpers/recording-server.js';
import {clientOf, pageOf, startWireServer} from '../helpers/wire-server.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import type {ApiVersion} from '../../source/api/server-api.js';
import {createLogTail} from '../../source/live/log-tail.js';
import type {Log} from '../../source/model/log.js';
import {Secret} from '../../source/model/secret.js';
import type {ScenarioName} from '../../source/simulator/scenarios/scenarios.js';
import {epoch, hour, minute, Time, versions} from './support/watch.js';

/** The log of the newest session of a job, at a server whose clock is in the test's hand. */
async function follow(t: TestContext, api: ApiVersion, scenario: ScenarioName, job: string) {
	const time = new Time();
	const server = await simulator(t, {api, scenario, epoch, clock: () => time.server});
	const {username, password} = server.account;
	const client = clientOf(t, {address: parseServerAddress(server.url)}, {account: username, secret: new Secret(password), monotonic: () => time.monotonic});
	const session = server.world.sessionsAt(epoch).find(({run}) => run.job.key === job)!;
	const tail = createLogTail(client, session.id);
	let from = 0;
	return {
		time,
		tail,
		isActive: () => server.world.session(session.id, time.server)?.endedAt === undefined,
		/** What the log really says. */
		truth() {
			const items = server.world.logItems(server.world.session(session.id, time.server)!, time.server);
			return items.map(({id, usn, type, message, endedAt}) => ({id, usn, type, text: message, endedAt}));
		},
		/** Requests for log items since the last call. */
		asked() {
			const requests = server.requests.slice(from);
			from = server.requests.length;
			return requests.filter(({path}) => path.endsWith('/LogItems')).map(({query}) => query);
		},
	};
}

const told = ({items}: Log) => items.map(({id, usn, type, text, endedAt}) => ({id, usn, type, text, endedAt}));

const isIn = (items: ReadonlyArray<{id: string}>) => ({id}: {id: string}) => items.some(item => item.id === id);

function wireLine(ordinal: number, type = 'Success') {
	const id = `00000000-0000-4000-b000-${String(ordinal).padStart(12, '0')}`;
	return {id, usn: ordinal, title: `[${type}] line ${ordinal}`, type, message: `line ${ordinal}`, ...(type !== 'Running' && {endTime: '2026-11-22T22:00:00Z'})};
}

function pageOfLines(lines: ReadonlyArray<ReturnType<typeof wireLine>>, {query}: Recorded): Reply {
	const ordered = query['orderAsc'] === 'false' ? lines.toReversed() : lines;
	const [offset, limit] = [Number(query['offset']), Number(query['limit'])];
	return pageOf(ordered.slice(offset, offset + limit), {offset, limit});
}

for (const api of versions) {
	test(`${api}: the log is followed, newest last, its running lines rewritten in place`, async (t: TestContext) => {
		const {time, tail, truth, isActive} = await follow(t, api, 'demo', 'contosoTeams');
		let hasRewritten = false;
		let running: ReturnType<typeof told> = [];
		while (isActive()) {
			const items = told(await tail.poll());
			t.assert.deepStrictEqual(items.slice(-100), truth().slice(-100));
			const done = items.filter(({type}) => type !== 'Running');
			hasRewritten ||= done.some(isIn(running));
			running = items.filter(({type}) => type === 'Running');
			time.forward(minute);
		}

		t.assert.ok(hasRewritten);
		// The last look is at all that is held: lines far above the tail were rewritten too.
		const log = await tail.poll(undefined, true);
		t.assert.deepStrictEqual(told(log), truth());
		t.assert.strictEqual(log.isCut, false);
	});

	test(`${api}: a line far above the tail is looked at again now and then while the session runs`, async (t: TestContext) => {
		const lines = Array.from({length: 300}, (_, index) => wireLine(index + 1, index === 0 ? 'Running' : 'Success'));
		const server = await startWireServer(t, {versions: [api], paths: {[`/${api}/JobSessions/s/LogItems`]: request => pageOfLines(lines, request)}});
		const tail = createLogTail(clientOf(t, server), 's');
		t.assert.strictEqual((await tail.poll(undefined, true)).items[0]!.type, 'Running');
		lines[0] = wireLine(1, 'Success');
		let first = 'Running';
		for (let polls = 0; polls < 10 && first === 'Running'; polls++) {
			const {items} = await tail.poll();
			t.assert.strictEqual(items.length, 300);
			first = String(items[0]!.type);
		}

		t.assert.strictEqual(first, 'Success');
	});

	test(`${api}: a log of thousands is read whole, and then not asked for again`, async (t: TestContext) => {
		const {tail, truth, asked} = await follow(t, api, 'hostile', 'talkative');
		t.assert.ok(truth().length > 4990);
		const log = await tail.poll(undefined, true);
		t.assert.deepStrictEqual(log.items.map(({id}) => id), truth().map(({id}) => id));
		t.assert.deepStrictEqual([log.isCut, log.reading], [false, undefined]);
		t.assert.strictEqual(asked().length, 1);
		t.assert.strictEqual(await tail.poll(undefined, true), log);
		t.assert.strictEqual(asked().length, 1);
	});

	test(`${api}: only the tail is asked for again, and the same object stays while nothing is new`, async (t: TestContext) => {
		const {tail, truth, asked} = await follow(t, api, 'demo', 'contosoExchangeA');
		const log = await tail.poll();
		const total = truth().length;
		t.assert.ok(total > 200);
		asked();
		// Lines that still ran are looked at, and all that follows them.
		const firstOpen = truth().findIndex(({type}, index) => type === 'Running' && index >= total - 100);
		const start = firstOpen === -1 ? total : firstOpen;
		for (let polls = 0; polls < 5; polls++) {
			t.assert.strictEqual(await tail.poll(), log);
			t.assert.deepStrictEqual(asked(), [api === 'v8' ? {offset: '0', limit: '100', orderAsc: 'false'} : {offset: String(start), limit: '10000'}]);
		}
	});

	test(`${api}: what came while nobody looked is there without a gap`, async (t: TestContext) => {
		const {time, tail, truth} = await follow(t, api, 'demo', 'contosoSales');
		await tail.poll();
		time.forward(hour);
		const log = await tail.poll();
		t.assert.ok(log.items.length > 200);
		t.assert.deepStrictEqual(log.items.map(({id}) => id), truth().slice(-log.items.length).map(({id}) => id));
	});
}

for (const api of versions) {
	test(`${api}: a log that does not fit in a page is read on with each poll, and says so, without a gap`, async (t: TestContext) => {
		const lines = Array.from({length: 25_000}, (_, index) => wireLine(index + 1));
		const server = await startWireServer(t, {versions: [api], paths: {[`/${api}/JobSessions/s/LogItems`]: request => pageOfLines(lines, request)}});
		const tail = createLogTail(clientOf(t, server), 's');
		const steps: unknown[] = [];
		let log = await tail.poll();
		while (log.reading) {
			const usns = log.items.map(({usn}) => Number(usn));
			t.assert.strictEqual(usns.at(-1)! - usns[0]! + 1, usns.length);
			steps.push([log.reading, usns.length]);
			lines.push(wireLine(lines.length + 1));
			log = await tail.poll();
		}

		log = await tail.poll();
		t.assert.deepStrictEqual(log.items.map(({usn}) => usn), lines.map(({usn}) => usn));
		t.assert.strictEqual(log.isCut, false);
		const read = {v8: [['older', 1000], ['older', 10_999], ['older', 20_998]], v7: [['newer', 10_000], ['newer', 20_000]], v6: [['newer', 10_000], ['newer', 20_000]]};
		t.assert.deepStrictEqual(steps, read[api]);
		t.assert.strictEqual(await tail.poll(), log);
	});

	test(`${api}: the newest hundred thousand lines are held, and that older ones exist is said`, async (t: TestContext) => {
		const lines = Array.from({length: 100_500}, (_, index) => wireLine(index + 1));
		const server = await startWireServer(t, {versions: [api], paths: {[`/${api}/JobSessions/s/LogItems`]: request => pageOfLines(lines, request)}});
		const tail = createLogTail(clientOf(t, server), 's');
		let log = await tail.poll(undefined, true);
		for (let polls = 0; log.reading && polls < 20; polls++) {
			log = await tail.poll(undefined, true);
		}

		t.assert.deepStrictEqual([log.items.length, log.items[0]!.usn, log.items.at(-1)!.usn], [100_000, 501, 100_500]);
		t.assert.deepStrictEqual([log.isCut, log.reading], [true, undefined]);
		lines.push(wireLine(100_501));
		const {items} = await tail.poll();
		t.assert.deepStrictEqual([items.length, items[0]!.usn, items.at(-1)!.usn], [100_000, 502, 100_501]);
	});
}

test('polls at the same time wait for each other', async (t: TestContext) => {
	for (const api of versions) {
		let underWay = 0;
		let most = 0;
		const server = await startWireServer(t, {
			versions: [api],
			paths: {
				async [`/${api}/JobSessions/s/LogItems`](request) {
					underWay++;
					most = Math.max(most, underWay);
					await wait(3);
					underWay--;
					return pageOfLines([wireLine(1)], request);
				},
			},
		});
		const tail = createLogTail(clientOf(t, server), 's');
		const logs = await Promise.all([tail.poll(), tail.poll(), tail.poll()]);
		t.assert.deepStrictEqual([most, new Set(logs).size, logs[0].items.length], [1, 1, 1]);
	}
});

test('a server that repeats the same items for ever is left', async (t: TestContext) => {
	for (const api of versions) {
		const lines = Array.from({length: 40}, (_, index) => wireLine(index + 1));
		let requests = 0;
		const server = await startWireServer(t, {
			versions: [api],
			paths: {
				[`/${api}/JobSessions/s/LogItems`]() {
					requests++;
					return pageOf(lines, {limit: 40, next: `/${api}/JobSessions/s/LogItems?offset=40`});
				},
			},
		});
		const {items} = await createLogTail(clientOf(t, server), 's').poll();
		t.assert.strictEqual(items.length, 40);
		t.assert.ok(requests <= 3);
	}
});

test('a fault leaves what is known, and the next poll goes on from there', async (t: TestContext) => {
	let lines = [wireLine(1)];
	let isBroken = false;
	const server = await startWireServer(t, {
		versions: ['v7'],
		paths: {'/v7/JobSessions/s/LogItems': ({query}) => isBroken ? {status: 500} : pageOf(lines.slice(Number(query['offset'])), {offset: Number(query['offset']), limit: 1000})},
	});
	const tail = createLogTail(clientOf(t, server), 's');
	await tail.poll();
	isBroken = true;
	await t.assert.rejects(tail.poll(), fault('serverError'));
	isBroken = false;
	lines = [wireLine(1), wireLine(2)];
	t.assert.deepStrictEqual((await tail.poll()).items.map(({usn}) => usn), [1, 2]);
});

test('the log of a session that is gone is empty', async (t: TestContext) => {
	const server = await startWireServer(t);
	t.assert.deepStrictEqual(await createLogTail(clientOf(t, server), 's').poll(), {items: [], isCut: false});
});
