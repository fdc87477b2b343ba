import {test, type TestContext} from 'node:test';
import {startSimulator} from '../../source/simulator/server/server.js';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

type Monitor = ReturnType<typeof startMonitor>;

const versionOf = {old: 'v6', new: 'v8'} as const;

/** Two servers of different API versions with the same night, and one monitor of both. */
async function startBoth(t: TestContext, options: Parameters<typeof startMonitor>[2] = {}) {
	const clock = movableClock();
	const start = async (name: keyof typeof versionOf, port?: number) => {
		const server = await startSimulator({scenario: 'demo', pace: 30, api: versionOf[name], epoch, clock: clock.now, port});
		t.after(async () => server.close());
		return {...server, name: `vb-${name}`};
	};

	const epoch = clock.now();
	const [older, newer] = [await start('old'), await start('new')];
	const monitor = startMonitor(t, [older, newer], {columns: 120, rows: 40, ...options});
	return {clock, older, newer, monitor, restart: async () => start('old', older.port)};
}

const rowsOn = (monitor: Monitor, server: string) => monitor.list().filter(line => line.includes(` ${server} `));
const isLive = /^ 2 servers v6 v8 .* LIVE \ds/v;

test('sessions of servers of different versions are one list, and each says where it is from', async (t: TestContext) => {
	const {monitor, older, newer} = await startBoth(t);
	const text = await monitor.until(isLive);
	t.assert.match(text, /^ {2}STATUS +JOB +SERVER +ORGANIZATION/mv);
	t.assert.ok(rowsOn(monitor, 'vb-old').length > 5);
	t.assert.ok(rowsOn(monitor, 'vb-new').length > 5);
	await monitor.until(seen => {
		const [first, second] = monitor.feeds.map(feed => feed.snapshot().sessions.length);
		return seen.includes(` ${first! + second!} sessions, 24 h, all types`);
	}, 'the sessions of both');
	t.assert.deepStrictEqual([older, newer].map(({requests}) => requests.filter(({method}) => method === 'POST').length), [1, 1]);
});

test('server:NAME leaves the sessions of one server, as the name alone does', async (t: TestContext) => {
	const {monitor} = await startBoth(t);
	await monitor.until(isLive);
	await monitor.press('/', 'server:');
	await monitor.until(/\/server: +server: wants a word such as prod {2}(?<all>\d+) of \k<all>$/v);
	await monitor.press('OLD');
	await monitor.until(/\d+ of \d+ sessions, 24 h, filter "server:OLD"/v);
	t.assert.ok(monitor.list().length > 5);
	t.assert.strictEqual(rowsOn(monitor, 'vb-old').length, monitor.list().length);
	await monitor.press('ctrl-u', 'vb-new', 'enter');
	await monitor.until(/filter "vb-new"/v);
	t.assert.strictEqual(rowsOn(monitor, 'vb-new').length, monitor.list().length);
});

test('sort, job type and range are of both lists', async (t: TestContext) => {
	const {monitor} = await startBoth(t);
	await monitor.until(isLive);
	const mix = () => [rowsOn(monitor, 'vb-old').length > 0, rowsOn(monitor, 'vb-new').length > 0];
	await monitor.press('t', 't');
	await monitor.until(/Copy only/v);
	t.assert.ok(monitor.list().every(line => line.includes(' Copy ')));
	t.assert.deepStrictEqual(mix(), [true, true]);
	await monitor.press('t', '<', '<', '<');
	await monitor.until(/SERVER \^/v);
	t.assert.strictEqual(rowsOn(monitor, 'vb-new').length, monitor.list().length);
	await monitor.press('S');
	await monitor.until(() => rowsOn(monitor, 'vb-old').length === monitor.list().length, 'the other server first');
	await monitor.press('[');
	await monitor.until(/sessions, 6 h, all types/v);
	t.assert.deepStrictEqual(monitor.feeds.map(feed => feed.snapshot().scope.rangeMs), [6 * 3_600_000, 6 * 3_600_000]);
});

test('what a version lacks is said of the sessions of that server alone', async (t: TestContext) => {
	const {monitor} = await startBoth(t);
	await monitor.until(isLive);
	for (const name of ['old', 'new'] as const) {
		await monitor.press('/', 'ctrl-u', `server:vb-${name} adatum all`, 'enter', 'enter');
		const detail = await monitor.until(/ RUN [\s\S]*Job id/v);
		t.assert.match(detail, new RegExp(String.raw`Server +vb-${name}\b`, 'v'));
		t.assert.match(detail, /Job +Adatum all, first run/v);
		t.assert.match(detail, name === 'old' ? /Kind +not in v6/v : /Kind +Full/v);
		t.assert.strictEqual(detail.includes('not in v'), name === 'old');
		await monitor.press('escape');
		await monitor.until(/STATUS +JOB/v);
	}
});

