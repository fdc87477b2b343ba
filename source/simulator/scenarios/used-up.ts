import {tonight, usualScenario} from './usual.js';

export const usedUp = usualScenario({
	about: 'A job failed, and so did its three retries.',
	script: [tonight('contosoSharePoint', {takes: 66, attempts: ['failed', 'failed', 'failed', 'failed']})],
	truth: [{job: 'contosoSharePoint', verdict: 'failed', needsAttention: true, cause: 'An existing connection was forcibly closed by the remote host', ends: 'Failed'}],
});
