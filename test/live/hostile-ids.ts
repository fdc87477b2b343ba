import {test, type TestContext} from 'node:test';
import {readPages} from '../../source/live/session-pages.js';
import {createSessionStore} from '../../source/live/session-store.js';
import {rowsOf} from '../../source/app/shared/rows/rows.js';
import {fault} from '../helpers/fault.js';
import {clientOf} from '../helpers/wire-server.js';
import {jobId, startScripted, uuid, wireJob, wireSession} from './support/scripted.js';
import {epoch, second, Time, watch} from './support/watch.js';

const named = (id: string, rest: Readonly<Record<string, unknown>> = {}) => ({...wireSession(1, 30), id, ...rest});

test('an id that comes twice in a page, or on two pages, is one row: that which came last', async (t: TestContext) => {
	const twice = [named(uuid(1)), named(uuid(1), {progress: 2}), named(uuid(2)), named(uuid(1).toUpperCase(), {progress: 3})];
	const others = Array.from({length: 150}, (_, index) => wireSession(index + 10, 40 + index, {ended: 5}));
	const server = await startScripted(t, 'v8', {sessions: [...twice, ...others, named(uuid(2), {status: 'Failed', endTime: new Date(epoch).toISOString()})]});
	const {feed} = watch(t, server, {time: new Time()});
	const snapshot = await feed.poll();
	const rows = rowsOf(snapshot);
	t.assert.strictEqual(new Set(rows.map(({key}) => key)).size, rows.length);
	t.assert.strictEqual(rows.length, 152);
	t.assert.strictEqual(rows.find(({key}) => key.endsWith(uuid(1)))?.session?.progress, 3);
});

test('jobs that come twice are one, and a session has the name of the first', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 30)], jobs: [wireJob(1), wireJob(1, {name: 'Other'}), wireJob(1, {id: jobId(1).toUpperCase(), name: 'Third'})]});
	const {feed} = watch(t, server, {time: new Time()});
	const snapshot = await feed.poll();
	t.assert.strictEqual(snapshot.jobs.size, 1);
	t.assert.deepStrictEqual(rowsOf(snapshot).map(({jobName}) => jobName), ['Job 1']);
});

test('ids that differ in case only are two, unless they are UUIDs', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [named('Run'), named('run'), named(uuid(0xA).replace('a000', 'A000')), named(uuid(0xA))]});
	const {feed} = watch(t, server, {time: new Time()});
	t.assert.deepStrictEqual((await feed.poll()).sessions.map(({id}) => id).toSorted(), [uuid(0xA), 'Run', 'run'].toSorted());
});

const harmful = ['.', '..', 'a\u{0}b', 'a\r\nX-Evil: 1', '\u{1B}[2J', 'a\u{D800}', 'x'.repeat(100_000)];
const odd = ['../../token', 'a/b', '%2e%2e', 'a?limit=1', 'a#b', '...', 'a b', '株式', '%'];

test('an id that could lead elsewhere is not taken, and the list says that something is missing', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [wireSession(1, 30), ...harmful.map(id => named(id))]});
	const {feed} = watch(t, server, {time: new Time()});
	const {sessions, missing} = await feed.poll();
	t.assert.deepStrictEqual(sessions.map(({id}) => id), [uuid(1)]);
	t.assert.match(missing ?? '', /^7 of its sessions could not be read$/v);
});

test('an odd id stays one segment of the path', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: odd.map(id => named(id))});
	const client = clientOf(t, server);
	await readPages(client, {firstLimit: 100, nextLimit: 100}, ({entries}) => {
		t.assert.deepStrictEqual(entries.map(({id}) => id), odd);
		return 'more';
	});
	server.script.before = () => ({json: []});
	const before = server.requests.length;
	for (const id of odd) {
		await t.assert.rejects(client.session(id), fault('badAnswer'));
		await client.logItems(id, {offset: 0, limit: 1});
	}

	const paths = server.requests.slice(before).map(({path}) => path);
	t.assert.deepStrictEqual(paths.map(path => decodeURIComponent(path.split('/', 4)[3] ?? '')), odd.flatMap(id => [id, id]));
	t.assert.ok(paths.every(path => /^\/v8\/JobSessions\/[^\/]+(?:\/LogItems)?$/v.test(path)));
});

test('a session whose status turns back and forth stays one row', async (t: TestContext) => {
	const server = await startScripted(t, 'v8', {sessions: [named(uuid(1)), wireSession(2, 40, {ended: 5})]});
	const time = new Time();
	const {feed} = watch(t, server, {time});
	const keys = new Set<string>();
	for (const status of ['Running', 'Success', 'Running', 'Updating', 'Failed']) {
		server.script.sessions = [named(uuid(1), {status}), named(uuid(1), {status}), wireSession(2, 40, {ended: 5})];
		time.forward(5 * second);
		const {sessions} = await feed.poll();
		t.assert.deepStrictEqual(sessions.map(({id}) => id), [uuid(1), uuid(2)]);
		t.assert.strictEqual(sessions[0]?.status, status);
		keys.add(rowsOf(feed.snapshot())[0]!.key);
	}

	t.assert.strictEqual(keys.size, 1);
});

test('observations that were looked at stay as they were', (t: TestContext) => {
	const store = createSessionStore();
	t.assert.strictEqual(store.observations(), store.observations());
	const before = store.observations();
	store.clear();
	t.assert.strictEqual(store.observations(), before);
});
