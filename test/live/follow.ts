import process from 'node:process';
import {test, type TestContext} from 'node:test';
import type {Page} from '../../source/api/server-api.js';
import {createFollower} from '../../source/live/follow.js';
import {ServerFault} from '../../source/model/errors.js';
import type {LogItem} from '../../source/model/log-item.js';
import type {ServerMessage} from '../../source/model/messages.js';
import type {ProcessedObject} from '../../source/model/processed-object.js';
import {scriptedReads} from './support/scripted-server.js';
import {settle} from './support/settle.js';

type What = 'log' | 'objects';

const line = (ordinal: number, text: string): LogItem => ({id: `i${ordinal}`, usn: ordinal, type: 'Success', text, createdAt: undefined, endedAt: undefined});
const object = (id: string, status = 'Success'): ProcessedObject => ({id, type: 'User', status});
const page = <Entry>(entries: readonly Entry[], fields: Partial<Page<Entry>> = {}): Page<Entry> =>
	({entries, dropped: 0, offset: 0, limit: 1000, isLast: true, ...fields});
const many = (count: number, from = 0) => Array.from({length: count}, (_, index) => object(`o${from + index}`));

/** A follower of a server whose answers come when the test gives them; time passes when it says so. */
function start(t: TestContext, {kind = 'log', listsObjects = true}: {kind?: What; listsObjects?: boolean} = {}) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const {api, logs, objects} = scriptedReads({listsObjects});
	const messages: ServerMessage[] = [];
	const follower = createFollower({
		serverId: 'vb1',
		api,
		send(message) {
			messages.push(message);
		},
	});
	const requests = () => kind === 'log' ? logs : objects;
	const lastMessage = () => {
		const message = messages.at(-1);
		return message?.type === 'log' || message?.type === 'objects' ? message : undefined;
	};

	return {
		messages,
		logs,
		objects,
		lastMessage,
		/** The sessions that were asked for. */
		sessions: () => requests().map(({sessionId}) => sessionId),
		/** What the last message says was read: texts or ids. */
		found() {
			const message = lastMessage();
			if (message?.type === 'log') {
				return message.log?.items.map(({text}) => text);
			}

			return message?.objects?.kind === 'listed' ? message.objects.entries.map(({id}) => id) : message?.objects?.kind;
		},
		async follow(sessionId: string | undefined, isActive = false) {
			follower.follow(sessionId === undefined ? undefined : {what: kind, sessionId, isActive});
			await settle();
		},
		async pass(ms: number) {
			t.mock.timers.tick(ms);
			await settle();
		},
		/** The last request is answered with these texts or ids. */
		async answered(...names: string[]) {
			if (kind === 'log') {
				logs.at(-1)!.answer.resolve(page(names.map((name, index) => line(index, name))));
			} else {
				objects.at(-1)!.answer.resolve(page(names.map(name => object(name))));
			}

			await settle();
		},
		async answeredWith(answer: Page<ProcessedObject> | undefined) {
			objects.at(-1)!.answer.resolve(answer);
			await settle();
		},
		async failed(reason: unknown = new ServerFault('refused')) {
			requests().at(-1)!.answer.reject(reason);
			await settle();
		},
	};
}

