import {valueOf} from '../../model/field.js';
import type {Cause} from '../../triage/causes/causes.js';
import type {Verdict, VerdictKind} from '../../triage/verdicts/verdict.js';
import {isUnderWatch} from '../../triage/silence.js';
import {duration} from '../../ui/format.js';
import type {Cell, Tone} from '../../ui/text/spans.js';
import {cutText, fits} from '../../ui/text/text.js';
import {startTime} from '../../ui/times.js';

/** What the words of a verdict depend on besides it. */
export type NeedsContext = {
	/** Milliseconds since 1970 by the clock of the verdict's server. */
	readonly now: number;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	/** Columns for the words; where they do not fit, shorter ones are taken. */
	readonly width: number;
};

type Words = {
	readonly tone: Tone;
	/** The words, the fullest first; the first that fits is taken, else the last. */
	readonly say: (verdict: Verdict, context: NeedsContext) => readonly string[];
};

/** `02:31`; with the weekday or date where it is not today. */
export function clock(at: number, {now, zone}: NeedsContext): string {
	return startTime(at, now, zone, 9);
}

/**
When it ends by our estimate, the fullest words first: `~02:10 to ~02:50`, `~02:31`; none without one. Of whole minutes:
seconds would say more than is known.
@param columns - that a time may take; with 9 one of another week is a date alone, with 12 a date and time
*/
export function estimateWords({estimate}: Pick<Verdict, 'estimate'>, {now, zone}: Pick<NeedsContext, 'now' | 'zone'>, columns: 9 | 12): readonly string[] {
	if (!estimate) {
		return [];
	}

	const about = (at: number) => `~${startTime(Math.round(at / 60_000) * 60_000, now, zone, columns)}`;
	const {endsAt, band} = estimate;
	return band ? [`${about(band.from)} to ${about(band.until)}`, about(endsAt)] : [about(endsAt)];
}

/** An estimated length in whole minutes: `~4m`, `~1h20`. */
export function aboutSpan(ms: number): string {
	return ms < 60_000 ? '~1m' : `~${duration(ms).replace(/(?<=^\d+m)\d\d$/v, '')}`;
}

function endsWords(verdict: Verdict, context: NeedsContext): readonly string[] {
	const words = estimateWords(verdict, context, 9);
	return [...words.map(about => `ends ${about}`), ...words.slice(-1)];
}

// Verdicts are made anew every ten seconds: seconds in their words would lag behind the clock, and those of a silence are not known.
function wholeMinutes(ms: number | undefined): string {
	return ms === undefined || ms < 60_000 ? '<1m' : aboutSpan(ms).slice(1);
}

/** Which attempt runs or ran last, of how many: `retry 1/3`; nothing for a first run. */
export function attemptWords({chain}: Verdict): string | undefined {
	const last = chain?.attempts.at(-1);
	const ordinal = valueOf(last?.retryCount) ?? 0;
	if (!chain || ordinal === 0) {
		return undefined;
	}

	const most = chain.most === undefined || chain.most < ordinal ? '' : `/${chain.most}`;
	return `retry ${ordinal}${most}`;
}

/** Which attempt comes next, and when, the fullest words first: `retry 2/3 in ~4m`. When it starts is up to the server's scheduler. */
export function retryWords({chain}: Verdict, {now}: Pick<NeedsContext, 'now'>): readonly string[] {
	const last = chain?.attempts.at(-1);
	// The first attempts may have left the range: the last one says how many there were.
	const next = (valueOf(last?.retryCount) ?? 0) + 1;
	const most = chain?.most === undefined || chain.most < next ? '' : `/${chain.most}`;
	const which = `retry ${next}${most}`;
	if (chain?.nextAt === undefined) {
		return [`${which} is announced`, which];
	}

	return chain.nextAt > now ? [`${which} in ${aboutSpan(chain.nextAt - now)}`] : [`${which} was due ${wholeMinutes(now - chain.nextAt)} ago`, `${which} is due`];
}

