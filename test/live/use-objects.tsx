import {test, type TestContext} from 'node:test';
import type {Page, Paging} from '../../source/api/server-api.js';
import type {ObjectsApi} from '../../source/live/read-queue.js';
import {useObjects} from '../../source/live/use-objects.js';
import {ServerFault} from '../../source/model/errors.js';
import type {ProcessedObject} from '../../source/model/processed-object.js';
import {settle, startHook} from './support/hook.js';

type Answer = Page<ProcessedObject> | undefined;

type Asked = {readonly sessionId: string; readonly paging: Paging; readonly signal: AbortSignal | undefined; readonly answer: PromiseWithResolvers<Answer>};

const object = (id: string, status = 'Success'): ProcessedObject => ({id, type: 'User', status});
const page = (entries: readonly ProcessedObject[], fields: Partial<Page<ProcessedObject>> = {}): Answer =>
	({entries, dropped: 0, offset: 0, limit: 1000, isLast: true, ...fields});
const many = (count: number, from = 0) => Array.from({length: count}, (_, index) => object(`o${from + index}`));

type Props = {readonly sessionId: string | undefined; readonly isActive: boolean};

/** A server whose answers come when the test gives them. */
function start(t: TestContext, first: Props, {listsObjects = true} = {}) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const asked: Asked[] = [];
	const api = {
		connect: async () => ({listsObjects}),
		async processedObjects(sessionId: string, paging: Paging, signal?: AbortSignal) {
			const answer = Promise.withResolvers<Answer>();
			signal?.addEventListener('abort', () => {
				answer.reject(signal.reason);
			});
			asked.push({sessionId, paging, signal, answer});
			return answer.promise;
		},
	} as unknown as ObjectsApi;
	const hook = startHook(t, ({sessionId, isActive}: Props) => useObjects(api, 'vb1', sessionId, isActive), first);
	return {
		hook,
		asked,
		ids() {
			const {objects} = hook.last();
			return objects?.kind === 'listed' ? objects.entries.map(({id}) => id) : objects?.kind;
		},
		async show(props: Props) {
			hook.rerender(props);
			await settle();
		},
		async pass(ms: number) {
			t.mock.timers.tick(ms);
			await settle();
		},
		async answered(answer: Answer) {
			await settle();
			asked.at(-1)!.answer.resolve(answer);
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
	const {asked, pass, hook} = start(t, {sessionId: undefined, isActive: false});
	await pass(60_000);
	t.assert.strictEqual(asked.length, 0);
	t.assert.deepStrictEqual(hook.last(), {objects: undefined, error: undefined});
});

test('the objects of an active session are read every 15 seconds, and once more when it ends', async (t: TestContext) => {
	const {asked, pass, answered, show, ids} = start(t, {sessionId: 's1', isActive: true});
	await answered(page([object('a')]));
	t.assert.deepStrictEqual(ids(), ['a']);
	await pass(14_999);
	t.assert.strictEqual(asked.length, 1);
	await pass(1);
	await answered(page([object('a'), object('b')]));
	t.assert.deepStrictEqual([asked.length, ids()], [2, ['a', 'b']]);
	await show({sessionId: 's1', isActive: false});
	await answered(page([object('a'), object('b'), object('c')]));
	t.assert.deepStrictEqual([asked.length, ids()], [3, ['a', 'b', 'c']]);
	await pass(60_000);
	t.assert.strictEqual(asked.length, 3);
});

test('the objects of a finished session are read once', async (t: TestContext) => {
	const {asked, pass, answered} = start(t, {sessionId: 's1', isActive: false});
	await answered(page([object('a')]));
	await pass(60_000);
	t.assert.strictEqual(asked.length, 1);
});

test('pages are read to the last one, the first of a thousand, the others as large as they may be', async (t: TestContext) => {
	const {asked, answered, hook, ids} = start(t, {sessionId: 's1', isActive: false});
	await answered(page(many(999), {dropped: 1, isLast: false}));
	t.assert.strictEqual(ids(), undefined);
	await answered(page(many(50, 999), {isLast: true}));
	t.assert.deepStrictEqual(asked.map(({paging}) => paging), [{offset: 0, limit: 1000}, {offset: 1000, limit: 10_000}]);
	t.assert.deepStrictEqual(hook.last().objects, {kind: 'listed', entries: many(1049), isCut: false, dropped: 1});
});

test('an object that comes twice, since the list grew while it was read, counts once', async (t: TestContext) => {
	const {answered, ids} = start(t, {sessionId: 's1', isActive: true});
	await answered(page([object('a'), object('b')], {isLast: false}));
	await answered(page([object('b'), object('c')]));
	t.assert.deepStrictEqual(ids(), ['a', 'b', 'c']);
});

test('a server that repeats a page for ever is asked no longer, and the list is called cut', async (t: TestContext) => {
	const {asked, answered, hook} = start(t, {sessionId: 's1', isActive: false});
	await answered(page([object('a')], {isLast: false}));
	await answered(page([object('a')], {isLast: false}));
	t.assert.strictEqual(asked.length, 2);
	t.assert.deepStrictEqual(hook.last().objects, {kind: 'listed', entries: [object('a')], isCut: true, dropped: 0});
});

test('more than a hundred thousand are not held', async (t: TestContext) => {
	const {asked, answered, hook} = start(t, {sessionId: 's1', isActive: false});
	for (let pages = 0; pages < 11; pages++) {
		await answered(page(many(9999, pages * 9999), {isLast: false}));
	}

	const {objects} = hook.last();
	t.assert.strictEqual(asked.length, 11);
	t.assert.deepStrictEqual(objects?.kind === 'listed' && [objects.entries.length, objects.isCut], [100_000, true]);
});

test('what was read stays while a fault stands, and it is tried again', async (t: TestContext) => {
	const {asked, answered, failed, pass, ids, hook} = start(t, {sessionId: 's1', isActive: true});
	await answered(page([object('a')]));
	await pass(15_000);
	await failed();
	t.assert.deepStrictEqual(ids(), ['a']);
	t.assert.ok(hook.last().error instanceof ServerFault);
	await pass(15_000);
	await answered(page([object('a'), object('b')]));
	t.assert.deepStrictEqual([asked.length, ids(), hook.last().error], [3, ['a', 'b'], undefined]);
});

test('a version without such a list is not asked for it', async (t: TestContext) => {
	const {asked, ids} = start(t, {sessionId: 's1', isActive: false}, {listsObjects: false});
	await settle();
	t.assert.deepStrictEqual([asked.length, ids()], [0, 'notInVersion']);
});

test('a session that the server no longer has is told from one without objects', async (t: TestContext) => {
	const {answered, ids} = start(t, {sessionId: 's1', isActive: false});
	await answered(undefined);
	t.assert.strictEqual(ids(), 'gone');
});

test('what is under way is left when another session is opened, and the answer is not shown for it', async (t: TestContext) => {
	const {asked, show, answered, ids, hook} = start(t, {sessionId: 's1', isActive: false});
	await settle();
	await show({sessionId: 's2', isActive: false});
	t.assert.ok(asked[0]!.signal!.aborted);
	await answered(page([object('b')]));
	t.assert.deepStrictEqual([asked.map(({sessionId}) => sessionId), ids()], [['s1', 's2'], ['b']]);
	await show({sessionId: undefined, isActive: false});
	const held = [...hook.cache.values()].filter((state: {data?: unknown}) => state.data !== undefined);
	t.assert.deepStrictEqual(held, []);
});
