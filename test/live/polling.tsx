import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {pollLoop} from '../../source/live/poll-loop.js';
import {createServerWatch, type ServerWatch} from '../../source/live/server-watch.js';
import {usePolling} from '../../source/live/use-polling.js';
import {connectionOf} from '../../source/model/connection.js';
import {ServerFault} from '../../source/model/errors.js';
import type {Contact, ServerMessage} from '../../source/model/messages.js';
import {emptySnapshot, type Snapshot} from '../../source/model/snapshot.js';
import {startHook} from './support/hook.js';
import {scriptedServer} from './support/scripted-server.js';
import {day} from './support/watch.js';
import {settle} from './support/settle.js';

type Running = {
	readonly setRefresh: (refreshMs: number) => void;
	readonly end: () => void;
	/** How often something was drawn; 0 without a screen. */
	readonly renders: () => number;
};

type Driver = (t: TestContext, watches: readonly ServerWatch[], refreshMs: number) => Running;

const drivers: Readonly<Record<'usePolling' | 'pollLoop', Driver>> = {
	usePolling(t, watches, refreshMs) {
		const hook = startHook(t, ({interval}: {interval: number}) => {
			usePolling(watches, interval);
		}, {interval: refreshMs});
		return {
			setRefresh(interval) {
				hook.rerender({interval});
			},
			end: hook.unmount,
			renders: () => hook.results.length,
		};
	},
	pollLoop(t, watches, refreshMs) {
		const loops = watches.map(watch => pollLoop(watch, {refreshMs}));
		const end = () => {
			for (const loop of loops) {
				loop.end();
			}
		};

		t.after(end);
		return {
			setRefresh(interval) {
				for (const loop of loops) {
					loop.setRefresh(interval);
				}
			},
			end,
			renders: () => 0,
		};
	},
};

/** A server and what was heard of it. */
function watched(id: string, refreshMs: number) {
	const scripted = scriptedServer(id);
	const messages: ServerMessage[] = [];
	let contact: Contact = {fault: undefined, lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined};
	let snapshot: Snapshot = emptySnapshot(id, id, {jobType: undefined, rangeMs: day});
	const watch = createServerWatch({
		server: scripted.server,
		random: () => 0,
		send(message) {
			messages.push(message);
			contact = message.type === 'contact' ? message.contact : contact;
			snapshot = message.type === 'snapshot' ? message.snapshot : snapshot;
		},
	});
	watch.start();
	return {
		...scripted,
		watch,
		messages,
		snapshot: () => snapshot,
		connection: () => connectionOf(contact, snapshot, refreshMs, scripted.time.monotonic),
	};
}

/** Two servers polled by a driver; time passes when the test says so. */
function start(t: TestContext, driver: Driver, refreshMs = 5000) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const [one, two] = [watched('vb1', refreshMs), watched('vb2', refreshMs)];
	const running = driver(t, [one.watch, two.watch], refreshMs);
	return {
		...one,
		...running,
		two,
		async pass(ms: number) {
			one.time.monotonic += ms;
			two.time.monotonic += ms;
			t.mock.timers.tick(ms);
			await settle();
		},
		async answered(...parameters: Parameters<typeof one.answer>) {
			await settle();
			one.answer(...parameters);
			await settle();
		},
		async failed(reason: unknown) {
			await settle();
			one.fail(reason);
			await settle();
		},
	};
}

const refused = () => new ServerFault('refused');

