import {scriptedRun, baseScenario} from './base.js';

const warning = 'Web error occurred: 429 TOO MANY REQUESTS (status: ProtocolError)';

/** A job has run for five hours in place of two, because Microsoft throttles it; it still makes progress. */
export const throttled = baseScenario({
	about: 'A job is slowed down by Microsoft: one object in 20 minutes.',
	jobs: {fabrikamOneDrive: {offset: -300}},
	script: [
		scriptedRun('fabrikamOneDrive', {
			at: -300, takes: 860, attempts: ['throttled'], bottleneck: 'Source', objects: 1100,
			slow: {from: -150, until: 240, objectEvery: 20, warning, warningEvery: 15},
		}),
	],
	truth: [{job: 'fabrikamOneDrive', verdict: 'throttled', needsAttention: true, cause: '429 TOO MANY REQUESTS', ends: 'Warning'}],
});
