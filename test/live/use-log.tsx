import process from 'node:process';
import {test, type TestContext} from 'node:test';
import type {LogQuery, Page, ServerApi} from '../../source/api/server-api.js';
import {useLog} from '../../source/live/use-log.js';
import {ServerFault} from '../../source/model/errors.js';
import type {LogItem} from '../../source/model/log-item.js';
import {settle, startHook} from './support/hook.js';

type Asked = {
	readonly sessionId: string;
	readonly query: LogQuery;
	readonly signal: AbortSignal | undefined;
	readonly answer: PromiseWithResolvers<Page<LogItem>>;
};

/** A server's logs whose answers come when the test gives them. */
function scriptedLogs() {
	const asked: Asked[] = [];
	const api = {
		connect: async () => ({logsNewestFirst: true}),
		async logItems(sessionId: string, query: LogQuery, signal?: AbortSignal) {
			const answer = Promise.withResolvers<Page<LogItem>>();
			signal?.addEventListener('abort', () => {
				answer.reject(signal.reason);
			});
			asked.push({sessionId, query, signal, answer});
			return answer.promise;
		},
	} as unknown as ServerApi;
	return {api, asked};
}

const line = (ordinal: number, text: string): LogItem => ({id: `i${ordinal}`, usn: ordinal, type: 'Success', text, createdAt: undefined, endedAt: undefined});
const page = (...texts: string[]): Page<LogItem> => ({entries: texts.map((text, index) => line(index, text)), dropped: 0, offset: 0, limit: 100, isLast: true});

type Props = {readonly sessionId: string | undefined; readonly isActive: boolean};

function start(t: TestContext, first: Props) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const {api, asked} = scriptedLogs();
	const hook = startHook(t, ({sessionId, isActive}: Props) => useLog(api, 'vb1', sessionId, isActive), first);
	return {
		hook,
		asked,
		/** The sessions whose logs were asked for. */
		sessions: () => asked.map(({sessionId}) => sessionId),
		texts: () => hook.last().log?.items.map(({text}) => text),
		async show(props: Props) {
			hook.rerender(props);
			await settle();
		},
		async pass(ms: number) {
			t.mock.timers.tick(ms);
			await settle();
		},
		async answered(...texts: string[]) {
			await settle();
			asked.at(-1)!.answer.resolve(page(...texts));
			await settle();
		},
		async failed() {
			await settle();
			asked.at(-1)!.answer.reject(new ServerFault('refused'));
			await settle();
		},
	};
}

test('nothing is asked while no session is open', async (t: TestContext) => {
	const {sessions, pass, hook} = start(t, {sessionId: undefined, isActive: false});
	await pass(60_000);
	t.assert.deepStrictEqual(sessions(), []);
	t.assert.deepStrictEqual(hook.last(), {log: undefined, error: undefined});
});

test('the log of an active session is followed, that of another is read once', async (t: TestContext) => {
	const {sessions, pass, answered, texts, show, asked} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	t.assert.deepStrictEqual(texts(), ['one']);
	await pass(5000);
	await answered('one', 'two');
	t.assert.deepStrictEqual(texts(), ['one', 'two']);
	await show({sessionId: 'b', isActive: false});
	await answered('b one');
	await pass(60_000);
	t.assert.deepStrictEqual(sessions(), ['a', 'a', 'b']);
	// All that can be held of a log that does not change any more.
	t.assert.deepStrictEqual(asked.map(({query}) => query.limit), [1000, 100, 10_000]);
});

test('a log that does not fit in a page is read on, a page a second, until it is whole or closed', async (t: TestContext) => {
	const {sessions, pass, answered, asked, texts, show} = start(t, {sessionId: 'a', isActive: false});
	const partly = async (ordinal: number) => {
		asked.at(-1)!.answer.resolve({...page(), entries: [line(ordinal, `line ${ordinal}`)], isLast: false});
		await settle();
	};

	await settle();
	await partly(9);
	await pass(900);
	t.assert.strictEqual(sessions().length, 1);
	await pass(100);
	await partly(8);
	await pass(1000);
	await answered('line 1');
	t.assert.deepStrictEqual(texts(), ['line 1', 'line 8', 'line 9']);
	t.assert.deepStrictEqual(asked.map(({query}) => query.offset), [0, 1, 2]);
	await pass(60_000);
	t.assert.strictEqual(sessions().length, 3);
	await show({sessionId: 'b', isActive: false});
	await partly(9);
	await show({sessionId: undefined, isActive: false});
	await pass(60_000);
	t.assert.strictEqual(sessions().length, 4);
});

test('nothing is drawn anew while the log has nothing new', async (t: TestContext) => {
	const {pass, answered, hook} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	const renders = hook.results.length;
	for (let polls = 0; polls < 5; polls++) {
		await pass(5000);
		await answered('one');
	}

	t.assert.strictEqual(hook.results.length, renders);
});

