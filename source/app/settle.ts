import {heardUntil} from '../model/connection.js';
import {readKey, type PendingRead} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import {jobTypes} from '../model/job.js';
import type {FollowTarget} from '../model/messages.js';
import {serverTime} from '../model/now.js';
import {canChange} from '../model/session.js';
import {readsForOpened} from '../triage/pending-reads.js';
import {triageOf, type Triage} from '../triage/triage.js';
import {openedOf, type OpenedDetail} from './detail/opened.js';
import {tabOf} from './detail/tabs.js';
import {hasNewProblem, knownProblems} from './list/bell.js';
import {withBaseline} from './report/report-keys.js';
import {isAnyLoading} from './shared/servers.js';
import {withReplaced} from './shared/state/layers.js';
import type {Effect, Step} from './shared/state/messages.js';
import {allJobRows, connectionTo, detailLayer, listLayer, rowOfKey, serverStates, shownSnapshots, showSameSnapshots} from './shared/state/selectors.js';
import {listTime, type FirstReading, type ServerData, type State, type VerdictBasis} from './shared/state/state.js';
import {withPasswordQuestion} from './sign-in/sign-in-keys.js';

/** Verdicts that depend on the time alone are made anew this often: less than a minute without progress means nothing. */
const stepMs = 10_000;

/** What cannot be read of the problems that a server has at first is not waited for longer than this. */
const firstReadingMs = 120_000;

/**
The state after a message with all that follows from it: verdicts, what is to be read and followed, whether a password is needed,
what is news; and the effects of that, after those of the message.
@param before - the state before the message
*/
export function settled(before: State, {state, effects}: Step): Step {
	const judged = withLastSeen(before, withVerdicts(withScope(state)));
	const informed = withPasswordQuestion(withNews(before, judged), before.servers);
	const asking = withQuestions(before, informed);
	return {state: asking.state, effects: [...effects, ...asking.effects, ...ownEffects(before, asking.state)]};
}

/**
The state with verdicts that fit its data. Of a server that does not answer nothing is claimed for the time since: what was due
then may well have run.
*/
export function withVerdicts(state: State): State {
	const snapshots = shownSnapshots(state);
	const now = listTime(state);
	const verdicts: Triage[] = [];
	const verdictBases: VerdictBasis[] = [];
	for (const [index, server] of state.servers.entries()) {
		const snapshot = snapshots[index]!;
		const time = heardUntil(connectionTo(server, state), now, server.id);
		const basis = {snapshot, evidence: server.evidence, ignored: state.marks.ignored, step: Math.floor(time / stepMs)};
		const former = state.verdictBases[index];
		const isSame = former !== undefined && (Object.keys(basis) as Array<keyof VerdictBasis>).every(part => basis[part] === former[part]);
		verdictBases.push(isSame ? former : basis);
		const ignored = state.marks.ignored.filter(({serverId}) => serverId === server.id).map(({key}) => key);
		verdicts.push(isSame
			? state.verdicts[index]!
			: triageOf({...snapshot, evidence: server.evidence, ignored: new Set(ignored), now: time}, state.verdicts[index]));
	}

	return verdicts.every((triage, index) => triage === state.verdicts[index]) ? state : {...state, verdicts, verdictBases};
}

// A session that leaves the list stays open as it was last seen.
function withLastSeen(before: State, state: State): State {
	const layer = detailLayer(state);
	if (!layer || (before.verdicts === state.verdicts && showSameSnapshots(before, state)) || rowOfKey(state, layer.key)) {
		return state;
	}

	const row = rowOfKey(before, layer.key);
	return row ? {...state, layers: withReplaced(state.layers, layer, {...layer, lastSeen: {row, seenAt: listTime(before)}})} : state;
}

// What is known of the servers at first is no news: what changes from then on is, for `d` and for the bell.
function withNews(before: State, state: State): State {
	if (before.servers === state.servers && before.verdicts === state.verdicts && before.time === state.time && before.marks === state.marks) {
		return state;
	}

	const read = {...state, firstReadings: firstReadingsOf(state)};
	const servers = serverStates(read);
	const listed = servers.filter(({snapshot}) => !snapshot.isLoading);
	const isAllListed = !isAnyLoading(servers) && listed.length > 0;
	const isAllRead = isAllListed && listed.every(({snapshot}) => isSettled(read, snapshot.serverId));
	const based = isAllListed ? withBaseline(read, 'sessions') : read;
	return {...(isAllRead ? withBaseline(based, 'problems') : based), knownProblems: knownProblemsOf(before, read)};
}

function knownProblemsOf(before: State, state: State): State['knownProblems'] {
	const isSame = before.verdicts === state.verdicts && showSameSnapshots(before, state);
	return isSame ? state.knownProblems : knownProblems(allJobRows(state));
}

// The first reading of each server, and the first one at each other range: what a longer one brings was there before.
function firstReadingsOf(state: State): State['firstReadings'] {
	const {time, firstReadings, verdicts} = state;
	const readings = new Map<string, FirstReading>();
	for (const [index, {scope, isLoading, serverId}] of shownSnapshots(state).entries()) {
		const known = firstReadings.get(serverId);
		const former = known?.scope === scope ? known : undefined;
		const since = former?.since ?? time.monotonic;
		const isOver = former?.isOver === true || verdicts[index]!.pendingReads.length === 0 || time.monotonic - since > firstReadingMs;
		if (!isLoading) {
			readings.set(serverId, {scope, since, isOver});
		} else if (former) {
			readings.set(serverId, former);
		}
	}

	return readings;
}

