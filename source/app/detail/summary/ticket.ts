import {unreadable, valueOf, type Field} from '../../../model/field.js';
import {isActive, type Session} from '../../../model/session.js';
import type {Snapshot} from '../../../model/snapshot.js';
import type {Cause} from '../../../triage/causes/causes.js';
import type {Verdict} from '../../../triage/verdicts/verdict.js';
import {lastGoodAt} from '../../../triage/schedule.js';
import {count, counted, duration, longDuration} from '../../../ui/format.js';
import {problemName, verdictSentence} from '../../shared/verdict-words.js';
import {estimateWords} from '../../shared/run-words.js';
import {elapsedMs, type Row} from '../../shared/rows/rows.js';
import {statusWord} from '../../shared/status-words.js';
import {wrapText} from '../../../ui/text/text.js';
import {fullTime, zoneName} from '../../../ui/times.js';
import {causesFrom, soFar} from '../../shared/verdict-sentence.js';
import {sessionStatistics} from './statistics.js';
import {troublesOf} from './possible-causes.js';

/** What a ticket is made of besides its row. */
export type TicketContext = {
	/** Of the row's server. */
	readonly snapshot: Pick<Snapshot, 'serverName' | 'version' | 'lacks' | 'repositories' | 'proxies'>;
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: number;
	/** IANA name of the zone in which times are shown. */
	readonly zone: string;
	/** Things that are still to be read of all jobs. */
	readonly waitingReads: number;
};

type Given = TicketContext & {
	readonly row: Row;
	readonly session: Session | undefined;
	readonly verdict: Verdict | undefined;
	/** The verdict where it is on the very session. */
	readonly sessionVerdict: Verdict | undefined;
};

/** Lines are no longer than this where a text can be broken. */
const width = 100;
const labelWidth = 14;
const mostObjects = 10;
const mostCauses = 20;

type Entry = {
	readonly label: string;
	/** The field of a session that it needs. */
	readonly field?: keyof Session;
	/** Lines; none where there is nothing to say. */
	readonly lines: (given: Given) => readonly string[];
};

const one = (text: string | undefined): readonly string[] => text === undefined || text === '' ? [] : [text];
const fieldText = <Value>(field: Field<Value>, show: (value: Value) => string) => field === unreadable ? '?' : (field === undefined ? undefined : show(field));
const same = (text: string) => text;
const time = (field: Field<number>, {now, zone}: TicketContext) => fieldText(field, at => `${fullTime(at, now, zone)} ${zoneName(at, zone)}`);

/** What a ticket says, in its order. */
const entries: readonly Entry[] = [
	{label: 'Server', lines: ({snapshot: {serverName, version}}) => [`${serverName}${version === undefined ? '' : ` (${version})`}`]},
	{label: 'Job', lines: ({row}) => [row.jobName]},
	{label: 'Job type', lines: ({row}) => one(fieldText(row.jobType, same))},
	{label: 'Kind', field: 'kind', lines: ({session}) => one(fieldText(session?.kind, same))},
	{label: 'Organization', lines: ({row}) => one(fieldText(row.organization, same))},
	{label: 'Status', lines: statusLines},
	{label: 'Verdict', lines: verdictLines},
	{label: 'Started', lines: given => one(time(given.session?.createdAt, given))},
	{label: 'Ended', lines: given => given.session && isActive(given.session) ? ['still active'] : one(time(given.session?.endedAt, given))},
	{label: 'Duration', lines: durationLines},
	{label: 'Due', lines: given => one(time(given.verdict?.missedAt, given))},
	{label: 'Last good end', lines: lastGoodLines},
	{label: 'Usual', lines: usualLines},
	{label: 'Estimate', lines: given => one(estimateLine(given))},
	{label: 'Attempts', lines: attemptLines},
	{label: 'Statistics', lines: ({session}) => session ? statisticsLines(session) : []},
	{label: 'Causes', lines: ({sessionVerdict}) => causeLines(sessionVerdict)},
	{label: 'Details', lines: ({session}) => one(fieldText(session?.details, same))},
	{label: 'Repository', lines: ({row}) => one(fieldText(row.repository, same))},
	{label: 'Proxy', field: 'proxyId', lines: ({row}) => one(fieldText(row.proxy, same))},
	{label: 'Trouble', lines: ({row, snapshot}) => troublesOf({row}, snapshot)},
	{label: 'Session id', lines: ({session}) => one(session?.id)},
	{label: 'Job id', lines: ({row, session}) => one(row.job?.id ?? fieldText(session?.jobId, same))},
	{label: 'Retry of', lines: ({session}) => one(fieldText(session?.mainSessionId, same))},
	{label: 'Taken', lines: given => [time(given.now, given)!, ...waitingLines(given)]},
];

function verdictLines({verdict, sessionVerdict, session, now, zone}: Given): readonly string[] {
	if (!verdict) {
		return ['none: not among the jobs watched now'];
	}

	const of = session && !sessionVerdict ? 'of the newest run of the job, not of this one: ' : '';
	const word = problemName(verdict.kind) ?? 'no problem';
	return [`${of}${word}; ${verdictSentence(verdict, {now, zone})}`];
}

function durationLines({session, now}: Given): readonly string[] {
	const ms = session && elapsedMs(session, {server: now, monotonic: 0});
	return ms === undefined ? [] : [`${longDuration(ms)}${isActive(session!) ? ' so far' : ''}`];
}

