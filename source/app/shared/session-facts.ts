import {unreadable, valueOf, type Field} from '../../model/field.js';
import type {Job, Schedule} from '../../model/job.js';
import type {LogItem} from '../../model/log-item.js';
import {serverTime, type Now} from '../../model/now.js';
import {isActive, type Session} from '../../model/session.js';
import {backupWindowAt} from '../../triage/backup-window.js';
import type {Chain} from '../../triage/chains.js';
import {lastGoodAt} from '../../triage/schedule.js';
import type {Baseline} from '../../triage/baseline.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import {leastStuckMs} from '../../triage/silence.js';
import {cellWidth, fitCell} from '../../ui/text/fit-cell.js';
import {counted, duration, longDuration} from '../../ui/format.js';
import type {Cell} from '../../ui/text/spans.js';
import {cutText, fitText, wrapText} from '../../ui/text/text.js';
import {fullTime, timeOfDay} from '../../ui/times.js';
import {fieldCell, oneServer, type Watching} from './columns/columns.js';
import {aboutSpan, estimateWords} from './run-words.js';
import {verdictWords} from './verdict-words.js';
import {retryCell} from './retry-words.js';
import {elapsedMs, type Row} from './rows/rows.js';
import {statusTone, statusWord} from './status-words.js';
import {moment, roughSpan} from './verdict-sentence.js';

/** What is known of a job. */
export type JobOptions = {
	readonly row: Row;
	/** What is known of the job of the row; it may be of a newer session than the row's. */
	readonly verdict?: Verdict | undefined;
	/** Whether somebody has seen the problem that it is. */
	readonly isAcknowledged?: boolean;
	/** By id, for the source of a copy. */
	readonly jobs?: ReadonlyMap<string, Job>;
	/** `v6`, `v7` or `v8`. */
	readonly version: string | undefined;
	readonly lacks: ReadonlySet<keyof Session>;
	readonly now: Now;
	readonly zone: string;
	/** Whether the session has left the list and is shown as it was last seen. */
	readonly isGone: boolean;
	/** One server, unless said. */
	readonly watching?: Watching;
};

/** What is known of one of its sessions. */
export type DetailOptions = JobOptions & {
	readonly session: Session;
	/** The run and its retries that the session is one of. */
	readonly chain?: Chain;
};

/** One fact: its words and its value; where that does not fit, the short one. */
export type Fact = {readonly label: string; readonly value: Cell; readonly short?: Cell | undefined};

type FactEntry<Options extends JobOptions> = {
	readonly label: string | ((options: Options) => string);
	/** The session's field that it needs; where the version lacks it, the fact says so. */
	readonly field?: keyof Session;
	/** Whether it is said; always, unless said. */
	readonly when?: (options: Options) => boolean;
	readonly value: (options: Options) => Cell;
	readonly short?: (options: Options) => Cell | undefined;
};

const plain = (text: string): Cell => [{text}];
const dim = (text: string): Cell => [{text, tone: 'dim'}];
const none: Cell = dim('-');
const text = (field: Field<string>) => fieldCell(field, plain, none);
const timeIn = ({row, now, zone}: JobOptions) => ({now: serverTime(now, row.serverId), zone});
const time = (field: Field<number>, options: JobOptions) => fieldCell(field, at => plain(fullTime(at, timeIn(options).now, options.zone)), none);

/** The verdict where it is about the very session that is shown of. */
export function verdictOfSession({verdict, row: {session}}: Pick<JobOptions, 'verdict' | 'row'>): Verdict | undefined {
	return verdict?.session?.id === session?.id ? verdict : undefined;
}

/** What is usual for runs like the session. */
export function usualFor({verdict, row: {session}}: JobOptions): Baseline | undefined {
	const baseline = verdict?.baseline;
	return baseline?.kind === undefined || !session || baseline.kind === session.kind ? baseline : undefined;
}

