import {nothingMore} from '../needed-reads.js';
import type {VerdictRule} from './rule.js';

/** A longer wait in the queue is a problem. What is usual for a job cannot be known: no version says when a run left the queue. */
const longWaitMs = 30 * 60_000;

/** In the queue for too long. */
export const waitingRule = {
	holds: ({waitedMs}) => waitedMs !== undefined && waitedMs > longWaitMs,
	isProblem: true,
	subject: 'activeRun',
	needs: nothingMore,
	problemAt: (_findings, now) => now,
} as const satisfies VerdictRule;
