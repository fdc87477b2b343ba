import {problemsOf} from '../outcomes.js';
import {uuid} from '../random.js';
import type {Run} from '../run.js';
import {localeDate, scriptTime, wallTime, type Pacing} from '../time.js';
import {sessionAt, transferredLine} from './session-state.js';
import {filledIn, objectLine, objectProblems} from './objects.js';
import {lead, timeOfWork} from './work.js';

export type LogItemType = 'Running' | 'Warning' | 'Error' | 'Success' | 'Stop';
export type LogItemState = {id: string; usn: number; type: LogItemType; message: string; createdAt: number; endedAt: number | undefined};

/** A line of the log; `from` and `until` are shares of the run's time. */
type PlannedLine = {from: number; until: number; running: string; type: LogItemType; message: string};

/** Objects that are processed at the same time. */
const inParallel = 4;
const mostObjectLines = 5000;

/** The log of a session as it reads at `now`, oldest first. A running line is rewritten in place when it is done. */
export function logItemsAt(run: Run, now: number, pacing: Pacing): LogItemState[] {
	const until = run.quietFrom === undefined || now >= wallTime(pacing, run.endsAt) ? now : Math.min(now, wallTime(pacing, run.quietFrom));
	const took = run.endsAt - run.runsAt;
	const reached = scriptTime(pacing, until);
	const wallOf = (share: number) => wallTime(pacing, run.runsAt + (share * took));
	const logItems: LogItemState[] = [];
	for (const [order, line] of plannedLines(run, pacing).entries()) {
		const startsAt = run.runsAt + (line.from * took);
		if (startsAt > reached) {
			continue;
		}

		const isDone = run.runsAt + (line.until * took) <= reached;
		logItems.push({
			id: uuid(run.id, 'log', order),
			usn: usnOf(order),
			type: isDone ? line.type : 'Running',
			message: isDone ? line.message : line.running,
			createdAt: wallOf(line.from),
			endedAt: isDone ? wallOf(line.until) : undefined,
		});
	}

	return logItems;
}

/** As on a real server, where numbers grow but are not consecutive. */
function usnOf(order: number): number {
	return order < 2 ? order + 1 : 1000 + ((order - 2) * 3);
}

function plannedLines(run: Run, pacing: Pacing): PlannedLine[] {
	const objects = objectLines(run);
	const warnings = slowLines(run);
	const middle = warnings.length === 0 ? objects : [...objects, ...warnings].toSorted((left, right) => left.from - right.from);
	return [...openingLines(run, pacing), ...middle, ...closingLines(run, pacing)];
}

/** The repeated warning of a run that is slowed down. */
function slowLines({slow, runsAt, endsAt}: Run): PlannedLine[] {
	if (!slow) {
		return [];
	}

	const {from, until, warning, warningEvery} = slow;
	return Array.from({length: Math.floor((until - from) / warningEvery)}, (_, index) => done((from + (index * warningEvery) - runsAt) / (endsAt - runsAt), 'Warning', warning));
}

function done(at: number, type: LogItemType, message: string): PlannedLine {
	return {from: at, until: at, running: message, type, message};
}

function openingLines(run: Run, pacing: Pacing): PlannedLine[] {
	const started = done(0, 'Success', `Job started at ${localeDate(wallTime(pacing, run.runsAt))}`);
	const {totals: {objects}, found: amount} = run;
	if (objects === 0) {
		return [started];
	}

	const found = run.job.type === 'Copy'
		? []
		: [
			{from: 0, until: lead * 0.4, running: 'Connecting to organization...', type: 'Success', message: 'Connected to organization'} as const,
			done(lead * 0.45, 'Success', 'Found 3 excluded objects'),
		];
	return [
		started,
		...found,
		{from: lead * 0.5, until: lead * 0.8, running: `Resolving objects (found: ${Math.ceil(amount / 2)})...`, type: 'Success', message: `Found ${amount} objects`},
		{from: lead * 0.8, until: timeOfWork(run, 1 - (inParallel / objects)), running: 'Objects waiting for processing...', type: 'Success', message: 'All objects sent to processing'},
	];
}

function objectLines(run: Run): PlannedLine[] {
	const {objects} = run.totals;
	const problems = new Map(objectProblems(run).map(problem => [problem.index, problem]));
	return Array.from({length: Math.min(objects, mostObjectLines)}, (_, index) => {
		const problem = problems.get(index);
		const line = run.messages?.[index % run.messages.length] ?? objectLine(run.job, index);
		return {
			from: timeOfWork(run, Math.max(0, index + 1 - inParallel) / objects),
			until: timeOfWork(run, (index + 1) / objects),
			running: line,
			type: problem?.type ?? 'Success',
			message: problem?.message ?? line,
		};
	});
}

const closings: Readonly<Partial<Record<string, string>>> = {Failed: 'Job failed at', Disconnected: 'Job failed at', Stopped: 'Job was stopped at'};

function closingLines(run: Run, pacing: Pacing): PlannedLine[] {
	const endedAt = wallTime(pacing, run.endsAt);
	const {status, statistics} = sessionAt(run, endedAt, pacing);
	const ofSession = problemsOf(run.outcome, run.job.workload).filter(({objects}) => objects === 0);
	const failed = objectProblems(run).filter(({type}) => type === 'Error').length;
	const closing = closings[status];
	return [
		...ofSession.map(({type, text}) => done(1, type, filledIn(text, run.job, {index: 0, failed}))),
		...(run.totals.objects > 0 ? [done(1, 'Success', transferredLine(statistics))] : []),
		...(status === 'Success' || status === 'Warning' ? [done(1, 'Success', 'Email notification sent')] : []),
		done(1, closing === undefined ? 'Success' : (status === 'Stopped' ? 'Stop' : 'Error'), `${closing ?? 'Job finished at'} ${localeDate(endedAt)}`),
	];
}
