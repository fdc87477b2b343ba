import {activeRunNeeds} from '../needed-reads.js';
import {isSilent} from '../silence.js';
import type {VerdictRule} from './rule.js';

/** Slowed down by Microsoft, and so late, or as silent as a run that is stuck. */
export const throttledRule = {
	holds: findings => findings.isThrottled && findings.motion !== undefined && (findings.late !== undefined || isSilent(findings)),
	isProblem: true,
	subject: 'activeRun',
	needs: activeRunNeeds,
	problemAt: (_findings, now) => now,
} as const satisfies VerdictRule;
