import {scriptedRun, baseScenario} from './base.js';

export const usedUp = baseScenario({
	about: 'A job failed, and so did its three retries.',
	script: [scriptedRun('contosoSharePoint', {takes: 66, attempts: ['failed', 'failed', 'failed', 'failed']})],
	truth: [{job: 'contosoSharePoint', verdict: 'failed', needsAttention: true, cause: 'An existing connection was forcibly closed by the remote host', ends: 'Failed'}],
});