/** The facts of a run, which are shown beside its statistics. */
const runFacts: ReadonlyArray<FactEntry<DetailOptions>> = [
	{label: 'Status', value: ({session}) => fieldCell(session.status, status => [{text: statusWord(status), tone: statusTone(status)}], none)},
	{label: 'Started', value: options => time(options.session.createdAt, options)},
	{label: 'Ended', value: options => isActive(options.session) ? [{text: options.isGone ? 'was active when last seen' : 'still active', tone: 'active'}] : time(options.session.endedAt, options)},
	{label: ({session}) => isActive(session) ? 'Elapsed' : 'Duration', value: ({session, now}) => durationCell(session, now)},
	{label: 'Usual', value: usualCell, short: usualShort},
	{label: 'Estimate', when: ({session}) => isActive(session), value: estimateCell, short: estimateShort},
	{label: 'Window', value: windowCell, short: windowShort},
	{label: 'Retry', value: ({session, chain, now}) => retryCell(session, chain, serverTime(now, session.serverId))},
];

/** The facts of a job without a run in range, or whose run did not come. */
const idleFacts: ReadonlyArray<FactEntry<JobOptions>> = [
	{label: 'Due', when: ({verdict}) => verdict?.missedAt !== undefined, value: options => time(options.verdict?.missedAt, options)},
	{label: 'Last began', value: lastRunCell},
	{label: 'Last good end', value: options => time(options.row.job && lastGoodAt(options.row.job, runsOf(options)), options)},
	{label: 'Usual', value: usualCell, short: usualShort},
	{label: 'Window', value: windowCell, short: windowShort},
];

const hasSession = ({row}: JobOptions) => row.session !== undefined;
const isCopy = ({row}: JobOptions) => valueOf(row.job?.backupJobId) !== undefined;
const sourceOf = ({row, jobs}: JobOptions) => jobs?.get(valueOf(row.job?.backupJobId) ?? '');

/** What is shown below: where a run belongs, and what its job does next. */
const jobFacts: ReadonlyArray<FactEntry<JobOptions>> = [
	{label: 'Server', when: ({watching = oneServer}) => watching.servers > 1, value: ({row}) => plain(row.serverName)},
	{label: 'Job', value: ({row}) => plain(row.jobName)},
	{label: 'Job type', value: ({row}) => text(row.jobType)},
	{label: 'Kind', field: 'kind', when: hasSession, value: ({row}) => text(row.session?.kind)},
	{label: 'Organization', value: ({row}) => text(row.organization)},
	{label: 'Repository', value: ({row}) => text(row.repository)},
	{label: 'Proxy', field: 'proxyId', when: hasSession, value: ({row}) => fieldCell(row.proxy, name => plain(row.session?.proxyId === undefined ? `${name} (pool)` : name), none)},
	{label: 'Copies', when: isCopy, value: options => text(sourceOf(options)?.name)},
	{label: 'Source good', when: isCopy, value: options => time(options.verdict?.behind?.sourceAt ?? sourceOf(options)?.lastBackupAt, options)},
	{label: 'Copy good', when: isCopy, value: options => time(options.row.job && lastGoodAt(options.row.job, runsOf(options)), options)},
	{label: 'Schedule', value: ({row: {job}}) => fieldCell(job?.schedule, schedule => scheduleCell(schedule, valueOf(job?.everyMs)), none)},
	{label: 'Next run', value: nextRunCell},
	{label: 'Retried next', field: 'willBeRetried', when: hasSession, value: ({row}) => fieldCell(row.session?.willBeRetried, will => plain(will ? 'yes, announced' : 'no'), none)},
];

/** Ids are whole, so that they can be copied. */
const ids: ReadonlyArray<FactEntry<JobOptions>> = [
	{label: 'Session id', when: hasSession, value: ({row}) => text(row.session?.id)},
	{label: 'Job id', value: ({row}) => text(row.session ? row.session.jobId : row.job?.id)},
	{label: 'Retry of', field: 'mainSessionId', when: ({row: {session}, lacks}) => session !== undefined && (session.mainSessionId !== undefined || lacks.has('mainSessionId')), value: ({row}) => text(row.session?.mainSessionId)},
];

const scheduleCell = (schedule: Schedule, everyMs: number | undefined) => plain(scheduleWords[schedule](everyMs));

const scheduleWords: Readonly<Record<Schedule, (everyMs: number | undefined) => string>> = {
	manual: () => 'none: started by hand',
	immediate: () => 'at each new restore point of its source',
	periodic: everyMs => everyMs === undefined ? 'periodic' : `every ${duration(everyMs)}`,
	daily: everyMs => everyMs === undefined || everyMs <= 24 * 3_600_000 ? 'daily' : `on some days, at most ${duration(everyMs)} apart`,
};

