import type {Session} from '../../model/session.js';
import {parseJob} from './job-wire.js';
import {parseTitledLogItem} from './log-wire.js';
import {reader} from './reader.js';
import {commonSessionsQuery} from './v6.js';
import {retryFields, sessionBase, type WireVersion} from './wire.js';

/** A session of v7: with type and retry chain, the job still by link only. */
export function parseSessionV7(wire: unknown, serverId: string): Session | undefined {
	const fields = reader(wire);
	const base = fields && sessionBase(fields, serverId);
	return base && {...base, ...retryFields(fields, base.id)};
}

/** v7, served by products 7 and 8. */
export const v7: WireVersion = {
	capabilities: {
		version: 'v7',
		filtersByJob: true,
		filtersByStatus: false,
		logsNewestFirst: false,
		filtersLogsByType: false,
		listsObjects: true,
		lacks: new Set<keyof Session>(['kind', 'proxyId', 'proxyPoolId', 'eTag']),
	},
	hasAntiforgery: true,
	hasLogout: true,
	collectionLimit: undefined,
	proxiesQuery: {extendedView: false},
	hasProxyPools: false,
	sessionsQuery: query => ({...commonSessionsQuery(query), jobId: query.jobId}),
	logQuery: ({offset, limit}) => ({offset, limit}),
	session: parseSessionV7,
	job: parseJob,
	logItem: parseTitledLogItem,
};
