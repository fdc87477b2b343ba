import type {LogEvidence} from '../../model/evidence.js';
import type {Job} from '../../model/job.js';
import type {Session} from '../../model/session.js';
import type {WindowState} from '../backup-window.js';
import type {Cause} from '../causes/causes.js';
import type {Chain} from '../chains.js';
import type {Estimate} from '../estimate.js';
import type {Motion} from '../motion.js';
import type {News} from '../causes/news.js';
import type {Behind} from '../schedule.js';
import type {Baseline} from '../baseline.js';
import type {Late} from './late.js';

/** What can be said of a job, the worst first: the order of need. */
export const verdictKinds = [
	/** Failed, and no retry is left. */
	'failed',
	/** It should have begun, and did not. */
	'missed',
	/** Nothing of it moves, and its log has nothing new. */
	'stuck',
	'disconnected',
	'notConfigured',
	/** Slowed down by the service, and so late or silent that it would be stuck. */
	'throttled',
	/** It takes longer than it should. */
	'late',
	/** It will not be done when its backup window closes. */
	'wontFit',
	/** In the queue for too long. */
	'waiting',
	/** A copy job that is older than its source by more than its schedule allows. */
	'behind',
	/** Failed, and another attempt is announced or due. */
	'retrying',
	/** It warned of something that its last runs did not have. */
	'newWarning',
	/** It had failed for good, and is well again: nobody may have seen it. */
	'recovered',
	/** It runs, and nothing is wrong with that. */
	'running',
	/** In a status that is not known. */
	'other',
	'queued',
	/** Its warnings are those of its last runs, or were not compared yet. */
	'warning',
	/** A retry succeeded. */
	'healed',
	'success',
	'stopped',
] as const;

export type VerdictKind = (typeof verdictKinds)[number];

const problems: ReadonlySet<VerdictKind> = new Set([
	'failed', 'missed', 'stuck', 'disconnected', 'notConfigured', 'throttled', 'late', 'wontFit', 'waiting', 'behind', 'newWarning', 'recovered',
]);

/** Whether somebody should look at it. */
export function isProblem(kind: VerdictKind): boolean {
	return problems.has(kind);
}

/** What is known of one job tonight, and the worst that can be said of it, with what it was said from. */
export type Verdict = {
	readonly serverId: string;
	/** Undefined where the server does not say the job of the session. */
	readonly jobId: string | undefined;
	readonly job: Job | undefined;
	readonly kind: VerdictKind;
	/** The run that it is about, the job's newest; undefined where none is in range. */
	readonly session: Session | undefined;
	readonly chain: Chain | undefined;
	/** Undefined without a baseline. */
	readonly baseline: Baseline | undefined;
	/** Of a Full run without a baseline, what is usual for Incremental ones: it takes longer than these, and is not late for that. */
	readonly incremental: Baseline | undefined;
	/** Whether the job's history was read, so that a missing baseline is known to be missing. */
	readonly isHistoryRead: boolean;
	/** Earlier finished runs of the job, newest first, as far as they are known. */
	readonly earlier: readonly Session[];
	/** Of an active session only, as the next five. */
	readonly motion: Motion | undefined;
	/** Milliseconds of silence from which on it is stuck; undefined until the logs of its last runs were read. */
	readonly stuckAfterMs: number | undefined;
	/** How many of its last runs that is known from: their logs could be read. */
	readonly spells: number;
	readonly estimate: Estimate | undefined;
	readonly window: WindowState | undefined;
	/** Milliseconds by which it will not fit into its window. */
	readonly pastWindowMs: number | undefined;
	readonly late: Late | undefined;
	/** Whether its newest log items say that the service slows it down. */
	readonly isThrottled: boolean;
	/** Milliseconds since it is in the queue. */
	readonly waitedMs: number | undefined;
	/** When a run was due that did not come, in milliseconds since 1970. */
	readonly missedAt: number | undefined;
	readonly behind: Behind | undefined;
	/** The failure that nobody may have seen. */
	readonly recoveredFrom: Session | undefined;
	/** Of the session's log, or of its details until the log was read. */
	readonly causes: readonly Cause[];
	/** Which of them are new; undefined until the log was read. */
	readonly news: News | undefined;
	readonly log: LogEvidence | undefined;
	/** Things still to be read before the verdict is certain. */
	readonly pending: number;
};
