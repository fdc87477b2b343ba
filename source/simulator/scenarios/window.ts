import {withChange, scriptedRun, baseScenario} from './base.js';

/** Half of a run of five hours is done, and its backup window closes in 25 minutes. */
export const window = baseScenario({
	about: 'A run needs two hours more, but its backup window closes in 25 minutes.',
	jobs: {
		...withChange(['contosoSales', 'fabrikamOneDrive', 'copyContosoExchange'], {window: {closesAt: 205, hours: 11}}),
		northwindExchange: {offset: -150, minutes: 280, window: {closesAt: 25, hours: 8}},
	},
	script: [scriptedRun('northwindExchange', {at: -150, takes: 174.9, attempts: ['windowClosed'], objects: 590, items: 91_000, bytes: 7_800_000_000})],
	truth: [{job: 'northwindExchange', verdict: 'wontFit', needsAttention: true, ends: 'Stopped'}],
});