for (const [name, driver] of Object.entries(drivers)) {
	test(`${name}: a server is polled at once, and again so long after each answer`, async (t: TestContext) => {
		const {count, pass, answered} = start(t, driver);
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

	test(`${name}: another interval counts from now on`, async (t: TestContext) => {
		const {count, pass, answered, setRefresh} = start(t, driver);
		await answered();
		await pass(3000);
		setRefresh(60_000);
		await settle();
		await pass(59_999);
		t.assert.strictEqual(count(), 1);
		await pass(1);
		t.assert.strictEqual(count(), 2);
	});

	test(`${name}: another interval does not shorten a pause after a fault`, async (t: TestContext) => {
		const {count, pass, failed, setRefresh} = start(t, driver);
		await failed(new ServerFault('busy', '', {retryAfterMs: 60_000}));
		setRefresh(2000);
		await settle();
		await pass(59_999);
		t.assert.strictEqual(count(), 1);
		await pass(1);
		t.assert.strictEqual(count(), 2);
	});

	test(`${name}: nothing is drawn for a poll itself, and no snapshot is sent while nothing changed`, async (t: TestContext) => {
		const {pass, answered, failed, renders, connection, messages} = start(t, driver);
		await answered({isLoading: false});
		const before = renders();
		for (let polls = 0; polls < 10; polls++) {
			await pass(5000);
			await answered();
		}

		t.assert.strictEqual(connection().lastGoodAt, 50_000);
		t.assert.strictEqual(messages.filter(({type}) => type === 'snapshot').length, 1);
		await pass(5000);
		await failed(refused());
		t.assert.strictEqual(renders(), before);
	});

	test(`${name}: a partial snapshot of a first load is there before its answer`, async (t: TestContext) => {
		const {feed, answer, connection, snapshot, messages} = start(t, driver);
		await settle();
		t.assert.strictEqual(connection().state, 'CONNECTING');
		answer({version: 'v6'});
		t.assert.deepStrictEqual([snapshot(), connection().state], [feed.snapshot(), 'LOADING']);
		t.assert.deepStrictEqual(messages.map(({type}) => type), ['snapshot']);
	});

	test(`${name}: after faults it goes on asking, 2, 4, 8 ... 60 s apart, for ever, and heals`, async (t: TestContext) => {
		const {count, pass, answered, failed, connection, snapshot, time} = start(t, driver);
		await answered({isLoading: false});
		await pass(5000);
		const before = snapshot();
		for (const [index, delay] of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000].entries()) {
			const fault = refused();
			await failed(fault);
			t.assert.deepStrictEqual(connection(), {state: 'OFFLINE', lastGoodAt: 0, faultSince: 5000, nextTryAt: time.monotonic + delay, fault});
			// The old rows stay beside the fault.
			t.assert.strictEqual(snapshot(), before);
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

	test(`${name}: a fault of the program is shown, and does not end the polling`, async (t: TestContext) => {
		const {count, pass, failed, connection} = start(t, driver);
		await failed(new TypeError('x is not a function'));
		const {state, fault} = connection();
		t.assert.strictEqual(state, 'STALE');
		t.assert.match(fault!.message, /x is not a function/v);
		await pass(2000);
		t.assert.strictEqual(count(), 2);
	});

	test(`${name}: where only the user can go on it waits to be woken`, async (t: TestContext) => {
		const {count, pass, answered, failed, connection, watch} = start(t, driver);
		await failed(new ServerFault('signInRefused'));
		await pass(3_600_000);
		t.assert.strictEqual(count(), 1);
		t.assert.deepStrictEqual([connection().state, connection().nextTryAt], ['SIGN IN', undefined]);
		watch.wake();
		await settle();
		t.assert.strictEqual(count(), 2);
		await answered({isLoading: false});
		t.assert.strictEqual(connection().state, 'LIVE');
		await pass(5000);
		t.assert.strictEqual(count(), 3);
	});

	test(`${name}: woken during a pause it asks at once, and the pause is over`, async (t: TestContext) => {
		const {count, pass, answered, failed, watch} = start(t, driver);
		for (let failures = 0; failures < 5; failures++) {
			await failed(refused());
			await pass(failures === 4 ? 0 : 60_000);
		}

		const before = count();
		watch.wake();
		await settle();
		t.assert.strictEqual(count(), before + 1);
		// The answer takes longer than what was left of the pause.
		await pass(60_000);
		t.assert.strictEqual(count(), before + 1);
		await answered();
		await pass(4999);
		t.assert.strictEqual(count(), before + 1);
	});

	test(`${name}: woken by what the message of a fault leads to, it asks at once and goes on from there`, async (t: TestContext) => {
		const {count, pass, answered, failed, watch, messages} = start(t, driver);
		let isWoken = false;
		const {push} = messages;
		messages.push = (...sent) => {
			if (!isWoken && sent.some(({type}) => type === 'contact')) {
				isWoken = true;
				watch.wake();
			}

			return push.apply(messages, sent);
		};

		await failed(refused());
		t.assert.strictEqual(count(), 2);
		await answered();
		await pass(4999);
		t.assert.strictEqual(count(), 2);
		await pass(1);
		t.assert.strictEqual(count(), 3);
	});

	test(`${name}: woken while an answer is awaited it starts no second request`, async (t: TestContext) => {
		const {count, pass, answered, watch} = start(t, driver);
		await settle();
		for (let presses = 0; presses < 5; presses++) {
			watch.wake();
		}

		await settle();
		t.assert.strictEqual(count(), 1);
		await answered({isLoading: false});
		t.assert.strictEqual(count(), 1);
		await pass(5000);
		t.assert.strictEqual(count(), 2);
	});

	test(`${name}: where the answer that was awaited fails, one that was woken asks once more, and that counts as one failure`, async (t: TestContext) => {
		const {count, pass, answered, failed, connection, watch} = start(t, driver);
		await settle();
		for (let presses = 0; presses < 5; presses++) {
			watch.wake();
		}

		await failed(new ServerFault('cancelled'));
		t.assert.strictEqual(count(), 2);
		t.assert.strictEqual(connection().state, 'CONNECTING');
		await failed(refused());
		t.assert.strictEqual(count(), 2);
		t.assert.strictEqual(connection().nextTryAt, 2000);
		await pass(2000);
		t.assert.strictEqual(count(), 3);
		await answered({isLoading: false});
		t.assert.strictEqual(connection().state, 'LIVE');
	});

	test(`${name}: a server that does not answer keeps no other one waiting`, async (t: TestContext) => {
		const {count, pass, answered, connection, snapshot, two} = start(t, driver);
		for (let polls = 1; polls < 6; polls++) {
			await answered({isLoading: false, version: `v${polls}`});
			t.assert.deepStrictEqual([connection().state, two.connection().state], ['LIVE', 'CONNECTING']);
			t.assert.strictEqual(snapshot().version, `v${polls}`);
			t.assert.deepStrictEqual([count(), two.count()], [polls, 1]);
			await pass(5000);
		}
	});

	test(`${name}: each server has its own faults and pauses`, async (t: TestContext) => {
		const {count, pass, answered, connection, two} = start(t, driver);
		await answered({isLoading: false});
		for (const [index, delay] of [2000, 4000].entries()) {
			two.fail(refused());
			await settle();
			t.assert.deepStrictEqual([connection().state, two.connection().state], ['LIVE', 'OFFLINE']);
			t.assert.strictEqual(two.connection().nextTryAt, two.time.monotonic + delay);
			await pass(delay);
			t.assert.strictEqual(two.count(), index + 2);
		}

		two.answer({isLoading: false});
		await settle();
		t.assert.deepStrictEqual([connection().state, two.connection().state], ['LIVE', 'LIVE']);
		t.assert.deepStrictEqual([count(), two.count()], [2, 3]);
	});

	for (const how of ['waiting', 'asking', 'pausing'] as const) {
		test(`${name}: nothing is asked once it ended while ${how}`, async (t: TestContext) => {
			const {count, pass, answered, failed, end, fail, watch} = start(t, driver);
			await (how === 'pausing' ? failed(refused()) : answered());
			await (how === 'asking' ? pass(5000) : settle());
			const before = count();
			end();
			await settle();
			if (how === 'asking') {
				fail(new ServerFault('cancelled'));
			}

			await pass(3_600_000);
			watch.wake();
			await pass(3_600_000);
			t.assert.strictEqual(count(), before);
		});
	}

	test(`${name}: no timer is left behind that would keep the process alive`, async (t: TestContext) => {
		const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
		const before = timers();
		for (const how of ['answered', 'refused', 'asking'] as const) {
			const {watch, answer, fail} = watched('vb1', 5000);
			const {end} = driver(t, [watch], 5000);
			await settle();
			if (how === 'answered') {
				answer({});
			} else if (how === 'refused') {
				fail(refused());
			}

			await settle();
			end();
			await settle();
			if (how === 'asking') {
				fail(new ServerFault('cancelled'));
				await settle();
			}

			// Others of this process may end meanwhile, or still be there for a moment.
			for (let looks = 0; looks < 100 && timers() > before; looks++) {
				await wait(20);
			}

			t.assert.ok(timers() <= before, how);
		}
	});
}
