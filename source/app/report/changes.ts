import {serverTime, type Now} from '../../model/now.js';
import {sessionKey, statusClass} from '../../model/session.js';
import type {VerdictSubject} from '../../triage/verdicts/rule.js';
import {verdictRules, type VerdictKind} from '../../triage/verdicts/verdict.js';
import {sessionEvent} from '../shared/rows/events.js';
import {count} from '../../ui/format.js';
import {problemName, verdictSentence} from '../shared/verdict-words.js';
import {createdAt, type Row} from '../shared/rows/rows.js';
import type {ReportLine} from '../shared/state/layers.js';
import type {ChangeBaseline} from '../shared/state/state.js';

type Problem = {readonly kind: VerdictKind; readonly jobName: string};

/** What there is at a moment. */
export type Standing = {
	/** The rows of Sessions and of Now. */
	readonly sessions?: readonly Row[];
	readonly jobs?: readonly Row[];
	readonly now: Now;
	/** IANA name of the zone in which times of day are shown; UTC unless given. */
	readonly zone?: string;
};

/** More lines than anybody reads. */
const mostLines = 1000;

/** What is to be remembered of the sessions; its problems are added by `withProblems`. */
export function baselineNow({sessions = [], now}: Standing): ChangeBaseline {
	const newest = new Map<string, number>();
	const active = new Set<string>();
	for (const row of sessions) {
		newest.set(row.serverId, Math.max(newest.get(row.serverId) ?? 0, createdAt(row)));
		if (statusClass(row.session?.status) !== 'finished') {
			active.add(row.key);
		}
	}

	return {at: now.server, newest, active, problems: undefined, jobs: new Set()};
}

/** The same with the problems that there are now. */
export function withProblems(seen: ChangeBaseline, {jobs = []}: Standing): ChangeBaseline {
	return {...seen, problems: problemsOf(jobs), jobs: new Set(jobs.map(({key}) => key))};
}

function problemsOf(jobs: readonly Row[]): ReadonlyMap<string, Problem> {
	return new Map(jobs.flatMap(({key, isProblem, verdict, jobName}) => verdict && isProblem ? [[key, {kind: verdict.kind, jobName}] as const] : []));
}

/**
What changed since then, newest first: sessions that came and ended, and problems that came and went where those of then
are known. Of more than 1,000 changes the newest.
*/
export function changesSince(seen: ChangeBaseline, {sessions = [], jobs = [], now, zone = 'UTC'}: Standing): readonly ReportLine[] {
	const isOneOfSeveral = new Set(sessions.map(({serverId}) => serverId)).size > 1;
	const about = ({serverName}: Row, text: string) => isOneOfSeveral ? `${serverName}: ${text}` : text;
	const changed = sessions.filter(row => hasChanged(row, seen, now));
	const ended = new Set(changed.filter(({session}) => statusClass(session?.status) === 'finished').map(({key}) => key));
	const events = changed.map((row): ReportLine => {
		const {at, text, tone} = sessionEvent(row);
		return {at: at ?? 'now', text: about(row, text), tone};
	});
	const {came, gone} = problemChanges(seen, jobs, now);
	const lines: readonly ReportLine[] = [
		...came.filter(row => !isSaidAlready(row, ended)).map((row): ReportLine => ({at: 'now', text: about(row, problemText(row, now, zone)), tone: 'bad'})),
		...gone.map(({kind, jobName}): ReportLine => ({at: 'now', text: `No longer ${problemName(kind) ?? kind}: ${jobName}`, tone: 'good'})),
		...events.toSorted((a, b) => timeOf(b) - timeOf(a)),
	];
	return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), {text: `and ${count(lines.length - mostLines)} earlier ones`, tone: 'dim'}];
}

const timeOf = ({at}: ReportLine) => typeof at === 'number' ? at : Infinity;

// Sessions that a longer range brings were there before.
function hasChanged(row: Row, {at, newest, active}: ChangeBaseline, now: Now): boolean {
	const since = newest.get(row.serverId) ?? (at - now.server + serverTime(now, row.serverId));
	return createdAt(row) > since || (active.has(row.key) && statusClass(row.session?.status) === 'finished');
}

function problemChanges(seen: ChangeBaseline, jobs: readonly Row[], now: Now): {readonly came: readonly Row[]; readonly gone: readonly Problem[]} {
	const {problems} = seen;
	if (!problems) {
		return {came: [], gone: []};
	}

	const current = problemsOf(jobs);
	const listed = new Set(jobs.map(({key}) => key));
	return {
		came: jobs.filter(row => current.has(row.key) && current.get(row.key)!.kind !== problems.get(row.key)?.kind && !wasOutOfRange(row, seen, now)),
		// What left the range is no better for that.
		gone: [...problems].filter(([key, {kind}]) => listed.has(key) && current.get(key)?.kind !== kind).map(([, problem]) => problem),
	};
}

const endedSubjects: ReadonlySet<VerdictSubject> = new Set(['finishedRun', 'failedRun']);

// A job that a longer range brought with its old run.
function wasOutOfRange(row: Row, seen: ChangeBaseline, now: Now): boolean {
	return !seen.jobs.has(row.key) && endedSubjects.has(verdictRules[row.verdict!.kind].subject) && !hasChanged(row, seen, now);
}

// The end of a session says it already.
function isSaidAlready({verdict}: Row, ended: ReadonlySet<string>): boolean {
	return verdict?.session !== undefined && verdictRules[verdict.kind].subject === 'failedRun' && ended.has(sessionKey(verdict.session));
}

// `Stuck: Contoso Mail, no object, byte, item or log line for 38m`: why it is a problem, not what its log says besides.
function problemText({serverId, verdict, jobName}: Row, now: Now, zone: string): string {
	const word = problemName(verdict!.kind) ?? verdict!.kind;
	return `${word.charAt(0).toUpperCase()}${word.slice(1)}: ${jobName}, ${verdictSentence(verdict!, {now: serverTime(now, serverId), zone})}`;
}
