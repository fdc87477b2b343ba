import {scriptedRun, baseScenario} from './base.js';

export const stuck = baseScenario({
	about: 'Nothing of a running job has moved for 45 minutes.',
	// There is nothing to copy yet.
	jobs: {copyContosoExchange: {missedAt: -31}},
	script: [scriptedRun('contosoExchangeA', {takes: 700, quietFrom: -45, bottleneck: 'Source', attempts: ['failed', 'success']})],
	truth: [{job: 'contosoExchangeA', verdict: 'stuck', needsAttention: true, ends: 'Failed'}],
});
