import {valueOf, unreadable, type Field} from '../model/field.js';
import type {Job} from '../model/job.js';
import type {Named} from '../model/named.js';
import {serverTime, type Now} from '../model/now.js';
import {sessionKey, statusClass, type Session} from '../model/session.js';
import type {Snapshot} from '../model/snapshot.js';
import {statusWord} from './spans.js';

/**
One line of a list. It stands for a session now, and may stand for a job or a missed run
later: then `session` is undefined and columns show what is left.
*/
export type Row = {
	/** Server and session id. */
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
	/** Lower-case text that a search looks through: status, job, organization, repository, proxy, details. */
	readonly haystack: string;
};

/** The parts of a snapshot that give a session its names. */
export type Names = Pick<Snapshot, 'serverName' | 'jobs' | 'organizations' | 'repositories' | 'proxies'>;

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

/** The rows of a snapshot's sessions, in its order. A session's row is made once and kept while its names stand. */
export function rowsOf(snapshot: Snapshot): readonly Row[] {
	const found = listCache.get(snapshot.sessions);
	if (found && sameNames(found.names, snapshot)) {
		return found.rows;
	}

	// Names alone: a cache that held the snapshot would keep every list that any row was made from.
	const {serverName, jobs, organizations, repositories, proxies} = snapshot;
	const names: Names = {serverName, jobs, organizations, repositories, proxies};
	const rows = snapshot.sessions.map(session => {
		const cached = rowCache.get(session);
		if (cached && sameNames(cached.names, snapshot)) {
			return cached.row;
		}

		const row = rowOf(session, snapshot);
		rowCache.set(session, {names, row});
		return row;
	});
	listCache.set(snapshot.sessions, {names, rows});
	return rows;
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

const rowCache = new WeakMap<Session, {names: Names; row: Row}>();
const listCache = new WeakMap<readonly Session[], {names: Names; rows: readonly Row[]}>();

function sameNames(a: Names, b: Names): boolean {
	return a === b || (a.serverName === b.serverName && a.jobs === b.jobs && a.organizations === b.organizations
		&& a.repositories === b.repositories && a.proxies === b.proxies);
}

function rowOf(session: Session, names: Names): Row {
	const jobId = valueOf(session.jobId);
	const job = jobId === undefined ? undefined : names.jobs.get(jobId);
	const source = job && sourceJob(job, names);
	const jobName = nameOfJob(session, job, source);
	const organization = nameBy(job?.organizationId ?? source?.organizationId, names.organizations);
	const repository = nameBy(session.repositoryId ?? job?.repositoryId, names.repositories);
	const proxy = nameBy(session.proxyId ?? session.proxyPoolId, names.proxies);
	return {
		key: sessionKey(session),
		serverId: session.serverId,
		serverName: names.serverName,
		session,
		job,
		jobName,
		jobType: session.jobType ?? job?.type,
		organization,
		repository,
		proxy,
		haystack: [statusWord(valueOf(session.status) ?? ''), jobName, organization, repository, proxy, session.details]
			.map(text => valueOf(text) ?? '').join('\n').toLowerCase(),
	};
}

function sourceJob(job: Job, names: Names): Job | undefined {
	const id = valueOf(job.backupJobId);
	return id === undefined ? undefined : names.jobs.get(id);
}

// Copy jobs of older builds have an empty name: the console shows them by the job they copy.
function nameOfJob(session: Session, job: Job | undefined, source: Job | undefined): string {
	const name = valueOf(job?.name);
	if (name !== undefined && name.trim() !== '') {
		return name;
	}

	const sourceName = valueOf(source?.name);
	if (sourceName !== undefined && sourceName.trim() !== '') {
		return `${sourceName} (copy)`;
	}

	const jobId = valueOf(session.jobId);
	if (jobId === undefined) {
		return session.jobId === unreadable ? '?' : `session ${session.id.slice(0, 8)}`;
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
