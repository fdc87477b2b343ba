import {tonight, usualScenario} from './usual.js';

export const healed = usualScenario({
	about: 'A job failed, and its first retry succeeded.',
	script: [tonight('contosoTeams', {takes: 45, attempts: ['failed', 'success']})],
	truth: [{job: 'contosoTeams', verdict: 'healed', needsAttention: false, ends: 'Success'}],
});
