import type {Truth} from './scenario.js';
import {withChange, scriptedRun, baseScenario, baseOrganizations, type BaseJob} from './base.js';

const jobs = [
	'contosoExchangeA', 'contosoExchangeN', 'contosoArchives', 'contosoFinance', 'contosoOneDrive', 'contosoSales', 'contosoSharePoint', 'contosoProjects', 'contosoTeams',
] as const satisfies readonly BaseJob[];

/** The application certificate of a tenant has expired: all its jobs fail in seconds until it is renewed. */
export const certificate = baseScenario({
	about: 'The certificate of a tenant has expired: all nine jobs of it fail in seconds.',
	jobs: {...withChange(jobs, {mixAfter: {certificate: 1}}), copyContosoExchange: {missedAt: -31}, copyContosoTeams: {mixAfter: {nothing: 1}}},
	script: jobs.map((job, index) => scriptedRun(job, {waits: 0.02, takes: 0.05 + (index * 0.005), attempts: ['certificate', 'certificate', 'certificate', 'certificate']})),
	truth: jobs.map((job): Truth => ({
		job, verdict: 'failed', needsAttention: true, ends: 'Failed',
		cause: 'AADSTS700027', group: {of: 'organization', name: baseOrganizations.contoso.name},
	})),
});
