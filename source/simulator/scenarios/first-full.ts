import {tonight, usualScenario} from './usual.js';

const usualMinutes = 90;

/** The scope of a job has changed: it reads everything anew. v6 and v7 do not say so. */
export const firstFull = usualScenario({
	about: 'A first full run after a change of scope has taken six times as long as usual.',
	script: [
		tonight('contosoSales', {
			at: -6 * usualMinutes, takes: 7 * usualMinutes, attempts: ['success'],
			kind: 'Full', objects: 3600, items: 186_000, bytes: 174_000_000_000, bottleneck: 'Source',
		}),
	],
	truth: [
		{job: 'contosoSales', verdict: 'none', needsAttention: false, apis: ['v8'], ends: 'Success'},
		{job: 'contosoSales', verdict: 'late', needsAttention: true, apis: ['v6', 'v7'], ends: 'Success'},
	],
});
