import {valueOf} from '../../model/field.js';
import {isReadToEnd} from '../../model/evidence.js';
import {canChange, type Session} from '../../model/session.js';
import type {Cause} from '../../triage/causes/causes.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import {problemItems} from '../../triage/causes/log-causes.js';
import {comparedRuns} from '../../triage/earlier-runs.js';
import {isUnderWatch} from '../../triage/silence.js';
import {count, counted, duration} from '../../ui/format.js';
import {startTime} from '../../ui/times.js';
import {aboutSpan, attemptWords, estimateWords, quietFromMs, retryWords} from './run-words.js';
import {statusWord} from './status-words.js';

/** What a sentence depends on besides its verdict. */
export type SentenceContext = {
	/** Milliseconds since 1970 by the clock of the verdict's server. */
	readonly now: number;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
};

/** Time, and weekday or date where it is not today: `02:31`, `Sun 22:00`, `16 Nov 22:00`. */
export function moment(at: number, {now, zone}: SentenceContext): string {
	return startTime(at, now, zone, 12);
}

/** A length without seconds from a minute up: `40s`, `38m`, `4h14`. */
export function roughSpan(ms: number): string {
	return ms < 60_000 ? duration(ms) : aboutSpan(ms).slice(1);
}

/**
Where the causes of a verdict are known from. `log`: every error and warning of the run. `part`: those so far, or those
that were read. `newest`: those among the newest lines of its log.
`details`: the server's sentence about the run alone, which says nothing of how often and of whom.
*/
export type CausesFrom = 'log' | 'part' | 'newest' | 'details';

/** Where the causes of a verdict are known from. */
export function causesFrom({log, session}: Pick<Verdict, 'log' | 'session'>): CausesFrom {
	const items = problemItems(log) ?? [];
	const isSaid = items.some(({type}) => type === 'Error' || type === 'Warning');
	if (!isSaid) {
		return 'details';
	}

	const part = log?.problems ? 'part' : 'newest';
	return isLogWhole({log, session}) ? 'log' : part;
}

/** Whether every error and warning of the run was read. */
export function isLogWhole({log, session}: Pick<Verdict, 'log' | 'session'>): boolean {
	const {problems} = log ?? {};
	return session !== undefined && !canChange(session) && isReadToEnd(problems, session) && !problems.isCut;
}

/** The words after a count of causes that are not yet all. */
export const soFar: Readonly<Record<CausesFrom, string>> = {log: '', part: ' so far', newest: ' lately', details: ''};

/** A cause with how many lines and objects it has, as far as that is known: `Mailbox is locked (12 lines, 4 objects)`. */
export function causeWords({text, count: lines, objects}: Cause, from: CausesFrom): string {
	const of = objects.length === 0 ? '' : `, ${counted(objects.length, 'object')}`;
	return from === 'details' || (lines < 2 && of === '') ? text : `${text} (${counted(lines, 'line')}${of}${soFar[from]})`;
}

type Part = string | undefined;

/** The parts of a sentence that are there, with semicolons between them. */
export const joined = (...parts: readonly Part[]) => parts.filter(part => part !== undefined && part !== '').join('; ');

function ends(verdict: Verdict, context: SentenceContext): Part {
	const [words] = estimateWords(verdict, context, 12);
	return words && `ends ${words}`;
}

function usually({baseline}: Verdict): Part {
	return baseline && `usual ${duration(baseline.durationMs.median)}, nine of ten runs ${duration(baseline.durationMs.p90)} at most`;
}

function runsFor({session}: Verdict, {now}: SentenceContext): string {
	const began = valueOf(session?.createdAt);
	return began === undefined ? 'runs' : `runs for ${duration(now - began)}`;
}

// `failed at 01:43`
function ended(what: string, session: Session | undefined, context: SentenceContext): string {
	const at = valueOf(session?.endedAt);
	return at === undefined ? what : `${what} at ${moment(at, context)}`;
}

function causeOf(verdict: Verdict): Part {
	const [first] = verdict.causes;
	return first && causeWords(first, causesFrom(verdict));
}

