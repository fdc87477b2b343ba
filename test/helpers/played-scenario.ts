import type {LogItem} from '../../source/model/log-item.js';
import type {Proxy, Repository} from '../../source/model/named.js';
import type {JobRecord} from '../../source/simulator/world/inventory.js';
import {scenarios, type Scenario, type ScenarioName} from '../../source/simulator/scenarios/scenarios.js';
import type {Run} from '../../source/simulator/world/run.js';
import {World} from '../../source/simulator/world/world.js';
import {causeOfDetails, causesOf, type Cause} from '../../source/triage/causes/causes.js';
import {byId, minute} from './sessions.js';

/** A Monday at 02:14, when each night begins. */
const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);

/** What stands in the log of a run, and in the sentence about it. */
type Evidence = {readonly id: string; readonly status: string; readonly items: readonly LogItem[]; readonly causes: readonly Cause[]};

const worlds = new Map<ScenarioName, World>();

// A world is the same at each moment, however often it is asked.
function worldOf(name: ScenarioName): World {
	const world = worlds.get(name) ?? new World({plan: scenarios[name], seed: 1, epoch, pace: 30});
	worlds.set(name, world);
	return world;
}

/** A night of the simulator without a server: what its jobs say of their runs at the epoch, and so many minutes after it. */
export function played(name: ScenarioName, minutesAfter = 0) {
	const scenario: Scenario = scenarios[name];
	const world = worldOf(name);
	const now = epoch + (minutesAfter * minute);
	const {jobs, proxies, repositories} = world.inventory;
	const jobOf = (key: string) => jobs.find(job => job.key === key)!;

	const evidence = (run: Run): Evidence => {
		const session = world.sessionOf(run, now);
		const items = world.logItems(session, now).map(({message, ...item}): LogItem => ({...item, text: message}));
		const causes = causesOf(items);
		const told = causeOfDetails(session.details ?? '', 'Error', session.endedAt);
		return {id: run.id, status: session.status, items, causes: causes.length === 0 && told ? [told] : causes};
	};

	return {
		truth: scenario.truth,
		jobs,
		proxies: byId<Proxy>(...proxies.map(({id, hostName, status}) => ({id, name: hostName, status}))),
		repositories: byId<Repository>(...repositories.map(({id, name: its, proxyId, outOfOrderReason}) => ({id, name: its, proxyId, outOfOrderReason}))),
		job: jobOf,
		/** Of the newest runs of a job, newest first. */
		runs: (key: string, most: number) => world.newestRunsOfJobAt(jobOf(key), now).take(most).map(run => evidence(run)).toArray(),
		/** The places that a job is of. */
		places: ({organizationRecord, repositoryRecord}: JobRecord) => ({
			organizationId: organizationRecord.id, proxyId: repositoryRecord.proxyId, repositoryId: repositoryRecord.id,
		}),
	};
}
