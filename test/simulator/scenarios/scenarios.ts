import {test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import type {Delay} from '../../../source/simulator/server/exchange.js';
import type {Scenario, Truth} from '../../../source/simulator/scenarios/scenario.js';
import {isScenarioName, scenarios, type ScenarioName} from '../../../source/simulator/scenarios/scenarios.js';
import {World, type JobState} from '../../../source/simulator/world/world.js';
import {epoch, readAll, simulate, type Answer, type Json} from '../support/api.js';

const minute = 60_000;
const day = 1440 * minute;
const versions = ['v6', 'v7', 'v8'] as const;
type Version = typeof versions[number];

type DetailedName = Exclude<ScenarioName, 'demo' | 'clean' | 'empty' | 'hostile'>;

type SimulatedServer = Awaited<ReturnType<typeof simulate>>;

/** A client of one version of a server; the test sets the server's clock. */
async function wireOf({simulator, time, read, signIn}: SimulatedServer, version: Version) {
	const {json: {access_token: token}} = await signIn(version);
	const get = async (path: string): Promise<Answer> => read(`/${version}/${path}`, token as string);
	const list = async (path: string) => version === 'v8' ? readAll(get, path, 1000) : (await get(path)).json as unknown as Json[];
	const jobOf = (key: string) => simulator.world.inventory.jobs.find(job => job.key === key)!;
	const sessions = async (since = epoch - day) => readAll(get, `JobSessions?endTimeLowerBound=${new Date(since).toISOString()}`, 10_000);
	return {
		time, get, list, jobOf, sessions,
		/** Newest first. */
		sessionsOf: async (key: string, since?: number) => (await sessions(since)).filter(session => jobIdOf(session) === jobOf(key).id),
		jobs: async () => [...await list('Jobs'), ...await list('CopyJobs')],
		job: async (key: string) => [...await list('Jobs'), ...await list('CopyJobs')].find(({id}) => id === jobOf(key).id)!,
		log: async ({id}: Json) => (await readAll(get, `JobSessions/${id as string}/LogItems`, 10_000)).map(line => ({usn: line['usn'] as number, text: textOf(line)})),
	};
}

type Wire = Awaited<ReturnType<typeof wireOf>>;

function jobIdOf({_links}: Json): string {
	return (_links.job.href as string).split('/').at(-1)!;
}

/** Of both forms: `[Warning] …`. */
function textOf({title, type, message}: Json): string {
	return title as string | undefined ?? `[${type as string}] ${message as string}`;
}

function problemsIn(log: ReadonlyArray<{text: string}>): string[] {
	return log.map(({text}) => text).filter(text => /^\[(?:Warning|Error)\]/v.test(text)).filter(text => !text.includes('Job failed at'));
}

function minutesOf({creationTime, endTime}: Json): number {
	return (Date.parse(endTime as string) - Date.parse(creationTime as string)) / minute;
}

const isActive = ({status}: Json) => status === 'Running' || status === 'Queued';
const hasRetries = (version: Version) => version !== 'v6';

/** What a client sees of each scenario at the epoch, and soon after it. */
const cases: Readonly<Record<DetailedName, (t: TestContext, wire: Wire, version: Version) => Promise<void>>> = {
	async 'usual-noise'(t: TestContext, wire: Wire) {
		for (const {job} of scenarios['usual-noise'].truth) {
			const [newest, ...earlier] = await wire.sessionsOf(job, epoch - (5 * day));
			t.assert.strictEqual(newest?.['status'], 'Warning');
			const lines = problemsIn(await wire.log(newest)).toSorted();
			t.assert.ok(lines.length >= 2);
			t.assert.ok(earlier.length >= 4);
			// All of them are compared in the tests of the world.
			for (const session of earlier.slice(0, 2)) {
				t.assert.deepStrictEqual(problemsIn(await wire.log(session)).toSorted(), lines);
			}
		}
	},
	async 'new-among-noise'(t: TestContext, wire: Wire) {
		const [newest, previous] = await wire.sessionsOf('contosoExchangeN', epoch - (2 * day));
		const known = new Set(problemsIn(await wire.log(previous!)));
		const fresh = problemsIn(await wire.log(newest!)).filter(line => !known.has(line));
		t.assert.ok(known.size >= 2);
		t.assert.strictEqual(fresh.length, 1);
		t.assert.match(fresh[0]!, /^\[Error\] Failed to access mailbox .*The SMTP address has no mailbox associated with it$/v);
	},
	async healed(t: TestContext, wire: Wire, version: Version) {
		const [retry, main] = await wire.sessionsOf('contosoTeams');
		t.assert.deepStrictEqual([main?.['status'], main?.['retryCount'], retry?.['status'], retry?.['retryCount']], ['Failed', 0, 'Success', 1]);
		if (hasRetries(version)) {
			t.assert.deepStrictEqual([main?.['jobWillBeRetried'], retry?.['jobWillBeRetried'], retry?.['mainSessionId']], [true, false, main?.['id']]);
		}
	},
	async 'used-up'(t: TestContext, wire: Wire, version: Version) {
		const chain = (await wire.sessionsOf('contosoSharePoint')).slice(0, 4).toReversed();
		t.assert.deepStrictEqual(chain.map(({status, retryCount}) => [status as string, retryCount as number]), [['Failed', 0], ['Failed', 1], ['Failed', 2], ['Failed', 3]]);
		const {schedulePolicy} = await wire.job('contosoSharePoint');
		t.assert.strictEqual(schedulePolicy.retryNumber, 3);
		if (hasRetries(version)) {
			t.assert.deepStrictEqual(chain.map(session => session['jobWillBeRetried'] as boolean), [true, true, true, false]);
			t.assert.ok(chain.slice(1).every(session => session['mainSessionId'] === chain[0]!['id']));
		}
	},
	async throttled(t: TestContext, wire: Wire) {
		const [now] = await wire.sessionsOf('fabrikamOneDrive');
		t.assert.deepStrictEqual([now?.['status'], now?.['statistics'].bottleneck], ['Running', 'Source']);
		t.assert.strictEqual((epoch - Date.parse(now!['creationTime'] as string)) / minute, 300);
		const newest = (await wire.log(now!)).filter(({text}) => text.startsWith('[Warning] Web error occurred: 429 TOO MANY REQUESTS'));
		t.assert.ok(newest.length >= 10);
		for (let turn = 0; turn < 3; turn++) {
			const [before] = await wire.sessionsOf('fabrikamOneDrive');
			wire.time.now += 20 * minute;
			const [after] = await wire.sessionsOf('fabrikamOneDrive');
			t.assert.strictEqual((after?.['progress'] as number) - (before?.['progress'] as number), 1);
		}
	},
	async stuck(t: TestContext, wire: Wire, version: Version) {
		const states: Array<Pick<Json, string>> = [];
		for (const minutes of [-44, -30, -15, 0, 20]) {
			wire.time.now = epoch + (minutes * minute);
			const [session] = await wire.sessionsOf('contosoExchangeA', epoch - day);
			const {status, eTag, progress, statistics} = session!;
			states.push({status, eTag, progress, statistics, usn: (await wire.log(session!)).at(-1)?.usn});
		}

		t.assert.strictEqual(states[0]?.['status'], 'Running');
		t.assert.strictEqual(typeof states[0]['eTag'], version === 'v8' ? 'number' : 'undefined');
		t.assert.ok(states.every(state => JSON.stringify(state) === JSON.stringify(states[0])));
		wire.time.now = epoch - (50 * minute);
		const [before] = await wire.sessionsOf('contosoExchangeA');
		t.assert.ok((before?.['progress'] as number) < states[0]['progress']);
	},
	async certificate(t: TestContext, wire: Wire) {
		const jobs = scenarios.certificate.truth.map(({job}) => job);
		t.assert.strictEqual(jobs.length, 9);
		const causes = new Set<string>();
		for (const job of jobs) {
			const sessions = await wire.sessionsOf(job, epoch - (12 * 60 * minute));
			t.assert.deepStrictEqual(sessions.map(({status, retryCount}) => [status as string, retryCount as number]), [['Failed', 3], ['Failed', 2], ['Failed', 1], ['Failed', 0]]);
			t.assert.ok(sessions.every(session => minutesOf(session) * 60 >= 4 && minutesOf(session) * 60 <= 8.1));
			causes.add(problemsIn(await wire.log(sessions[0]!)).join('\n'));
			t.assert.match(sessions[0]!['details'] as string, /AADSTS700027/v);
		}

		t.assert.strictEqual(causes.size, 1, 'one cause in the same words');
		const organizations = new Set(scenarios.certificate.truth.map(({job}) => wire.jobOf(job).organizationRecord.name));
		t.assert.deepStrictEqual([...organizations], ['contoso.onmicrosoft.com']);
		const others = (await wire.sessions()).filter(session => jobs.every(job => wire.jobOf(job).id !== jobIdOf(session)));
		t.assert.ok(others.length > 5);
		t.assert.ok(others.every(({status}) => status === 'Success' || status === 'Running'));
	},
	async storage(t: TestContext, wire: Wire, version: Version) {
		const repositories = await wire.list('BackupRepositories');
		const broken = repositories.find(({name}) => name === 'obj-sites')!;
		if (version === 'v8') {
			t.assert.strictEqual(broken['isOutOfOrder'], true);
			t.assert.match(broken['outOfOrderReason'] as string, /The specified bucket does not exist/v);
			t.assert.strictEqual(repositories.filter(({isOutOfOrder}) => isOutOfOrder).length, 1);
		}

		const failed = scenarios.storage.truth.filter(({verdict}) => verdict === 'failed');
		t.assert.strictEqual(failed.length, 5);
		for (const {job} of failed) {
			const [last] = await wire.sessionsOf(job);
			t.assert.deepStrictEqual([last?.['status'], last?.['retryCount']], ['Failed', 3]);
			t.assert.ok(problemsIn(await wire.log(last!)).some(line => line.includes('The specified bucket does not exist')));
			t.assert.strictEqual((await wire.job(job))['repositoryId'], broken['id']);
		}

		const stale = scenarios.storage.truth.filter(({verdict}) => verdict === 'none');
		for (const {job} of stale) {
			const [last] = await wire.sessionsOf(job, epoch - (3 * day));
			t.assert.ok(Date.parse(last!['creationTime'] as string) < epoch - (20 * 60 * minute), `${job} is stale`);
		}
	},
	async 'proxy-gone'(t: TestContext, wire: Wire, version: Version) {
		const gone = (await wire.list('Proxies')).filter(({status}) => status === 'Offline');
		t.assert.deepStrictEqual(gone.map(({hostName}) => hostName as string), ['vbp-02']);
		const repositories = new Map((await wire.list('BackupRepositories')).map(repository => [repository['id'] as string, repository]));
		const isBehind = (key: string) => repositories.get(wire.jobOf(key).repositoryRecord.id)?.['proxyId'] === gone[0]!['id'];
		const counts = new Map<string, number>();
		for (const {job} of scenarios['proxy-gone'].truth) {
			const [last] = await wire.sessionsOf(job);
			counts.set(last!['status'] as string, (counts.get(last!['status'] as string) ?? 0) + 1);
			t.assert.ok(isBehind(job));
			t.assert.strictEqual(last!['proxyId'], version === 'v8' ? gone[0]!['id'] : undefined);
			t.assert.ok(!isActive(last!) || epoch - Date.parse(last!['creationTime'] as string) > 30 * minute);
		}

		t.assert.deepStrictEqual(Object.fromEntries(counts), {Disconnected: 4, Queued: 2});
	},
	async 'first-full'(t: TestContext, wire: Wire, version: Version) {
		const [full, ...earlier] = await wire.sessionsOf('contosoSales', epoch - (30 * day));
		const usual = earlier.map(session => minutesOf(session)).toSorted((left, right) => left - right);
		t.assert.strictEqual(full?.['status'], 'Running');
		t.assert.ok((epoch - Date.parse(full['creationTime'] as string)) / minute > 5 * usual[Math.floor(usual.length / 2)]!);
		const kinds = [full, ...earlier].map(session => session['jobSessionConfigType'] as unknown);
		t.assert.strictEqual(kinds[0], version === 'v8' ? 'Full' : undefined);
		t.assert.ok(kinds.slice(1).every(kind => kind === (version === 'v8' ? 'Incremental' : undefined)));
	},
	async missed(t: TestContext, wire: Wire) {
		const {nextRun, isEnabled, schedulePolicy} = await wire.job('fabrikamExchange');
		t.assert.strictEqual(Math.round((epoch - Date.parse(nextRun as string)) / minute), 40);
		t.assert.deepStrictEqual([isEnabled, schedulePolicy.type], [true, 'Daily']);
		const [last] = await wire.sessionsOf('fabrikamExchange', epoch - (3 * day));
		t.assert.ok(Date.parse(last!['creationTime'] as string) < epoch - day);
	},
	async 'copy-behind'(t: TestContext, wire: Wire) {
		const {schedulePolicy, nextRun, backupJobId} = await wire.job('copyFabrikam');
		t.assert.deepStrictEqual([schedulePolicy.type, nextRun, backupJobId], ['Immediate', undefined, wire.jobOf('fabrikamSharePoint').id]);
		const [copy] = await wire.sessionsOf('copyFabrikam', epoch - (10 * day));
		const sources = await wire.sessionsOf('fabrikamSharePoint', epoch - (3 * day));
		t.assert.strictEqual(copy?.['status'], 'Success');
		t.assert.strictEqual(Math.round((epoch - Date.parse(copy['endTime'] as string)) / day), 3);
		t.assert.ok(sources.length >= 3);
		t.assert.ok(sources.every(({status}) => status === 'Success'));
	},
	async window(t: TestContext, wire: Wire) {
		const {schedulePolicy: {backupWindowEnabled, backupWindowSettings}} = await wire.job('northwindExchange');
		t.assert.strictEqual(backupWindowEnabled, true);
		t.assert.strictEqual(backupWindowSettings.backupWindow.length, 168);
		t.assert.deepStrictEqual([isOpen(backupWindowSettings, epoch), minutesLeft(backupWindowSettings, epoch)], [true, 25]);
		const [run, ...earlier] = await wire.sessionsOf('northwindExchange', epoch - (20 * day));
		t.assert.strictEqual(run?.['status'], 'Running');
		const usual = Math.max(...earlier.map(({progress}) => progress as number));
		const elapsed = (epoch - Date.parse(run['creationTime'] as string)) / minute;
		const left = elapsed * ((usual / (run['progress'] as number)) - 1);
		t.assert.ok(left > 90 && left < 150, `${left} minutes left`);
		const windowed = (await wire.jobs()).map(job => job['schedulePolicy'] as Json).filter(policy => policy['backupWindowEnabled'] ?? policy['backupCopyWindowEnabled']);
		t.assert.strictEqual(windowed.length, 4);
		wire.time.now = epoch + (26 * minute);
		t.assert.strictEqual((await wire.sessionsOf('northwindExchange'))[0]?.['status'], 'Stopped');
	},
	async msp(t: TestContext, wire: Wire, version: Version) {
		t.assert.deepStrictEqual([(await wire.jobs()).length, (await wire.list('Organizations')).length], [900, 300]);
		const active = (await wire.sessions()).filter(session => isActive(session));
		t.assert.ok(Math.abs(active.length - 40) <= 8, `${active.length} active`);
		const {json} = await wire.get('JobSessions?limit=100');
		t.assert.deepStrictEqual([json['results'].length, json['totalCount']], [100, undefined]);
		t.assert.ok(json['_links'].next);
		// Planning the whole history takes seconds, so it is read once.
		if (version === 'v8') {
			const {json: last} = await wire.get('JobSessions?offset=390000&limit=10000');
			t.assert.ok(last['results'].length >= 100);
			t.assert.strictEqual(last['_links'].next, undefined);
		}
	},
	async unkind(t: TestContext, wire: Wire) {
		t.assert.ok((await wire.sessions()).every(({status}) => status === 'Success' || status === 'Running'));
	},
};

type WindowSettings = {backupWindow: boolean[]; minuteOffset: number};

function isOpen({backupWindow, minuteOffset}: WindowSettings, at: number): boolean {
	const local = new Date(at + (minuteOffset * minute));
	return backupWindow[(local.getUTCDay() * 24) + local.getUTCHours()]!;
}

/** Whole minutes until the window closes. */
function minutesLeft(settings: WindowSettings, at: number): number {
	let minutes = 0;
	while (isOpen(settings, at + ((minutes + 1) * minute))) {
		minutes++;
	}

	return minutes;
}

const detailedNames = Object.keys(cases) as DetailedName[];

function caseOf(scenario: DetailedName, server: SimulatedServer, version: Version) {
	return async (t: TestContext) => cases[scenario](t, await wireOf(server, version), version);
}

for (const scenario of detailedNames) {
	test(`${scenario}: the server shows at the start what the scenario is about`, async (t: TestContext) => {
		// The faults of a scenario are tested elsewhere.
		const server = await simulate(t, {scenario, faults: [], tokenLifetime: 86_400});
		for (const version of versions) {
			server.time.now = epoch;
			await t.test(version, caseOf(scenario, server, version));
		}
	});
}

const pace = 30;
const worlds = new Map<string, World>();

/** The world of a scenario, made once: planning a large one takes seconds, and reading does not change it. */
function worldOf(name: ScenarioName, seed = 1): World {
	const key = `${name} ${seed}`;
	const world = worlds.get(key) ?? new World({plan: scenarios[name], seed, epoch, pace});
	worlds.set(key, world);
	return world;
}

const all = Object.entries(scenarios) as ReadonlyArray<[ScenarioName, Scenario]>;

for (const [name, scenario] of all) {
	test(`${name}: the truth names what exists, and its reasons are in the words of the server`, (t: TestContext) => {
		const world = worldOf(name);
		const names = {
			organization: world.inventory.organizations.map(organization => organization.name),
			proxy: world.inventory.proxies.map(({hostName}) => hostName),
			repository: world.inventory.repositories.map(repository => repository.name),
		};
		for (const truth of scenario.truth) {
			const job = world.inventory.jobs.find(({key}) => key === truth.job);
			t.assert.ok(job, truth.job);
			t.assert.ok(!truth.group || names[truth.group.of].includes(truth.group.name), truth.group?.name);
			t.assert.ok(isSaid(world, truth), `${truth.job}: ${truth.cause}`);
		}
	});

	test(`${name}: its sessions end as its truth says`, (t: TestContext) => {
		const world = worldOf(name);
		const now = epoch + (20 * minute);
		for (const {job, ends} of scenario.truth) {
			const runs = world.newestRunsOfJobAt(world.inventory.jobs.find(({key}) => key === job)!, now);
			t.assert.ok(ends === undefined || runs.some(run => world.statusOf(run, now) === ends), `${job} ${ends}`);
		}
	});

	test(`${name}: the same seed gives the same runs, another seed gives others`, (t: TestContext) => {
		const runsOf = (world: World) => world.newestRunsAt(epoch + (20 * minute)).take(300).map(({id, startsAt, endsAt}) => `${id} ${startsAt} ${endsAt}`).toArray().join('\n');
		const runs = runsOf(worldOf(name));
		t.assert.strictEqual(runsOf(new World({plan: scenario, seed: 1, epoch, pace})), runs);
		t.assert.ok(name === 'empty' || runsOf(worldOf(name, 2)) !== runs);
	});
}

/** Whether a session of the job gives the reason within ten hours of script time. */
function isSaid(world: World, {job, cause}: Truth): boolean {
	if (cause === undefined) {
		return true;
	}

	const now = epoch + (20 * minute);
	const runs = world.newestRunsOfJobAt(world.inventory.jobs.find(({key}) => key === job)!, now).take(60);
	return runs.some(run => {
		const session = world.sessionOf(run, now);
		return (session.details ?? '').includes(cause) || world.logItems(session, now).some(({message}) => message.includes(cause));
	});
}

for (const name of detailedNames) {
	test(`${name}: each job has a month of runs behind it, of differing length, and goes on`, (t: TestContext) => {
		const scenario: Scenario = scenarios[name];
		const world = worldOf(name);
		const someKeys = new Set([...scenario.truth.map(({job}) => job), ...Object.keys(scenario.jobs).slice(0, 20)]);
		const jobs = world.inventory.jobs.filter(({key}) => someKeys.has(key));
		for (const job of jobs) {
			const runs = world.newestRunsOfJobAt(job, epoch).take(500).toArray();
			const days = new Set(runs.map(({startsAt}) => Math.floor(startsAt / day)));
			t.assert.ok(days.size >= 30, `${job.key}: ${days.size} days`);
			const lengths = runs.filter(({outcome, retryCount}) => outcome.lasts === 1 && retryCount === 0).map(run => run.endsAt - run.runsAt);
			t.assert.ok(Math.max(...lengths) > 1.3 * Math.min(...lengths), job.key);
		}

		const later = world.newestRunsAt(epoch + (120 * minute)).take(20).toArray();
		t.assert.strictEqual(later.length, 20);
		t.assert.ok(later.every(({startsAt}) => startsAt > 0));
	});
}

for (const name of detailedNames) {
	test(`${name}: at the start all jobs are well but those that the truth names`, (t: TestContext) => {
		const scenario: Scenario = scenarios[name];
		const known = new Set(scenario.truth.map(({job}) => job));
		for (const seed of [1, 2]) {
			const world = worldOf(name, seed);
			const odd = world.jobsAt(epoch).filter(state => !known.has(state.job.key) && !isWell(world, state)).map(({job}) => job.key);
			t.assert.deepStrictEqual(odd, []);
		}
	});
}

function isWell(world: World, {job, nextRun, lastStatus}: JobState): boolean {
	const [last] = world.newestRunsOfJobAt(job, epoch);
	const hasEndedWell = ['Success', 'Running', 'Queued'].includes(lastStatus) || (lastStatus === 'Warning' && job.mix?.noise === 1) || last?.willBeRetried === true;
	return hasEndedWell && (nextRun === undefined || nextRun > epoch);
}

test('scenarios are named as flags are', (t: TestContext) => {
	t.assert.ok(Object.keys(scenarios).every(name => /^[a-z]+(?:-[a-z]+)*$/v.test(name)));
	t.assert.deepStrictEqual(['used-up', 'usedUp', 'msp'].map(name => isScenarioName(name)), [true, false, true]);
});

test('unkind: the refusals come one by one, and then it answers again', async (t: TestContext) => {
	// A thousand times faster, so that a fault is on for 20 ms.
	const delay: Delay = async (ms, signal) => wait(ms / 1000, undefined, {signal});
	const {simulator, read, signIn} = await simulate(t, {scenario: 'unkind', delay});
	let token = (await signIn()).json['access_token'] as string;
	const seen = new Set<string>();
	// What the answers of all faults but the slow one look like.
	const expected = ['200', '401', '429', '502', '503', 'half'];
	while (expected.some(sign => !seen.has(sign))) {
		// Half of a body is no JSON.
		const answer = await read('/v8/JobSessions?limit=5', token).catch(() => ({status: 'half', headers: new Headers()}));
		seen.add(String(answer.status));
		if (answer.status === 401) {
			token = (await signIn()).json['access_token'] as string;
		}

		t.assert.ok((answer.status !== 429 && answer.status !== 503) || answer.headers.get('retry-after') === '5');
	}

	t.assert.ok(simulator.requests.length > 6);
});
