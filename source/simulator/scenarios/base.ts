import type {JobPlan, RunPlan} from '../world/plan.js';
import type {Workload} from '../world/values.js';
import type {Scenario} from './scenario.js';
import {provider} from './provider.js';

/** Three tenants and their backup infrastructure, as most scenarios have them. */
const inventory = {
	organizations: {
		contoso: {name: 'contoso.onmicrosoft.com'},
		fabrikam: provider.organizations.fabrikam,
		northwind: provider.organizations.northwind,
	},
	proxyPools: provider.proxyPools,
	proxies: provider.proxies,
	repositories: {
		exchange: {name: 'repo-ex-01', description: 'Exchange, JET', proxy: 'one'},
		sites: {name: 'obj-sites', objectStorage: 'AmazonS3Compatible', proxy: 'two'},
		teams: {name: 'obj-teams', objectStorage: 'AzureBlob', proxy: 'two'},
		oneDrive: {name: 'obj-onedrive', objectStorage: 'AmazonS3', pool: 'linux'},
		offsite: {name: 'obj-offsite', objectStorage: 'WasabiCloud', pool: 'linux'},
	},
} as const satisfies Partial<Scenario>;

/** When it starts, in minutes from the epoch, and what a normal run takes and moves. */
type Size = readonly [offset: number, minutes: number, objects: number, items: number, megabytes: number];

type Row = {
	name: string;
	workload: Workload;
	of: keyof typeof inventory.organizations;
	to: keyof typeof inventory.repositories;
	size: Size;
	rest?: Partial<JobPlan>;
};

// At the epoch most of the jobs have run, some are at work and some are still to start.
const rows = {
	contosoExchangeA: {name: 'Contoso Exchange A-M', workload: 'mail', of: 'contoso', to: 'exchange', size: [-240, 130, 3900, 1_100_000, 90_000]},
	contosoExchangeN: {name: 'Contoso Exchange N-Z', workload: 'mail', of: 'contoso', to: 'exchange', size: [-230, 120, 3600, 980_000, 84_000]},
	contosoArchives: {name: 'Contoso Archives', workload: 'mail', of: 'contoso', to: 'exchange', size: [-95, 40, 1200, 9000, 2000]},
	contosoFinance: {name: 'Contoso Finance mailboxes', workload: 'mail', of: 'contoso', to: 'exchange', size: [-150, 22, 120, 4100, 520]},
	contosoOneDrive: {name: 'Contoso OneDrive', workload: 'oneDrive', of: 'contoso', to: 'oneDrive', size: [-280, 150, 2400, 120_000, 110_000]},
	contosoSales: {name: 'Contoso OneDrive Sales', workload: 'oneDrive', of: 'contoso', to: 'oneDrive', size: [-45, 90, 600, 31_000, 29_000]},
	contosoSharePoint: {name: 'Contoso SharePoint', workload: 'sites', of: 'contoso', to: 'sites', size: [-180, 95, 420, 21_000, 17_000]},
	contosoProjects: {name: 'Contoso Project sites', workload: 'sites', of: 'contoso', to: 'sites', size: [-90, 45, 160, 6100, 4800]},
	contosoTeams: {name: 'Contoso Teams', workload: 'teams', of: 'contoso', to: 'teams', size: [-110, 64, 310, 52_000, 3300]},
	fabrikamExchange: {name: 'Fabrikam Exchange', workload: 'mail', of: 'fabrikam', to: 'exchange', size: [-170, 105, 1900, 300_000, 26_000]},
	fabrikamFinance: {name: 'Fabrikam Finance mailboxes', workload: 'mail', of: 'fabrikam', to: 'exchange', size: [-8, 14, 86, 2400, 310], rest: {every: 240}},
	fabrikamOneDrive: {name: 'Fabrikam OneDrive', workload: 'oneDrive', of: 'fabrikam', to: 'oneDrive', size: [-60, 100, 1100, 47_000, 31_000]},
	fabrikamSharePoint: {name: 'Fabrikam SharePoint', workload: 'sites', of: 'fabrikam', to: 'sites', size: [-140, 62, 290, 15_000, 12_000]},
	fabrikamTeams: {name: 'Fabrikam Teams', workload: 'teams', of: 'fabrikam', to: 'sites', size: [-55, 58, 190, 19_000, 1600]},
	northwindExchange: {name: 'Northwind Exchange', workload: 'mail', of: 'northwind', to: 'exchange', size: [20, 80, 900, 140_000, 12_000]},
	northwindOneDrive: {name: 'Northwind OneDrive', workload: 'oneDrive', of: 'northwind', to: 'oneDrive', size: [-290, 110, 900, 38_000, 39_000]},
	northwindSharePoint: {name: 'Northwind SharePoint', workload: 'sites', of: 'northwind', to: 'sites', size: [-100, 52, 160, 7200, 5400]},
} as const satisfies Record<string, Row>;

