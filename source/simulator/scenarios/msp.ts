import {numberBetween, fraction} from '../world/random.js';
import type {JobPlan, OrganizationPlan, ProxyPlan, RepositoryPlan, RunPlan} from '../world/plan.js';
import type {Workload} from '../world/values.js';
import type {Scenario, Truth} from './scenario.js';

const firstWords = ['alpine', 'bellows', 'coho', 'datum', 'ember', 'fourth', 'graphic', 'humongous', 'island', 'jubilee', 'keystone', 'lucerne', 'margie', 'nod', 'olive', 'proseware', 'relecloud', 'southridge', 'trey', 'vanarsdel'];
const lastWords = ['bank', 'clinic', 'college', 'design', 'farm', 'films', 'foods', 'garage', 'hotels', 'insurance', 'legal', 'publishing', 'ski', 'travel', 'winery'];

/** A job of each tenant: `share` of the mean length, and how long after the first one it starts. */
const kinds = [
	{key: 'mail', label: 'Exchange', workloads: ['mail'], after: 0, share: 1},
	{key: 'files', label: 'files and sites', workloads: ['oneDrive', 'sites', 'teams'], after: 45, share: 1.1},
	{key: 'copy', label: 'copy', workloads: ['mail'], after: 300, share: 0.6},
] as const satisfies ReadonlyArray<{key: string; label: string; workloads: readonly Workload[]; after: number; share: number}>;

const meanMinutes = 86;
/** Each fifth tenant has its mail backed up three times a day. */
const oftenEvery = 480;
const tenants = firstWords.flatMap(first => lastWords.map(last => `${first}${last}`));
const pods = 10;

function tenantJobs(tenant: string, ordinal: number): Array<[string, JobPlan]> {
	// Whole minutes, spread over the day: 451 and 1440 have no common divisor, so the first 1440 are all different.
	const startsAt = (ordinal * 451) % 1440;
	return kinds.map(({key, label, workloads, after, share}) => {
		const isCopy = key === 'copy';
		const objects = Math.ceil(numberBetween(8, 90, 'msp', tenant, key) ** 1.4);
		const isOften = key === 'mail' && ordinal % 5 === 0;
		return [`${tenant} ${key}`, {
			name: `${tenant} ${label}`,
			type: isCopy ? 'Copy' : 'Backup',
			organization: tenant,
			repository: `${isCopy ? 'offsite' : 'primary'} ${ordinal % pods}`,
			workload: workloads[ordinal % workloads.length] ?? 'mail',
			...(isCopy && {source: `${tenant} mail`, isImmediate: ordinal % 2 === 0 && ordinal % 5 !== 0}),
			every: isOften ? oftenEvery : 1440,
			offset: startsAt + after,
			minutes: isOften ? meanMinutes / 3 : meanMinutes * share * numberBetween(0.4, 1.6, 'msp', tenant, key, 'minutes'),
			objects,
			items: objects * 60,
			bytes: objects * 5_000_000,
			...(fraction('msp', tenant, key, 'noise') < 0.08 && !isCopy && {mix: {noise: 1}}),
			// The schedule of a copy job has no retries.
			...(isCopy && {mix: {success: 70, nothing: 24}}),
		}];
	});
}

const organizations: Record<string, OrganizationPlan> = Object.fromEntries(tenants.map(tenant => [tenant, {name: `${tenant}.onmicrosoft.com`}]));
const numbers = Array.from({length: pods}, (_, pod) => String(pod + 1).padStart(2, '0'));
const proxies: Record<string, ProxyPlan> = Object.fromEntries(numbers.map((number, pod) =>
	[`proxy ${pod}`, {hostName: `vbp-${number}`, operatingSystem: pod % 2 === 0 ? 'Linux' : 'Windows'}]));
const repositories: Record<string, RepositoryPlan> = Object.fromEntries(numbers.flatMap((number, pod): Array<[string, RepositoryPlan]> => [
	[`primary ${pod}`, {name: `obj-primary-${number}`, objectStorage: 'AmazonS3Compatible', proxy: `proxy ${pod}`}],
	[`offsite ${pod}`, {name: `obj-offsite-${number}`, objectStorage: 'WasabiCloud', proxy: `proxy ${pod}`}],
]));
const jobs: Record<string, JobPlan> = Object.fromEntries(tenants.flatMap((tenant, ordinal) => tenantJobs(tenant, ordinal)));

const expired = ['emberlegal mail', 'emberlegal files'] as const;
const failing = 'lucernehotels files';
const frozen = 'treytravel mail';
const missed = 'cohowinery files';

/** The few jobs that need attention. */
const script: readonly RunPlan[] = [
	...expired.map((job, index) => ({job, at: -200 + (index * 45), waits: 0.02, takes: 0.07, attempts: ['certificate', 'certificate', 'certificate', 'certificate'] as const})),
	{job: failing, at: -170, takes: 60, attempts: ['failed', 'failed', 'failed', 'failed']},
	{job: frozen, at: -150, takes: 600, quietFrom: -55, attempts: ['failed', 'success']},
];

const truth: readonly Truth[] = [
	...expired.map((job): Truth => ({
		job, verdict: 'failed', needsAttention: true, ends: 'Failed',
		cause: 'AADSTS700027', group: {of: 'organization', name: 'emberlegal.onmicrosoft.com'},
	})),
	{job: failing, verdict: 'failed', needsAttention: true, ends: 'Failed', cause: 'An existing connection was forcibly closed by the remote host'},
	{job: frozen, verdict: 'stuck', needsAttention: true, ends: 'Failed'},
	{job: missed, verdict: 'missed', needsAttention: true},
];

/** A scripted job has its schedule at the time of its scripted run. */
const scripted: Record<string, JobPlan> = Object.fromEntries(script.map(({job, at}) =>
	[job, {...jobs[job]!, every: 1440, offset: at, minutes: meanMinutes, mix: {success: 1}}]));

/** A large provider: 300 tenants, 900 jobs, a year of history. */
export const msp: Scenario = {
	about: 'A provider of 300 tenants: 900 jobs, 40 of them at work, 400,000 sessions in history.',
	organizations,
	proxyPools: {},
	proxies,
	repositories,
	jobs: {
		...jobs,
		...scripted,
		[expired[0]]: {...scripted[expired[0]]!, mixAfter: {certificate: 1}},
		[expired[1]]: {...scripted[expired[1]]!, mixAfter: {certificate: 1}},
		[missed]: {...jobs[missed]!, offset: -95, missedAt: -95},
	},
	historyDays: 371,
	goesOn: true,
	runsThrough: true,
	tail: 0.3,
	mix: {success: 70, nothing: 24, healed: 6},
	script,
	truth,
	othersNeedNothing: true,
};
