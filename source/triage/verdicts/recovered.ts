import {endedRunNeeds} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** A run failed for good, and a later one succeeded: nobody may have seen the failure. */
export const recoveredRule = {
	holds: ({recoveredFrom}) => recoveredFrom !== undefined,
	isProblem: true,
	subject: 'finishedRun',
	needs: endedRunNeeds,
	// Acknowledged for the failure, so that each later success does not make it new.
	seenIn: ({recoveredFrom}) => recoveredFrom?.id ?? '',
	followsFailure: true,
} as const satisfies VerdictRule;
