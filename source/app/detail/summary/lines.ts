import {unreadable, valueOf} from '../../../model/field.js';
import {isActive, type Session} from '../../../model/session.js';
import {causeOfDetails, type Cause} from '../../../triage/causes/causes.js';
import {isProblem, type Verdict} from '../../../triage/verdicts/verdict.js';
import {isUnderWatch} from '../../../triage/silence.js';
import {verdictOfSession, type DetailOptions, type JobOptions} from '../../shared/session-facts.js';
import {cellWidth, fitCell, splitLine} from '../../../ui/text/fit-cell.js';
import {count, counted, duration} from '../../../ui/format.js';
import {verdictSentence, verdictWords} from '../../shared/verdict-words.js';
import {elapsedMs} from '../../shared/rows/rows.js';
import type {Cell, Span} from '../../../ui/text/spans.js';
import {statusTone, statusWord} from '../../shared/status-words.js';
import {wrapText} from '../../../ui/text/text.js';
import {startTime, timeOfDay} from '../../../ui/times.js';
import {causesFrom, isLogWhole, soFar, type SentenceContext} from '../../shared/verdict-sentence.js';

/** Lines that a sentence may take. */
const mostLines = 3;

function bannerWord(verdict: Verdict): string {
	const {kind, pending} = verdict;
	return verdictWords[kind].name?.toUpperCase() ?? (pending > 0 || isUnderWatch(verdict) ? 'NOT CERTAIN' : 'NO PROBLEM');
}

function bannerTone({kind}: Verdict): Span['tone'] {
	const {tone, bannerTone: ofBanner} = verdictWords[kind];
	return isProblem(kind) ? ofBanner ?? tone : 'dim';
}

// It can be acknowledged where the list has its verdict.
function acknowledging({isAcknowledged, watching}: JobOptions): Cell {
	if (isAcknowledged) {
		return [{text: 'acknowledged', tone: 'dim'}];
	}

	return watching?.list === 'now' ? [{text: 'a = acknowledge', tone: 'dim'}] : [];
}

/**
What we say of a job, and why, in one to three lines; nothing where nothing is known. What an older run is opened for is
not what its job is in trouble for, so that is said.
*/
export function bannerLines(options: JobOptions, context: SentenceContext, width: number): readonly Cell[] {
	const {verdict, row} = options;
	if (!verdict) {
		return [];
	}

	const isOlder = row.session !== undefined && verdictOfSession(options) === undefined;
	const word = isOlder ? 'OLDER RUN' : bannerWord(verdict);
	const why = isOlder ? `the job's newest run: ${bannerWord(verdict).toLowerCase()}; ${verdictSentence(verdict, context)}` : verdictSentence(verdict, context);
	const key = isOlder || !isProblem(verdict.kind) ? [] : acknowledging(options);
	// The narrowest screens have the help for the key.
	const isNarrow = width < 59;
	const sentence = isNarrow && options.isAcknowledged && key.length > 0 ? `acknowledged; ${why}` : why;
	const right = isNarrow ? [] : key;
	const indent = word.length + 4;
	const lines = wrapText(sentence, Math.max(10, width - indent - (right.length > 0 ? cellWidth(right) + 1 : 0)), mostLines);
	return lines.map((line, index) => {
		const lead: Span = {text: ` ${index === 0 ? word : ''}`.padEnd(indent), tone: bannerTone(verdict)};
		return splitLine([lead, {text: line}], index === 0 ? right : [], width);
	});
}

/** How a run went: `22 Nov Success 3h19`. */
function runSpans(session: Session, {now, zone}: SentenceContext): readonly Span[] {
	const began = valueOf(session.createdAt);
	const ms = elapsedMs(session, {server: now, monotonic: 0});
	const status = session.status === unreadable ? '?' : session.status ?? '-';
	return [
		{text: began === undefined ? '-' : startTime(began, now, zone, 9), tone: 'dim'},
		{text: ` ${statusWord(status)}`, tone: statusTone(status)},
		{text: ms === undefined ? '' : ` ${duration(ms)}`},
	];
}

/** Earlier finished runs of the job in one line, newest first, as many as fit. */
export function lastRunsLine(options: JobOptions, context: SentenceContext, width: number): Cell {
	const {verdict, row: {session}} = options;
	const right: Cell = [{text: '(4 for history)', tone: 'dim'}];
	const began = valueOf(session?.createdAt) ?? Infinity;
	// Where a job did not run, its newest run is an earlier one too.
	const runs = [verdict?.session, ...(verdict?.earlier ?? [])].filter((run): run is Session => run !== undefined && !isActive(run));
	const earlier = runs.filter(({id, createdAt}) => id !== session?.id && (valueOf(createdAt) ?? 0) <= began);
	let line: Cell = [{text: ' LAST RUNS ', tone: 'dim'}];
	if (earlier.length === 0) {
		return splitLine([...line, {text: verdict?.isHistoryRead ? ' none' : ' history not read yet', tone: 'dim'}], right, width);
	}

	for (const run of earlier) {
		const longer = [...line, {text: '  '}, ...runSpans(run, context)];
		if (cellWidth(longer) + cellWidth(right) + 2 > width) {
			break;
		}

		line = longer;
	}

	return splitLine(line, right, width);
}

