import type {Verdict} from '../../source/triage/verdict.js';
import {session} from './sessions.js';

/** What is known of job `j1` that succeeded: nothing more is. */
export function verdict(fields: Partial<Verdict> = {}): Verdict {
	return {
		serverId: 'vb1', jobId: 'j1', job: undefined, kind: 'success', session: session(), chain: undefined, usual: undefined, incremental: undefined,
		isHistoryRead: true, earlier: [], motion: undefined, stuckAfterMs: undefined, estimate: undefined, window: undefined, pastWindowMs: undefined,
		late: undefined, isThrottled: false, waitedMs: undefined, missedAt: undefined, behind: undefined, recoveredFrom: undefined, causes: [],
		news: undefined, log: undefined, pending: 0, ...fields,
	};
}
