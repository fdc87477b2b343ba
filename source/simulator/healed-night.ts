import {tonight, usualNight} from './usual.js';

export const healed = usualNight({
	about: 'A job failed, and its first retry succeeded.',
	script: [tonight('contosoTeams', {takes: 45, attempts: ['failed', 'success']})],
	truth: [{job: 'contosoTeams', verdict: 'healed', needsAttention: false, ends: 'Success'}],
});
