import {newestRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run failed, and another attempt is announced or due. */
export const retryingRule = {
	holds: ({chain}) => chain?.outcome === 'retrying',
	isProblem: false,
	subject: 'failedRun',
	needs: newestRunNeeds,
	isCertain: true,
} as const satisfies VerdictRule;
