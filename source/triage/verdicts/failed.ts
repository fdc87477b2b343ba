import {endedRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** Failed, and no retry is left. */
export const failedRule = {
	holds: ({session, chain}) => session?.status === 'Failed' && chain?.outcome !== 'retrying',
	isProblem: true,
	subject: 'failedRun',
	needs: endedRunNeeds,
	isCertain: true,
} as const satisfies VerdictRule;
