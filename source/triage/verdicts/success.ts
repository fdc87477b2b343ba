import {nothingMore} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run succeeded. */
export const successRule = {
	holds: ({session}) => session?.status === 'Success',
	isProblem: false,
	subject: 'finishedRun',
	needs: nothingMore,
} as const satisfies VerdictRule;
