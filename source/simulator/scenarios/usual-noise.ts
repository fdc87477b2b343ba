import type {Truth} from './scenario.js';
import {withChange, scriptedRun, baseScenario, type BaseJob} from './base.js';

const noisy = ['contosoExchangeN', 'northwindOneDrive', 'contosoSharePoint'] as const satisfies readonly BaseJob[];

/** Three jobs end with the same warnings in every run. */
export const usualNoise = baseScenario({
	about: 'Three jobs end with the warnings of every night.',
	jobs: withChange(noisy, {mix: {noise: 1}}),
	script: noisy.map(job => scriptedRun(job, {attempts: ['noise']})),
	truth: noisy.map((job): Truth => ({job, verdict: 'knownWarning', needsAttention: false, ends: 'Warning'})),
});