function durationCell(session: Session, now: Now): Cell {
	const ms = elapsedMs(session, now);
	if (ms !== undefined) {
		return plain(longDuration(ms));
	}

	return session.createdAt === unreadable || session.endedAt === unreadable ? [{text: '?', tone: 'warning'}] : none;
}

function usualCell(options: JobOptions): Cell {
	const {verdict, row} = options;
	const baseline = usualFor(options);
	if (baseline) {
		const {median, p90} = baseline.durationMs;
		const left = baseline.leftOut === 0 ? '' : `, ${counted(baseline.leftOut, 'big one')} left out`;
		return plain(`${duration(median)} (p90 ${duration(p90)}, ${counted(baseline.runs, 'run')}${left})`);
	}

	return dim(verdict?.isHistoryRead ? withoutBaseline(verdict, row.session) : 'history not read yet');
}

function usualShort(options: JobOptions): Cell | undefined {
	const baseline = usualFor(options);
	if (!baseline) {
		return options.verdict?.isHistoryRead ? dim('no baseline') : undefined;
	}

	const {median, p90} = baseline.durationMs;
	return plain(`${duration(median)} (p90 ${duration(p90)})`);
}

function withoutBaseline({incremental}: Verdict, session: Session | undefined): string {
	const why = session?.kind === 'Full' && incremental ? ` for Full; Incremental ${duration(incremental.durationMs.median)}` : ': fewer than 5 runs';
	return `no baseline${why}`;
}

const bases = {found: 'by the objects found', usual: 'by its usual runs'} as const;

function estimateCell(options: DetailOptions): Cell {
	const sessionVerdict = verdictOfSession(options);
	if (!sessionVerdict?.estimate) {
		return dim(withoutEstimate(sessionVerdict, options.session));
	}

	const [words, single] = estimateWords(sessionVerdict, timeIn(options), 12);
	return plain(`${single === undefined ? words : `${single} (${words})`}, ${bases[sessionVerdict.estimate.basis]}`);
}

function estimateShort(options: DetailOptions): Cell | undefined {
	const sessionVerdict = verdictOfSession(options);
	const [words] = sessionVerdict ? estimateWords(sessionVerdict, timeIn(options), 12) : [];
	return words === undefined ? undefined : plain(words);
}

function withoutEstimate(sessionVerdict: Verdict | undefined, session: Session): string {
	if (session.status === 'Queued') {
		return 'none while queued';
	}

	const reason = sessionVerdict && verdictWords[sessionVerdict.kind].withoutEstimate;
	if (reason !== undefined) {
		return reason;
	}

	if (sessionVerdict?.baseline) {
		return (sessionVerdict.motion?.quietMs ?? 0) >= leastStuckMs ? 'none while nothing moves' : 'none yet';
	}

	return sessionVerdict?.isHistoryRead ? 'none without baseline' : 'none: history not read yet';
}

function windowCell(options: JobOptions): Cell {
	const {job} = options.row;
	const context = timeIn(options);
	const state = job && backupWindowAt(job, context.now);
	if (!state) {
		return dim(job ? 'none' : '-');
	}

	const {isOpen, closesAt, opensAt} = state;
	if (!isOpen) {
		return plain(opensAt === undefined ? 'never open' : `closed, opens ${moment(opensAt, context)}`);
	}

	if (closesAt === undefined) {
		return dim('always open');
	}

	const past = pastWindow(options);
	return past ?? plain(`open until ${moment(closesAt, context)}, ${duration(closesAt - context.now)} left`);
}

function pastWindow(options: JobOptions): Cell | undefined {
	const {pastWindowMs, window} = verdictOfSession(options) ?? {};
	return pastWindowMs === undefined || window?.closesAt === undefined
		? undefined
		: [{text: `until ${moment(window.closesAt, timeIn(options))}, ends ${aboutSpan(pastWindowMs)} past it`, tone: 'warning'}];
}

