import {newestRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** A copy job is older than its source by more than its schedule allows. */
export const behindRule = {
	holds: ({behind}) => behind !== undefined,
	isProblem: true,
	subject: 'copy',
	needs: newestRunNeeds,
	problemAt: ({behind}) => behind?.sourceAt,
	seenIn: ({behind}) => `copied ${behind?.copiedAt ?? 0}`,
} as const satisfies VerdictRule;
