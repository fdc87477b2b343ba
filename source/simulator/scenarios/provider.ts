import type {JobPlan} from '../world/plan.js';
import type {Scenario} from './scenario.js';

/** The backup infrastructure of a service provider with eight tenants. */
export const provider = {
	organizations: {
		contoso: {name: 'contoso.onmicrosoft.com', officeName: 'contoso.onmicrosoft.com'},
		fabrikam: {name: 'fabrikam.onmicrosoft.com'},
		northwind: {name: 'northwindtraders.onmicrosoft.com'},
		adatum: {name: 'adatum.onmicrosoft.com', region: 'Germany'},
		wingtip: {name: 'wingtiptoys.onmicrosoft.com'},
		tailspin: {name: 'tailspin.onmicrosoft.com', region: 'USGovernment'},
		litware: {name: 'litware.onmicrosoft.com'},
		fourthCoffee: {name: 'fourthcoffee.onmicrosoft.com'},
	},
	proxyPools: {linux: {name: 'pool-linux', description: 'Linux backup proxies'}},
	proxies: {
		one: {hostName: 'vbp-01', operatingSystem: 'Windows'},
		two: {hostName: 'vbp-02', operatingSystem: 'Windows'},
		three: {hostName: 'vbp-03', operatingSystem: 'Linux', pool: 'linux'},
		four: {hostName: 'vbp-04', operatingSystem: 'Linux', pool: 'linux'},
	},
	repositories: {
		exchange: {name: 'repo-ex-01', description: 'Exchange, JET', proxy: 'one'},
		exchangeTwo: {name: 'repo-ex-02', description: 'Exchange, JET', proxy: 'two'},
		sharePoint: {name: 'repo-sp-01', description: 'SharePoint and OneDrive, JET', proxy: 'two'},
		general: {name: 'obj-general', objectStorage: 'AmazonS3Compatible', pool: 'linux'},
		oneDrive: {name: 'obj-onedrive', objectStorage: 'AmazonS3', pool: 'linux'},
		teams: {name: 'obj-teams', objectStorage: 'AzureBlob', pool: 'linux'},
		adatum: {name: 'obj-adatum', objectStorage: 'AzureBlob', pool: 'linux'},
		government: {name: 'obj-gov', objectStorage: 'AmazonS3', proxy: 'two'},
		archive: {name: 'obj-archive', objectStorage: 'AmazonS3Glacier', pool: 'linux'},
		offsite: {name: 'obj-offsite', objectStorage: 'WasabiCloud', pool: 'linux'},
	},
} as const satisfies Pick<Scenario, 'organizations' | 'proxyPools' | 'proxies' | 'repositories'>;

type Size = readonly [minutes: number, objects: number, items: number, megabytes: number];
type Row = Pick<JobPlan, 'name' | 'workload'> & {
	of: keyof typeof provider.organizations;
	to: keyof typeof provider.repositories;
	often?: true;
	size: Size;
	rest?: Partial<JobPlan>;
};

