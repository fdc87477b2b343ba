import {scriptedRun, baseScenario} from './base.js';

export const healed = baseScenario({
	about: 'A job failed, and its first retry succeeded.',
	script: [scriptedRun('contosoTeams', {takes: 45, attempts: ['failed', 'success']})],
	truth: [{job: 'contosoTeams', verdict: 'healed', needsAttention: false, ends: 'Success'}],
});
