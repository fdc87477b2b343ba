import {endedRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The warnings of the run are those of the runs before it, or were not compared with them yet. */
export const warningRule = {
	holds: ({session}) => session?.status === 'Warning',
	isProblem: false,
	subject: 'finishedRun',
	needs: endedRunNeeds,
} as const satisfies VerdictRule;
