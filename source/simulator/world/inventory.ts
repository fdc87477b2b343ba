import type {JobPlan, OrganizationPlan, ProxyPlan, ProxyPoolPlan, RepositoryPlan, WorldPlan} from './plan.js';
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
	/** Including deleted ones. */
	jobs: readonly JobRecord[];
};

/** The records of a plan, each with its id. Throws a TypeError for a key that the plan does not have. */
export function makeInventory(plan: WorldPlan, seed: number): Inventory {
	const idOf = (kind: string, key: string | undefined) => key === undefined ? undefined : uuid(seed, kind, key);
	const keyed = <Plan>(kind: string, plans: Readonly<Record<string, Plan>>) =>
		Object.entries(plans).map(([key, record]) => ({...record, key, id: uuid(seed, kind, key)}));
	const organizations = keyed('organization', plan.organizations).map(organization => ({...organization, msid: uuid(seed, 'msid', organization.key)}));
	const repositories = keyed('repository', plan.repositories).map(repository => ({
		...repository,
		proxyId: idOf('proxy', repository.proxy),
		proxyPoolId: idOf('proxyPool', repository.pool),
		objectStorageId: uuid(seed, 'objectStorage', repository.key),
	}));
	return {
		installationId: uuid(seed, 'installation'),
		organizations,
		repositories,
		proxyPools: keyed('proxyPool', plan.proxyPools),
		proxies: keyed('proxy', plan.proxies).map(proxy => ({...proxy, poolId: idOf('proxyPool', proxy.pool)})),
		jobs: keyed('job', plan.jobs).map(job => ({
			...job,
			organizationRecord: recordOf(organizations, job.organization, 'organization'),
			repositoryRecord: recordOf(repositories, job.repository, 'repository'),
			sourceId: idOf('job', job.source),
		})),
	};
}

function recordOf<Plan extends Keyed>(records: readonly Plan[], key: string, kind: string): Plan {
	const record = records.find(candidate => candidate.key === key);
	if (!record) {
		throw new TypeError(`The plan has no ${kind} '${key}'.`);
	}

	return record;
}
