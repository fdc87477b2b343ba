import {endedRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run warned of something that the runs before it did not have. */
export const newWarningRule = {
	holds: ({session, news}) => session?.status === 'Warning' && news !== undefined && news.isSettled && news.fresh.length > 0,
	isProblem: true,
	subject: 'finishedRun',
	needs: endedRunNeeds,
	isAboutNews: true,
} as const satisfies VerdictRule;
