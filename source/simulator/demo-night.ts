import type {JobPlan, Night} from './night.js';
import {provider, providerJobs} from './provider.js';

const jobs: Record<string, JobPlan> = providerJobs();

/** Something of everything within the first half hour of script time, which is a minute at a pace of 30. */
export const demo: Night = {
	about: 'A provider of eight tenants; something of everything within a minute at a pace of 30, then on for ever.',
	...provider,
	jobs: {
		...jobs,
		wingtipExchange: {...jobs['wingtipExchange']!, missedAt: -44},
	},
	historyDays: 14,
	goesOn: true,
	mix: {success: 70, nothing: 12, noise: 10, access: 2, changed: 2, healed: 2, healedLate: 0.5, usedUp: 0.3, stopped: 0.6, disconnected: 0.4},
	script: [
		// In work at the epoch.
		{job: 'adatumAll', at: -2880, takes: 3600, attempts: ['success'], kind: 'Full', objects: 3100, items: 2_400_000, bytes: 1_900_000_000_000, bottleneck: 'Source'},
		{job: 'contosoSales', at: -240, takes: 330, attempts: ['success']},
		{job: 'contosoExchangeA', at: -190, takes: 640, attempts: ['failed', 'success'], quietFrom: -38, bottleneck: 'Source'},
		{job: 'copyContosoExchange', at: -100, takes: 175, attempts: ['success'], bottleneck: 'Target'},
		{job: 'fabrikamSharePoint', at: -66, takes: 72, attempts: ['success']},
		{job: 'contosoTeams', at: -111, takes: 124, attempts: ['access']},
		{job: 'tailspinTeams', at: -62, takes: 71, attempts: ['failed', 'success']},
		{job: 'northwindOneDrive', at: -64, takes: 86, attempts: ['stopped']},
		// In the queue, and soon to start.
		{job: 'northwindSharePoint', at: -4, waits: 12, takes: 66, attempts: ['success']},
		{job: 'copyAdatum', at: -2, waits: 27, takes: 14, attempts: ['nothing']},
		{job: 'fourthCoffeeShops', at: 2, takes: 7, attempts: ['success']},
		{job: 'fabrikamFinance', at: 11, takes: 16, attempts: ['noise']},
		{job: 'contosoBoard', at: 23, takes: 11, attempts: ['success']},
		// What the last day left.
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
		{job: 'contosoSharePoint', ends: 'Failed', needs: 'no retry left'},
		{job: 'wingtipExchange', needs: 'missed its run'},
		{job: 'contosoExchangeA', ends: 'Failed', needs: 'stuck since 38 minutes before the epoch'},
		{job: 'contosoTeams', ends: 'Warning', needs: 'a new warning: access is denied'},
		{job: 'tailspinTeams', ends: 'Failed', needs: 'a retry is announced, and heals it'},
		{job: 'tailspinExchange', ends: 'Disconnected', needs: 'the proxy was lost'},
		{job: 'fourthCoffee', ends: 'NotConfigured', needs: 'the organization is not configured'},
		{job: 'northwindOneDrive', ends: 'Stopped'},
		{job: 'fabrikamSharePoint', ends: 'Success'},
		{job: 'northwindExchange', ends: 'Warning', needs: 'nothing: known noise'},
		{job: 'litwareAll', ends: 'Success', needs: 'nothing: healed on retry 1'},
	],
};
