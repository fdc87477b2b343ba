import {numberBetween, fraction} from '../world/random.js';
import {timestamp} from '../world/time.js';
import type {JobState} from '../world/world.js';
import {backupJobFields, capacityFields, changeNumber, copyJobFields, endTime, links, optional, optionalTime, organizationFields, overridden, proxyFields, repositoryFields, sessionFields, ticks} from './wire-fields.js';
import type {Wire, SimulatedVersion} from './wire.js';

export const v8: SimulatedVersion<'v8'> = {
	name: 'v8',
	hasPagedCollections: true,
	hasSetId: false,
	isStrict: true,
	hasAntiforgery: true,
	hasProcessedObjects: true,
	hasSessionsOfJob: false,
	hasProxyPools: true,
	hasHealth: true,
	sessionFilters: ['jobType', 'endTimeLowerBound', 'endTimeUpperBound', 'jobId', 'status'],
	hasLogFilters: true,
	logoutStatus: 204,
	extendedView: false,
	activeEndTime: 'absent',
	session: (session, activeEndTime) => overridden({
		...sessionFields(session, 'v8'),
		jobId: session.run.job.id,
		repositoryId: session.run.job.repositoryRecord.id,
		...optional('mainSessionId', session.run.mainSessionId),
		...optional('details', session.details),
		...endTime(session, activeEndTime),
		jobWillBeRetried: session.willBeRetried,
		jobType: session.run.job.type,
		jobSessionConfigType: session.run.kind,
		eTag: changeNumber(session.changedAt),
		...optional('proxyId', session.run.job.repositoryRecord.proxyId),
		...optional('proxyPoolId', session.run.job.repositoryRecord.proxyPoolId),
	}, session.run.overrides),
	logItem: (logItem, session, activeEndTime) => ({
		id: logItem.id,
		usn: logItem.usn,
		type: logItem.type,
		message: logItem.message,
		creationTime: timestamp(logItem.createdAt, ticks(logItem.id)),
		...endTime(logItem, activeEndTime),
		...links({jobsessions: `/v8/jobsessions/${session.id}`}),
	}),
	processedObject: object => ({...object}),
	job: state => ({
		...backupJobFields(state),
		...newFields(state),
		...links({
			self: `/v8/jobs/${state.job.id}`,
			organization: `/v8/organizations/${state.job.organizationRecord.id}`,
			backupRepository: `/v8/backuprepositories/${state.job.repositoryRecord.id}`,
			// A dead link on the real server too.
			jobsessions: `/v8/jobs/${state.job.id}/jobsessions`,
		}),
	}),
	copyJob: state => ({...copyJobFields(state), ...newFields(state), ...links({self: `/v8/copyjobs/${state.job.id}`})}),
	organization: (organization, backup) => ({...organizationFields(organization, backup, 'v8'), msid: organization.msid}),
	repository: repository => ({
		...repositoryFields(repository, 'v8'),
		...optional('proxyPoolId', repository.proxyPoolId),
		isOutdated: false,
		isIndexed: true,
		isMigrationLocked: false,
		isOutOfOrder: repository.outOfOrderReason !== undefined,
		...optional('outOfOrderReason', repository.outOfOrderReason),
		...(repository.objectStorage
			? {objectStorage: {
				id: repository.objectStorageId,
				type: repository.objectStorage,
				usedSpaceBytes: Math.floor(numberBetween(0.2, 6, repository.id, 'used') * (2 ** 40)),
				sizeLimitEnabled: false,
			}}
			: capacityFields(repository)),
	}),
	proxy: proxy => ({
		...proxyFields(proxy, 'v8'),
		fqdn: `${proxy.hostName}.backup.test`,
		operatingSystem: proxy.operatingSystem,
		...optional('proxyPoolId', proxy.poolId),
		maintenanceModeState: 'Disabled',
		cpuUsagePercent: Math.floor(fraction(proxy.id, 'cpu') * 1000) / 10,
		memoryUsagePercent: Math.floor(fraction(proxy.id, 'memory') * 1000) / 10,
		version: '8.4.0.123',
		role: ['Processor'],
	}),
	proxyPool: pool => ({id: pool.id, name: pool.name, description: pool.description ?? '', ...links({self: `/v8/proxypools/${pool.id}`})}),
	error: (message, errorCode) => ({message, errorCode, stackTrace: null}),
};

function newFields(state: JobState): Wire {
	return {
		organizationId: state.job.organizationRecord.id,
		...optionalTime('lastBackup', state.lastBackup, state.job.id),
		eTag: changeNumber(state.changedAt),
	};
}
