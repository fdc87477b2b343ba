import {nothingMore} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The job could not run as it is set up. */
export const notConfiguredRule = {
	holds: ({session}) => session?.status === 'NotConfigured',
	isProblem: true,
	subject: 'failedRun',
	needs: nothingMore,
	isCertain: true,
} as const satisfies VerdictRule;
