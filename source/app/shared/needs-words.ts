import {valueOf} from '../../model/field.js';
import type {Cause} from '../../triage/causes/causes.js';
import {isUnderWatch} from '../../triage/silence.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import {cutText, fits} from '../../ui/text/text.js';
import {attemptWords, clock, estimateWords, quietFromMs, shareWords, wholeMinutes, type NeedsContext} from './run-words.js';

/** The short words of a verdict, the fullest first; the first that fits is taken, else the last. */
export type NeedsWords = (verdict: Verdict, context: NeedsContext) => readonly string[];

/** The text of the first cause; undefined where there is none. */
const firstText = (causes: readonly Cause[]) => causes[0]?.text;

/** A shorter beginning of a cause says nothing: then the verdict stands alone, and the line below the list says why. */
const leastCause = 16;

// The verdict with as much of the cause as there is room for.
function withCause(verdict: string, cause: string | undefined, {width}: NeedsContext): readonly string[] {
	const room = width - verdict.length - 2;
	return [cause === undefined || room < Math.min(leastCause, cause.length) ? verdict : cutText(`${verdict}: ${cause}`, width)];
}

/** A cause that is cut is recognised by so many columns of its beginning. */
const recognisedBy = 30;

/** The cause alone, where there is room for enough of it, else these words: the status says already what happened. */
export const causeOr = (words: string): NeedsWords => ({causes}, {width}) => {
	const cause = firstText(causes);
	return [cause !== undefined && (fits(cause, width) || width >= recognisedBy) ? cutText(cause, width) : words];
};

function endsWords(verdict: Verdict, context: NeedsContext): readonly string[] {
	const words = estimateWords(verdict, context, 9);
	return [...words.map(about => `ends ${about}`), ...words.slice(-1)];
}

function quietWords(verdict: Verdict): readonly string[] {
	const {motion, pending} = verdict;
	const quiet = `quiet ${wholeMinutes(motion?.quietMs)}`;
	if (motion?.isLogRead) {
		return isUnderWatch(verdict) ? [`${quiet}, watching`, quiet] : [quiet];
	}

	return pending > 0 ? [`${quiet}, log not read yet`, `${quiet}, not read`] : [quiet];
}

const isQuiet = ({motion}: Verdict) => (motion?.quietMs ?? 0) >= quietFromMs;

export const failedNeeds: NeedsWords = ({causes, chain}, context) => {
	const isUsedUp = (chain?.attempts.length ?? 0) > 1 || chain?.most !== 0;
	return [...withCause(isUsedUp ? 'no retry left' : 'failed, no retry', firstText(causes), context), 'no retry'];
};

export const throttledNeeds: NeedsWords = (verdict, context) => {
	const ends = endsWords(verdict, context).at(-2);
	return ends === undefined
		? [`throttled by Microsoft, quiet ${wholeMinutes(verdict.motion?.quietMs)}`, 'throttled']
		: [`throttled by Microsoft, ${ends}`, `throttled, ${ends}`, 'throttled'];
};

export const lateNeeds: NeedsWords = (verdict, context) => {
	const late = `late, ${wholeMinutes(verdict.late?.pastUsualMs)} over`;
	const fuller = isQuiet(verdict)
		? quietWords(verdict).flatMap(quiet => [`${late} usual, ${quiet}`, `late, ${quiet}`])
		: endsWords(verdict, context).slice(0, -1).map(ends => `${late} usual, ${ends}`);
	return [...fuller, `${late} usual`, late, 'late'];
};

export const newWarningNeeds: NeedsWords = ({news}) => [`new: ${firstText(news?.fresh ?? []) ?? 'a warning'}`];

export const recoveredNeeds: NeedsWords = ({recoveredFrom, session}, context) => {
	const failed = `failed ${clock(valueOf(recoveredFrom?.endedAt) ?? 0, context)}`;
	return session?.status === 'Warning' ? [`ran since, ${failed} before`, `${failed} before`] : [`recovered, ${failed}`, `${failed}, is well`];
};

export const runningNeeds: NeedsWords = (verdict, context) => {
	const attempt = attemptWords(verdict);
	const lead = attempt === undefined ? '' : `${attempt}, `;
	if (isQuiet(verdict)) {
		return quietWords(verdict).map(words => lead + words);
	}

	const ends = endsWords(verdict, context);
	if (ends.length > 0) {
		return ends.map(words => lead + words);
	}

	const unread = 'history not read yet';
	return verdict.isHistoryRead ? withoutBaseline(verdict, context).map(missing => lead + missing) : [lead + unread, attempt ?? unread];
};

// A Full run takes longer than Incremental ones, and is not late for that.
function withoutBaseline({session, incremental}: Verdict, {now}: NeedsContext): readonly string[] {
	if (valueOf(session?.kind) !== 'Full') {
		return ['no baseline'];
	}

	const began = valueOf(session?.createdAt);
	const baseline = incremental?.durationMs.median ?? 0;
	if (began === undefined || baseline === 0) {
		return ['no baseline (Full)'];
	}

	const share = shareWords((now - began) / baseline);
	return [`Full run, ${share} the usual Incremental`, `Full, ${share} the usual`];
}

export const warningNeeds: NeedsWords = ({news, causes, log}) => {
	if (!log?.problems) {
		return ['log not read yet'];
	}

	const amount = causes.length === 1 ? '1 cause' : `${causes.length} causes`;
	return news?.isSettled ? [`known, ${amount}`] : [`${amount}, not compared yet`, `${amount}, comparing`];
};