function statusLines({session, verdict}: Given): readonly string[] {
	const without = verdict?.session ? 'no run since it was due' : 'no session in range';
	return [session ? fieldText(session.status, statusWord) ?? '-' : without];
}

function lastGoodLines(given: Given): readonly string[] {
	const {session, row: {job}, verdict} = given;
	const runs = [...(verdict?.chain?.attempts ?? []), ...(verdict?.earlier ?? [])];
	return session === undefined && job !== undefined ? one(time(lastGoodAt(job, runs), given)) : [];
}

function usualLines({verdict}: Given): readonly string[] {
	const baseline = verdict?.baseline;
	if (!baseline) {
		return verdict ? [verdict.isHistoryRead ? 'no baseline: fewer than 5 runs' : 'history not read yet'] : [];
	}

	const {durationMs: {median, p90}, runs, kind, leftOut} = baseline;
	const left = leftOut === 0 ? '' : `, ${counted(leftOut, 'big one')} left out`;
	return [`${duration(median)}, nine of ten ${duration(p90)} at most, of ${counted(runs, kind === undefined ? 'run' : `${kind} run`)}${left}`];
}

function estimateLine({sessionVerdict, now, zone}: Given): string | undefined {
	const [words] = sessionVerdict ? estimateWords(sessionVerdict, {now, zone}, 12) : [];
	return words && `ends ${words} ${zoneName(now, zone)} (our estimate)`;
}

function attemptLines(given: Given): readonly string[] {
	const {sessionVerdict} = given;
	const {attempts = [], most} = sessionVerdict?.chain ?? {};
	if (attempts.length < 2 && (most ?? 0) === 0) {
		return [];
	}

	const lines = attempts.map(attempt => {
		const ordinal = valueOf(attempt.retryCount) ?? 0;
		const which = ordinal === 0 ? 'first run' : `retry ${ordinal}${most === undefined ? '' : ` of ${most}`}`;
		const ended = time(attempt.endedAt, given);
		return `${which}: ${fieldText(attempt.status, statusWord) ?? '-'}, ${time(attempt.createdAt, given) ?? '-'}${ended === undefined ? '' : ` to ${ended}`}`;
	});
	const next = time(sessionVerdict?.chain?.nextAt, given);
	return next === undefined ? lines : [...lines, `next attempt ~${next}`];
}

function statisticsLines(session: Session): readonly string[] {
	const parts = sessionStatistics(session).map(({label, value}) => `${label} ${value.map(({text}) => text).join('')}`);
	return [`${parts.join(', ')} (as reported)`];
}

function causeLines(sessionVerdict: Verdict | undefined): readonly string[] {
	if (!sessionVerdict) {
		return [];
	}

	const {causes} = sessionVerdict;
	const more = causes.length - mostCauses;
	return [...causes.slice(0, mostCauses).flatMap(cause => causeOf(cause, sessionVerdict)), ...(more > 0 ? [`and ${counted(more, 'more cause')}`] : [])];
}

function causeOf(cause: Cause, sessionVerdict: Verdict): readonly string[] {
	const {severity, text, objects} = cause;
	const isNew = sessionVerdict.news?.isSettled === true && sessionVerdict.news.fresh.some(({key}) => key === cause.key);
	const isKnown = sessionVerdict.news?.known.some(({key}) => key === cause.key);
	const newness = isNew ? 'new ' : (isKnown ? 'known ' : '');
	const more = objects.length > mostObjects ? [`  and ${count(objects.length - mostObjects)} more`] : [];
	const from = causesFrom(sessionVerdict);
	const times = from === 'details' ? '' : ` x${count(cause.count)}${soFar[from]}`;
	return [`${newness}${severity}${times}: ${text}`, ...objects.slice(0, mostObjects).map(object => `  ${object}`), ...more];
}

function waitingLines({verdict, waitingReads}: Given): readonly string[] {
	const pending = verdict?.pending ?? 0;
	return pending === 0 ? [] : [`still to be read: ${counted(pending, 'thing')} of this job, ${count(Math.max(pending, waitingReads))} in all`];
}

/**
A summary to hand over: plain lines of at most 100 columns, broken at spaces, each of the server's facts and our verdict with
its evidence; what is not known is left out.
@param verdict - on the row's job; undefined where it is not among those of Now
*/
export function ticketText(row: Row, verdict: Verdict | undefined, context: TicketContext): string {
	const sessionVerdict = verdict?.session?.id === row.session?.id ? verdict : undefined;
	const given: Given = {...context, row, session: row.session, verdict, sessionVerdict};
	const {lacks, version} = context.snapshot;
	return entries.flatMap(({label, field, lines}) => {
		const isLacking = field !== undefined && lacks.has(field) && row.session !== undefined;
		return labelled(label, isLacking ? [`not in ${version ?? 'this version'}`] : lines(given));
	}).join('\n');
}

/** Lines under a label, the long ones broken. */
function labelled(label: string, lines: readonly string[]): readonly string[] {
	return lines.flatMap(line => {
		const indent = /^ */v.exec(line)![0];
		return wrapText(withoutControls(line), width - labelWidth - 2 - indent.length, 20).map(part => indent + part);
	}).map((line, index) => (index === 0 ? `${label}:` : '').padEnd(labelWidth + 2) + line);
}

const controls = /[\p{Control}\u{2028}\u{2029}]/gv;

// The texts of a server have been cleaned; a ticket is pasted where nothing else would.
function withoutControls(text: string): string {
	return text.replaceAll(controls, ' ');
}