for (const [kind, everyMs] of [['log', 5000], ['objects', 15_000]] as const) {
	test(`${kind}: nothing is asked while no session is open`, async (t: TestContext) => {
		const {sessions, pass, messages, follow} = start(t, {kind});
		await follow(undefined);
		await pass(60_000);
		t.assert.deepStrictEqual([sessions(), messages], [[], []]);
	});

	test(`${kind}: that of an active session is read every ${everyMs} ms, and once more when it ends`, async (t: TestContext) => {
		const {sessions, pass, answered, found, follow} = start(t, {kind});
		await follow('a', true);
		await answered('one');
		t.assert.deepStrictEqual(found(), ['one']);
		await pass(everyMs - 1);
		t.assert.strictEqual(sessions().length, 1);
		await pass(1);
		await answered('one', 'two');
		t.assert.deepStrictEqual(found(), ['one', 'two']);
		await follow('a', false);
		await answered('one', 'two', 'three');
		t.assert.deepStrictEqual(found(), ['one', 'two', 'three']);
		await pass(60_000);
		t.assert.deepStrictEqual(sessions(), ['a', 'a', 'a']);
	});

	test(`${kind}: that of a finished session is read once`, async (t: TestContext) => {
		const {sessions, pass, answered, follow} = start(t, {kind});
		await follow('a');
		await answered('one');
		await pass(60_000);
		t.assert.deepStrictEqual(sessions(), ['a']);
	});

	test(`${kind}: a session that ends while it is read is read again after that`, async (t: TestContext) => {
		const {sessions, pass, answered, found, follow} = start(t, {kind});
		await follow('a', true);
		await answered('one');
		await pass(everyMs);
		await follow('a', false);
		t.assert.deepStrictEqual(sessions(), ['a', 'a']);
		await answered('one', 'two');
		t.assert.deepStrictEqual(sessions(), ['a', 'a', 'a']);
		await answered('one', 'two', 'finished');
		t.assert.deepStrictEqual(found(), ['one', 'two', 'finished']);
		await pass(60_000);
		t.assert.deepStrictEqual(sessions(), ['a', 'a', 'a']);
	});

	test(`${kind}: from an active session to a finished one, that one is read once`, async (t: TestContext) => {
		const {sessions, answered, follow, pass} = start(t, {kind});
		await follow('a', true);
		await answered('one');
		await follow('b', false);
		await answered('b one');
		await pass(60_000);
		t.assert.deepStrictEqual(sessions(), ['a', 'b']);
	});

	test(`${kind}: the same session again changes nothing`, async (t: TestContext) => {
		const {sessions, answered, follow, pass} = start(t, {kind});
		await follow('a', true);
		await follow('a', true);
		await answered('one');
		await pass(everyMs - 1);
		await follow('a', true);
		t.assert.strictEqual(sessions().length, 1);
		await pass(1);
		t.assert.strictEqual(sessions().length, 2);
	});

	for (const isActive of [true, false]) {
		test(`${kind}: after a fault that of ${isActive ? 'an active' : 'a finished'} session is asked for again until it can be read`, async (t: TestContext) => {
			const {sessions, pass, answered, failed, found, lastMessage, follow} = start(t, {kind});
			await follow('a', isActive);
			await failed();
			t.assert.deepStrictEqual([found(), lastMessage()?.failure], [undefined, 'connection refused']);
			for (let failures = 0; failures < 3; failures++) {
				await pass(everyMs);
				t.assert.strictEqual(sessions().length, 2 + failures);
				await failed();
			}

			await pass(everyMs);
			await answered('one');
			t.assert.deepStrictEqual([found(), lastMessage()?.failure], [['one'], undefined]);
			await pass(everyMs - 1);
			t.assert.strictEqual(sessions().length, 5);
		});
	}

	test(`${kind}: two reads that fail one after the other, since the session ended meanwhile, are followed by one`, async (t: TestContext) => {
		const {sessions, pass, answered, failed, follow} = start(t, {kind});
		await follow('a', true);
		await answered('one');
		await pass(everyMs);
		await follow('a', false);
		await failed();
		await failed();
		const before = sessions().length;
		await pass(everyMs);
		await answered('one', 'finished');
		await pass(60_000);
		t.assert.strictEqual(sessions().length, before + 1);
	});

	test(`${kind}: what was read stays while a fault stands`, async (t: TestContext) => {
		const {pass, answered, failed, found, lastMessage, follow} = start(t, {kind});
		await follow('a', true);
		await answered('one');
		await pass(everyMs);
		await failed();
		t.assert.deepStrictEqual([found(), lastMessage()?.failure], [['one'], 'connection refused']);
		await pass(everyMs);
		await failed(new TypeError('x is not a function'));
		t.assert.deepStrictEqual([found(), lastMessage()?.failure], [['one'], 'x is not a function']);
	});

	test(`${kind}: a read that was left when another session was opened is aborted, and sends nothing however late it comes`, async (t: TestContext) => {
		const {logs, objects, answered, found, messages, follow, sessions, lastMessage} = start(t, {kind});
		await follow('a', true);
		await answered('a one');
		await follow('b', true);
		await follow('c', true);
		const [, b] = kind === 'log' ? logs : objects;
		t.assert.strictEqual(b!.signal!.aborted, true);
		const before = messages.length;
		await answered('c one');
		t.assert.deepStrictEqual([found(), lastMessage()?.sessionId, messages.length], [['c one'], 'c', before + 1]);
		// One that is opened again is read anew.
		await follow('a', true);
		t.assert.deepStrictEqual(sessions(), ['a', 'b', 'c', 'a']);
		await answered('a one');
		t.assert.deepStrictEqual([found(), lastMessage()?.sessionId], [['a one'], 'a']);
	});

	test(`${kind}: that of a closed session is not asked for`, async (t: TestContext) => {
		const {sessions, pass, answered, failed, follow, messages} = start(t, {kind});
		for (const sessionId of ['a', 'b', 'c', 'd']) {
			await follow(sessionId, true);
			await answered('one');
		}

		await follow('e', true);
		await failed();
		await follow(undefined);
		const before = [sessions().length, messages.length];
		await pass(3_600_000);
		t.assert.deepStrictEqual([sessions().length, messages.length], before);
	});

	test(`${kind}: no timer is left behind that would keep the process alive`, async (t: TestContext) => {
		const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
		const {follow, answered, failed} = start(t, {kind});
		t.mock.timers.reset();
		const before = timers();
		for (const how of ['answered', 'refused', 'asking'] as const) {
			await follow('a', true);
			if (how === 'answered') {
				await answered('one');
			} else if (how === 'refused') {
				await failed();
			}

			await follow(undefined);
			t.assert.strictEqual(timers(), before, how);
		}
	});
}

