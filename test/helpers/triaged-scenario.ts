import {parseProxyEntry, parseRepository, parseNamed} from '../../source/api/wire/named-wire.js';
import type {ApiVersion} from '../../source/api/server-api.js';
import {versions} from '../../source/api/wire/versions.js';
import {createSessionStore} from '../../source/live/session-store.js';
import {noEvidence, type Evidence, type LogEvidence, type PendingRead} from '../../source/model/evidence.js';
import type {LogItem} from '../../source/model/log-item.js';
import {emptySnapshot, type Snapshot} from '../../source/model/snapshot.js';
import type {Session} from '../../source/model/session.js';
import {v6} from '../../source/simulator/wire/v6.js';
import {v7} from '../../source/simulator/wire/v7.js';
import {v8} from '../../source/simulator/wire/v8.js';
import type {Run} from '../../source/simulator/world/run.js';
import type {World} from '../../source/simulator/world/world.js';
import {newestMoment} from '../../source/triage/motion.js';
import {triageOf, type Triage} from '../../source/triage/triage.js';
import {byId, day, minute} from './sessions.js';

const served = {v6, v7, v8};
const serverId = 'test';
/** As many as the reader of evidence asks for. */
const historyRuns = 40;
const openingItems = 20;
const newestItems = 200;

/**
A night of the simulator as the monitor comes to know it, without a server and without waiting: what a version says at a moment
goes through its parser, and whatever the verdicts want is read at once.
*/
export function triagedNight(world: World, version: ApiVersion) {
	const wire = served[version];
	const api = versions[version];
	const store = createSessionStore();
	let evidence: Evidence = noEvidence;
	let last: Triage | undefined;
	let reads = 0;

	// A run that has ended stays as it is, so it and its log are parsed once.
	const endedSessions = new Map<string, Session>();
	const endedLogs = new Map<string, readonly LogItem[]>();

	const sessionOf = (run: Run, at: number): Session => {
		const known = endedSessions.get(run.id);
		if (known) {
			return known;
		}

		const session = api.session(wire.session(world.sessionOf(run, at), wire.activeEndTime), serverId)!;
		if (world.endOf(run) <= at) {
			endedSessions.set(run.id, session);
		}

		return session;
	};

	const logOf = (sessionId: string, at: number): readonly LogItem[] => {
		const known = endedLogs.get(sessionId);
		if (known) {
			return known;
		}

		const session = world.session(sessionId, at);
		const items = session ? world.logItems(session, at).map(item => api.logItem(wire.logItem(item, session, wire.activeEndTime))!) : [];
		if (session?.endedAt !== undefined) {
			endedLogs.set(sessionId, items);
		}

		return items;
	};

	const read = (want: PendingRead, at: number): void => {
		reads++;
		if (want.kind === 'history') {
			const job = world.inventory.jobs.find(({id}) => id === want.jobId)!;
			const sessions = world.newestRunsOfJobAt(job, at).take(historyRuns).map(run => sessionOf(run, at)).toArray();
			evidence = {...evidence, histories: new Map(evidence.histories).set(want.jobId, {sessions, readAt: at})};
			return;
		}

		const part = partOf(want.part, logOf(want.sessionId, at), at);
		evidence = {...evidence, logs: new Map(evidence.logs).set(want.sessionId, {...evidence.logs.get(want.sessionId), ...part})};
	};

	const poll = (at: number) => {
		const since = at - day;
		const sessions: Session[] = [];
		for (const run of world.newestRunsAt(at)) {
			if (world.startOf(run) < since - (7 * day)) {
				break;
			}

			const ended = world.endOf(run);
			if (ended > since || ended > at) {
				sessions.push(sessionOf(run, at));
			}
		}

		store.merge(sessions, at);
		store.prune(since);
	};

	const jobsAt = (at: number) => world.jobsAt(at).map(state => {
		const type = state.job.type === 'Copy' ? 'Copy' : 'Backup';
		return api.job(type === 'Copy' ? wire.copyJob(state) : wire.job(state), type)!;
	});

	const snapshotAt = (at: number): Snapshot => ({
		...emptySnapshot(serverId, 'vb365-prod', {jobType: undefined, rangeMs: day}),
		version,
		isLoading: false,
		sessions: store.sessions(),
		observations: store.observations(),
		jobs: byId(...jobsAt(at)),
		organizations: byId(...world.inventory.organizations.map(({id, name}) => parseNamed({id, name}, ['name'])!)),
		repositories: byId(...world.inventory.repositories.map(repository => parseRepository(wire.repository(repository, world.inventory))!)),
		proxies: byId(...world.inventory.proxies.map(proxy => parseProxyEntry(wire.proxy(proxy))!), ...world.inventory.proxyPools.map(({id, name}) => parseNamed({id, name}, ['name'])!)),
		lacks: api.capabilities.lacks,
	});

	const triage = (snapshot: Snapshot, at: number): Triage => triageOf({...snapshot, evidence, ignored: new Set(), now: at}, last);

	return {
		/** Polls at that moment, milliseconds since 1970, and reads what is wanted until nothing is. */
		lookAt(at: number): Triage {
			poll(at);
			const snapshot = snapshotAt(at);
			for (let rounds = 0; rounds < 20; rounds++) {
				last = triage(snapshot, at);
				if (last.pendingReads.length === 0) {
					break;
				}

				for (const want of last.pendingReads) {
					read(want, at);
				}
			}

			return last!;
		},
		/** Polls every so often over the minutes before a moment, as a monitor does that was opened a while ago. */
		watchUntil(at: number, {minutes = 3, everyMs = minute / 4} = {}): void {
			for (let moment = at - (minutes * minute); moment < at; moment += everyMs) {
				poll(moment);
			}
		},
		snapshotAt,
		/** What was read besides the lists, so far. */
		evidence: () => evidence,
		/** The whole log of a session. */
		logOf,
		/** Things read besides the lists, so far. */
		reads: () => reads,
	};
}

function partOf(part: keyof LogEvidence, items: readonly LogItem[], readAt: number): LogEvidence {
	const problems = items.filter(({type}) => type === 'Error' || type === 'Warning');
	const parts: Readonly<Record<keyof LogEvidence, LogEvidence>> = {
		opening: {opening: {items: items.slice(0, openingItems), readAt}},
		newest: {newest: {items: items.slice(-newestItems), readAt}},
		problems: {problems: {items: problems, isCut: false, readAt}},
		longestQuiet: {longestQuiet: {ms: longestQuiet(items), readAt}},
	};
	return parts[part];
}

function longestQuiet(items: readonly LogItem[]): number {
	const moments = items
		.flatMap(item => [newestMoment([{...item, endedAt: undefined}]), newestMoment([item])])
		.filter(at => at !== undefined)
		.toSorted((a, b) => a - b);
	return Math.max(0, ...moments.map((at, index) => at - (moments[index - 1] ?? at)));
}
