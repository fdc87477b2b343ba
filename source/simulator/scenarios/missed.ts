import {baseScenario} from './base.js';

export const missed = baseScenario({
	about: 'A job should have run 40 minutes ago, and did not.',
	jobs: {fabrikamExchange: {offset: -40, missedAt: -40}},
	truth: [{job: 'fabrikamExchange', verdict: 'missed', needsAttention: true}],
});
