import type {PendingRead} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import {isActive, sessionKey} from '../model/session.js';
import type {Snapshot} from '../model/snapshot.js';
import {verdictKinds, verdictRules, type Verdict} from './verdicts/verdict.js';
import {verdictsOf} from './verdicts/verdicts.js';
import type {Facts} from './findings.js';
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
	/** By job key, the estimated ends by which running jobs are sorted: an estimate that changes by less than five minutes moves no row. */
	readonly anchors: ReadonlyMap<string, number>;
};

/** An estimated end moves a row only when it changes by this much. */
const steadyMs = 5 * 60_000;

/**
The verdicts of one server in the order of need, the causes that they share, and what is to be read so that they are certain.
@param before - the former answer for the same server, so that rows do not move while nothing important changed
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

/** The key of a verdict's job among those of all servers; a session without a job has its own. */
export function jobKey({serverId, jobId, session}: Pick<Verdict, 'serverId' | 'jobId' | 'session'>): string {
	return `${serverId}/job ${jobId ?? session?.id ?? ''}`;
}

const ranks = new Map(verdictKinds.map((kind, rank) => [kind, rank]));

/** Which of two verdicts needs somebody more, for sorting; equal ones are in the order of their keys. */
export function compareNeed(a: Verdict, b: Verdict, anchors: Triage['anchors']): number {
	return ranks.get(a.kind)! - ranks.get(b.kind)! || positionOf(a, anchors) - positionOf(b, anchors) || (jobKey(a) < jobKey(b) ? -1 : 1);
}

// The smallest comes first. Unless the rule says otherwise: of active runs the oldest, of ended runs the one that ended last.
function positionOf(verdict: Verdict, anchors: Triage['anchors']): number {
	const {kind, session} = verdict;
	const {position} = verdictRules[kind];
	if (position) {
		return position(verdict, anchors.get(jobKey(verdict)));
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
		anchors.set(key, anchor !== undefined && Math.abs(anchor - endsAt) < steadyMs ? anchor : endsAt);
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

// Known warnings share their causes every night, so only runs that need somebody, or are retried, are compared. A run that did
// not come and a copy that is behind are not in trouble for what the run before them warned of.
function troublesOf(verdicts: readonly Verdict[], jobs: Jobs): readonly Trouble[] {
	return verdicts.flatMap(verdict => {
		const {kind, session, causes, news} = verdict;
		const {isProblem, subject, isAboutNews} = verdictRules[kind];
		const isRun = subject !== 'missingRun' && subject !== 'copy';
		const isTrouble = session && isRun && (isProblem || subject === 'failedRun');
		return isTrouble ? [{...infrastructureOf(verdict, jobs), sessionKey: sessionKey(session), causes: isAboutNews && news ? news.fresh : causes}] : [];
	});
}

function sameReads(a: readonly PendingRead[] | undefined, b: readonly PendingRead[]): boolean {
	return a?.length === b.length && a.every((read, index) => JSON.stringify(read) === JSON.stringify(b[index]));
}
