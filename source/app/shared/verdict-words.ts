import {valueOf} from '../../model/field.js';
import {isProblem, verdictRules, type ProblemKind, type Verdict, type VerdictKind} from '../../triage/verdicts/verdict.js';
import {counted} from '../../ui/format.js';
import type {Cell, Tone} from '../../ui/text/spans.js';
import {fits} from '../../ui/text/text.js';
import * as needs from './needs-words.js';
import {aboutSpan, attemptWords, clock, retryWords, wholeMinutes, type NeedsContext} from './run-words.js';
import * as sentences from './verdict-sentence.js';

/** All words of one kind of verdict. */
type VerdictWords = {
	readonly tone: Tone;
	/** What the job needs: the words of the NEEDS column. */
	readonly needs: needs.NeedsWords;
	/** Why the verdict was given: the evidence. */
	readonly sentence: sentences.SentenceWords;
	/** Its name in counts, the filter and the banner of the detail; every problem has one. */
	readonly name?: string;
	/** The tone of a problem's banner, where that is not its tone. */
	readonly bannerTone?: Tone;
	/** Why no end of its run is estimated, where the verdict is the reason. */
	readonly withoutEstimate?: string;
};

type WordsOf<Kind extends VerdictKind> = VerdictWords & (Kind extends ProblemKind ? {readonly name: string} : unknown);

/** The words of every verdict; a new kind needs an entry here. */
const words: Readonly<{[Kind in VerdictKind]: WordsOf<Kind>}> = {
	failed: {tone: 'bad', name: 'failed', needs: needs.failedNeeds, sentence: sentences.failedSentence},
	missed: {
		tone: 'bad', name: 'missed', sentence: sentences.missedSentence,
		needs: ({missedAt}, context) => [`missed, due ${clock(missedAt ?? 0, context)}`, `missed ${clock(missedAt ?? 0, context)}`, 'missed'],
	},
	stuck: {
		tone: 'bad', name: 'stuck', sentence: sentences.stuckSentence, withoutEstimate: 'none while stuck',
		needs: ({motion}) => [`stuck, quiet ${wholeMinutes(motion?.quietMs)}`, 'stuck'],
	},
	disconnected: {tone: 'bad', name: 'disconnected', needs: needs.causeOr('proxy lost'), sentence: sentences.disconnectedSentence},
	notConfigured: {tone: 'bad', bannerTone: 'warning', name: 'not configured', needs: needs.causeOr('to be set up'), sentence: sentences.notConfiguredSentence},
	throttled: {tone: 'warning', name: 'throttled', needs: needs.throttledNeeds, sentence: sentences.throttledSentence, withoutEstimate: 'none while throttled'},
	late: {tone: 'warning', name: 'late', needs: needs.lateNeeds, sentence: sentences.lateSentence},
	wontFit: {
		tone: 'warning', name: 'past window', sentence: sentences.wontFitSentence,
		needs: ({pastWindowMs = 0, window}, context) => [
			`ends ${aboutSpan(pastWindowMs)} after its window closes at ${clock(window?.closesAt ?? 0, context)}`, `${aboutSpan(pastWindowMs)} past window`, 'no fit',
		],
	},
	waiting: {
		tone: 'warning', name: 'waiting', sentence: sentences.waitingSentence,
		needs: ({waitedMs}) => [`waits in the queue for ${wholeMinutes(waitedMs)}`, `waits ${wholeMinutes(waitedMs)}`, 'waits'],
	},
	behind: {
		tone: 'warning', name: 'behind', sentence: sentences.behindSentence,
		needs: ({behind}) => [`copy is ${wholeMinutes(behind?.lagMs)} behind`, `behind ${wholeMinutes(behind?.lagMs)}`, 'behind'],
	},
	retrying: {tone: 'warning', name: 'retrying', needs: retryWords, sentence: sentences.retryingSentence},
	newWarning: {tone: 'warning', name: 'new warning', needs: needs.newWarningNeeds, sentence: sentences.newWarningSentence},
	recovered: {tone: 'warning', name: 'recovered', needs: needs.recoveredNeeds, sentence: sentences.recoveredSentence},
	running: {tone: 'plain', needs: needs.runningNeeds, sentence: sentences.runningSentence},
	other: {tone: 'plain', needs: () => [''], sentence: sentences.otherSentence},
	queued: {tone: 'plain', needs: ({waitedMs}) => [`waits ${wholeMinutes(waitedMs)}`, 'waits'], sentence: sentences.queuedSentence},
	warning: {tone: 'plain', needs: needs.warningNeeds, sentence: sentences.warningSentence},
	healed: {tone: 'good', name: 'healed', needs: verdict => [`healed on ${attemptWords(verdict) ?? 'a retry'}`], sentence: sentences.healedSentence},
	success: {tone: 'dim', needs: () => [''], sentence: sentences.successSentence},
	stopped: {tone: 'dim', needs: ({session}) => [valueOf(session?.details) ?? ''], sentence: sentences.stoppedSentence},
};

/** The words of each kind of verdict. */
export const verdictWords: Readonly<Record<VerdictKind, VerdictWords>> = words;

/** What a job needs, in the words that fit. */
export function needsCell(verdict: Verdict, context: NeedsContext): Cell {
	const {needs: needsWords, tone} = verdictWords[verdict.kind];
	const phrases = needsWords(verdict, context);
	return [{text: phrases.find(text => fits(text, context.width)) ?? phrases.at(-1) ?? '', tone}];
}

/** The name of a problem in counts, the filter and the banner: `stuck`, `past window`; undefined where the verdict is no problem. */
export function problemName(kind: VerdictKind): string | undefined {
	return isProblem(kind) ? words[kind].name : undefined;
}

/**
Why a verdict was given, in one sentence without a full stop: the evidence, and what is still to be read.
The server's words in it may be long: the caller has to cut or wrap it.
*/
export function verdictSentence(verdict: Verdict, context: sentences.SentenceContext): string {
	const {kind, pending} = verdict;
	const unread = `${verdictRules[kind].isCertain ? '' : 'not certain yet, '}${counted(pending, 'thing')} still to be read`;
	return sentences.joined(verdictWords[kind].sentence(verdict, context), pending > 0 ? unread : undefined);
}