// What was said first of what is new, else of all.
function causeWords(causes: readonly Cause[]): string | undefined {
	return causes[0]?.text;
}

/** A shorter beginning of a cause says nothing: then the verdict stands alone, and the line below the list says why. */
const leastCause = 16;

// As much of the cause as there is room for.
function withCause(verdict: string, cause: string | undefined, {width}: NeedsContext): readonly string[] {
	const room = width - verdict.length - 2;
	return [cause === undefined || room < Math.min(leastCause, cause.length) ? verdict : cutText(`${verdict}: ${cause}`, width)];
}

/** A cause has so much room before its beginning is enough to know it by. */
const knownBy = 30;

// The status says what happened: the cause says why, where there is room for enough of it.
function causeAlone(causes: readonly Cause[], short: string, {width}: NeedsContext): readonly string[] {
	const cause = causeWords(causes);
	return [cause !== undefined && (fits(cause, width) || width >= knownBy) ? cutText(cause, width) : short];
}

function quietWords(verdict: Verdict): readonly string[] {
	const {motion, pending} = verdict;
	const quiet = `quiet ${wholeMinutes(motion?.quietMs)}`;
	if (motion?.isLogRead) {
		return isUnderWatch(verdict) ? [`${quiet}, watching`, quiet] : [quiet];
	}

	return pending > 0 ? [`${quiet}, log not read yet`, `${quiet}, not read`] : [quiet];
}

const quietFromMs = 5 * 60_000;

function runningWords(verdict: Verdict, context: NeedsContext): readonly string[] {
	const attempt = attemptWords(verdict);
	const lead = attempt === undefined ? '' : `${attempt}, `;
	if ((verdict.motion?.quietMs ?? 0) >= quietFromMs) {
		return quietWords(verdict).map(words => lead + words);
	}

	const ends = endsWords(verdict, context);
	if (ends.length > 0) {
		return ends.map(words => lead + words);
	}

	const unread = 'history not read yet';
	return verdict.isHistoryRead ? withoutBaseline(verdict, context).map(missing => lead + missing) : [lead + unread, attempt ?? unread];
}

// A Full run takes longer than the others, and is not late for that.
function withoutBaseline({session, incremental}: Verdict, {now}: NeedsContext): readonly string[] {
	if (valueOf(session?.kind) !== 'Full') {
		return ['no baseline'];
	}

	const began = valueOf(session?.createdAt);
	const baseline = incremental?.durationMs.median ?? 0;
	return began === undefined || baseline === 0 ? ['no baseline (Full)'] : [`Full run, ${shareWords((now - began) / baseline)} the usual Incremental`, `Full, ${shareWords((now - began) / baseline)} the usual`];
}

/** `0.4x`, `12x`. */
export function shareWords(share: number): string {
	return share < 9.95 ? `${share.toFixed(1)}x` : `${Math.min(999, Math.round(share))}x`;
}

function warningWords({news, causes, log}: Verdict): readonly string[] {
	if (!log?.problems) {
		return ['log not read yet'];
	}

	const amount = causes.length === 1 ? '1 cause' : `${causes.length} causes`;
	return news?.isSettled ? [`known, ${amount}`] : [`${amount}, not compared yet`, `${amount}, comparing`];
}

