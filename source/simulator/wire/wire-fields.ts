import {type RepositoryRecord, type JobRecord, type Organization, type ProxyRecord} from '../world/inventory.js';
import type {LogItemState} from '../world/session/log.js';
import type {RowOverrides} from '../world/plan.js';
import {numberBetween, fraction} from '../world/random.js';
import type {SessionState} from '../world/session/session-state.js';
import {minute, timestamp} from '../world/time.js';
import type {JobState} from '../world/world.js';
import type {ActiveEndTime, BackupTimes, Wire} from './wire.js';

/** The four digits below the millisecond, the same for the same parts. */
export function ticks(...parts: readonly string[]): number {
	return Math.floor(fraction('ticks', ...parts) * 10_000);
}

const activeEndTimes: Readonly<Record<ActiveEndTime, Wire>> = {
	absent: {},
	null: {endTime: null},
	max: {endTime: '9999-12-31T23:59:59.9999999Z'},
	min: {endTime: '0001-01-01T00:00:00'},
};

/** The `endTime` of a session or log item, in the given form while it is active. */
export function endTime({id, createdAt, endedAt}: {id: string; createdAt: number; endedAt: number | undefined}, activeEndTime: ActiveEndTime): Wire {
	// An end in the millisecond of the start must not be before the start.
	return endedAt === undefined ? activeEndTimes[activeEndTime] : {endTime: timestamp(endedAt, endedAt === createdAt ? ticks(id) : ticks(id, 'end'))};
}

export function optional(name: string, value: unknown): Wire {
	return value === undefined ? {} : {[name]: value};
}

export function optionalTime(name: string, wall: number | undefined, id: string): Wire {
	return wall === undefined ? {} : {[name]: timestamp(wall, ticks(id, name))};
}

export function links(entries: Readonly<Record<string, string>>): Wire {
	return {_links: Object.fromEntries(Object.entries(entries).map(([name, href]) => [name, {href}]))};
}

export function jobPath({type, id}: Pick<JobRecord, 'type' | 'id'>): string {
	return `${type === 'Copy' ? 'copyjobs' : 'jobs'}/${id}`;
}

/** The fields that a session has in all versions, without its end time. */
export function sessionFields(session: SessionState, version: string): Wire {
	const self = `/${version}/jobsessions/${session.id}`;
	return {
		id: session.id,
		creationTime: timestamp(session.createdAt, ticks(session.id)),
		retryCount: session.run.retryCount,
		progress: session.progress,
		status: session.status,
		statistics: {...session.statistics},
		...links({self, log: `${self}/logitems`, job: `/${version}/${jobPath(session.run.job)}`}),
	};
}

/** Before all records of the history, so that an eTag is positive; it grows with time. */
const changeOrigin = Date.UTC(2015, 0, 1);

export function changeNumber(changedAt: number): number {
	return changedAt - changeOrigin;
}

/** Log items of v6 and v7 have one text that begins with the type. */
const titlePrefixes = {Running: 'Running', Warning: 'Warning', Error: 'Error', Success: 'Success', Stop: 'Stopped'} as const;

export function titledLogItem(logItem: LogItemState, session: SessionState, version: string): Wire {
	return {
		id: logItem.id,
		usn: logItem.usn,
		title: `[${titlePrefixes[logItem.type]}] ${logItem.message}`,
		creationTime: timestamp(logItem.createdAt, ticks(logItem.id)),
		...links({jobsessions: `/${version}/jobsessions/${session.id}`}),
	};
}

const periods: Readonly<Record<number, string>> = {
	5: 'Minutes5', 10: 'Minutes10', 15: 'Minutes15', 30: 'Minutes30', 60: 'Hours1', 120: 'Hours2', 240: 'Hours4', 480: 'Hours8',
};

function timeOfDay(wall: number | undefined): string {
	return wall === undefined ? '00:00:00' : new Date(wall).toISOString().slice(11, 19);
}

/** 168 hours from Sunday 00:00, in a zone whose hours begin when the window closes. */
function windowFields(name: string, {job: {window}, windowClosesAt}: JobState): Wire {
	if (!window || windowClosesAt === undefined) {
		return {[`${name}Enabled`]: false};
	}

	const closing = Math.ceil(windowClosesAt / minute);
	const minuteOffset = (60 - (closing % 60)) % 60;
	const closingHour = (closing + minuteOffset) / 60;
	const backupWindow = Array.from({length: 168}, (_, hour) => (closingHour + 167 - hour) % 24 < window.hours);
	return {[`${name}Enabled`]: true, [`${name}Settings`]: {backupWindow, minuteOffset}};
}

