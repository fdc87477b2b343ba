import {endedRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** The run is in a status that is not known. Taken where no other verdict holds, wherever it stands in the order of need. */
export const otherRule = {
	holds: () => false,
	isProblem: false,
	subject: 'activeRun',
	needs: endedRunNeeds,
} as const satisfies VerdictRule;
