import {activeRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** By our estimate the run ends after its backup window closes. */
export const wontFitRule = {
	holds: ({pastWindowMs}) => pastWindowMs !== undefined,
	isProblem: true,
	subject: 'activeRun',
	needs: activeRunNeeds,
	problemAt: ({window}) => window?.closesAt,
} as const satisfies VerdictRule;
