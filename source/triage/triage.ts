import type {PendingRead} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import {isActive, sessionKey} from '../model/session.js';
import type {Snapshot} from '../model/snapshot.js';
import {isProblem, verdictKinds, type Verdict} from './verdicts/verdict.js';
import {verdictsOf, type Facts} from './verdicts/verdicts.js';
import {sharedCauses, type Infrastructure, type Shared, type Trouble} from './causes/shared-causes.js';
import {pendingReadsOf} from './pending-reads.js';

/** What the sessions of one server mean. */
export type Triage = {
	readonly serverId: string;
	/** In the order of need. */
	readonly verdicts: readonly Verdict[];
	/** Causes that several jobs share, the biggest first. */
	readonly shared: readonly Shared[];
	/** What to read so that the verdicts are certain, the most urgent first. */
	readonly pendingReads: readonly PendingRead[];
	/** By job key, the ends that running jobs are in order of: an estimate moves a row only when it differs by more than five minutes. */
	readonly anchors: ReadonlyMap<string, number>;
};

/** Estimates differ by less than this without moving a row. */
const calmMs = 5 * 60_000;

/**
The verdicts of one server in the order of need, what they have in common, and what they want to be surer.
@param before - what was made of the same server before, so that rows do not move while nothing important changed
*/
export function triageOf(facts: Facts & Pick<Snapshot, 'repositories' | 'proxies'>, before: Triage | undefined): Triage {
	const found = verdictsOf(facts);
	const {reads, pending} = pendingReadsOf(found, facts.evidence, {...facts.scope, now: facts.now});
	const verdicts = pending.size === 0 ? found : found.map(verdict => ({...verdict, pending: pending.get(verdict) ?? 0}));
	const anchors = anchorsOf(verdicts, before?.anchors ?? new Map());
	return {
		serverId: facts.serverId,
		verdicts: verdicts.toSorted((a, b) => compareNeed(a, b, anchors)),
		shared: sharedCauses(troublesOf(verdicts, facts), {...facts, all: verdicts.map(verdict => infrastructureOf(verdict, facts))}),
		pendingReads: sameReads(before?.pendingReads, reads) ? before!.pendingReads : reads,
		anchors,
	};
}

/** What tells a job from those of all servers; a session without a job stands for itself. */
export function jobKey({serverId, jobId, session}: Pick<Verdict, 'serverId' | 'jobId' | 'session'>): string {
	return `${serverId}/job ${jobId ?? session?.id ?? ''}`;
}

const ranks = new Map(verdictKinds.map((kind, rank) => [kind, rank]));

/** Which of two verdicts needs somebody more, for sorting; equal ones stand as their keys do. */
export function compareNeed(a: Verdict, b: Verdict, anchors: Triage['anchors']): number {
	return ranks.get(a.kind)! - ranks.get(b.kind)! || withinKind(a, anchors) - withinKind(b, anchors) || (jobKey(a) < jobKey(b) ? -1 : 1);
}

// What is smaller comes first: the end that is nearest, the start that is oldest in a queue, else what happened last.
function withinKind(verdict: Verdict, anchors: Triage['anchors']): number {
	const {kind, session, missedAt} = verdict;
	if (kind === 'running') {
		return anchors.get(jobKey(verdict)) ?? Number.MAX_SAFE_INTEGER;
	}

	if (kind === 'missed') {
		return missedAt ?? 0;
	}

	const began = valueOf(session?.createdAt) ?? 0;
	return session && isActive(session) ? began : -(valueOf(session?.endedAt) ?? began);
}

function anchorsOf(verdicts: readonly Verdict[], before: Triage['anchors']): Triage['anchors'] {
	const anchors = new Map<string, number>();
	for (const verdict of verdicts) {
		const endsAt = verdict.estimate?.endsAt;
		if (endsAt === undefined) {
			continue;
		}

		const key = jobKey(verdict);
		const anchor = before.get(key);
		anchors.set(key, anchor !== undefined && Math.abs(anchor - endsAt) < calmMs ? anchor : endsAt);
	}

	return anchors;
}

type Jobs = Pick<Snapshot, 'jobs'>;

function infrastructureOf({session, job}: Verdict, {jobs}: Jobs): Infrastructure {
	const source = jobs.get(valueOf(job?.backupJobId) ?? '');
	return {
		organizationId: valueOf(job?.organizationId) ?? valueOf(source?.organizationId),
		repositoryId: valueOf(session?.repositoryId) ?? valueOf(job?.repositoryId),
		proxyId: valueOf(session?.proxyId),
	};
}

// Known noise has its cause in common with itself each night: only what needs somebody is compared.
function troublesOf(verdicts: readonly Verdict[], jobs: Jobs): readonly Trouble[] {
	return verdicts.flatMap(verdict => {
		const {kind, session, causes, news} = verdict;
		// A run that did not come, and a copy that waits for one, are not in trouble for what the run before warned of.
		const isTrouble = session && kind !== 'missed' && kind !== 'behind' && (isProblem(kind) || kind === 'retrying');
		return isTrouble ? [{...infrastructureOf(verdict, jobs), sessionKey: sessionKey(session), causes: kind === 'newWarning' && news ? news.fresh : causes}] : [];
	});
}

function sameReads(a: readonly PendingRead[] | undefined, b: readonly PendingRead[]): boolean {
	return a?.length === b.length && a.every((want, index) => JSON.stringify(want) === JSON.stringify(b[index]));
}
