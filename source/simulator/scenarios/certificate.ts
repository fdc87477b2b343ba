import type {Truth} from './scenario.js';
import {each, tonight, usualScenario, usualOrganizations, type UsualJob} from './usual.js';

const jobs = [
	'contosoExchangeA', 'contosoExchangeN', 'contosoArchives', 'contosoFinance', 'contosoOneDrive', 'contosoSales', 'contosoSharePoint', 'contosoProjects', 'contosoTeams',
] as const satisfies readonly UsualJob[];

/** The application certificate of a tenant has expired: what takes hours fails in seconds, and will until it is renewed. */
export const certificate = usualScenario({
	about: 'The certificate of a tenant has expired: all nine jobs of it fail in seconds.',
	jobs: {...each(jobs, {mixAfter: {certificate: 1}}), copyContosoExchange: {missedAt: -31}, copyContosoTeams: {mixAfter: {nothing: 1}}},
	script: jobs.map((job, place) => tonight(job, {waits: 0.02, takes: 0.05 + (place * 0.005), attempts: ['certificate', 'certificate', 'certificate', 'certificate']})),
	truth: jobs.map((job): Truth => ({
		job, verdict: 'failed', needsAttention: true, ends: 'Failed',
		cause: 'AADSTS700027', group: {of: 'organization', name: usualOrganizations.contoso.name},
	})),
});
