import {backupJobFields, capacityFields, copyJobFields, endTime, links, organizationFields, overridden, proxyFields, repositoryFields, sessionFields, titledLogItem} from './wire-fields.js';
import type {SimulatedVersion} from './wire.js';

export const v6: SimulatedVersion<'v6'> = {
	name: 'v6',
	hasPagedCollections: false,
	hasSetId: true,
	isStrict: false,
	hasAntiforgery: false,
	hasProcessedObjects: false,
	hasSessionsOfJob: true,
	hasProxyPools: false,
	hasHealth: false,
	sessionFilters: ['jobType', 'endTimeLowerBound'],
	hasLogFilters: false,
	extendedView: true,
	activeEndTime: 'max',
	session: (session, activeEndTime) => overridden({
		...sessionFields(session, 'v6'),
		details: session.details ?? '',
		...endTime(session, activeEndTime),
	}, session.run.overrides),
	logItem: (logItem, session, activeEndTime) => ({...titledLogItem(logItem, session, 'v6'), ...endTime(logItem, activeEndTime)}),
	job: state => ({
		...backupJobFields(state),
		selectedItems: [],
		excludedItems: [],
		...links({
			self: `/v6/jobs/${state.job.id}`,
			organization: `/v6/organizations/${state.job.organizationRecord.id}`,
			backupRepository: `/v6/backuprepositories/${state.job.repositoryRecord.id}`,
			jobsessions: `/v6/jobs/${state.job.id}/jobsessions`,
		}),
	}),
	copyJob: state => ({...copyJobFields(state), ...links({self: `/v6/copyjobs/${state.job.id}`})}),
	organization: (organization, backup) => organizationFields(organization, backup, 'v6'),
	repository: repository => ({
		...repositoryFields(repository, 'v6'),
		...(repository.objectStorage && {objectStorageId: repository.objectStorageId, objectStorageCachePath: `E:\\Cache\\${repository.name}`}),
		...capacityFields(repository),
	}),
	proxy: proxy => ({...proxyFields(proxy, 'v6'), threadsNumber: 64}),
	error: message => ({message}),
};
