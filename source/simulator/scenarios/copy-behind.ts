import {tonight, usualScenario} from './usual.js';

export const copyBehind = usualScenario({
	about: 'A job succeeds each night, but its copy has not run for three days.',
	jobs: {copyFabrikam: {missedAt: -3600}},
	script: [tonight('fabrikamSharePoint', {attempts: ['success']})],
	truth: [
		{job: 'copyFabrikam', verdict: 'behind', needsAttention: true},
		{job: 'fabrikamSharePoint', verdict: 'none', needsAttention: false, ends: 'Success'},
	],
});
