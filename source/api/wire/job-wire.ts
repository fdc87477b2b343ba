import {unreadable, valueOf, type Field} from '../../model/field.js';
import type {Job, JobType, Schedule} from '../../model/job.js';
import {reader, type Reader} from './reader.js';
import {parseMoment, reference} from './wire.js';

// The defaults of a schedule without numbers.
const defaultRetry = {times: 3, minutes: 10};

function retriesOf(policy: Reader): Pick<Job, 'retryTimes' | 'retryWaitMs'> {
	const isEnabled = policy.flag('retryEnabled');
	if (isEnabled !== true) {
		return {retryTimes: isEnabled === false ? 0 : isEnabled, retryWaitMs: undefined};
	}

	const minutes = policy.count('retryWaitInterval') ?? defaultRetry.minutes;
	return {retryTimes: policy.count('retryNumber') ?? defaultRetry.times, retryWaitMs: minutes === unreadable ? minutes : minutes * 60_000};
}

const minute = 60_000;
const day = 24 * 60 * minute;
const hoursOfWeek = 168;

const daysApart: Readonly<Record<string, number>> = {Everyday: 1, Workdays: 3, Weekends: 6};

// `Hours4`, `Minutes15`; an unknown kind of period or day gives no value.
function everyOf(policy: Reader, schedule: Field<Schedule>): Field<number> {
	if (schedule === 'daily') {
		const dailyType = policy.text('dailyType') ?? 'Everyday';
		return dailyType === unreadable ? unreadable : (daysApart[dailyType] ?? 7) * day;
	}

	const every = schedule === 'periodic' ? policy.text('periodicallyEvery') : undefined;
	if (every === undefined || every === unreadable) {
		return every;
	}

	const {unit, amount} = /^(?<unit>Minutes|Hours)(?<amount>\d{1,4})$/v.exec(every)?.groups ?? {};
	return unit === undefined ? undefined : Number(amount) * (unit === 'Hours' ? 60 * minute : minute);
}

const schedules: Readonly<Record<string, Schedule>> = {
	ManualOnly: 'manual', Immediate: 'immediate', Periodically: 'periodic', Daily: 'daily', DailyAtTime: 'daily',
};

function scheduleOf(policy: Reader): Pick<Job, 'schedule' | 'everyMs'> {
	const type = policy.text('type');
	const known = type === undefined || type === unreadable ? type : schedules[type];
	const schedule = policy.flag('scheduleEnabled') === false ? 'manual' : known;
	return {schedule, everyMs: everyOf(policy, schedule)};
}

// The window of backup jobs and that of copy jobs differ by name alone.
function windowOf(policy: Reader, name: 'backupWindow' | 'backupCopyWindow'): Pick<Job, 'windowHours' | 'windowOffsetMinutes'> {
	const isEnabled = policy.flag(`${name}Enabled`);
	if (isEnabled !== true) {
		return {windowHours: isEnabled === unreadable ? unreadable : undefined, windowOffsetMinutes: undefined};
	}

	const settings = policy.nested(`${name}Settings`);
	return {windowHours: settings.flags('backupWindow', hoursOfWeek), windowOffsetMinutes: settings.integer('minuteOffset')};
}

/** A job of `Jobs` (Backup) or `CopyJobs` (Copy), its organization by link as in v6 and v7. */
export function parseJob(wire: unknown, type: JobType): Job | undefined {
	const fields = reader(wire);
	const id = valueOf(fields?.id('id'));
	const policy = fields?.nested('schedulePolicy');
	return fields && policy && id !== undefined
		? {
			id,
			type,
			name: fields.text('name'),
			organizationId: reference(fields.lastSegment('organization')),
			repositoryId: reference(fields.id('repositoryId')),
			backupJobId: type === 'Copy' ? reference(fields.id('backupJobId')) : undefined,
			isEnabled: fields.flag('isEnabled'),
			lastStatus: fields.text('lastStatus'),
			lastRunAt: parseMoment(fields.time('lastRun')),
			nextRunAt: parseMoment(fields.time('nextRun')),
			lastBackupAt: parseMoment(fields.time('lastBackup')),
			...scheduleOf(policy),
			...windowOf(policy, type === 'Copy' ? 'backupCopyWindow' : 'backupWindow'),
			...retriesOf(policy),
		}
		: undefined;
}
