import {nothingMore} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** A retry succeeded. */
export const healedRule = {
	holds: ({chain}) => chain?.outcome === 'healed',
	isProblem: false,
	subject: 'finishedRun',
	needs: nothingMore,
} as const satisfies VerdictRule;
