import {isReadToEnd, type Evidence, type LogPart, type PendingRead, type Urgency} from '../model/evidence.js';
import {isActive, statusClass, type Session} from '../model/session.js';
import type {Scope} from '../model/snapshot.js';
import {comparedRuns, lastRuns} from './earlier-runs.js';
import type {Findings} from './findings.js';
import {needsNewestLog} from './motion.js';

/** Something that is still to be read for a verdict. */
export type NeededRead = {
	readonly read: PendingRead;
	/** The lower, the sooner it is read. */
	readonly rank: number;
	/** Whether it only renews what was read before it grows too old: no verdict waits for it. */
	readonly isAgain?: boolean;
};

/** How far back the list of sessions goes, and milliseconds since 1970 by the server's clock. */
export type ListedRange = Pick<Scope, 'rangeMs'> & {readonly now: number};

/** What a verdict needs read besides the list of sessions, without what was read already. */
export type Needs = (findings: Findings, evidence: Evidence, listed: ListedRange) => readonly NeededRead[];

/** A history that is older than this share of the range is read again, before there is a gap between it and the list. */
const againFrom = 0.9;

/** From this silence on, the quiet spells of earlier runs are read: five minutes before a run can be stuck. */
const spellsFromMs = 25 * 60_000;

/** What may be a problem is read first, then what makes an estimate, then the rest. */
const ranks = {silence: 0, warning: 1, failure: 2, estimate: 3, rest: 4} as const;

const urgencyOf = (rank: number): Urgency => rank < ranks.estimate ? 'problem' : 'rest';

/** Of a verdict that follows from the list of sessions and jobs alone. */
export const nothingMore: Needs = () => [];

/** Of a run that is active: its newest log items where it is silent or late, its history, and what an estimate is made from. */
export const activeRunNeeds: Needs = (findings, evidence, listed) => {
	const {session, motion, log, earlier, baseline, late} = findings;
	if (!session || !motion) {
		return [];
	}

	const newest = needsNewestLog(session, motion, log, {isLate: late !== undefined, now: listed.now}) ? [logRead(session, 'newest', ranks.silence)] : [];
	const spells = motion.quietMs >= spellsFromMs && motion.isLogRead ? missingParts(lastRuns(earlier), 'longestQuiet', evidence, ranks.silence) : [];
	const opening = !log?.opening && baseline ? [logRead(session, 'opening', ranks.rest)] : [];
	return [...newest, ...spells, ...historyReads(findings, evidence, {...listed, rank: ranks.estimate}), ...opening];
};

/** Of a run that ended badly, with warnings or in an unknown status: its problems, its history, and the problems of earlier runs, one at a time. */
export const endedRunNeeds: Needs = (findings, evidence, listed) => {
	const {session, log, news, earlier} = findings;
	const isWarning = session?.status === 'Warning';
	if (!session || !(isWarning || isFailure(session))) {
		return [];
	}

	const rank = isWarning ? ranks.warning : ranks.failure;
	const problems = isReadToEnd(log?.problems, session) ? [] : [logRead(session, 'problems', rank)];
	const before = news?.isSettled ? [] : missingParts(comparedRuns(earlier).filter(({status}) => status !== 'Success'), 'problems', evidence, rank).slice(0, 1);
	return [...problems, ...historyReads(findings, evidence, {...listed, rank}), ...before];
};

function isFailure({status}: Session): boolean {
	return status === 'Failed' || status === 'Disconnected' || statusClass(status) === 'other';
}

/** Of a verdict that holds whatever the newest run does: what that run's status asks for. */
export const newestRunNeeds: Needs = (findings, evidence, listed) => {
	const {session} = findings;
	return (session && isActive(session) ? activeRunNeeds : endedRunNeeds)(findings, evidence, listed);
};

type RankedRange = ListedRange & {readonly rank: number};

function historyReads({jobId, job, session}: Findings, {histories}: Evidence, {rangeMs, now, rank}: RankedRange): readonly NeededRead[] {
	const age = now - (histories.get(jobId ?? '')?.readAt ?? -Infinity);
	if (jobId === undefined || age <= againFrom * rangeMs) {
		return [];
	}

	const isAgain = age <= rangeMs;
	const finalRank = isAgain ? ranks.rest : rank;
	const jobType = job?.type ?? (session?.jobType === 'Copy' ? 'Copy' : 'Backup');
	return [{read: {kind: 'history', jobId, jobType, urgency: urgencyOf(finalRank)}, rank: finalRank, isAgain}];
}

function missingParts(sessions: readonly Session[], part: LogPart, {logs}: Evidence, rank: number): readonly NeededRead[] {
	return sessions.filter(session => !isReadToEnd(logs.get(session.id)?.[part], session)).map(session => logRead(session, part, rank));
}

function logRead({id}: Session, part: LogPart, rank: number): NeededRead {
	return {read: {kind: 'log', sessionId: id, part, urgency: urgencyOf(rank)}, rank};
}
