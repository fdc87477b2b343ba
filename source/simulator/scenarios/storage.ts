import type {Truth} from './scenario.js';
import {withChange, scriptedRun, baseScenario, baseRepositories, type BaseJob} from './base.js';

const jobs = ['contosoSharePoint', 'contosoProjects', 'fabrikamSharePoint', 'fabrikamTeams', 'northwindSharePoint'] as const satisfies readonly BaseJob[];
const copies = ['copyFabrikam', 'copyNorthwind'] as const satisfies readonly BaseJob[];

/** The bucket of a repository is gone: its jobs fail at once, and their copies have nothing new to copy. */
export const storage = baseScenario({
	about: 'A repository is out of order: five jobs on it fail at once, and what is copied from it grows old.',
	repositories: {...baseRepositories, sites: {...baseRepositories.sites, outOfOrderReason: 'Failed to connect to the object storage. The specified bucket does not exist'}},
	jobs: {...withChange(jobs, {mixAfter: {storage: 1}}), copyFabrikam: {missedAt: -43}, copyNorthwind: {mixAfter: {nothing: 1}}},
	script: jobs.map(job => scriptedRun(job, {takes: 0.3, attempts: ['storage', 'storage', 'storage', 'storage']})),
	truth: [
		...jobs.map((job): Truth => ({
			job, verdict: 'failed', needsAttention: true, ends: 'Failed',
			cause: 'The specified bucket does not exist', group: {of: 'repository', name: baseRepositories.sites.name},
		})),
		...copies.map((job): Truth => ({job, verdict: 'none', needsAttention: false})),
	],
});
