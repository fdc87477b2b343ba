import {test, type TestContext} from 'node:test';
import {isScenarioName, scenarios} from '../../../source/simulator/scenarios/scenarios.js';
import type {SessionState} from '../../../source/simulator/world/session/session-state.js';
import {World} from '../../../source/simulator/world/world.js';
import {epoch} from '../support/api.js';

const second = 1000;
const day = 86_400_000;
const pace = 30;

function demoWorld(rest: {seed?: number; epoch?: number; pace?: number} = {}): World {
	return new World({plan: scenarios.demo, seed: 1, epoch, pace, ...rest});
}

function sessionsOf(world: World, job: string, seconds: number): SessionState[] {
	return world.sessionsAt(epoch + (seconds * second)).filter(({run}) => run.job.key === job);
}

test('the same seed and epoch give the same world, whenever and however often it is read', (t: TestContext) => {
	const readOften = demoWorld();
	for (let seconds = -100; seconds < 4000; seconds += 37) {
		readOften.sessionsAt(epoch + (seconds * second));
	}

	const readOnce = demoWorld();
	const at = epoch + (4000 * second);
	const sessionsAt = (world: World) => world.sessionsAt(at).map(({run, ...session}) => session);
	t.assert.deepStrictEqual(sessionsAt(readOnce), sessionsAt(readOften));
	t.assert.deepStrictEqual(readOnce.sessionsAt(epoch - day).map(({id}) => id), readOften.sessionsAt(epoch - day).map(({id}) => id));
});

test('another seed gives other sessions', (t: TestContext) => {
	const ids = new Set(demoWorld().sessionsAt(epoch).map(({id}) => id));
	t.assert.ok(demoWorld({seed: 2}).sessionsAt(epoch).every(({id}) => !ids.has(id)));
});

/** Each running session beside itself at the time before. */
function runningPairs(world: World): Array<[before: SessionState, after: SessionState]> {
	const previous = new Map<string, SessionState>();
	const pairs: Array<[SessionState, SessionState]> = [];
	for (let milliseconds = 0; milliseconds < 60_000; milliseconds += 700) {
		const running = world.sessionsAt(epoch + milliseconds).filter(({status}) => status === 'Running');
		pairs.push(...running.flatMap((session): Array<[SessionState, SessionState]> => {
			const before = previous.get(session.id);
			return before ? [[before, session]] : [];
		}));
		for (const session of running) {
			previous.set(session.id, session);
		}
	}

	return pairs;
}

test('running sessions only grow', (t: TestContext) => {
	for (const [before, after] of runningPairs(demoWorld())) {
		t.assert.ok(after.progress >= before.progress);
		t.assert.ok(after.statistics.processedObjects >= before.statistics.processedObjects);
		t.assert.ok(after.statistics.transferredDataBytes >= before.statistics.transferredDataBytes);
	}
});

test('each change of a session has a later change time', (t: TestContext) => {
	const pairs = runningPairs(demoWorld());
	const same = pairs.filter(([before, after]) => before.changedAt === after.changedAt);
	const moved = pairs.filter(([before, after]) => before.changedAt < after.changedAt);
	t.assert.strictEqual(same.length + moved.length, pairs.length);
	t.assert.ok(moved.length > 200);
	for (const [before, after] of same) {
		t.assert.deepStrictEqual({...after, run: undefined}, {...before, run: undefined});
	}
});

test('a running session moves unevenly', (t: TestContext) => {
	const world = demoWorld();
	const items = Array.from({length: 60}, (_, seconds) => sessionsOf(world, 'contosoSales', seconds)[0]!.statistics.processedObjects);
	const steps = items.slice(1).map((count, index) => count - items[index]!);
	t.assert.ok(Math.max(...steps) > 2 * Math.max(1, Math.min(...steps)));
});

test('a log only grows; a running line is rewritten in place', (t: TestContext) => {
	const world = demoWorld();
	const lines = new Map<string, {usn: number; type: string}>();
	let rewritten = 0;
	let before = 0;
	for (let seconds = 0; seconds < 60; seconds++) {
		const now = epoch + (seconds * second);
		const logItems = world.logItems(sessionsOf(world, 'contosoTeams', seconds)[0]!, now);
		t.assert.ok(logItems.length >= before);
		before = logItems.length;
		for (const {id, usn, type, endedAt} of logItems) {
			const known = lines.get(id);
			t.assert.strictEqual(endedAt === undefined, type === 'Running');
			t.assert.strictEqual(known?.usn ?? usn, usn);
			t.assert.ok(known === undefined || known.type === 'Running' || known.type === type);
			rewritten += known?.type === 'Running' && type !== 'Running' ? 1 : 0;
			lines.set(id, {usn, type});
		}
	}

	t.assert.ok(rewritten > 10);
});

