import {newestRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** A run was due, and did not begin. */
export const missedRule = {
	holds: ({missedAt}) => missedAt !== undefined,
	isProblem: true,
	subject: 'missingRun',
	needs: newestRunNeeds,
	isCertain: true,
	position: ({missedAt}) => missedAt ?? 0,
	problemAt: ({missedAt}) => missedAt,
	seenIn: ({missedAt}) => `due ${missedAt ?? 0}`,
} as const satisfies VerdictRule;