const backupRows = {
	contosoExchangeA: {name: 'Contoso Exchange A-M', workload: 'mail', of: 'contoso', to: 'exchange', size: [200, 3900, 1_100_000, 92_000]},
	contosoExchangeN: {name: 'Contoso Exchange N-Z', workload: 'mail', of: 'contoso', to: 'exchangeTwo', size: [170, 3300, 870_000, 71_000]},
	contosoSales: {name: 'Contoso OneDrive Sales', workload: 'oneDrive', of: 'contoso', to: 'oneDrive', size: [180, 840, 96_000, 61_000]},
	contosoOneDrive: {name: 'Contoso OneDrive', workload: 'oneDrive', of: 'contoso', to: 'oneDrive', size: [210, 2700, 160_000, 118_000]},
	contosoSharePoint: {name: 'Contoso SharePoint', workload: 'sites', of: 'contoso', to: 'sharePoint', size: [95, 460, 41_000, 33_000]},
	contosoTeams: {name: 'Contoso Teams', workload: 'teams', of: 'contoso', to: 'teams', size: [110, 310, 52_000, 3400]},
	contosoArchive: {name: 'Contoso Archive', workload: 'mail', of: 'contoso', to: 'general', size: [36, 1200, 9000, 2100]},
	contosoBoard: {name: 'Contoso Board mailboxes', workload: 'mail', of: 'contoso', to: 'exchange', often: true, size: [9, 24, 620, 88]},
	fabrikamExchange: {name: 'Fabrikam Exchange', workload: 'mail', of: 'fabrikam', to: 'exchangeTwo', size: [140, 2100, 410_000, 38_000]},
	fabrikamOneDrive: {name: 'Fabrikam OneDrive', workload: 'oneDrive', of: 'fabrikam', to: 'oneDrive', size: [120, 1400, 71_000, 44_000]},
	fabrikamSharePoint: {name: 'Fabrikam SharePoint', workload: 'sites', of: 'fabrikam', to: 'sharePoint', size: [75, 380, 22_000, 17_000]},
	fabrikamTeams: {name: 'Fabrikam Teams', workload: 'teams', of: 'fabrikam', to: 'teams', size: [64, 190, 19_000, 1600]},
	fabrikamFinance: {name: 'Fabrikam Finance mailboxes', workload: 'mail', of: 'fabrikam', to: 'exchangeTwo', often: true, size: [14, 86, 2400, 310]},
	northwindExchange: {name: 'Northwind Exchange', workload: 'mail', of: 'northwind', to: 'exchange', size: [125, 1700, 260_000, 24_000]},
	northwindOneDrive: {name: 'Northwind OneDrive', workload: 'oneDrive', of: 'northwind', to: 'oneDrive', size: [110, 900, 38_000, 39_000]},
	northwindSharePoint: {name: 'Northwind SharePoint', workload: 'sites', of: 'northwind', to: 'sharePoint', size: [70, 290, 15_000, 12_000]},
	northwindLegal: {name: 'Northwind Legal hold', workload: 'mail', of: 'northwind', to: 'general', often: true, size: [22, 61, 1900, 240]},
	adatumAll: {name: 'Adatum all, first run', workload: 'all', of: 'adatum', to: 'adatum', size: [150, 2600, 90_000, 52_000]},
	adatumShared: {name: 'Adatum Shared mailboxes', workload: 'mail', of: 'adatum', to: 'general', often: true, size: [18, 140, 3100, 420]},
	wingtipSharePoint: {name: 'Wingtip SharePoint', workload: 'sites', of: 'wingtip', to: 'sharePoint', size: [50, 160, 7200, 5400]},
	wingtipShop: {name: 'Wingtip Online shop', workload: 'mail', of: 'wingtip', to: 'general', often: true, size: [11, 32, 4100, 190]},
	tailspinExchange: {name: 'Tailspin Exchange', workload: 'mail', of: 'tailspin', to: 'government', size: [130, 1500, 190_000, 21_000]},
	tailspinTeams: {name: 'Tailspin Teams', workload: 'teams', of: 'tailspin', to: 'government', size: [72, 240, 26_000, 1900]},
	tailspinFlight: {name: 'Tailspin Flight operations', workload: 'mail', of: 'tailspin', to: 'government', often: true, size: [26, 210, 5200, 690]},
	litwareAll: {name: 'Litware all', workload: 'all', of: 'litware', to: 'general', size: [72, 830, 64_000, 18_000]},
	litwarePublic: {name: 'Litware Public folders', workload: 'mail', of: 'litware', to: 'exchange', often: true, size: [16, 44, 900, 120]},
	wingtipTeams: {name: 'Wingtip Teams', workload: 'teams', of: 'wingtip', to: 'teams', size: [58, 140, 8800, 900]},
	tailspinOneDrive: {name: 'Tailspin OneDrive', workload: 'oneDrive', of: 'tailspin', to: 'government', size: [115, 1100, 47_000, 31_000]},
	litwareExchange: {name: 'Litware Exchange', workload: 'mail', of: 'litware', to: 'exchangeTwo', size: [98, 810, 72_000, 8300]},
	litwareTeams: {name: 'Litware Teams', workload: 'teams', of: 'litware', to: 'teams', size: [66, 150, 9100, 1100]},
	fourthCoffee: {name: 'Fourth Coffee', workload: 'all', of: 'fourthCoffee', to: 'general', size: [60, 120, 4400, 2300]},
	fourthCoffeeShops: {name: 'Fourth Coffee Shops', workload: 'mail', of: 'fourthCoffee', to: 'general', often: true, size: [8, 58, 700, 64]},
	// Not part of the even spread over the day: their schedules have stopped.
	contosoTest: {name: 'Contoso Migration test', workload: 'mail', of: 'contoso', to: 'general', size: [20, 12, 800, 96], rest: {every: undefined, isEnabled: false}},
	wingtipExchange: {name: 'Wingtip Exchange', workload: 'mail', of: 'wingtip', to: 'exchange', size: [85, 740, 88_000, 9100], rest: {offset: -44}},
	woodgrove: {name: 'Woodgrove pilot', workload: 'mail', of: 'litware', to: 'general', size: [30, 40, 1500, 210], rest: {offset: 97, isDeleted: true}},
} as const satisfies Record<string, Row>;

