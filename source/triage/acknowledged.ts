import {verdictKinds, verdictRules, type Verdict, type VerdictKind} from './verdicts/verdict.js';

/** A problem that somebody has acknowledged: of a job, of one kind and cause, in one session. */
export type Acknowledged = {
	readonly serverId: string;
	readonly jobId: string;
	readonly kind: VerdictKind;
	/** The key of the first new cause; empty where the verdict is not about new causes: causes that are read later do not make it another problem. */
	readonly cause: string;
	/**
	What it was seen in: a session's id, when the run was due that did not come, when the copy that is behind last ended. Once
	it is another one, the problem is a new one.
	*/
	readonly seenIn: string;
};

/** What is stored when a verdict is acknowledged. */
export function acknowledgedOf(verdict: Verdict): Acknowledged {
	const {serverId, jobId, kind, news, session} = verdict;
	const {isAboutNews, seenIn} = verdictRules[kind];
	return {
		serverId, kind,
		jobId: jobId ?? '',
		cause: isAboutNews ? news?.fresh[0]?.key ?? '' : '',
		seenIn: seenIn?.(verdict) ?? session?.id ?? '',
	};
}

const failureKinds = verdictKinds.filter(kind => verdictRules[kind].subject === 'failedRun');

/** Whether a verdict was acknowledged in what it is about; one that follows a failure also where that failure was. */
export function isAcknowledged(verdict: Verdict, seen: readonly Acknowledged[]): boolean {
	const wanted = acknowledgedOf(verdict);
	const kinds = verdictRules[verdict.kind].followsFailure ? [verdict.kind, ...failureKinds] : [verdict.kind];
	return seen.some(one => kinds.includes(one.kind) && (['serverId', 'jobId', 'cause', 'seenIn'] as const).every(field => one[field] === wanted[field]));
}

/** A cause that is never called new on a server: known noise. */
export type Ignored = {
	readonly serverId: string;
	/** The key of the cause. */
	readonly key: string;
	/** Its words, for a list of what is ignored. */
	readonly text: string;
};

/** The user's marks on problems: which were acknowledged, oldest first, and which causes are ignored. */
export type Marks = {readonly acknowledged: readonly Acknowledged[]; readonly ignored: readonly Ignored[]};
