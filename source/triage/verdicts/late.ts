import {valueOf} from '../../model/field.js';
import {activeRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run takes longer than usual. */
export const lateRule = {
	holds: ({late}) => late !== undefined,
	isProblem: true,
	subject: 'activeRun',
	needs: activeRunNeeds,
	problemAt: ({late, session}, now) => (valueOf(session?.createdAt) ?? now) + (late?.limitMs ?? 0),
} as const satisfies VerdictRule;
