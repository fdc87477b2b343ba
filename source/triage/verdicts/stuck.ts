import {activeRunNeeds} from '../needed-reads.js';
import {isSilent} from '../silence.js';
import type {VerdictRule} from './rule.js';

/** Nothing of the run moves, and its log has nothing new. */
export const stuckRule = {
	holds: findings => isSilent(findings) && !findings.isThrottled,
	isProblem: true,
	subject: 'activeRun',
	needs: activeRunNeeds,
	problemAt: ({motion}, now) => motion && now - motion.quietMs,
	isSilence: true,
} as const satisfies VerdictRule;