function attemptsLeft({chain, session}: Verdict): Part {
	if (valueOf(session?.willBeRetried)) {
		return 'the retry that was announced did not come';
	}

	return chain?.most === 0 ? 'its schedule retries nothing' : 'no retry is left';
}

const runs = (amount: number) => amount === 1 ? 'last run' : `last ${amount} runs`;

function allowedSilence({spells, stuckAfterMs}: Verdict): string {
	const limit = roughSpan(stuckAfterMs ?? 0);
	return spells === 0 ? `stuck from ${limit} on, without an earlier run to go by` : `this job's ${runs(spells)} allow${spells === 1 ? 's' : ''} ${limit}`;
}

function unknownBaseline({session, incremental, isHistoryRead}: Verdict): Part {
	const without = valueOf(session?.kind) === 'Full' && incremental
		? `a Full run, without a baseline; Incremental ones take ${duration(incremental.durationMs.median)}`
		: 'no baseline: fewer than 5 runs';
	return isHistoryRead ? without : 'its history is not read yet';
}

function quiet(verdict: Verdict): Part {
	const {motion} = verdict;
	if (!motion || motion.quietMs < quietFromMs) {
		return undefined;
	}

	const watching = isUnderWatch(verdict) ? ', stuck unless something moves while it is watched for two minutes' : '';
	return `quiet for ${roughSpan(motion.quietMs)}${motion.isLogRead ? watching : ', log not read yet'}`;
}

export const newWarningSentence: SentenceWords = verdict => {
	const {news, earlier} = verdict;
	const [first, ...others] = news?.fresh ?? [];
	const compared = comparedRuns(earlier).length;
	const against = compared === 0 ? 'new, with no earlier run to compare with' : `new against its ${runs(compared)}`;
	return joined(
		`${against}: ${first ? causeWords(first, causesFrom(verdict)) : 'a warning'}`,
		others.length === 0 ? undefined : `${count(others.length)} more new`,
		(news?.known.length ?? 0) === 0 ? undefined : `${count(news!.known.length)} known`,
	);
};

export const warningSentence: SentenceWords = verdict => {
	const {causes, news, earlier, log} = verdict;
	if (!log?.problems) {
		return 'its log is not read yet';
	}

	if (causes.length === 0) {
		return 'its log names no cause';
	}

	const amount = `${counted(causes.length, 'cause')}${soFar[causesFrom(verdict)]}`;
	if (!news?.isSettled) {
		return `${amount}, not compared with earlier runs yet`;
	}

	const compared = comparedRuns(earlier).length;
	return `${amount}, ${compared === 0 ? 'ignored' : `known from its ${runs(compared)} or ignored`}`;
};

function attempt(verdict: Verdict): string {
	const words = attemptWords(verdict);
	return words === undefined ? '' : `${words} `;
}

// A run that ended with warnings can be retried too.
const endWords: ReadonlyMap<string, string> = new Map([['Warning', 'ended with warnings'], ['Disconnected', 'was cut off']]);

function endWord(session: Session | undefined): string {
	return endWords.get(valueOf(session?.status) ?? '') ?? 'failed';
}

function endStatus(session: Session | undefined): string {
	return statusWord(valueOf(session?.status) ?? 'Failed');
}

// While the next run is under way, or was stopped, nothing else says that the one before it failed.
function failedLast({earlier}: Verdict, context: SentenceContext): Part {
	const [last] = earlier;
	return last && (last.status === 'Failed' || last.status === 'Disconnected') ? ended(`the run before ${endWord(last)}`, last, context) : undefined;
}

/** The evidence for a verdict, in one sentence without a full stop. */
export type SentenceWords = (verdict: Verdict, context: SentenceContext) => string;

export const failedSentence: SentenceWords = (verdict, context) => joined(ended(`${attempt(verdict)}failed`, verdict.session, context), attemptsLeft(verdict), causeOf(verdict));

export const missedSentence: SentenceWords = ({missedAt = 0, job, isHistoryRead, earlier}, context) => joined(
	`a run was due at ${moment(missedAt, context)}, ${roughSpan(context.now - missedAt)} ago, and none began`,
	lastRun(valueOf(job?.lastRunAt) ?? valueOf(earlier[0]?.createdAt), context, isHistoryRead),
);

