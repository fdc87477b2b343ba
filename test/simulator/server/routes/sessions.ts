import {test, type TestContext} from 'node:test';
import {epoch, readAll, simulate, type Json} from '../../support/api.js';

async function signedIn(...parameters: Parameters<typeof simulate>) {
	const made = await simulate(...parameters);
	const {json} = await made.signIn('v6');
	const token = json['access_token'] as string;
	return {...made, get: async (path: string) => made.read(path, token)};
}

test('pages lose and repeat nothing, newest first', async (t: TestContext) => {
	const {simulator, get} = await signedIn(t);
	const expected = simulator.world.sessionsAt(epoch).map(({id}) => id);
	for (const version of ['v6', 'v7', 'v8']) {
		for (const limit of [97, 1000, 10_000]) {
			const sessions = await readAll(get, `/${version}/JobSessions`, limit);
			t.assert.deepStrictEqual(sessions.map(session => session['id'] as string), expected);
			const times = sessions.map(session => session['creationTime'] as string);
			t.assert.deepStrictEqual(times, times.toSorted((left, right) => Date.parse(right) - Date.parse(left)));
		}
	}
});

test('a page has 30 results by default, and links to the next', async (t: TestContext) => {
	const {get} = await signedIn(t);
	for (const version of ['v6', 'v7', 'v8']) {
		const {json} = await get(`/${version}/JobSessions`);
		t.assert.strictEqual(json['limit'], 30);
		t.assert.strictEqual(json['results'].length, 30);
		t.assert.deepStrictEqual(json['_links'], {self: {href: `/${version}/JobSessions?offset=0&limit=30`}, next: {href: `/${version}/JobSessions?offset=30&limit=30`}});
		t.assert.strictEqual(json['setId'], version === 'v8' ? undefined : '00000000-0000-0000-0000-000000000000');
	}

	const {json} = await get('/v8/Jobs');
	t.assert.strictEqual(json['results'].length, 30);
	t.assert.strictEqual(json['_links'].next.href, '/v8/Jobs?offset=30&limit=30');
	t.assert.ok(Array.isArray((await get('/v7/Jobs')).json));
});

test('a limit out of range is lowered, a malformed one refused by v8 and clamped elsewhere', async (t: TestContext) => {
	const {get} = await signedIn(t);
	t.assert.strictEqual((await get('/v8/JobSessions?limit=1000000')).json['limit'], 10_000);
	t.assert.strictEqual((await get('/v6/JobSessions?limit=1000000')).json['limit'], 10_000);
	for (const limit of ['many', '0', '-1', '1.5']) {
		const {status, json} = await get(`/v8/JobSessions?limit=${limit}`);
		t.assert.strictEqual(status, 400, limit);
		t.assert.strictEqual(json['errorCode'], 'ParameterValidationFailure');
	}

	t.assert.strictEqual((await get('/v7/JobSessions?limit=many')).json['limit'], 30);
	t.assert.strictEqual((await get('/v7/JobSessions?limit=0')).json['limit'], 1);
	t.assert.strictEqual((await get('/v8/JobSessions?colour=red')).status, 200);
});

test('filters: job type, job, status', async (t: TestContext) => {
	const {simulator, get} = await signedIn(t);
	const sessions = simulator.world.sessionsAt(epoch);
	const copies = await readAll(get, '/v6/JobSessions?jobType=Copy', 10_000);
	t.assert.strictEqual(copies.length, sessions.filter(({run}) => run.job.type === 'Copy').length);
	const {job} = sessions[40]!.run;
	const ofJob = await readAll(get, `/v8/JobSessions?jobId=${job.id}`, 10_000);
	t.assert.ok(ofJob.length > 1);
	t.assert.ok(ofJob.every(session => session['jobId'] === job.id));
	for (const [value, status] of [['Succeeded', 'Success'], ['Running', 'Running'], ['Failed', 'Failed']]) {
		const results = await readAll(get, `/v8/JobSessions?status=${value}`, 10_000);
		t.assert.strictEqual(results.length, sessions.filter(session => session.status === status).length);
		t.assert.ok(results.every(session => session['status'] === status));
	}

	t.assert.strictEqual((await get('/v8/JobSessions?status=Queued')).status, 400);
	t.assert.strictEqual((await readAll(get, '/v7/JobSessions?status=Failed', 10_000)).length, sessions.length);
});

