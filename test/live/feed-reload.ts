import {test, type TestContext} from 'node:test';
import {createServerApi} from '../../source/api/client.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createFeed} from '../../source/live/feed.js';
import {createServerClock} from '../../source/live/server-clock.js';
import {Secret} from '../../source/model/secret.js';
import {startSimulator} from '../../source/simulator/server/server.js';

const day = 24 * 3_600_000;

test('reading the whole list again leaves out what the server no longer has', async (t: TestContext) => {
	const now = Date.UTC(2026, 2, 2, 2, 14, 37);
	const options = {scenario: 'demo', epoch: now, clock: () => now} as const;
	const first = await startSimulator(options);
	const clock = createServerClock(() => performance.now(), () => now);
	const api = createServerApi({
		serverId: 'test', address: parseServerAddress(first.url), account: first.account.username, secret: new Secret(first.account.password),
		monotonic: () => performance.now(), onDate: clock.observe,
	});
	t.after(async () => api.close());
	const feed = createFeed({serverId: 'test', serverName: 'test', api, scope: {jobType: undefined, rangeMs: day}, now: clock.now});
	await feed.poll();
	const ofTheFirst = new Set(feed.snapshot().sessions.map(({id}) => id));
	t.assert.ok(ofTheFirst.size > 50);

	await first.close();
	const second = await startSimulator({...options, port: first.port, seed: 7});
	t.after(async () => second.close());
	// Connections of the first are still held, and cut off.
	await feed.poll().catch(async () => feed.poll());
	t.assert.ok(feed.snapshot().sessions.some(({id}) => ofTheFirst.has(id)));

	feed.reload();
	await feed.poll();
	const truth = second.world.sessionsAt(now).filter(({endedAt, createdAt}) => (endedAt ?? createdAt) > now - day).map(({id}) => id);
	const held = feed.snapshot().sessions;
	t.assert.deepStrictEqual(truth.filter(id => held.every(session => session.id !== id)), []);
	t.assert.deepStrictEqual(held.filter(({id, endedAt}) => ofTheFirst.has(id) && !truth.includes(id) && typeof endedAt === 'number' && endedAt < now - 60_000), []);
});