test('nothing is sent while the log has nothing new', async (t: TestContext) => {
	const {pass, answered, messages, follow} = start(t);
	await follow('a', true);
	await answered('one');
	for (let reads = 0; reads < 5; reads++) {
		await pass(5000);
		await answered('one');
	}

	t.assert.strictEqual(messages.length, 1);
});

test('the log and the objects of one session are two things', async (t: TestContext) => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const {api, logs, objects} = scriptedReads();
	const {follow} = createFollower({
		serverId: 'vb1',
		api,
		send() {
			// Not looked at here.
		},
	});
	follow({what: 'log', sessionId: 'a', isActive: true});
	await settle();
	follow({what: 'objects', sessionId: 'a', isActive: true});
	await settle();
	t.assert.deepStrictEqual([logs.length, logs[0]!.signal!.aborted, objects.length], [1, true, 1]);
	follow(undefined);
	t.mock.timers.runAll();
	await settle();
	t.assert.deepStrictEqual([logs.length, objects.length], [1, 1]);
});

test('a log is asked for as much as it needs: a finished one all at once, an active one the first and then the newest items', async (t: TestContext) => {
	const {pass, answered, follow, logs} = start(t);
	await follow('a', true);
	await answered('one');
	await pass(5000);
	await answered('one', 'two');
	await follow('b', false);
	await answered('b one');
	t.assert.deepStrictEqual(logs.map(({query}) => query.limit), [1000, 100, 10_000]);
});