test('the bounds apply to the end, active sessions are later than any, or to the creation', async (t: TestContext) => {
	const bound = epoch - 3_600_000;
	const text = new Date(bound).toISOString();
	const byEnd = await signedIn(t);
	const after = await readAll(byEnd.get, `/v8/JobSessions?endTimeLowerBound=${text}`, 10_000);
	const sessions = byEnd.simulator.world.sessionsAt(epoch);
	t.assert.deepStrictEqual(after.map(({id}) => id as string), sessions.filter(({endedAt}) => endedAt === undefined || endedAt >= bound).map(({id}) => id));
	const before = await readAll(byEnd.get, `/v8/JobSessions?endTimeUpperBound=${text}`, 10_000);
	t.assert.ok(before.every(session => session['endTime'] !== undefined));
	t.assert.strictEqual(before.length + after.length, sessions.length);
	const byCreation = await signedIn(t, {boundAppliesTo: 'creationTime'});
	const created = await readAll(byCreation.get, `/v8/JobSessions?endTimeLowerBound=${text}`, 10_000);
	t.assert.deepStrictEqual(created.map(({id}) => id as string), sessions.filter(({createdAt}) => createdAt >= bound).map(({id}) => id));
});

test('the end of an active session, as the server is started', async (t: TestContext) => {
	const endTimes = {absent: undefined, null: null, max: '9999-12-31T23:59:59.9999999Z', min: '0001-01-01T00:00:00'};
	for (const [activeEndTime, expected] of Object.entries(endTimes)) {
		const {get} = await signedIn(t, {activeEndTime: activeEndTime as keyof typeof endTimes});
		const {json} = await get('/v8/JobSessions?status=Running');
		t.assert.ok((json['results'] as Json[]).every(session => session['endTime'] === expected));
	}

	const {get} = await signedIn(t);
	const endOf = async (path: string) => {
		const {json} = await get(path);
		return (json['results'] as Json[]).find(session => session['status'] === 'Running')?.['endTime'] as unknown;
	};

	t.assert.strictEqual(await endOf('/v6/JobSessions'), endTimes.max);
	t.assert.strictEqual(await endOf('/v7/JobSessions'), undefined);
	t.assert.strictEqual(await endOf('/v8/JobSessions'), undefined);
});

test('one session by id is the one of the list; sessions of a deleted job remain', async (t: TestContext) => {
	const {simulator, get} = await signedIn(t);
	const {json: list} = await get('/v8/JobSessions?limit=3');
	for (const session of list['results'] as Json[]) {
		t.assert.deepStrictEqual((await get(`/v8/JobSessions/${session['id']}`)).json, session);
	}

	const orphan = simulator.world.sessionsAt(epoch).find(({run}) => run.job.isDeleted);
	t.assert.ok(orphan);
	t.assert.strictEqual((await get(`/v8/JobSessions/${orphan.id}`)).status, 200);
	t.assert.strictEqual((await get(`/v8/Jobs/${orphan.run.job.id}`)).status, 404);
	t.assert.strictEqual((await get(`/v6/Jobs/${orphan.run.job.id}/JobSessions`)).status, 404);
});

test('sessions of a job: a path in v6, gone in v7 and v8', async (t: TestContext) => {
	const {simulator, get} = await signedIn(t);
	const {job} = simulator.world.sessionsAt(epoch).find(({run}) => run.job.type === 'Backup')!.run;
	const {json} = await get(`/v6/Jobs/${job.id}/JobSessions?limit=1`);
	t.assert.strictEqual(json['results'].length, 1);
	t.assert.strictEqual(json['results'][0]._links.job.href, `/v6/jobs/${job.id}`);
	t.assert.strictEqual((await get(`/v7/Jobs/${job.id}/JobSessions`)).status, 404);
	t.assert.strictEqual((await get(`/v8/Jobs/${job.id}/JobSessions`)).status, 404);
});

test('log items: order, filter and page', async (t: TestContext) => {
	const {simulator, get} = await signedIn(t);
	const {id} = simulator.world.sessionsAt(epoch).find(({run, status}) => status === 'Warning' && run.job.type === 'Backup')!;
	const path = `/v8/JobSessions/${id}/LogItems`;
	const all = await readAll(get, path, 500);
	const usns = all.map(logItem => logItem['usn'] as number);
	t.assert.deepStrictEqual(usns, usns.toSorted((left, right) => left - right));
	t.assert.strictEqual(new Set(usns).size, usns.length);
	t.assert.ok((usns.at(-1) ?? 0) > usns.length);
	const newest = (await get(`${path}?orderAsc=false&limit=1`)).json['results'] as Json[];
	t.assert.deepStrictEqual(newest, all.slice(-1));
	const warnings = (await get(`${path}?type=Warning`)).json['results'] as Json[];
	t.assert.deepStrictEqual(warnings, all.filter(logItem => logItem['type'] === 'Warning'));
	const titled = (await get(`/v7/JobSessions/${id}/LogItems?limit=1`)).json['results'] as Json[];
	t.assert.strictEqual(titled[0]?.['title'], `[Success] ${all[0]?.['message']}`);
});

test('a history padded to a size', async (t: TestContext) => {
	const {simulator} = await simulate(t, {sessions: 20_000});
	const runs = simulator.world.runsAt(epoch);
	t.assert.ok(Math.abs(runs.length - 20_000) < 500, String(runs.length));
	t.assert.strictEqual(new Set(runs.map(({id}) => id)).size, runs.length);
});