/** The causes of a session: those of its log, else what its details name. */
function causesFor(options: DetailOptions): readonly Cause[] {
	const sessionVerdict = verdictOfSession(options);
	if (sessionVerdict) {
		return sessionVerdict.causes;
	}

	const {status, details, endedAt} = options.session;
	const isWarning = status === 'Warning';
	const said = isWarning || status === 'Failed' ? causeOfDetails(valueOf(details) ?? '', isWarning ? 'Warning' : 'Error', valueOf(endedAt)) : undefined;
	return said ? [said] : [];
}

function summaryOf(causes: readonly Cause[], sessionVerdict: Verdict | undefined): string {
	if (causes.length === 0) {
		return withoutCauses(sessionVerdict);
	}

	const lines = (severity: Cause['severity']) => causes.filter(cause => cause.severity === severity).reduce((sum, cause) => sum + cause.count, 0);
	const parts = [[lines('Error'), 'error'], [lines('Warning'), 'warning']] as const;
	const from = causesOrigin(sessionVerdict);
	const amount = counted(causes.length, 'cause');
	return from === 'details'
		? `${amount} by the details; ${withoutCauses(sessionVerdict)}`
		: `${amount} in ${parts.filter(([times]) => times > 0).map(([times, word]) => counted(times, word)).join(', ')}${soFar[from]}`;
}

// Of an older run there are the details alone.
const causesOrigin = (sessionVerdict: Verdict | undefined) => sessionVerdict ? causesFrom(sessionVerdict) : 'details';

function withoutCauses(sessionVerdict: Verdict | undefined): string {
	if (sessionVerdict?.log?.problems) {
		return `none in its log${isLogWhole(sessionVerdict) ? '' : ' so far'}`;
	}

	return sessionVerdict?.log?.newest ? 'none in its newest log items' : 'log not read';
}

const newsWords = {fresh: {text: 'new', tone: 'warning'}, known: {text: 'known', tone: 'dim'}, none: {text: '', tone: 'dim'}} as const;

function newsOf(cause: Cause, sessionVerdict: Verdict | undefined): Span {
	if (!sessionVerdict?.news) {
		return newsWords.none;
	}

	const isFresh = sessionVerdict.news.fresh.some(({key}) => key === cause.key);
	// A cause is known once one run had it; new only when all of them were read.
	return isFresh ? newsWords[sessionVerdict.news.isSettled ? 'fresh' : 'none'] : newsWords.known;
}

function objectsOf({objects}: Cause): string {
	const more = objects.length > 3 ? ` and ${count(objects.length - 3)} more` : '';
	return objects.length === 0 ? '' : `: ${objects.slice(0, 3).join(', ')}${more}`;
}

function causeLine(cause: Cause, options: DetailOptions, width: number): Cell {
	const {severity, lastAt, text} = cause;
	const sessionVerdict = verdictOfSession(options);
	const news = newsOf(cause, sessionVerdict);
	const times = causesOrigin(sessionVerdict) === 'details' ? '' : `x${count(cause.count)} `;
	const tone = statusTone(severity);
	return fitCell([
		{text: ` ${lastAt === undefined ? '' : timeOfDay(lastAt, options.zone)}`.padEnd(10), tone: 'dim'},
		{...news, text: news.text.padEnd(6)},
		{text: severity.padEnd(8), tone},
		{text: times.padEnd(4), tone: 'dim'},
		{text, tone: news === newsWords.known ? 'dim' : tone},
		{text: objectsOf(cause), tone: 'dim'},
	], width);
}

/**
The causes of a session, the worst first, each with how often it is said and whom it names.
@param most - causes that are shown at most; the rest is counted
*/
export function problemLines(options: DetailOptions, width: number, most: number): readonly Cell[] {
	const causes = causesFor(options);
	const heading = splitLine([{text: ' LATEST PROBLEMS  ', tone: 'dim'}, {text: summaryOf(causes, verdictOfSession(options))}], [{text: '(2 for the log)', tone: 'dim'}], width);
	const shown = causes.length > most ? causes.slice(0, Math.max(1, most - 1)) : causes;
	const more = causes.length - shown.length;
	return [
		heading,
		...shown.map(cause => causeLine(cause, options, width)),
		...(more > 0 ? [fitCell([{text: `           and ${counted(more, 'more cause')}`, tone: 'dim'}], width)] : []),
	];
}
