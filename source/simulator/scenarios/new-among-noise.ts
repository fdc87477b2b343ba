import {scriptedRun} from './base.js';
import {usualNoise} from './usual-noise.js';
import type {Scenario} from './scenario.js';

const job = 'contosoExchangeN';

/** The same warnings as in `usual-noise`, and in one of the logs a line that was never there before. */
export const newAmongNoise: Scenario = {
	...usualNoise,
	about: 'The warnings of every night, and one new error among them.',
	script: [...usualNoise.script.filter(run => run.job !== job), scriptedRun(job, {attempts: ['newAmongNoise']})],
	truth: [
		...usualNoise.truth.filter(truth => truth.job !== job),
		{job, verdict: 'newWarning', needsAttention: true, cause: 'The SMTP address has no mailbox associated with it', ends: 'Warning'},
	],
};
