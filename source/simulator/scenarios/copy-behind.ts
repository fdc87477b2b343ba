import {scriptedRun, baseScenario} from './base.js';

export const copyBehind = baseScenario({
	about: 'A job succeeds each night, but its copy has not run for three days.',
	jobs: {copyFabrikam: {missedAt: -3600}},
	script: [scriptedRun('fabrikamSharePoint', {attempts: ['success']})],
	truth: [
		{job: 'copyFabrikam', verdict: 'behind', needsAttention: true},
		{job: 'fabrikamSharePoint', verdict: 'none', needsAttention: false, ends: 'Success'},
	],
});
