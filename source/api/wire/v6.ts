import type {Session} from '../../model/session.js';
import type {SessionQuery} from '../server-api.js';
import {parseJob} from './job-wire.js';
import {parseTitledLogItem} from './log-wire.js';
import {reader} from './reader.js';
import {sessionBase, type Query, type WireVersion} from './wire.js';

/** The filters that every version has. */
export function commonSessionsQuery(query: SessionQuery): Query {
	return {
		jobType: query.jobType,
		endTimeLowerBound: query.endedAfter === undefined ? undefined : new Date(query.endedAfter).toISOString(),
		offset: query.offset,
		limit: query.limit,
	};
}

/** A session of v6: the job by link only, no type, no retry chain. */
export function parseSessionV6(wire: unknown, serverId: string): Session | undefined {
	const fields = reader(wire);
	return fields && sessionBase(fields, serverId);
}

/** v6, served by products 6 to 8. */
export const v6: WireVersion = {
	capabilities: {
		version: 'v6',
		filtersByJob: false,
		filtersByStatus: false,
		logsNewestFirst: false,
		filtersLogsByType: false,
		listsObjects: false,
		lacks: new Set<keyof Session>(['jobType', 'kind', 'willBeRetried', 'mainSessionId', 'repositoryId', 'proxyId', 'proxyPoolId', 'eTag']),
	},
	hasAntiforgery: false,
	hasLogout: false,
	collectionLimit: undefined,
	proxiesQuery: {extendedView: false},
	hasProxyPools: false,
	sessionsQuery: commonSessionsQuery,
	// Copy jobs have no such path.
	jobSessionsPath: job => job.type === 'Backup' ? `Jobs/${encodeURIComponent(job.id)}/JobSessions` : undefined,
	logQuery: ({offset, limit}) => ({offset, limit}),
	session: parseSessionV6,
	job: parseJob,
	logItem: parseTitledLogItem,
};