function windowShort(options: JobOptions): Cell | undefined {
	const {pastWindowMs} = verdictOfSession(options) ?? {};
	if (pastWindowMs !== undefined) {
		return [{text: `ends ${aboutSpan(pastWindowMs)} past it`, tone: 'warning'}];
	}

	const context = timeIn(options);
	const {isOpen = false, closesAt} = (options.row.job && backupWindowAt(options.row.job, context.now)) ?? {};
	return isOpen && closesAt !== undefined ? plain(`${duration(closesAt - context.now)} left`) : undefined;
}

function nextRunCell(options: JobOptions): Cell {
	const {job} = options.row;
	if (job?.isEnabled === false) {
		return dim('none: the job is disabled');
	}

	const at = valueOf(job?.nextRunAt);
	const {now} = timeIn(options);
	return at !== undefined && at < now ? [...time(at, options), ...dim(`, ${roughSpan(now - at)} ago`)] : time(job?.nextRunAt, options);
}

function runsOf({verdict}: JobOptions): readonly Session[] {
	return verdict ? [...(verdict.session ? [verdict.session] : []), ...verdict.earlier] : [];
}

function lastRunCell(options: JobOptions): Cell {
	const [run] = runsOf(options);
	const status = run ? run.status : options.row.job?.lastStatus;
	const word = valueOf(status);
	const words: Cell = word === undefined ? [] : [{text: ` ${statusWord(word)}`, tone: statusTone(word)}];
	return [...time(run ? run.createdAt : options.row.job?.lastRunAt, options), ...words];
}

/** The facts of a session that are shown beside its statistics, each with its value, or with what the version lacks. */
export function sessionFacts(options: DetailOptions): readonly Fact[] {
	return factsOf(runFacts, options);
}

/** The facts of a job that no session of is shown. */
export function idleJobFacts(options: JobOptions): readonly Fact[] {
	return factsOf(idleFacts, options);
}

/** Where a session or a job belongs, and what comes next of it. */
export function sessionInfrastructure(options: JobOptions): readonly Fact[] {
	return factsOf(jobFacts, options);
}

/** The ids of a session and its job. */
export function sessionIds(options: JobOptions): readonly Fact[] {
	return factsOf(ids, options);
}

function factsOf<Options extends JobOptions>(entries: ReadonlyArray<FactEntry<Options>>, options: Options): readonly Fact[] {
	return entries.filter(({when}) => when?.(options) ?? true).map(({label, field, value, short}) => {
		const isLacking = field !== undefined && options.lacks.has(field);
		return {
			label: typeof label === 'string' ? label : label(options),
			value: isLacking ? dim(`not in ${options.version ?? 'this version'}`) : value(options),
			short: isLacking ? undefined : short?.(options),
		};
	});
}

/** A fact as one line of a width, its value from a column on. */
export function factLine({label, value, short}: Fact, labelWidth: number, width: number): Cell {
	const room = Math.max(0, width - labelWidth - 2);
	const fitting = short && cellWidth(value) > room ? short : value;
	return [{text: ` ${cutText(label, labelWidth).padEnd(labelWidth)} `, tone: 'dim'}, ...fitCell(fitting, room)];
}

/** The server's sentence about the run, as lines. */
export function detailsLines(session: Session, width: number, maxLines: number): readonly string[] {
	const details = session.details === unreadable ? '?' : session.details;
	return details ? wrapText(details, width, maxLines) : [];
}

/** A log item as one line: time, what it is, how long it took, its text. */
export function logLine(item: LogItem, zone: string, width: number): Cell {
	const type = valueOf(item.type);
	const from = valueOf(item.createdAt);
	const to = valueOf(item.endedAt);
	const took = from === undefined || to === undefined || to - from < 1000 ? '' : ` ${duration(to - from)}`;
	const tone = statusTone(type ?? '');
	const began = from === undefined ? (item.createdAt === unreadable ? '?' : '').padStart(8) : timeOfDay(from, zone);
	const body = fieldCell(item.text, words => [{text: words, tone: tone === 'bad' || tone === 'warning' ? tone : 'plain'}]);
	const start: Cell = [{text: ` ${began} `, tone: 'dim'}, {text: fitText(type ?? (item.type === unreadable ? '?' : '-'), 8), tone}];
	return [...start, ...fitCell([{text: ' '}, ...body], Math.max(0, width - 18 - took.length)), {text: took, tone: 'dim'}];
}
