import {test, type TestContext} from 'node:test';
import {apiVersions, type ApiVersion} from '../../source/api/server-api.js';
import {valueOf} from '../../source/model/field.js';
import type {Scenario, Truth, ExpectedVerdict as TrueVerdict} from '../../source/simulator/scenarios/scenario.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {World} from '../../source/simulator/world/world.js';
import {isProblem, type Verdict, type VerdictKind} from '../../source/triage/verdicts/verdict.js';
import {triagedNight} from '../helpers/triaged-scenario.js';

/** A Monday at 02:14, when each night begins. */
const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);

/** Which verdicts say what the truth says. */
const same: Readonly<Record<Exclude<TrueVerdict, 'none'>, readonly VerdictKind[]>> = {
	failed: ['failed'], retrying: ['retrying'], healed: ['healed'], missed: ['missed'], stuck: ['stuck'], throttled: ['throttled'], waiting: ['waiting'],
	late: ['late'], behind: ['behind'], disconnected: ['disconnected'], notConfigured: ['notConfigured'], newWarning: ['newWarning'], knownWarning: ['warning'],
	wontFit: ['wontFit'],
};

const isTold = ({from = 0, apis}: Truth, version: ApiVersion) => from <= 0 && (apis?.includes(version) ?? true);

const all: ReadonlyArray<readonly [string, Scenario]> = Object.entries(scenarios);

const worlds = new Map<Scenario, World>();

// One world for all versions, made when the first test needs it.
function worldOf(scenario: Scenario): World {
	const world = worlds.get(scenario) ?? new World({plan: scenario, seed: 1, epoch, pace: 1});
	worlds.set(scenario, world);
	return world;
}

for (const [name, scenario] of all) {
	for (const version of apiVersions) {
		test(`the night ${name} in ${version}: the verdicts are what its truth says`, (t: TestContext) => {
			const world = worldOf(scenario);
			const watched = triagedNight(world, version);
			watched.watchUntil(epoch);
			const {verdicts, shared} = watched.lookAt(epoch);
			const {inventory} = world;
			const ofJob = (key: string): Verdict | undefined => {
				const {id} = inventory.jobs.find(job => job.key === key)!;
				return verdicts.find(({jobId}) => jobId === id);
			};

			const truths = scenario.truth.filter(truth => isTold(truth, version));
			for (const {job, verdict, needsAttention, cause, group} of truths) {
				const found = ofJob(job);
				const words = `${job}: ${found?.kind ?? 'nothing is said'}`;
				t.assert.ok(verdict === 'none' ? !found || !isProblem(found.kind) : found && same[verdict].includes(found.kind), words);
				t.assert.strictEqual(found !== undefined && isProblem(found.kind), needsAttention, words);
				if (cause !== undefined && needsAttention) {
					const said = [...found!.causes.map(({text}) => text), ...found!.log?.newest?.items.map(({text}) => valueOf(text) ?? '') ?? []];
					t.assert.ok(said.some(text => text.includes(cause)), `${words}: ${said.join('; ')}`);
				}

				// One job has nothing in common with others.
				if (!group || truths.filter(other => other.group?.name === group.name).length < 2) {
					continue;
				}

				const {organizations, repositories, proxies} = inventory;
				const places = {organization: organizations, repository: repositories, proxy: proxies}[group.of];
				const named = places.find(place => ('hostName' in place ? place.hostName : place.name) === group.name);
				t.assert.ok(shared.some(({by}) => by?.of === group.of && by.id === named?.id), `${words}: ${JSON.stringify(shared.map(({by}) => by))}`);
			}

			if (scenario.othersNeedNothing) {
				const known = new Set(truths.map(({job}) => inventory.jobs.find(({key}) => key === job)?.id));
				const others = verdicts.filter(({kind, jobId}) => isProblem(kind) && !known.has(jobId));
				t.assert.deepStrictEqual(others.map(({kind, job}) => `${valueOf(job?.name) ?? '?'}: ${kind}`), []);
			}
		});
	}
}

test('two nights of forty jobs that are all good raise next to no problem', (t: TestContext) => {
	const scenario = {...scenarios.clean, historyDays: 35, tail: 0.3, runsThrough: true, script: []} as const satisfies Scenario;
	const watched = triagedNight(new World({plan: scenario, seed: 1, epoch, pace: 1}), 'v8');
	const seen = new Set<string>();
	for (let minutes = 0; minutes < 2 * 1440; minutes += 30) {
		for (const {kind, jobId, session} of watched.lookAt(epoch + (minutes * 60_000)).verdicts) {
			if (isProblem(kind)) {
				seen.add(`${kind} ${jobId ?? ''} ${session?.id ?? ''}`);
			}
		}
	}

	t.assert.ok(seen.size <= 2, [...seen].join('; '));
});