type CopyRow = {name: string; source: keyof typeof rows; size: Size; rest?: Partial<JobPlan>};

// They start after the longest run of their source.
const copyRows = {
	copyContosoExchange: {name: 'Copy of Contoso Exchange A-M', source: 'contosoExchangeA', size: [-30, 60, 3900, 1_100_000, 90_000], rest: {isImmediate: true}},
	copyContosoTeams: {name: 'Copy of Contoso Teams', source: 'contosoTeams', size: [30, 40, 310, 52_000, 3300]},
	copyFabrikam: {name: 'Copy of Fabrikam SharePoint', source: 'fabrikamSharePoint', size: [-42, 26, 290, 15_000, 11_000], rest: {isImmediate: true}},
	copyNorthwind: {name: 'Copy of Northwind SharePoint', source: 'northwindSharePoint', size: [60, 30, 160, 7200, 5000]},
} as const satisfies Record<string, CopyRow>;

export type BaseJob = keyof typeof rows | keyof typeof copyRows;

const baseJobs: Readonly<Record<BaseJob, JobPlan>> = makeJobs();

function makeJobs(): Record<BaseJob, JobPlan> {
	const planOf = ({name, workload, of, to, size, rest}: Row): JobPlan => {
		const [offset, minutes, objects, items, megabytes] = size;
		return {name, type: 'Backup', organization: of, repository: to, workload, every: 1440, offset, minutes, objects, items, bytes: megabytes * 1_000_000, ...rest};
	};

	const copies = Object.entries<CopyRow>(copyRows).map(([key, {source, ...row}]) =>
		[key, {...planOf({...rows[source], rest: {}, ...row, to: 'offsite'}), type: 'Copy', source}] as const);
	return Object.fromEntries([...Object.entries(rows).map(([key, row]) => [key, planOf(row)] as const), ...copies]) as Record<BaseJob, JobPlan>;
}

type ScenarioChanges = Pick<Scenario, 'about' | 'truth'> & Partial<Omit<Scenario, 'jobs'>> & {
	/** Changes of single jobs. */
	jobs?: Readonly<Partial<Record<BaseJob, Partial<JobPlan>>>>;
};

/** A scenario of 21 jobs with five weeks of history, all Success, with the given changes. */
export function baseScenario({jobs = {}, ...changes}: ScenarioChanges): Scenario {
	return {
		...inventory,
		jobs: Object.fromEntries(Object.entries(baseJobs).map(([key, plan]) => [key, {...plan, ...jobs[key as BaseJob]}])),
		historyDays: 35,
		goesOn: true,
		runsThrough: true,
		tail: 0.3,
		mix: {success: 6, nothing: 1},
		script: [],
		othersNeedNothing: true,
		...changes,
	};
}

/** The scheduled run of a job nearest the epoch, by default at its scheduled time and with its normal length. */
export function scriptedRun(job: BaseJob, rest: Pick<RunPlan, 'attempts'> & Partial<RunPlan>): RunPlan {
	const {offset = 0, minutes} = baseJobs[job];
	return {job, at: offset, takes: minutes, ...rest};
}

/** The same change for several jobs. */
export function withChange(jobs: readonly BaseJob[], change: Partial<JobPlan>): Partial<Record<BaseJob, Partial<JobPlan>>> {
	return Object.fromEntries(jobs.map(job => [job, change]));
}

export const baseOrganizations = inventory.organizations;
export const baseProxies = inventory.proxies;
export const baseRepositories = inventory.repositories;
