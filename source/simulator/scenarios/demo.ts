import type {JobPlan} from '../world/plan.js';
import type {Scenario} from './scenario.js';
import {provider, providerJobs} from './provider.js';

const jobs: Record<string, JobPlan> = providerJobs();

/** Sessions of every kind within the first half hour of script time, which is a minute at a pace of 30. */
export const demo: Scenario = {
	about: 'A provider of eight tenants; something of everything within a minute at a pace of 30, then on for ever.',
	...provider,
	jobs: {
		...jobs,
		wingtipExchange: {...jobs['wingtipExchange']!, missedAt: -44},
		northwindExchange: {...jobs['northwindExchange']!, mix: {noise: 1}},
	},
	historyDays: 14,
	goesOn: true,
	mix: {success: 70, nothing: 12, noise: 10, access: 2, changed: 2, healed: 2, healedLate: 0.5, usedUp: 0.3, stopped: 0.6, disconnected: 0.4},
	script: [
		// Running at the epoch.
		{job: 'adatumAll', at: -2880, takes: 3600, attempts: ['success'], kind: 'Full', objects: 3100, items: 2_400_000, bytes: 1_900_000_000_000, bottleneck: 'Source'},
		{job: 'contosoSales', at: -240, takes: 330, attempts: ['success']},
		{job: 'contosoExchangeA', at: -190, takes: 640, attempts: ['failed', 'success'], quietFrom: -38, bottleneck: 'Source'},
		{job: 'copyContosoExchange', at: -100, takes: 175, attempts: ['success'], bottleneck: 'Target'},
		{job: 'fabrikamSharePoint', at: -66, takes: 72, attempts: ['success']},
		{job: 'contosoTeams', at: -111, takes: 124, attempts: ['access']},
		{job: 'tailspinTeams', at: -62, takes: 71, attempts: ['failed', 'success']},
		{job: 'northwindOneDrive', at: -64, takes: 86, attempts: ['stopped']},
		// Queued, or starting soon.
		{job: 'northwindSharePoint', at: -4, waits: 12, takes: 66, attempts: ['success']},
		{job: 'copyAdatum', at: -2, waits: 27, takes: 14, attempts: ['nothing']},
		{job: 'fourthCoffeeShops', at: 2, takes: 7, attempts: ['success']},
		{job: 'fabrikamFinance', at: 11, takes: 16, attempts: ['noise']},
		{job: 'contosoBoard', at: 23, takes: 11, attempts: ['success']},
		// Ended during the last day.
		{job: 'contosoSharePoint', at: -85, takes: 41, attempts: ['failed', 'failed', 'failed', 'failed'], retryWait: 3},
		{job: 'litwareAll', at: -250, takes: 66, attempts: ['failed', 'success']},
		{job: 'northwindExchange', at: -230, takes: 125, attempts: ['noise']},
		{job: 'contosoArchive', at: -245, takes: 36, attempts: ['success']},
		{job: 'tailspinExchange', at: -700, takes: 3, attempts: ['disconnected']},
		{job: 'wingtipSharePoint', at: -820, takes: 31, attempts: ['stopped']},
		{job: 'fourthCoffee', at: -380, takes: 0, attempts: ['notConfigured']},
		{job: 'copyNorthwind', at: -150, takes: 2, attempts: ['nothing']},
	],
	truth: [
		{job: 'contosoSharePoint', verdict: 'failed', needsAttention: true, cause: 'An existing connection was forcibly closed by the remote host', ends: 'Failed'},
		{job: 'wingtipExchange', verdict: 'missed', needsAttention: true},
		{job: 'contosoExchangeA', verdict: 'stuck', needsAttention: true, ends: 'Failed'},
		{job: 'contosoTeams', verdict: 'newWarning', needsAttention: true, from: 14, cause: 'Failed to find Team mailbox owner account', ends: 'Warning'},
		{job: 'tailspinTeams', verdict: 'retrying', needsAttention: false, from: 10, ends: 'Failed'},
		{job: 'tailspinTeams', verdict: 'healed', needsAttention: false, from: 40, ends: 'Success'},
		{job: 'tailspinExchange', verdict: 'disconnected', needsAttention: true, cause: 'Connection to the backup proxy server has been lost', group: {of: 'proxy', name: 'vbp-02'}, ends: 'Disconnected'},
		{job: 'fourthCoffee', verdict: 'notConfigured', needsAttention: true, cause: 'Organization is not configured', ends: 'NotConfigured'},
		{job: 'northwindOneDrive', verdict: 'none', needsAttention: false, from: 23, cause: 'Stopped by', ends: 'Stopped'},
		{job: 'fabrikamSharePoint', verdict: 'none', needsAttention: false, ends: 'Success'},
		{job: 'northwindExchange', verdict: 'knownWarning', needsAttention: false, ends: 'Warning'},
		{job: 'litwareAll', verdict: 'healed', needsAttention: false, ends: 'Success'},
	],
};
