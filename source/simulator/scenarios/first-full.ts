import {scriptedRun, baseScenario} from './base.js';

const normalMinutes = 90;

/** After a change of its scope a job reads everything again. v6 and v7 do not say that it is a full run. */
export const firstFull = baseScenario({
	about: 'A first full run after a change of scope has taken six times as long as usual.',
	script: [
		scriptedRun('contosoSales', {
			at: -6 * normalMinutes, takes: 7 * normalMinutes, attempts: ['success'],
			kind: 'Full', objects: 3600, items: 186_000, bytes: 174_000_000_000, bottleneck: 'Source',
		}),
	],
	truth: [
		{job: 'contosoSales', verdict: 'none', needsAttention: false, apis: ['v8'], ends: 'Success'},
		{job: 'contosoSales', verdict: 'late', needsAttention: true, apis: ['v6', 'v7'], ends: 'Success'},
	],
});
