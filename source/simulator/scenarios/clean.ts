import type {Scenario} from './scenario.js';
import {provider, providerJobs} from './provider.js';

/** All sessions end with Success, some of them with nothing to transfer. */
export const clean: Scenario = {
	about: 'Nothing but Success, some of it with nothing to transfer.',
	...provider,
	jobs: providerJobs(),
	historyDays: 14,
	goesOn: true,
	mix: {success: 4, nothing: 1},
	script: [
		{job: 'contosoExchangeA', at: -95, takes: 190, attempts: ['success']},
		{job: 'contosoSharePoint', at: -20, takes: 95, attempts: ['success']},
		{job: 'copyNorthwind', at: -9, takes: 2, attempts: ['nothing']},
		{job: 'northwindLegal', at: -40, takes: 6, attempts: ['nothing']},
	],
	truth: [
		{job: 'contosoExchangeA', verdict: 'none', needsAttention: false, ends: 'Success'},
		{job: 'copyNorthwind', verdict: 'none', needsAttention: false, cause: 'Transferred: 0 B (0 items) at 0 B/s (0 items/s)', ends: 'Success'},
	],
	othersNeedNothing: true,
};
