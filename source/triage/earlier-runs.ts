import {valueOf} from '../model/field.js';
import {isActive, statusClass, type Session} from '../model/session.js';
import type {Chain} from './chains.js';

/** How many earlier runs are examined for the longest quiet spell, and for the causes that are known. */
export const runsExamined = 3;

/** The sessions of one job, newest first: those of the list, and older ones of its history. What the list says is newer than the history. */
export function mergedRuns(listed: readonly Session[], history: readonly Session[]): readonly Session[] {
	if (history.length === 0) {
		return listed;
	}

	const known = new Set(listed.map(({id}) => id));
	const older = history.filter(session => !known.has(session.id) && !isActive(session));
	return older.length === 0 ? listed : [...listed, ...older].toSorted((a, b) => (valueOf(b.createdAt) ?? 0) - (valueOf(a.createdAt) ?? 0));
}

/** The finished runs that are no attempt of the given chain, in the order given. */
export function earlierRuns(runs: readonly Session[], chain: Chain | undefined): readonly Session[] {
	const attempts = new Set(chain?.attempts.map(({id}) => id));
	return runs.filter(session => !attempts.has(session.id) && statusClass(session.status) === 'finished');
}

/** The last runs that say what is usual in a log: first runs that were neither stopped nor cut short. */
export function lastRuns(earlier: readonly Session[]): readonly Session[] {
	return earlier.filter(({status}) => status === 'Success' || status === 'Warning').slice(0, runsExamined);
}

const ran: ReadonlySet<string> = new Set(['Success', 'Warning', 'Failed']);

/** Earlier runs that a warning is compared with, newest first. */
export function comparedRuns(earlier: readonly Session[]): readonly Session[] {
	return earlier.filter(({status}) => ran.has(valueOf(status) ?? '')).slice(0, runsExamined);
}
