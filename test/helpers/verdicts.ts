import {noEvidence, type Evidence, type LogEvidence} from '../../source/model/evidence.js';
import type {LogItem} from '../../source/model/log-item.js';
import type {Session} from '../../source/model/session.js';
import type {Observation} from '../../source/model/snapshot.js';
import type {Cause} from '../../source/triage/causes/causes.js';
import type {Baseline} from '../../source/triage/baseline.js';
import type {Verdict, VerdictKind} from '../../source/triage/verdicts/verdict.js';
import type {Facts} from '../../source/triage/findings.js';
import {byId, day, hour, job, logItem, minute, now, session, type SessionOptions} from './sessions.js';

const at = now.server;

/** The newest runs of job `j1` before tonight, `n1` the newest, a day apart, each so long. */
export const nightly = (amount: number, ms: number, fields: SessionOptions = {}): readonly Session[] => Array.from({length: amount}, (_, index) => {
	const createdAt = at - ((index + 1) * day);
	return session({id: `n${index + 1}`, createdAt, endedAt: createdAt + ms, ...fields});
});

/** How a session stood so many milliseconds ago. */
export function seen(ago: number, fields: Partial<Observation> = {}): Observation {
	return {at: at - ago, progress: 10, transferredBytes: 1_000_000, processedItems: 500, eTag: 'W1', ...fields};
}

/** An item of a log that came so many milliseconds ago. */
export function line(ago: number, text = 'Processing mailbox', type = 'Success'): LogItem {
	return logItem({id: `${ago} ${text}`, type, text, createdAt: at - ago, endedAt: undefined});
}

/** The newest items of a log, read a minute ago. */
export const newest = (...items: readonly LogItem[]): LogEvidence => ({newest: {items, readAt: at - minute}});

/** The errors and warnings of a log. */
export const problems = (...items: readonly LogItem[]): LogEvidence => ({problems: {items, isCut: false, readAt: at - minute}});

/** A log in which nothing came for so long. */
export const longestQuiet = (ms: number): LogEvidence => ({longestQuiet: {ms, readAt: at - minute}});

/** What was read of job `j1` and of logs, by session id. */
export function evidence(history: readonly Session[] | undefined, logs: Readonly<Record<string, LogEvidence>> = {}): Evidence {
	return {...noEvidence, histories: new Map(history && [['j1', {sessions: history, readAt: at}]]), logs: new Map(Object.entries(logs))};
}

/** What verdicts of one v8 server are made from: job `j1` and nothing else, unless told otherwise. */
export function facts(fields: Partial<Facts> = {}): Facts {
	return {
		serverId: 'vb1', sessions: [], jobs: byId(job()), lacks: new Set(), observations: new Map(), scope: {jobType: undefined, rangeMs: day},
		evidence: noEvidence, ignored: new Set(), now: at, ...fields,
	};
}

export function cause(text: string, fields: Partial<Cause> = {}): Cause {
	return {key: text.toLowerCase(), text, severity: 'Error', count: 1, objects: [], firstAt: at - hour, lastAt: at - hour, ...fields};
}

/** Five runs of an hour each. */
export function usual(fields: Partial<Baseline> = {}): Baseline {
	return {
		runs: 5, kind: 'Incremental', durationMs: {median: hour, p90: hour}, objects: undefined, bytes: undefined, items: undefined,
		processingRate: undefined, itemRate: undefined, readRate: undefined, writeRate: undefined, leftOut: 0, ...fields,
	};
}

/** A verdict on job `j1`, with nothing that it was said from unless given. */
export function verdict(kind: VerdictKind, fields: Partial<Verdict> = {}): Verdict {
	return {
		serverId: 'vb1', jobId: 'j1', job: job(), kind, session: session(), chain: undefined, baseline: undefined, incremental: undefined,
		isHistoryRead: true, earlier: [], motion: undefined, stuckAfterMs: undefined, spells: 0, estimate: undefined, window: undefined,
		pastWindowMs: undefined,
		late: undefined, isThrottled: false, waitedMs: undefined, missedAt: undefined, behind: undefined, recoveredFrom: undefined, causes: [], news: undefined,
		log: undefined, pending: 0, ...fields,
	};
}

/** The same by fields alone: a success unless they say another kind. */
export function verdictWith({kind = 'success', ...fields}: Partial<Verdict> = {}): Verdict {
	return verdict(kind, fields);
}
