import {activeRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run is active, and nothing is wrong with that. */
export const runningRule = {
	holds: ({session}) => session?.status === 'Running',
	isProblem: false,
	subject: 'activeRun',
	needs: activeRunNeeds,
	position: (_findings, endsAt) => endsAt ?? Number.MAX_SAFE_INTEGER,
} as const satisfies VerdictRule;
