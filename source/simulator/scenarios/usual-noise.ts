import type {Truth} from './scenario.js';
import {each, tonight, usualScenario, type UsualJob} from './usual.js';

const noisy = ['contosoExchangeN', 'northwindOneDrive', 'contosoSharePoint'] as const satisfies readonly UsualJob[];

/** Three jobs warn of what they have warned of each night. */
export const usualNoise = usualScenario({
	about: 'Three jobs end with the warnings of every night.',
	jobs: each(noisy, {mix: {noise: 1}}),
	script: noisy.map(job => tonight(job, {attempts: ['noise']})),
	truth: noisy.map((job): Truth => ({job, verdict: 'knownWarning', needsAttention: false, ends: 'Warning'})),
});
