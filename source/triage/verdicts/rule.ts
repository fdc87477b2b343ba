import type {Findings} from '../findings.js';
import type {Needs} from '../needed-reads.js';

/**
What a verdict is about. `activeRun`: a run that has not ended, as far as is known. `finishedRun`, `failedRun`: a run that
ended, or ended badly. `missingRun`: a run that did not come, so no session shows it. `copy`: a copy job and its source.
*/
export type VerdictSubject = 'activeRun' | 'finishedRun' | 'failedRun' | 'missingRun' | 'copy';

/** All that the program knows of one kind of verdict but its words, which are in app/shared/verdict-words.ts. */
export type VerdictRule = {
	/** Whether it holds for a job; of those that hold the first in the table is the job's verdict. */
	readonly holds: (findings: Findings) => boolean;
	/** Whether somebody should look at it. */
	readonly isProblem: boolean;
	readonly subject: VerdictSubject;
	/** What it needs read to be certain, or to say why. */
	readonly needs: Needs;
	/** Whether it is certain before those reads: they only say why. */
	readonly isCertain?: boolean;
	/** Its place among verdicts of its kind, the smallest first; by the time of the session unless given. `endsAt` is the anchor of its estimated end. */
	readonly position?: (findings: Findings, endsAt: number | undefined) => number;
	/** When the problem began or will begin, in milliseconds since 1970; not given where that is the end of its session. */
	readonly problemAt?: (findings: Findings, now: number) => number | undefined;
	/** What it was seen in when it is acknowledged; the newest session unless given. Once that is another one, the problem is a new one. */
	readonly seenIn?: (findings: Findings) => string;
	/** Whether it is about the causes that are new alone: another new cause is another problem. */
	readonly isAboutNews?: boolean;
	/** Whether it is also acknowledged where the failed run that it was seen in was. */
	readonly followsFailure?: boolean;
	/** Whether it says that nothing of the run moves. */
	readonly isSilence?: boolean;
};
