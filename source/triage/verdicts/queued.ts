import {nothingMore} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** In the queue, and not yet for too long. */
export const queuedRule = {
	holds: ({session}) => session?.status === 'Queued',
	isProblem: false,
	subject: 'activeRun',
	needs: nothingMore,
} as const satisfies VerdictRule;