export function backupSchedule(state: JobState): Wire {
	const {job, nextRun} = state;
	const period = job.every === undefined ? undefined : periods[job.every];
	const type = job.every === undefined ? 'ManualOnly' : (period === undefined ? 'Daily' : 'Periodically');
	return {
		scheduleEnabled: job.every !== undefined,
		type,
		...((type === 'Periodically') && {periodicallyEvery: period, periodicallyOffsetMinutes: 0}),
		...((type === 'Daily') && {dailyType: 'Everyday'}),
		dailyTime: timeOfDay(nextRun),
		...windowFields('backupWindow', state),
		retryEnabled: true,
		retryNumber: 3,
		retryWaitInterval: 10,
	};
}

export function copySchedule(state: JobState): Wire {
	const {job, nextRun} = state;
	const period = job.every === undefined ? undefined : periods[job.every];
	const scheduled = period === undefined ? {type: 'DailyAtTime', dailyType: 'Everyday', dailyTime: timeOfDay(nextRun)} : {type: 'Periodically', periodicallyEvery: period};
	return {...(job.isImmediate ? {type: 'Immediate'} : scheduled), ...windowFields('backupCopyWindow', state)};
}

/** The fields that a job of either type has in all versions. */
export function jobFields({job, lastRun, nextRun, lastStatus}: JobState): Wire {
	return {
		id: job.id,
		repositoryId: job.repositoryRecord.id,
		name: job.name,
		...optionalTime('lastRun', lastRun, job.id),
		...optionalTime('nextRun', nextRun, job.id),
		isEnabled: job.isEnabled ?? true,
		lastStatus,
	};
}

export function backupJobFields(state: JobState): Wire {
	return {
		...jobFields(state),
		description: '',
		backupType: state.job.workload === 'all' ? 'EntireOrganization' : 'SelectedItems',
		schedulePolicy: backupSchedule(state),
	};
}

export function copyJobFields(state: JobState): Wire {
	return {...jobFields(state), ...optional('backupJobId', state.job.sourceId), schedulePolicy: copySchedule(state)};
}

export function organizationFields(organization: Organization, backup: BackupTimes | undefined, version: string): Wire {
	return {
		id: organization.id,
		name: organization.name,
		officeName: organization.officeName ?? organization.name,
		type: 'Office365',
		region: organization.region ?? 'Worldwide',
		isExchangeOnline: true,
		isSharePointOnline: true,
		isTeamsOnline: true,
		...(backup && {
			isBackedup: backup.last !== undefined,
			...optionalTime('firstBackuptime', backup.first, organization.id),
			...optionalTime('lastBackuptime', backup.last, organization.id),
		}),
		...links({self: `/${version}/organizations/${organization.id}`}),
	};
}

export function repositoryFields(repository: RepositoryRecord, version: string): Wire {
	return {
		id: repository.id,
		name: repository.name,
		description: repository.description ?? '',
		path: repository.objectStorage ? '' : `E:\\Backup\\${repository.name}`,
		...optional('proxyId', repository.proxyId),
		isLongTerm: repository.objectStorage === 'AmazonS3Glacier',
		isOutOfSync: false,
		retentionType: repository.objectStorage ? 'SnapshotBased' : 'ItemLevel',
		retentionPeriodType: 'Yearly',
		yearlyRetentionPeriod: 'Years3',
		...links({self: `/${version}/backuprepositories/${repository.id}`}),
	};
}

export function capacityFields(repository: RepositoryRecord): Wire {
	const capacityBytes = 8 * (2 ** 40);
	return {capacityBytes, freeSpaceBytes: Math.floor(capacityBytes * numberBetween(0.1, 0.7, repository.id, 'free'))};
}

export function proxyFields(proxy: ProxyRecord, version: string): Wire {
	return {
		id: proxy.id,
		hostName: proxy.hostName,
		description: '',
		port: 9193,
		type: proxy.operatingSystem === 'Linux' ? 'Workgroup' : 'Domain',
		status: proxy.status ?? 'Online',
		...links({self: `/${version}/proxies/${proxy.id}`}),
	};
}

/** The row of a session, with the values that its run overrides. */
export function overridden(wire: Wire, overrides: RowOverrides | undefined): Wire {
	if (!overrides) {
		return wire;
	}

	const {status, bottleneck, details, areNumbersText, only} = overrides;
	const statistics = {...(wire['statistics'] as Wire), ...optional('bottleneck', bottleneck)};
	const changed = {...wire, ...optional('status', status), ...optional('details', details), statistics};
	const spelled = areNumbersText ? numbersAsText(changed) as Wire : changed;
	return only ? Object.fromEntries(Object.entries(spelled).filter(([name]) => only.includes(name))) : spelled;
}

function numbersAsText(value: unknown): unknown {
	if (typeof value === 'number') {
		return String(value);
	}

	return typeof value !== 'object' || value === null ? value : Object.fromEntries(Object.entries(value).map(([name, field]) => [name, numbersAsText(field)]));
}