export const stuckSentence: SentenceWords = verdict => joined(`no object, byte, item or log line for ${roughSpan(verdict.motion?.quietMs ?? 0)}`, allowedSilence(verdict));

export const disconnectedSentence: SentenceWords = (verdict, context) => joined(ended('the run was cut off', verdict.session, context), causeOf(verdict));

export const notConfiguredSentence: SentenceWords = (verdict, context) => joined(ended('the job could not run', verdict.session, context), causeOf(verdict));

export const throttledSentence: SentenceWords = (verdict, context) => joined(
	'Microsoft slows it down: throttling in its log in the last hour', runsFor(verdict, context), quiet(verdict), usually(verdict), ends(verdict, context),
);

export const lateSentence: SentenceWords = (verdict, context) => joined(runsFor(verdict, context), usually(verdict), `late by ${roughSpan(verdict.late?.byMs ?? 0)}`, ends(verdict, context), quiet(verdict));

export const wontFitSentence: SentenceWords = (verdict, context) => joined(
	`${ends(verdict, context) ?? 'ends ~'}, ${aboutSpan(verdict.pastWindowMs ?? 0)} after its backup window closes${closing(verdict, context)}`,
	runsFor(verdict, context),
	usually(verdict),
);

export const waitingSentence: SentenceWords = ({waitedMs = 0}) => `in the queue for ${roughSpan(waitedMs)}; more than 30m is too long`;

export const behindSentence: SentenceWords = ({behind}, context) => joined(
	behind?.copiedAt === undefined ? 'no good copy is known' : `the newest good copy ended ${moment(behind.copiedAt, context)}`,
	behind && `the newest good run of its source ${moment(behind.sourceAt, context)}`,
	`${roughSpan(behind?.lagMs ?? 0)} behind, more than its schedule allows`,
);

export const retryingSentence: SentenceWords = (verdict, context) => joined(ended(`${attempt(verdict)}${endWord(verdict.session)}`, verdict.session, context), retryWords(verdict, context)[0], causeOf(verdict));

export const recoveredSentence: SentenceWords = ({recoveredFrom, session}, context) => joined(
	session?.status === 'Warning' ? 'ran since, with warnings' : 'well again',
	ended(`but it had ended ${endStatus(recoveredFrom)}`, recoveredFrom, context),
	valueOf(recoveredFrom?.details),
);

export const runningSentence: SentenceWords = (verdict, context) => joined(
	`${attempt(verdict)}${runsFor(verdict, context)}`,
	usually(verdict) ?? unknownBaseline(verdict),
	quiet(verdict),
	ends(verdict, context),
	failedLast(verdict, context),
);

export const otherSentence: SentenceWords = ({session}) => joined('a status that is not known here', valueOf(session?.details));

export const queuedSentence: SentenceWords = (verdict, context) => joined(`in the queue for ${roughSpan(verdict.waitedMs ?? 0)}`, failedLast(verdict, context));

export const healedSentence: SentenceWords = (verdict, context) => joined(ended(`${attemptWords(verdict) ?? 'a retry'} succeeded`, verdict.session, context), failedBefore(verdict, context));

export const successSentence: SentenceWords = (verdict, context) => joined(ended('succeeded', verdict.session, context), usually(verdict));

export const stoppedSentence: SentenceWords = (verdict, context) => joined(ended('stopped', verdict.session, context), valueOf(verdict.session?.details), failedLast(verdict, context));

function closing({window}: Verdict, context: SentenceContext): string {
	return window?.closesAt === undefined ? '' : ` at ${moment(window.closesAt, context)}`;
}

function lastRun(began: number | undefined, context: SentenceContext, isHistoryRead: boolean): Part {
	if (began === undefined) {
		return isHistoryRead ? 'no earlier run is known' : undefined;
	}

	return `the last one began at ${moment(began, context)}`;
}

function failedBefore({chain}: Verdict, context: SentenceContext): Part {
	const first = chain?.attempts.find(({status}) => status === 'Failed');
	return first && ended('the first attempt had failed', first, context);
}
