import type {JobPlan, Scenario, OrganizationPlan, ProxyPlan, ProxyPoolPlan, RepositoryPlan} from '../scenarios/scenario.js';
import {uuid} from './random.js';

type Keyed = {key: string; id: string};
export type Organization = OrganizationPlan & Keyed & {msid: string};
export type ProxyPool = ProxyPoolPlan & Keyed;
export type ProxyRecord = ProxyPlan & Keyed & {poolId: string | undefined};
export type RepositoryRecord = RepositoryPlan & Keyed & {proxyId: string | undefined; proxyPoolId: string | undefined; objectStorageId: string};
export type JobRecord = JobPlan & Keyed & {organizationRecord: Organization; repositoryRecord: RepositoryRecord; sourceId: string | undefined};

export type Inventory = {
	installationId: string;
	organizations: readonly Organization[];
	proxyPools: readonly ProxyPool[];
	proxies: readonly ProxyRecord[];
	repositories: readonly RepositoryRecord[];
	/** Deleted ones included. */
	jobs: readonly JobRecord[];
};

/** Gives each thing of a night its id. */
export function makeInventory(scenario: Scenario, seed: number): Inventory {
	const idOf = (kind: string, key: string | undefined) => key === undefined ? undefined : uuid(seed, kind, key);
	const keyed = <Plan>(kind: string, plans: Readonly<Record<string, Plan>>) =>
		Object.entries(plans).map(([key, plan]) => ({...plan, key, id: uuid(seed, kind, key)}));
	const organizations = keyed('organization', scenario.organizations).map(plan => ({...plan, msid: uuid(seed, 'msid', plan.key)}));
	const repositories = keyed('repository', scenario.repositories).map(plan => ({
		...plan,
		proxyId: idOf('proxy', plan.proxy),
		proxyPoolId: idOf('proxyPool', plan.pool),
		objectStorageId: uuid(seed, 'objectStorage', plan.key),
	}));
	return {
		installationId: uuid(seed, 'installation'),
		organizations,
		repositories,
		proxyPools: keyed('proxyPool', scenario.proxyPools),
		proxies: keyed('proxy', scenario.proxies).map(plan => ({...plan, poolId: idOf('proxyPool', plan.pool)})),
		jobs: keyed('job', scenario.jobs).map(plan => ({
			...plan,
			organizationRecord: named(organizations, plan.organization, 'organization'),
			repositoryRecord: named(repositories, plan.repository, 'repository'),
			sourceId: idOf('job', plan.source),
		})),
	};
}

function named<Thing extends Keyed>(things: readonly Thing[], key: string, kind: string): Thing {
	const thing = things.find(candidate => candidate.key === key);
	if (!thing) {
		throw new TypeError(`The night has no ${kind} '${key}'.`);
	}

	return thing;
}
