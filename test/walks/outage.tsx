import {test, type TestContext} from 'node:test';
import {valueOf} from '../../source/model/field.js';
import {startSimulator} from '../../source/simulator/server/server.js';
import {movableClock, startMonitor} from '../helpers/monitor.js';

const minute = 60_000;

test('a server that goes and comes back: rows stay, OFFLINE shows, and the list is whole again', async (t: TestContext) => {
	const clock = movableClock();
	const epoch = clock.now();
	const options = {scenario: 'demo', pace: 30, epoch, clock: clock.now} as const;
	const first = await startSimulator(options);
	const monitor = startMonitor(t, first, {columns: 120, rows: 40});
	const before = await monitor.until(/LIVE \ds/v);
	t.assert.match(before, /Running +Copy to obj-archive/v);

	await first.close();
	await monitor.until(/OFFLINE \d/v);
	// A request that was under way is cut off first; the next one is refused.
	const during = await monitor.until(/connection refused: 127\.0\.0\.1:\d+ \(ECONNREFUSED\), next try in \d+s/v);
	t.assert.match(during, /OFFLINE \d+s/v);
	t.assert.match(during, /Check the port/v);
	t.assert.match(during, /Running +Copy to obj-archive/v);
	t.assert.deepStrictEqual(rowsOf(during), rowsOf(before).slice(0, rowsOf(during).length));

	// Six minutes, in which sessions begin and end that the monitor never saw.
	clock.forward(6 * minute);
	const second = await startSimulator({...options, port: first.port});
	t.after(async () => second.close());
	await monitor.press('r');
	await monitor.until(/LIVE \ds/v);

	const truth = second.world.sessionsAt(clock.now()).filter(session => session.createdAt > epoch).map(({id}) => id);
	t.assert.ok(truth.length > 5);
	await monitor.until(() => {
		const held = new Set(monitor.feed.snapshot().sessions.map(({id}) => id));
		return truth.every(id => held.has(id));
	}, 'every session that began meanwhile');
	const ids = monitor.feed.snapshot().sessions.map(({id}) => id);
	t.assert.strictEqual(new Set(ids).size, ids.length);
	t.assert.ok(monitor.feed.snapshot().sessions.some(({createdAt, endedAt}) => (valueOf(createdAt) ?? 0) > epoch && valueOf(endedAt) !== undefined));
});

test('a restarted server knows no token: the monitor signs in again by itself', async (t: TestContext) => {
	const server = await startSimulator({pace: 30});
	t.after(async () => server.close());
	const monitor = startMonitor(t, server);
	await monitor.until(/LIVE/v);
	server.forgetTokens();
	const tokensBefore = server.requests.filter(({method}) => method === 'POST').length;
	await monitor.until(() => server.requests.filter(({method}) => method === 'POST').length >= tokensBefore + 2, 'a refused refresh and a login');
	await monitor.until(/LIVE \ds/v);
	t.assert.deepStrictEqual(server.requests.filter(({method}) => method === 'POST').slice(tokensBefore).map(({form}) => form?.['grant_type']), ['refresh_token', 'password']);
});

// The job names of the list, from the top.
function rowsOf(text: string): string[] {
	return text.split('\n').slice(4, 30).map(line => line.slice(17, 45).trim());
}