type CopyRow = {name: string; source: keyof typeof backupRows; to: keyof typeof provider.repositories; often?: true; size: Size; rest?: Partial<JobPlan>};

const copyRows: Readonly<Record<string, CopyRow>> = {
	copyContosoExchange: {name: 'Copy to obj-archive', source: 'contosoExchangeA', to: 'archive', size: [150, 3900, 1_100_000, 90_000]},
	copyContosoTeams: {name: 'Copy of Contoso Teams', source: 'contosoTeams', to: 'offsite', size: [80, 310, 52_000, 3300]},
	copyFabrikam: {name: 'Copy of Fabrikam Teams', source: 'fabrikamTeams', to: 'offsite', size: [55, 190, 19_000, 1500]},
	copyNorthwind: {name: 'Copy of Northwind Legal hold', source: 'northwindLegal', to: 'archive', often: true, size: [12, 61, 1900, 230], rest: {isImmediate: true}},
	copyAdatum: {name: 'Copy of Adatum', source: 'adatumShared', to: 'offsite', often: true, size: [10, 140, 3100, 400], rest: {isImmediate: true}},
	copyArchive: {name: 'Copy of Contoso Archive', source: 'contosoArchive', to: 'archive', size: [48, 1200, 9000, 2000]},
	copyTailspin: {name: 'Copy of Tailspin Exchange', source: 'tailspinExchange', to: 'offsite', size: [95, 1500, 190_000, 20_000]},
	copyLitware: {name: 'Copy of Litware all', source: 'litwareAll', to: 'offsite', size: [60, 830, 64_000, 17_000]},
	copyWingtip: {name: 'Copy of Wingtip Online shop', source: 'wingtipShop', to: 'archive', often: true, size: [9, 32, 4100, 180]},
	copyCoffee: {name: 'Copy of Fourth Coffee Shops', source: 'fourthCoffeeShops', to: 'offsite', often: true, size: [6, 58, 700, 60], rest: {isImmediate: true}},
};

/** Runs start this many minutes apart: 17 in four hours, 12 of frequent jobs and 5 of daily ones. */
const slotMinutes = 240 / 17;
const frequentSlots = [0, 1, 3, 4, 6, 7, 8, 10, 11, 13, 14, 16];
const dailySlots = [2, 5, 9, 12, 15];

function spread(rows: ReadonlyArray<readonly [string, {often?: true; rest?: Partial<JobPlan>}]>): Map<string, Pick<JobPlan, 'every' | 'offset'>> {
	const schedules = new Map<string, Pick<JobPlan, 'every' | 'offset'>>();
	let frequent = 0;
	let daily = 0;
	for (const [key, {often, rest}] of rows) {
		if (rest?.offset !== undefined || rest?.isEnabled === false) {
			schedules.set(key, {every: 1440});
		} else if (often) {
			schedules.set(key, {every: 240, offset: 5 + ((frequentSlots[frequent % frequentSlots.length] ?? 0) * slotMinutes)});
			frequent++;
		} else {
			// Half a day later, so that the jobs that the scripts keep busy at the epoch are the last.
			const period = (Math.floor(daily / dailySlots.length) + 3) % 6;
			schedules.set(key, {every: 1440, offset: 5 + (period * 240) + ((dailySlots[daily % dailySlots.length] ?? 0) * slotMinutes)});
			daily++;
		}
	}

	return schedules;
}

function sized([minutes, objects, items, megabytes]: Size): Pick<JobPlan, 'minutes' | 'objects' | 'items' | 'bytes'> {
	return {minutes, objects, items, bytes: megabytes * 1_000_000};
}

export type BackupKey = keyof typeof backupRows;

/** The provider's jobs, evenly spread over the day. */
export function providerJobs(): Record<string, JobPlan> {
	const jobs: Record<string, JobPlan> = {};
	const rows: Record<string, Row> = backupRows;
	const schedules = spread([...Object.entries(rows), ...Object.entries(copyRows)]);
	for (const [key, {name, workload, of, to, size, rest}] of Object.entries(rows)) {
		jobs[key] = {name, type: 'Backup', organization: of, repository: to, workload, ...sized(size), ...schedules.get(key), ...rest};
	}

	for (const [key, {name, source, to, size, rest}] of Object.entries(copyRows)) {
		const {of, workload} = backupRows[source];
		jobs[key] = {name, type: 'Copy', organization: of, repository: to, workload, source, ...sized(size), ...schedules.get(key), ...rest};
	}

	return jobs;
}
