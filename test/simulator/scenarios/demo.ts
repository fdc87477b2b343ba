import {test, type TestContext} from 'node:test';
import {scenarios} from '../../../source/simulator/scenarios/scenarios.js';
import type {SessionState} from '../../../source/simulator/world/session/session-state.js';
import {World} from '../../../source/simulator/world/world.js';
import {epoch} from '../support/api.js';

const hour = 3_600_000;
const world = new World({plan: scenarios.demo, seed: 1, epoch, pace: 30});
const at = (seconds: number) => world.sessionsAt(epoch + (seconds * 1000));
const atEpoch = at(0);

/** When a session of the first minute first has this status, in seconds. */
function firstSeen(isIt: (session: SessionState) => boolean): number | undefined {
	for (let seconds = 1; seconds <= 60; seconds++) {
		if (at(seconds).some(session => isIt(session))) {
			return seconds;
		}
	}

	return undefined;
}

function endsWithin(seconds: number, status: string): boolean {
	return at(seconds).some(session => session.status === status && session.endedAt! > epoch);
}

test('at the epoch: running and queued', (t: TestContext) => {
	const running = atEpoch.filter(({status}) => status === 'Running');
	t.assert.ok(running.length >= 6);
	t.assert.ok(running.length <= 8);
	t.assert.strictEqual(atEpoch.filter(({status}) => status === 'Queued').length, 2);
	t.assert.ok(running.some(({createdAt}) => epoch - createdAt === 4 * hour));
	t.assert.ok(running.some(({run, createdAt}) => run.kind === 'Full' && epoch - createdAt === 48 * hour));
	t.assert.ok(running.some(({run}) => run.job.type === 'Copy'));
});

test('the last day holds each outcome, mostly Success', (t: TestContext) => {
	const lastDay = atEpoch.filter(({createdAt}) => createdAt > epoch - (24 * hour));
	const counts = Map.groupBy(lastDay, ({status}) => status);
	for (const status of ['Success', 'Warning', 'Failed', 'Stopped', 'Disconnected', 'NotConfigured'] as const) {
		t.assert.ok((counts.get(status)?.length ?? 0) > 0, status);
	}

	t.assert.ok(counts.get('Success')!.length > lastDay.length / 2);
	t.assert.ok(lastDay.some(({run, status}) => run.retryCount > 0 && status === 'Success'));
	t.assert.ok(lastDay.some(({run, status, willBeRetried}) => run.retryCount === 3 && status === 'Failed' && !willBeRetried));
});

test('a queued session starts within 20 s', (t: TestContext) => {
	const queued = new Set(atEpoch.filter(({status}) => status === 'Queued').map(({id}) => id));
	t.assert.ok(firstSeen(({id, status}) => queued.has(id) && status === 'Running')! <= 20);
});

test('running sessions end: Success by 15 s, Warning by 30 s, Stopped within the minute', (t: TestContext) => {
	t.assert.ok(endsWithin(15, 'Success'));
	t.assert.ok(endsWithin(30, 'Warning'));
	t.assert.ok(endsWithin(60, 'Stopped'));
});

test('one fails with a retry announced, and the retry starts by 45 s', (t: TestContext) => {
	const failed = at(45).find(({status, willBeRetried, endedAt}) => status === 'Failed' && willBeRetried && endedAt! > epoch);
	t.assert.ok(failed);
	t.assert.ok(at(45).some(({run}) => run.mainSessionId === failed.id));
});

test('a new session every half minute, hour after hour', (t: TestContext) => {
	for (let seconds = 30; seconds < 3 * 3600; seconds += 5) {
		const newest = world.startOf(world.runsAt(epoch + (seconds * 1000))[0]!);
		t.assert.ok(newest > epoch + ((seconds - 60) * 1000), `none in the minute before ${seconds} s`);
	}

	const starts = at(3 * 3600).filter(({createdAt, run}) => createdAt > epoch && run.retryCount === 0).length;
	t.assert.ok((3 * 3600) / starts < 31, `one in ${(3 * 3600) / starts} s`);
});

test('about forty jobs, backup and copy, over eight organizations', (t: TestContext) => {
	const {jobs, organizations, repositories, proxies, proxyPools} = world.inventory;
	t.assert.ok(Math.abs(jobs.length - 43) <= 5, String(jobs.length));
	t.assert.deepStrictEqual([organizations.length, repositories.length, proxies.length, proxyPools.length], [8, 10, 4, 1]);
	t.assert.ok(jobs.some(({type}) => type === 'Copy'));
	t.assert.strictEqual(jobs.filter(({isDeleted}) => isDeleted).length, 1);
	t.assert.ok(atEpoch.some(({run}) => run.job.isDeleted));
});