test('when the session ends its log is read once more, whole, and then left', async (t: TestContext) => {
	const {sessions, pass, answered, texts, show, asked} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	await show({sessionId: 'a', isActive: false});
	await answered('one', 'finished');
	t.assert.deepStrictEqual(texts(), ['one', 'finished']);
	t.assert.strictEqual(asked.at(-1)!.query.limit, 100);
	await pass(60_000);
	t.assert.deepStrictEqual(sessions(), ['a', 'a']);
});

test('a session that ends while its log is being read has it read again after that', async (t: TestContext) => {
	const {sessions, pass, answered, texts, show} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	await pass(5000);
	await show({sessionId: 'a', isActive: false});
	t.assert.deepStrictEqual(sessions(), ['a', 'a']);
	await answered('one', 'two');
	t.assert.deepStrictEqual(sessions(), ['a', 'a', 'a']);
	await answered('one', 'two', 'finished');
	t.assert.deepStrictEqual(texts(), ['one', 'two', 'finished']);
	await pass(60_000);
	t.assert.deepStrictEqual(sessions(), ['a', 'a', 'a']);
});

test('from an active session to a finished one: its log is read once', async (t: TestContext) => {
	const {sessions, answered, show} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	await show({sessionId: 'b', isActive: false});
	t.assert.deepStrictEqual(sessions(), ['a', 'b']);
});

test('the log of another session is never shown for this one, however late it comes', async (t: TestContext) => {
	const {asked, answered, texts, show, hook} = start(t, {sessionId: 'a', isActive: true});
	await answered('a one');
	await show({sessionId: 'b', isActive: true});
	t.assert.strictEqual(texts(), undefined);
	await show({sessionId: 'c', isActive: true});
	const [, b, c] = asked;
	t.assert.strictEqual(b!.signal!.aborted, true);
	c!.answer.resolve(page('c one'));
	b!.answer.resolve(page('b one'));
	await settle();
	t.assert.deepStrictEqual(texts(), ['c one']);
	await show({sessionId: 'a', isActive: true});
	t.assert.strictEqual(texts(), undefined);
	await answered('a one', 'a two');
	t.assert.deepStrictEqual(texts(), ['a one', 'a two']);
	for (const [index, {log}] of hook.results.entries()) {
		t.assert.ok(log === undefined || new Set(log.items.map(({text}) => String(text)[0])).size === 1, `render ${index}`);
	}
});

for (const isActive of [true, false]) {
	test(`after a fault the log of ${isActive ? 'an active' : 'a finished'} session is asked for again until it can be read`, async (t: TestContext) => {
		const {sessions, pass, answered, failed, texts, hook} = start(t, {sessionId: 'a', isActive});
		await failed();
		t.assert.strictEqual((hook.last().error as ServerFault).kind, 'refused');
		for (let failures = 0; failures < 3; failures++) {
			await pass(5000);
			t.assert.strictEqual(sessions().length, 2 + failures);
			await failed();
		}

		await pass(5000);
		await answered('one');
		t.assert.deepStrictEqual([texts(), hook.last().error], [['one'], undefined]);
		await pass(4999);
		t.assert.strictEqual(sessions().length, 5);
	});
}

test('two readings that fail together are followed by one', async (t: TestContext) => {
	const {sessions, pass, answered, failed, show} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	await pass(5000);
	await show({sessionId: 'a', isActive: false});
	await failed();
	await failed();
	const before = sessions().length;
	await pass(5000);
	await answered('one', 'finished');
	t.assert.strictEqual(sessions().length, before + 1);
});

test('a fault leaves the log as it was', async (t: TestContext) => {
	const {pass, answered, failed, texts, hook} = start(t, {sessionId: 'a', isActive: true});
	await answered('one');
	await pass(5000);
	await failed();
	t.assert.deepStrictEqual([texts(), (hook.last().error as ServerFault).kind], [['one'], 'refused']);
});

test('a log that is closed is neither asked for nor held', async (t: TestContext) => {
	const {sessions, pass, answered, failed, show, hook} = start(t, {sessionId: undefined, isActive: false});
	for (const sessionId of ['a', 'b', 'c', 'd']) {
		await show({sessionId, isActive: true});
		await answered('one');
	}

	await show({sessionId: 'e', isActive: true});
	await failed();
	await show({sessionId: undefined, isActive: false});
	const before = sessions().length;
	await pass(3_600_000);
	t.assert.strictEqual(sessions().length, before);
	const held = [...hook.cache.values()].filter((state: {data?: unknown}) => state.data !== undefined);
	t.assert.deepStrictEqual(held, []);
});

test('no timer is left behind that would keep the process alive', async (t: TestContext) => {
	const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
	const before = timers();
	for (const how of ['answered', 'refused', 'asking'] as const) {
		const {api, asked} = scriptedLogs();
		const hook = startHook(t, () => useLog(api, 'vb1', 'a', true), {});
		await settle();
		if (how === 'answered') {
			asked.at(-1)!.answer.resolve(page('one'));
		} else if (how === 'refused') {
			asked.at(-1)!.answer.reject(new ServerFault('refused'));
		}

		await settle();
		hook.unmount();
		await settle();
		t.assert.strictEqual(timers(), before, how);
	}
});