function isSettled(state: State, serverId: string): boolean {
	return state.firstReadings.get(serverId)?.isOver === true;
}

/** What is to be read for what is open, and of all verdicts; and what of the open session is followed. */
function withQuestions(before: State, state: State): Step {
	const isSame = before.servers === state.servers && before.verdicts === state.verdicts && detailLayer(before) === detailLayer(state)
		&& Math.floor(before.time.server / stepMs) === Math.floor(state.time.server / stepMs);
	if (isSame) {
		return {state, effects: []};
	}

	const opened = openedOf(state);
	const effects: Effect[] = [];
	const servers = state.servers.map((server, index): ServerData => {
		const isOpen = opened?.server === server;
		const reads = readsOf(state, server, index, isOpen ? opened : undefined);
		const target = isOpen ? targetOf(state, opened) : undefined;
		const hasReads = sameReads(reads, server.asked.reads);
		const hasTarget = sameTarget(target, server.asked.target);
		if (hasReads && hasTarget) {
			return server;
		}

		if (!hasReads) {
			effects.push({type: 'pending-reads', serverId: server.id, reads});
		}

		if (!hasTarget) {
			effects.push({type: 'follow', serverId: server.id, target});
		}

		return withAsked(server, {reads: hasReads ? server.asked.reads : reads, target});
	});
	return {state: effects.length === 0 ? state : {...state, servers}, effects};
}

// What was read of a session that is no longer followed is not kept.
function withAsked({log, objects, ...server}: ServerData, asked: ServerData['asked']): ServerData {
	const {target} = asked;
	return {
		...server,
		asked,
		log: target?.what === 'log' && log?.sessionId === target.sessionId ? log : undefined,
		objects: target?.what === 'objects' && objects?.sessionId === target.sessionId ? objects : undefined,
	};
}

// What went wrong in the log of the open session is said where its objects are.
function readsOf(state: State, server: ServerData, index: number, opened: OpenedDetail | undefined): readonly PendingRead[] {
	const {pendingReads} = state.verdicts[index]!;
	if (!opened) {
		return pendingReads;
	}

	const {row: {job, jobType}, session, verdict, snapshot} = opened;
	const first = readsForOpened({
		jobId: job?.id ?? valueOf(session?.jobId),
		jobType: jobType === 'Copy' ? 'Copy' : 'Backup',
		verdict: verdict?.session?.id === session?.id ? verdict : undefined,
		troubled: tabOf(detailLayer(state)!.tab).showsProblems ? session : undefined,
	}, server.evidence, {rangeMs: snapshot.scope.rangeMs, now: serverTime(listTime(state), server.id)});
	return first.length === 0 ? pendingReads : [...first, ...pendingReads];
}

function targetOf(state: State, {session, isGone}: OpenedDetail): FollowTarget | undefined {
	const what = tabOf(detailLayer(state)!.tab).follows;
	return what && session ? {what, sessionId: session.id, isActive: canChange(session) && !isGone} : undefined;
}

function sameReads(a: readonly PendingRead[], b: readonly PendingRead[]): boolean {
	return a === b || (a.length === b.length && a.every((read, index) => sameRead(read, b[index]!)));
}

function sameRead(a: PendingRead, b: PendingRead): boolean {
	return a === b || (readKey(a) === readKey(b) && a.urgency === b.urgency);
}

function sameTarget(a: FollowTarget | undefined, b: FollowTarget | undefined): boolean {
	return a?.what === b?.what && a?.sessionId === b?.sessionId && a?.isActive === b?.isActive;
}

// What is asked of the program because the state is another one.
function ownEffects(before: State, state: State): readonly Effect[] {
	const {preferences: {refreshMs}, marks} = state;
	return [
		...(state.scope === before.scope ? [] : [{type: 'scope', scope: state.scope} as const]),
		...(refreshMs === before.preferences.refreshMs ? [] : [{type: 'refresh-interval', refreshMs} as const]),
		...(marks === before.marks ? [] : [{type: 'save-marks', marks} as const]),
		...(ringsFor(before, state) ? [{type: 'bell'} as const] : []),
	];
}

// Once for each batch of new problems. Those that another range brings were there before.
function ringsFor(before: State, state: State): boolean {
	if (!state.preferences.rings || state.knownProblems === before.knownProblems) {
		return false;
	}

	const isNews = (serverId: string) => isSettled(before, serverId) && before.firstReadings.get(serverId)?.scope === state.firstReadings.get(serverId)?.scope;
	return hasNewProblem(before.knownProblems, allJobRows(state), isNews);
}

/** The state with the scope that its range and job type ask for. The requests are narrowed as the monitor was started; another job type widens them to all. */
export function withScope(state: State): State {
	const {scope, preferences: {rangeMs}} = state;
	const {jobType} = listLayer(state).filters;
	const requested = scope.jobType === jobType ? jobTypes.find(type => type === jobType) : undefined;
	return scope.rangeMs === rangeMs && scope.jobType === requested ? state : {...state, scope: {rangeMs, jobType: requested}};
}
