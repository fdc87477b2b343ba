import {endedRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run lost its proxy, and no retry is announced. */
export const disconnectedRule = {
	holds: ({session, chain}) => session?.status === 'Disconnected' && chain?.outcome !== 'retrying',
	isProblem: true,
	subject: 'failedRun',
	needs: endedRunNeeds,
	isCertain: true,
} as const satisfies VerdictRule;
