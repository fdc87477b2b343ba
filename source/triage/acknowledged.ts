import type {Verdict, VerdictKind} from './verdicts/verdict.js';

/** A problem that somebody has seen: of a job, of one kind and cause, in one session. */
export type Acknowledged = {
	readonly serverId: string;
	readonly jobId: string;
	readonly kind: VerdictKind;
	/** The key of the first cause that is new; empty where the verdict is not about one: what is read of a log later makes no other problem of it. */
	readonly cause: string;
	/**
	What it was seen in: a session's id, when the run was due that did not come, when the copy that is behind last ended. Once
	it is another one, the problem is a new one.
	*/
	readonly seenIn: string;
};

/** What is remembered when a verdict is acknowledged. */
export function acknowledgedOf(verdict: Verdict): Acknowledged {
	const {serverId, jobId, kind, news} = verdict;
	return {
		serverId, kind,
		jobId: jobId ?? '',
		cause: kind === 'newWarning' ? news?.fresh[0]?.key ?? '' : '',
		seenIn: evidenceOf(verdict),
	};
}

// What a verdict is about where that is not the newest session. A failure that was seen is not a new one for each run that succeeds after it.
const evidences: Partial<Record<VerdictKind, (verdict: Verdict) => string>> = {
	missed: ({missedAt}) => `due ${missedAt ?? 0}`,
	behind: ({behind}) => `copied ${behind?.copiedAt ?? 0}`,
	recovered: ({recoveredFrom}) => recoveredFrom?.id ?? '',
};

function evidenceOf(verdict: Verdict): string {
	return evidences[verdict.kind]?.(verdict) ?? verdict.session?.id ?? '';
}

/** Whether a verdict was acknowledged in what it is about; of what has recovered, also when it had failed. */
export function isAcknowledged(verdict: Verdict, seen: readonly Acknowledged[]): boolean {
	const its = acknowledgedOf(verdict);
	const kinds: readonly VerdictKind[] = its.kind === 'recovered' ? ['recovered', 'failed', 'disconnected', 'notConfigured'] : [its.kind];
	return seen.some(one => kinds.includes(one.kind) && (['serverId', 'jobId', 'cause', 'seenIn'] as const).every(field => one[field] === its[field]));
}

/** A cause that is never called new on a server: known noise. */
export type Ignored = {
	readonly serverId: string;
	/** The key of the cause. */
	readonly key: string;
	/** Its words, for a list of what is ignored. */
	readonly text: string;
};
