import type {Job, JobType} from '../../model/job.js';
import type {Session} from '../../model/session.js';
import {parseJob} from './job-wire.js';
import {parseTypedLogItem} from './log-wire.js';
import {reader} from './reader.js';
import {v7} from './v7.js';
import {reference, retryFields, sessionBase, type WireVersion} from './wire.js';

/** A session of v8; a build that leaves `jobId` out still has the link. */
export function parseSessionV8(wire: unknown, serverId: string): Session | undefined {
	const fields = reader(wire);
	const base = fields && sessionBase(fields, serverId);
	return base && {
		...base,
		...retryFields(fields, base.id),
		jobId: reference(fields.id('jobId')) ?? base.jobId,
		kind: fields.text('jobSessionConfigType'),
		proxyId: reference(fields.id('proxyId')),
		proxyPoolId: reference(fields.id('proxyPoolId')),
		eTag: fields.tag('eTag'),
	};
}

/** A job of v8: with the id of its organization. */
export function parseJobV8(wire: unknown, type: JobType): Job | undefined {
	const job = parseJob(wire, type);
	return job && {...job, organizationId: reference(reader(wire)?.id('organizationId')) ?? job.organizationId};
}

/** v8, served by product 8; its collections are pages of 30 unless the request has a limit. */
export const v8: WireVersion = {
	capabilities: {
		version: 'v8',
		filtersByJob: true,
		filtersByStatus: true,
		logsNewestFirst: true,
		filtersLogsByType: true,
		listsObjects: true,
		lacks: new Set<keyof Session>(),
	},
	hasAntiforgery: true,
	hasLogout: true,
	collectionLimit: 1000,
	proxiesQuery: {},
	hasProxyPools: true,
	sessionsQuery: query => ({...v7.sessionsQuery(query), status: query.status}),
	logQuery: ({offset, limit, newest, type}) => ({offset, limit, type, orderAsc: newest ? false : undefined}),
	session: parseSessionV8,
	job: parseJobV8,
	logItem: parseTypedLogItem,
};
