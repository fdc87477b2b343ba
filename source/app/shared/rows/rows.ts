import {valueOf, unreadable, type Field} from '../../../model/field.js';
import type {Job} from '../../../model/job.js';
import type {Named} from '../../../model/named.js';
import {serverTime, type Now} from '../../../model/now.js';
import {sessionKey, statusClass, type Session} from '../../../model/session.js';
import type {Snapshot} from '../../../model/snapshot.js';
import {jobKey} from '../../../triage/triage.js';
import type {Verdict} from '../../../triage/verdicts/verdict.js';
import {statusWord} from '../status-words.js';
import type {ListName} from './lists.js';

/**
One line of a list: a session, or in Now a job with its newest session. A job that has none in
range has no `session`, and columns show what is left.
*/
export type Row = {
	/** Server and session id; in Now server and job id, so that the cursor stays on a job whose next run begins. */
	readonly key: string;
	readonly serverId: string;
	/** How the server is called on screen. */
	readonly serverName: string;
	readonly session: Session | undefined;
	readonly job: Job | undefined;
	/** The job's name, or a short id where the job is gone. */
	readonly jobName: string;
	/** From the session, or by the collection that the job is in where the session does not say it (v6). */
	readonly jobType: Field<string>;
	readonly organization: Field<string>;
	readonly repository: Field<string>;
	readonly proxy: Field<string>;
	/**
	Text that a search looks through, as `searchText` makes it, a line a field: status, job, organization, repository, proxy, details,
	the server's name where several are watched, and in Now the verdict where it is a problem.
	*/
	readonly haystack: string;
	/** What its job needs, and its position in the order of need; in Now only. */
	readonly verdict?: Verdict;
	readonly rank?: number;
	/** Whether its verdict is a problem; undefined where it has none. */
	readonly isProblem?: boolean;
	/** Whether that problem is acknowledged. */
	readonly isAcknowledged?: boolean;
};

/** The parts of a snapshot that give a session its names. */
export type Names = Pick<Snapshot, 'serverId' | 'serverName' | 'jobs' | 'organizations' | 'repositories' | 'proxies'>;

/**
How long the session has run, or ran, in milliseconds by its server's clock; undefined where its times do not say.
One in an unknown status runs until it has an end.
*/
export function elapsedMs(session: Session, now: Now): number | undefined {
	const from = valueOf(session.createdAt);
	const ended = valueOf(session.endedAt);
	const running = serverTime(now, session.serverId);
	const to = {active: running, finished: ended, other: ended ?? running}[statusClass(session.status)];
	return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}

