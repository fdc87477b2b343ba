import {test, type TestContext} from 'node:test';
import {scenarios} from '../../../../source/simulator/scenarios/scenarios.js';
import {World} from '../../../../source/simulator/world/world.js';
import {epoch, readAll, simulate} from '../../support/api.js';

const day = 86_400_000;
const long = {seed: 1, epoch, pace: 30, sessions: 20_000};

test('a long history: newest first, each session once, none older than the retention', (t: TestContext) => {
	const runs = new World({...long, plan: scenarios.clean}).runsAt(epoch);
	t.assert.ok(Math.abs(runs.length - 20_000) < 1500, String(runs.length));
	t.assert.strictEqual(new Set(runs.map(({id}) => id)).size, runs.length);
	t.assert.ok(runs.every(({startsAt}, index) => startsAt <= (runs[index - 1]?.startsAt ?? 0)));
	t.assert.ok(runs.at(-1)!.startsAt < -150 * day);
});

test('the archive is the same whenever it is read, ids included', (t: TestContext) => {
	const runs = new World({...long, plan: scenarios.clean}).runsAt(epoch);
	const world = new World({...long, plan: scenarios.clean});
	for (const index of [19_000, 6000, 15_000, 6001, 18_000, 12_000, 9000, 19_000]) {
		const run = runs[index]!;
		t.assert.deepStrictEqual(world.session(run.id, epoch)?.createdAt, epoch + run.startsAt);
	}

	t.assert.deepStrictEqual(world.runsAt(epoch).map(({id}) => id), runs.map(({id}) => id));
	t.assert.strictEqual(world.session('00000000-0000-4000-a000-000000000001', epoch), undefined);
});

test('old sessions of one job, over the wire', async (t: TestContext) => {
	const {simulator, read, signIn} = await simulate(t, {...long, scenario: scenarios.clean});
	const {json} = await signIn();
	const get = async (path: string) => read(`/v8/${path}`, json['access_token'] as string);
	const job = simulator.world.inventory.jobs.find(({key}) => key === 'padding 0')!;
	const sessions = await readAll(get, `JobSessions?jobId=${job.id}`, 10_000);
	t.assert.deepStrictEqual(sessions.map(({id}) => id as string), simulator.world.runsAt(epoch).filter(run => run.job === job).map(({id}) => id));
	t.assert.ok(sessions.length > 10_000);
	t.assert.strictEqual((await get(`JobSessions/${sessions.at(-1)!['id']}`)).json['creationTime'], sessions.at(-1)!['creationTime']);
});
