import {nothingMore} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run was stopped. */
export const stoppedRule = {
	holds: ({session}) => session?.status === 'Stopped',
	isProblem: false,
	subject: 'finishedRun',
	needs: nothingMore,
} as const satisfies VerdictRule;
