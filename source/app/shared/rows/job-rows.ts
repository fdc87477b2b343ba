import {isProblem, verdictRules, type Verdict} from '../../../triage/verdicts/verdict.js';
import {compareNeed, jobKey, type Triage} from '../../../triage/triage.js';
import type {Snapshot} from '../../../model/snapshot.js';
import {problemName} from '../verdict-words.js';
import {keyIn, rowOfJob, type Row} from './rows.js';

/**
The rows of Now: one for each verdict, of all servers in one order of need.
@param triages - one for each snapshot, in the same order
@param isAcknowledged - whether somebody has seen a problem already
*/
export function jobRows(triages: readonly Triage[], snapshots: readonly Snapshot[], isAcknowledged: (verdict: Verdict) => boolean): readonly Row[] {
	const isOneOfSeveral = snapshots.length > 1;
	const rows = triages.flatMap(({verdicts}, index) => verdicts.map(verdict => {
		const problem = isProblem(verdict.kind);
		// A run that did not come has no session: the one before it would say how that went.
		const row = rowOfJob(verdict.job, verdictRules[verdict.kind].subject === 'missingRun' ? undefined : verdict.session, snapshots[index]!, isOneOfSeveral);
		return {
			...row,
			haystack: problem ? `${row.haystack}\n${problemName(verdict.kind) ?? ''}` : row.haystack,
			key: jobKey(verdict), verdict, isProblem: problem, isAcknowledged: problem && isAcknowledged(verdict),
		};
	}));
	const anchors = new Map(triages.flatMap(triage => [...triage.anchors]));
	const ordered = isOneOfSeveral ? rows.toSorted((a, b) => compareNeed(a.verdict, b.verdict, anchors)) : rows;
	return ordered.map((row, rank) => ({...row, rank}));
}

/** What is known of the job that a row is of; undefined where it is not among those of Now. */
export function verdictIn(jobs: readonly Row[], row: Row): Verdict | undefined {
	const key = keyIn('now', row);
	return jobs.find(job => job.key === key)?.verdict;
}