/** The words of every verdict; a new one is an entry here. */
const words: Readonly<Record<VerdictKind, Words>> = {
	failed: {
		tone: 'bad',
		say({causes, chain}, context) {
			const isUsedUp = (chain?.attempts.length ?? 0) > 1 || chain?.most !== 0;
			return [...withCause(isUsedUp ? 'no retry left' : 'failed, no retry', causeWords(causes), context), 'no retry'];
		},
	},
	missed: {tone: 'bad', say: ({missedAt}, context) => [`missed, due ${clock(missedAt ?? 0, context)}`, `missed ${clock(missedAt ?? 0, context)}`, 'missed']},
	stuck: {tone: 'bad', say: ({motion}) => [`stuck, quiet ${wholeMinutes(motion?.quietMs)}`, 'stuck']},
	disconnected: {tone: 'bad', say: ({causes}, context) => causeAlone(causes, 'proxy lost', context)},
	notConfigured: {tone: 'bad', say: ({causes}, context) => causeAlone(causes, 'to be set up', context)},
	throttled: {
		tone: 'warning',
		say(verdict, context) {
			const ends = endsWords(verdict, context).at(-2);
			return ends === undefined ? [`throttled by Microsoft, quiet ${wholeMinutes(verdict.motion?.quietMs)}`, 'throttled'] : [`throttled by Microsoft, ${ends}`, `throttled, ${ends}`, 'throttled'];
		},
	},
	late: {
		tone: 'warning',
		say(verdict, context) {
			const overlay = `late, ${wholeMinutes(verdict.late?.pastUsualMs)} over`;
			const isQuiet = (verdict.motion?.quietMs ?? 0) >= quietFromMs;
			const fuller = isQuiet
				? quietWords(verdict).flatMap(quiet => [`${overlay} usual, ${quiet}`, `late, ${quiet}`])
				: endsWords(verdict, context).slice(0, -1).map(ends => `${overlay} usual, ${ends}`);
			return [...fuller, `${overlay} usual`, overlay, 'late'];
		},
	},
	wontFit: {
		tone: 'warning',
		say: ({pastWindowMs = 0, window}, context) => [
			`ends ${aboutSpan(pastWindowMs)} after its window closes at ${clock(window?.closesAt ?? 0, context)}`, `${aboutSpan(pastWindowMs)} past window`, 'no fit',
		],
	},
	waiting: {tone: 'warning', say: ({waitedMs}) => [`waits in the queue for ${wholeMinutes(waitedMs)}`, `waits ${wholeMinutes(waitedMs)}`, 'waits']},
	behind: {tone: 'warning', say: ({behind}) => [`copy is ${wholeMinutes(behind?.lagMs)} behind`, `behind ${wholeMinutes(behind?.lagMs)}`, 'behind']},
	retrying: {tone: 'warning', say: retryWords},
	newWarning: {tone: 'warning', say: ({news}) => [`new: ${causeWords(news?.fresh ?? []) ?? 'a warning'}`]},
	recovered: {
		tone: 'warning',
		say({recoveredFrom, session}, context) {
			const failed = `failed ${clock(valueOf(recoveredFrom?.endedAt) ?? 0, context)}`;
			return session?.status === 'Warning' ? [`ran since, ${failed} before`, `${failed} before`] : [`recovered, ${failed}`, `${failed}, is well`];
		},
	},
	running: {tone: 'plain', say: runningWords},
	other: {tone: 'plain', say: () => ['']},
	queued: {tone: 'plain', say: ({waitedMs}) => [`waits ${wholeMinutes(waitedMs)}`, 'waits']},
	warning: {tone: 'plain', say: warningWords},
	healed: {tone: 'good', say: verdict => [`healed on ${attemptWords(verdict) ?? 'a retry'}`]},
	success: {tone: 'dim', say: () => ['']},
	stopped: {tone: 'dim', say: ({session}) => [valueOf(session?.details) ?? '']},
};

/** What a job needs, in the words that fit. */
export function needsCell(verdict: Verdict, context: NeedsContext): Cell {
	const {say, tone} = words[verdict.kind];
	const said = say(verdict, context);
	return [{text: said.find(text => fits(text, context.width)) ?? said.at(-1) ?? '', tone}];
}

/** The name of each kind of problem, for counts: `stuck 1  missed 1`. */
export const problemWords: Readonly<Partial<Record<VerdictKind, string>>> = {
	failed: 'failed', missed: 'missed', stuck: 'stuck', disconnected: 'disconnected', notConfigured: 'not configured', throttled: 'throttled', late: 'late',
	wontFit: 'past window', waiting: 'waiting', behind: 'behind', newWarning: 'new warning', recovered: 'recovered',
};