test('pace: what is planned at epoch + s is at epoch + s / pace, history keeps its length', (t: TestContext) => {
	for (const times of [1, 10, 60]) {
		const world = demoWorld({pace: times});
		const started = world.sessionsAt(epoch + Math.ceil(3 * 60_000 / times)).find(({run}) => run.job.key === 'fourthCoffeeShops');
		t.assert.strictEqual(started?.createdAt, epoch + Math.floor(2 * 60_000 / times));
		const old = world.sessionsAt(epoch).find(({run}) => run.job.key === 'contosoArchive');
		t.assert.strictEqual(old?.createdAt, epoch - (245 * 60_000));
		t.assert.strictEqual(old?.endedAt, epoch - (209 * 60_000) + 3000);
	}
});

test('retries: a new session ten minutes after, with the first as its main session', (t: TestContext) => {
	const world = demoWorld({pace: 1});
	const chains = world.sessionsAt(epoch).filter(({run}) => run.retryCount > 0);
	t.assert.ok(chains.length > 10);
	for (const retry of chains) {
		const main = world.session(retry.run.mainSessionId!, epoch);
		t.assert.ok(main);
		t.assert.strictEqual(main.run.retryCount, 0);
		t.assert.strictEqual(main.willBeRetried, true);
		t.assert.ok(retry.progress <= main.progress);
	}

	const [last, ...earlier] = world.sessionsAt(epoch).filter(({run}) => run.job.key === 'litwareAll').slice(0, 2);
	t.assert.strictEqual(last?.status, 'Success');
	t.assert.strictEqual(last.run.retryCount, 1);
	t.assert.strictEqual(last.createdAt - earlier[0]!.endedAt!, 600_000);
	const usedUp = world.sessionsAt(epoch).filter(({run}) => run.job.key === 'contosoSharePoint').slice(0, 4);
	t.assert.deepStrictEqual(usedUp.map(({status, willBeRetried}) => [status, willBeRetried]), [['Failed', false], ['Failed', true], ['Failed', true], ['Failed', true]]);
});

test('the history is bounded, and new sessions come for ever', (t: TestContext) => {
	const world = demoWorld();
	for (const hours of [1, 8, 30]) {
		const now = epoch + (hours * 3_600_000);
		const sessions = world.sessionsAt(now);
		t.assert.ok(Math.abs(sessions.length - 1500) < 200, `${sessions.length} after ${hours} h`);
		t.assert.ok(now - sessions[0]!.createdAt < 60_000);
		t.assert.ok(sessions.some(({status}) => status === 'Running'));
	}
});

test('jobs have a last and a next run', (t: TestContext) => {
	const world = demoWorld();
	const states = new Map(world.jobsAt(epoch).map(state => [state.job.key, state]));
	t.assert.strictEqual(states.get('contosoExchangeA')?.lastStatus, 'Running');
	t.assert.strictEqual(states.get('wingtipExchange')?.nextRun, epoch - (44 * 60_000));
	t.assert.strictEqual(states.get('contosoTest')?.nextRun, undefined);
	t.assert.strictEqual(states.get('contosoTest')?.lastRun, undefined);
	t.assert.strictEqual(states.get('copyAdatum')?.nextRun, undefined);
	t.assert.strictEqual(states.has('woodgrove'), false);
	const next = states.get('contosoTeams')?.nextRun ?? 0;
	t.assert.ok(next > epoch);
	t.assert.ok(next < epoch + (2 * day / pace));
});

test('scenarios by name', (t: TestContext) => {
	t.assert.strictEqual(isScenarioName('demo'), true);
	t.assert.strictEqual(isScenarioName('toString'), false);
	t.assert.deepStrictEqual(new World({plan: scenarios.empty, seed: 1, epoch, pace}).sessionsAt(epoch + day), []);
});

test('a clean scenario has nothing but Success, some of it without a byte', (t: TestContext) => {
	const sessions = new World({plan: scenarios.clean, seed: 1, epoch, pace}).sessionsAt(epoch + day);
	const ended = sessions.filter(({endedAt}) => endedAt !== undefined);
	t.assert.ok(ended.every(({status}) => status === 'Success'));
	t.assert.ok(ended.some(({details}) => details === 'Transferred: 0 B (0 items) at 0 B/s (0 items/s)'));
});

test('known noise affects the same objects in each run', (t: TestContext) => {
	const {jobs} = scenarios.clean;
	const plan = {...scenarios.clean, script: [], jobs: {teams: {...jobs['contosoTeams']!, objects: 700, mix: {noise: 1}}, mail: {...jobs['contosoExchangeA']!, mix: {noise: 1}}}};
	const world = new World({plan, seed: 1, epoch, pace});
	const warnings = Map.groupBy(
		world.sessionsAt(epoch).map(session => ({key: session.run.job.key, lines: world.logItems(session, epoch).filter(({type}) => type === 'Warning').map(({message}) => message).toSorted()})),
		({key}) => key,
	);
	for (const key of ['teams', 'mail']) {
		const [first, ...others] = warnings.get(key)!;
		t.assert.ok(first!.lines.length > 0);
		t.assert.ok(others.length > 5);
		t.assert.ok(others.every(({lines}) => lines.join('\n') === first!.lines.join('\n')), key);
	}
});
