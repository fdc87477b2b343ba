import {acknowledgedOf} from '../../triage/acknowledged.js';
import type {Row} from '../shared/rows/rows.js';

/** Keys of problems, two for each: by its cause, and by the session that it is in. */
export type KnownProblems = ReadonlySet<string>;

/** The problems among the rows of Now, to compare later ones with. */
export function knownProblems(jobs: readonly Row[]): KnownProblems {
	return new Set(jobs.filter(({isProblem}) => isProblem).flatMap(row => keysOf(row)));
}

/**
Whether there is a problem that nobody has acknowledged and that was not known. A cause that becomes clearer once the
log was read makes no new problem, nor does the next run of the job that has the same one.
@param before - as it was at the last look
@param isSettled - whether what a server had at the first look is known
*/
export function hasNewProblem(before: KnownProblems, jobs: readonly Row[], isSettled: (serverId: string) => boolean): boolean {
	return jobs.some(row => row.isProblem === true && !row.isAcknowledged && isSettled(row.serverId) && keysOf(row).every(key => !before.has(key)));
}

function keysOf({verdict, key: jobKey}: Row): readonly string[] {
	if (!verdict) {
		return [];
	}

	const {kind, seenIn} = acknowledgedOf(verdict);
	const [cause] = verdict.news?.fresh ?? verdict.causes;
	return [`${jobKey}/${kind}/cause ${cause?.key ?? ''}`, `${jobKey}/${kind}/in ${seenIn}`];
}
