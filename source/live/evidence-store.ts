import {noEvidence, type Evidence, type JobHistory, type LogEvidence, type PendingRead} from '../model/evidence.js';

const mostHistories = 2000;
const mostLogs = 3000;
/** Log items of all logs together: each has some hundred bytes. */
const mostItems = 300_000;

/** What was read of one server, within bounds. */
export type EvidenceStore = {
	/** The same object until the next `publish`. */
	readonly current: () => Evidence;
	/** Keeps from being the next to be forgotten. */
	readonly touch: (want: PendingRead) => void;
	readonly putHistory: (jobId: string, history: JobHistory) => void;
	/** Keeps the parts besides those that are there. */
	readonly putLog: (sessionId: string, parts: LogEvidence, total: number | undefined) => void;
	/** How many items a log had when it was last read to its end. */
	readonly totalOf: (sessionId: string) => number | undefined;
	/** Makes what was kept since the last time the current evidence. */
	readonly publish: (failed: Evidence['failed']) => void;
};

type StoredLog = {readonly parts: LogEvidence; readonly total: number | undefined; readonly items: number};

/** An empty store. It holds 2,000 histories, 3,000 logs and 300,000 log items at most; what was not wanted for the longest time goes first. */
export function createEvidenceStore(): EvidenceStore {
	// In the order in which they were last wanted.
	const histories = new Map<string, JobHistory>();
	const logs = new Map<string, StoredLog>();
	let items = 0;
	let evidence = noEvidence;
	let hasNewHistories = false;
	let hasNewLogs = false;

	const forgetLog = (sessionId: string) => {
		items -= logs.get(sessionId)?.items ?? 0;
		logs.delete(sessionId);
	};

	return {
		current: () => evidence,
		touch(want) {
			if (want.kind === 'history') {
				toEnd(histories, want.jobId);
			} else {
				toEnd(logs, want.sessionId);
			}
		},
		putHistory(jobId, history) {
			histories.delete(jobId);
			histories.set(jobId, history);
			hasNewHistories = true;
			if (histories.size > mostHistories) {
				histories.delete(histories.keys().next().value!);
			}
		},
		putLog(sessionId, parts, total) {
			const before = logs.get(sessionId);
			const merged = {...before?.parts, ...parts};
			forgetLog(sessionId);
			const stored = {parts: merged, total: total ?? before?.total, items: itemsIn(merged)};
			logs.set(sessionId, stored);
			items += stored.items;
			hasNewLogs = true;
			for (const id of logs.keys()) {
				if (logs.size <= mostLogs && (items <= mostItems || id === sessionId)) {
					break;
				}

				forgetLog(id);
			}
		},
		totalOf: sessionId => logs.get(sessionId)?.total,
		publish(failed) {
			evidence = {
				histories: hasNewHistories ? new Map(histories) : evidence.histories,
				logs: hasNewLogs ? new Map(logs.entries().map(([id, {parts}]) => [id, parts])) : evidence.logs,
				failed,
			};
			hasNewHistories = false;
			hasNewLogs = false;
		},
	};
}

function toEnd<Value>(map: Map<string, Value>, key: string): void {
	const value = map.get(key);
	if (value !== undefined) {
		map.delete(key);
		map.set(key, value);
	}
}

function itemsIn({opening, newest, problems}: LogEvidence): number {
	return (opening?.items.length ?? 0) + (newest?.items.length ?? 0) + (problems?.items.length ?? 0);
}
