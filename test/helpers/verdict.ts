import type {LogEvidence} from '../../source/model/evidence.js';
import type {Cause} from '../../source/triage/causes/causes.js';
import type {Chain} from '../../source/triage/chains.js';
import type {Motion} from '../../source/triage/motion.js';
import type {Baseline} from '../../source/triage/baseline.js';
import type {Verdict} from '../../source/triage/verdicts/verdict.js';
import {hour, logItem, minute, now, session} from './sessions.js';
import {verdictWith} from './verdicts.js';

/** A verdict of job `j1`: its run succeeded, its history is read, and nothing else is known. */
export function verdict(fields: Partial<Verdict> = {}): Verdict {
	return verdictWith({job: undefined, ...fields});
}

/** Two hours as a rule, at most three. */
export function usual(fields: Partial<Baseline> = {}): Baseline {
	return {
		runs: 14, kind: 'Incremental', durationMs: {median: 2 * hour, p90: 3 * hour},
		objects: {median: 4812, p90: 5000}, bytes: {median: 98_784_247_808, p90: 1e11}, items: {median: 1_104_820, p90: 1.2e6},
		processingRate: {median: 7_444_889, p90: 8e6}, itemRate: {median: 90, p90: 99}, readRate: {median: 7_759_462, p90: 8e6},
		writeRate: {median: 4_718_592, p90: 5e6}, leftOut: 0,
		...fields,
	};
}

/** Mailboxes that cannot be opened. */
export function cause(fields: Partial<Cause> = {}): Cause {
	return {
		key: 'access is denied', text: 'Access is denied', severity: 'Error', count: 12, objects: ['ann@contoso.example', 'bob@contoso.example'],
		firstAt: now.server - (50 * minute), lastAt: now.server - (40 * minute),
		...fields,
	};
}

/** All problems of a run that has ended. */
export const wholeLog: LogEvidence = {problems: {items: [logItem({type: 'Error', text: 'Access is denied'})], isCut: false, readAt: now.server}};

export function chain(fields: Partial<Chain> = {}): Chain {
	return {attempts: [session()], outcome: 'success', most: 3, nextAt: undefined, ...fields};
}

/** Nothing has moved for so long, and its log has nothing new. */
export function motion(quietMs: number, fields: Partial<Motion> = {}): Motion {
	return {quietMs, isLogRead: true, isWatched: true, now: undefined, ...fields};
}