test('one server goes and comes back: its rows stay, it is said which one, and the other goes on', async (t: TestContext) => {
	const {monitor, clock, older, restart} = await startBoth(t);
	await monitor.until(isLive);
	const before = monitor.feeds[0]!.snapshot();
	await older.close();
	const text = await monitor.until(/^ 2 servers .* vb-old OFFLINE \d/v);
	const {sessions: held} = monitor.feeds[0]!.snapshot();
	t.assert.ok(held.length >= before.sessions.length);
	await monitor.until(/\d\d:\d\d:\d\d vb-old: connection refused: .*next try in \d+s/v);
	t.assert.doesNotMatch(text.split('\n', 1)[0]!, /vb-new/v);
	t.assert.strictEqual(monitor.feeds[0]!.snapshot().sessions, held);
	t.assert.ok(rowsOn(monitor, 'vb-old').length > 5);

	const newest = monitor.feeds[1]!.snapshot();
	clock.forward(6 * 60_000);
	await monitor.until(() => monitor.feeds[1]!.snapshot().sessions.length > newest.sessions.length, 'new sessions of the other server');
	t.assert.match(monitor.text(), /vb-old OFFLINE/v);

	await restart();
	await monitor.press('r');
	await monitor.until(isLive);
	await monitor.until(() => monitor.feeds[0]!.snapshot().sessions.length > before.sessions.length, 'the sessions that began meanwhile');
});

test('a server that never answers keeps the other neither from its list nor from its updates', async (t: TestContext) => {
	const clock = movableClock();
	const {promise: never, resolve: end} = Promise.withResolvers<void>();
	t.after(() => {
		end();
	});
	const stalled = await simulator(t, {
		middleware: [async () => never],
	});
	const fine = await simulator(t, {scenario: 'demo', pace: 30, clock: clock.now});
	const monitor = startMonitor(t, [{...stalled, name: 'vb-stalled'}, {...fine, name: 'vb-fine'}]);
	const text = await monitor.until(/^ 2 servers v8 {2}1 Now \[2 Sessions\] 3 Window +vb-stalled CONNECTING {2}\d/v);
	t.assert.match(text, /vb-fine/v);
	await monitor.until(/loading, [1-9]\d* so far/v);
	const before = monitor.feeds[1]!.snapshot();
	clock.forward(6 * 60_000);
	await monitor.until(() => monitor.feeds[1]!.snapshot().sessions.length > before.sessions.length, 'new sessions');
	t.assert.match(monitor.text(), /vb-stalled CONNECTING/v);
	await monitor.press('q');
	await monitor.until(monitor.hasExited, 'the end');
});

test('servers that have no session each say so, and one that refuses the account says that', async (t: TestContext) => {
	const [first, second] = [await simulator(t, {scenario: 'empty'}), await simulator(t, {scenario: 'empty', account: {username: 'someone', password: 'else'}})];
	const monitor = startMonitor(t, [{...first, name: 'vb-a'}, {...second, account: first.account, name: 'vb-b'}]);
	const text = await monitor.until(/No session in the last 24 h on vb-a\.\s+vb-b: sign-in refused/v);
	t.assert.match(text, /^ 2 servers .* vb-b SIGN IN /v);
	await monitor.press('R', 'r');
	await monitor.until(/vb-b SIGN IN /v);
	t.assert.strictEqual(second.requests.filter(({method}) => method === 'POST').length, 1);
});

test('sessions that run on two servers with the same ids are told apart, also where the clocks are apart', async (t: TestContext) => {
	const start = Date.UTC(2026, 2, 2, 2, 14, 37);
	// Half an hour into the night no full hour is near.
	const clocks = [movableClock(start + 1_800_000), movableClock(start + 1_800_000 + (3 * 3_600_000))];
	const servers = [];
	for (const [index, clock] of clocks.entries()) {
		servers.push({...await simulator(t, {scenario: 'demo', epoch: start, clock: clock.now}), name: `vb-${index}`});
	}

	const monitor = startMonitor(t, servers, {columns: 120, rows: 40});
	await monitor.until(/^ 2 servers v8 .* LIVE \ds/v);
	await monitor.press('/', 'adatum all', 'enter');
	await monitor.until(() => rowsOn(monitor, 'vb-0').length === 1 && rowsOn(monitor, 'vb-1').length === 1, 'the run on both');
	const ids = monitor.feeds.map(feed => new Set(feed.snapshot().sessions.map(({id}) => id)));
	t.assert.ok([...ids[0]!].some(id => ids[1]!.has(id)));
	const [first, second] = ['vb-0', 'vb-1'].map(name => / (?<days>\d+)d(?<hours>\d+)h /v.exec(rowsOn(monitor, name)[0]!)?.groups);
	const hoursOf = (span: typeof first) => (24 * Number(span?.['days'])) + Number(span?.['hours']);
	t.assert.strictEqual(hoursOf(second) - hoursOf(first), 3);
});
