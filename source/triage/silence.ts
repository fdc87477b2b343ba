import {isReadToEnd, readKey, type Evidence} from '../model/evidence.js';
import type {Session} from '../model/session.js';
import {lastRuns} from './earlier-runs.js';
import type {Motion} from './motion.js';

const minute = 60_000;

/** Silence is no problem before this, in milliseconds. */
export const leastStuckMs = 30 * minute;
/** A job may be silent for this many times the longest quiet spell of its last runs. */
const spellFactor = 3;

/** How silent a run is, and from which silence on it is stuck. */
export type Silence = {
	readonly motion: Motion | undefined;
	/** Milliseconds; undefined until the logs of its last runs were read. */
	readonly stuckAfterMs: number | undefined;
};

/** Whether a silence is long enough to be stuck, and certain: the log was read in it, and the run was watched. */
export function isSilent({motion, stuckAfterMs}: Silence): boolean {
	return motion !== undefined && stuckAfterMs !== undefined && motion.quietMs > stuckAfterMs && motion.isLogRead && motion.isWatched;
}

/** Whether a run is as silent as a stuck one, but has not been watched for long enough to say so. */
export function isUnderWatch({motion, stuckAfterMs}: Silence): boolean {
	return motion !== undefined && !motion.isWatched && isSilent({motion: {...motion, isWatched: true}, stuckAfterMs});
}

/**
The longest quiet spells of a job's last runs, in milliseconds; undefined while the log of one is still to be read. A log
that cannot be read is left out: it must not hide a silence for ever.
*/
export function quietSpells(earlier: readonly Session[], {logs, failed}: Evidence): readonly number[] | undefined {
	const runs = lastRuns(earlier).filter(({id}) => !failed.has(readKey({kind: 'log', sessionId: id, part: 'longestQuiet'})));
	const spells = runs.flatMap(session => {
		const spell = logs.get(session.id)?.longestQuiet;
		return isReadToEnd(spell, session) ? [spell.ms] : [];
	});
	return spells.length < runs.length ? undefined : spells;
}

/** The silence in milliseconds from which on a run is stuck, by the quiet spells of earlier runs. */
export function stuckAfter(spells: readonly number[]): number {
	return Math.max(leastStuckMs, spellFactor * Math.max(0, ...spells));
}