test('a log that does not fit in a page is read on, a page a second, until it is whole or closed', async (t: TestContext) => {
	const {sessions, pass, answered, logs, found, follow} = start(t);
	const partly = async (ordinal: number) => {
		logs.at(-1)!.answer.resolve(page([line(ordinal, `line ${ordinal}`)], {isLast: false}));
		await settle();
	};

	await follow('a');
	await partly(9);
	await pass(999);
	t.assert.strictEqual(sessions().length, 1);
	await pass(1);
	await partly(8);
	await pass(1000);
	await answered('line 1');
	t.assert.deepStrictEqual(found(), ['line 1', 'line 8', 'line 9']);
	t.assert.deepStrictEqual(logs.map(({query}) => query.offset), [0, 1, 2]);
	await pass(60_000);
	t.assert.strictEqual(sessions().length, 3);
	await follow('b');
	await partly(9);
	await follow(undefined);
	await pass(60_000);
	t.assert.strictEqual(sessions().length, 4);
});

test('a log that is read on is tried again later after a fault, and then goes on from there', async (t: TestContext) => {
	const {sessions, pass, failed, logs, follow} = start(t);
	await follow('a');
	logs.at(-1)!.answer.resolve(page([line(9, 'line 9')], {isLast: false}));
	await settle();
	await pass(1000);
	await failed();
	await pass(4999);
	t.assert.strictEqual(sessions().length, 2);
	await pass(1);
	t.assert.deepStrictEqual([sessions().length, logs.at(-1)!.query.offset], [3, 1]);
});

test('pages of objects are read to the last one, the first of a thousand, the others as large as they may be', async (t: TestContext) => {
	const {objects, answeredWith, messages, follow, lastMessage} = start(t, {kind: 'objects'});
	await follow('s1');
	await answeredWith(page(many(999), {dropped: 1, isLast: false}));
	t.assert.strictEqual(messages.length, 0);
	await answeredWith(page(many(50, 999)));
	t.assert.deepStrictEqual(objects.map(({query}) => query), [{offset: 0, limit: 1000}, {offset: 1000, limit: 10_000}]);
	t.assert.deepStrictEqual(
		lastMessage(),
		{type: 'objects', serverId: 'vb1', sessionId: 's1', failure: undefined, objects: {kind: 'listed', entries: many(1049), isCut: false, dropped: 1}},
	);
});

test('an object that comes twice, since the list grew while it was read, counts once', async (t: TestContext) => {
	const {answeredWith, found, follow} = start(t, {kind: 'objects'});
	await follow('s1', true);
	await answeredWith(page([object('a'), object('b')], {isLast: false}));
	await answeredWith(page([object('b'), object('c')]));
	t.assert.deepStrictEqual(found(), ['a', 'b', 'c']);
});

test('a server that repeats a page of objects for ever is asked no longer, and the list is called cut', async (t: TestContext) => {
	const {objects, answeredWith, follow, messages} = start(t, {kind: 'objects'});
	await follow('s1');
	await answeredWith(page([object('a')], {isLast: false}));
	await answeredWith(page([object('a')], {isLast: false}));
	t.assert.strictEqual(objects.length, 2);
	t.assert.partialDeepStrictEqual(messages, [{objects: {kind: 'listed', entries: [object('a')], isCut: true, dropped: 0}}]);
});

test('no more than a hundred thousand objects are read', async (t: TestContext) => {
	const {objects, answeredWith, follow, lastMessage} = start(t, {kind: 'objects'});
	await follow('s1');
	for (let pages = 0; pages < 11; pages++) {
		await answeredWith(page(many(9999, pages * 9999), {isLast: false}));
	}

	const message = lastMessage();
	const list = message?.type === 'objects' && message.objects?.kind === 'listed' ? message.objects : undefined;
	t.assert.deepStrictEqual([objects.length, list?.entries.length, list?.isCut], [11, 100_000, true]);
});

test('a version without a list of objects is not asked for it', async (t: TestContext) => {
	const {objects, follow, found} = start(t, {kind: 'objects', listsObjects: false});
	await follow('s1');
	t.assert.deepStrictEqual([objects.length, found()], [0, 'notInVersion']);
});

test('a session that the server no longer has is told apart from one without objects', async (t: TestContext) => {
	const {answeredWith, follow, found} = start(t, {kind: 'objects'});
	await follow('s1');
	await answeredWith(undefined);
	t.assert.strictEqual(found(), 'gone');
});