/** A text as searches compare it: one way to write each accented letter, no capitals, one small sigma. */
export function searchText(text: string): string {
	return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

/**
The rows of a snapshot's sessions, in its order. A session's row is made once and kept while its names stand.
@param isOneOfSeveral - whether other servers are watched too: then a search finds the server's name
*/
export function rowsOf(snapshot: Snapshot, isOneOfSeveral = false): readonly Row[] {
	const found = listCache.get(snapshot.sessions);
	if (found?.isOneOfSeveral === isOneOfSeveral && sameNames(found.names, snapshot)) {
		return found.rows;
	}

	// Names alone: a cache that kept the snapshot would keep every list that any row was made from.
	const {serverId, serverName, jobs, organizations, repositories, proxies} = snapshot;
	const names: Names = {serverId, serverName, jobs, organizations, repositories, proxies};
	const rows = snapshot.sessions.map(session => {
		const cached = rowCache.get(session);
		if (cached?.isOneOfSeveral === isOneOfSeveral && sameNames(cached.names, snapshot)) {
			return cached.row;
		}

		const row = rowOf(session, snapshot, isOneOfSeveral);
		rowCache.set(session, {names, isOneOfSeveral, row});
		return row;
	});
	listCache.set(snapshot.sessions, {names, isOneOfSeveral, rows});
	return rows;
}

/**
The rows of all servers in one list, newest first; the same array while no snapshot changed. A row has its
names from its own server alone: ids can be the same on two of them, as after a configuration was restored.
*/
export function mergedRows(snapshots: readonly Snapshot[]): readonly Row[] {
	const [first] = snapshots;
	if (!first || snapshots.length === 1) {
		return first ? rowsOf(first) : [];
	}

	const lists = snapshots.map(snapshot => rowsOf(snapshot, true));
	const found = mergedCache.get(lists[0]!);
	if (found?.lists.length === lists.length && found.lists.every((list, index) => list === lists[index])) {
		return found.rows;
	}

	const rows = lists.flat().toSorted((a, b) => createdAt(b) - createdAt(a) || (a.key < b.key ? -1 : 1));
	mergedCache.set(lists[0]!, {lists, rows});
	return rows;
}

/** When a row's session was created, in milliseconds since 1970; 0 where it does not say. */
export function createdAt({session}: Row): number {
	return valueOf(session?.createdAt) ?? 0;
}

/** What Enter opens of a row: its session, else the job itself. */
export function rowOpens({key, session}: Row): string {
	return session ? sessionKey(session) : key;
}

/** The id of the row's session, else of its job. */
export function idOf(row: Row | undefined): string | undefined {
	return row?.session?.id ?? row?.job?.id;
}

/** The key of the row's job or session in another list. */
export function keyIn(list: ListName, row: Row): string {
	const {serverId, session, job} = row;
	return list === 'sessions' ? rowOpens(row) : jobKey({serverId, jobId: job?.id ?? valueOf(session?.jobId), session});
}

/** How many sessions came, changed or left between two snapshots. */
export function changedSince(before: Snapshot, after: Snapshot): number {
	if (before.sessions === after.sessions) {
		return 0;
	}

	const known = new Set(before.sessions);
	const ids = new Set(after.sessions.map(({id}) => id));
	return after.sessions.filter(session => !known.has(session)).length + before.sessions.filter(({id}) => !ids.has(id)).length;
}

const rowCache = new WeakMap<Session, {names: Names; isOneOfSeveral: boolean; row: Row}>();
const listCache = new WeakMap<readonly Session[], {names: Names; isOneOfSeveral: boolean; rows: readonly Row[]}>();
// By the first of the lists.
const mergedCache = new WeakMap<readonly Row[], {lists: ReadonlyArray<readonly Row[]>; rows: readonly Row[]}>();

function sameNames(a: Names, b: Names): boolean {
	return a === b || (a.serverName === b.serverName && a.jobs === b.jobs && a.organizations === b.organizations
		&& a.repositories === b.repositories && a.proxies === b.proxies);
}

function rowOf(session: Session, names: Names, isOneOfSeveral: boolean): Row {
	const jobId = valueOf(session.jobId);
	return {...rowOfJob(jobId === undefined ? undefined : names.jobs.get(jobId), session, names, isOneOfSeveral), key: sessionKey(session)};
}

/** A row of a job, of one of its sessions, or of a session whose job is gone; its key and verdict are up to the caller. */
export function rowOfJob(job: Job | undefined, session: Session | undefined, names: Names, isOneOfSeveral: boolean): Omit<Row, 'key'> {
	const source = job && sourceJob(job, names);
	const jobName = nameOfJob(session, job, source);
	const organization = nameBy(job?.organizationId ?? source?.organizationId, names.organizations);
	const repository = nameBy(session?.repositoryId ?? job?.repositoryId, names.repositories);
	const proxy = nameBy(session?.proxyId ?? session?.proxyPoolId, names.proxies);
	return {
		serverId: names.serverId,
		serverName: names.serverName,
		session,
		job,
		jobName,
		jobType: session?.jobType ?? job?.type,
		organization,
		repository,
		proxy,
		haystack: searchText([statusWord(valueOf(session?.status) ?? ''), jobName, organization, repository, proxy, session?.details, isOneOfSeveral ? names.serverName : undefined]
			.map(text => valueOf(text) ?? '').join('\n')),
	};
}

function sourceJob(job: Job, names: Names): Job | undefined {
	const id = valueOf(job.backupJobId);
	return id === undefined ? undefined : names.jobs.get(id);
}

// Copy jobs of older builds have an empty name: the console shows them by the job they copy.
function nameOfJob(session: Session | undefined, job: Job | undefined, source: Job | undefined): string {
	const name = valueOf(job?.name);
	if (name !== undefined && name.trim() !== '') {
		return name;
	}

	const sourceName = valueOf(source?.name);
	if (sourceName !== undefined && sourceName.trim() !== '') {
		return `${sourceName} (copy)`;
	}

	const jobId = job?.id ?? valueOf(session?.jobId);
	if (jobId === undefined) {
		return session?.jobId === unreadable ? '?' : `session ${session?.id.slice(0, 8) ?? ''}`;
	}

	return job ? jobId.slice(0, 8) : `${jobId.slice(0, 8)} (job gone)`;
}

// An id without a name is still worth a few characters: two rows with the same id belong together.
function nameBy(id: Field<string>, named: ReadonlyMap<string, Named>): Field<string> {
	if (id === unreadable || id === undefined) {
		return id;
	}

	const name = named.get(id)?.name;
	return name === undefined || name === '' ? id.slice(0, 8) : name;
}
