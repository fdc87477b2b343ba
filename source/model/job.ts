import type {Field} from './field.js';

export type JobType = 'Backup' | 'Copy';

/** The job types of the API, in the order in which the monitor offers them. */
export const jobTypes = ['Backup', 'Copy'] as const satisfies readonly JobType[];

/** What starts the runs of a job: only a person, a new restore point of its source, a period, a time of day. */
export type Schedule = 'manual' | 'immediate' | 'periodic' | 'daily';

/** A backup job or a backup copy job, as far as a session's row and its verdict need it. */
export type Job = {
	readonly id: string;
	/** By the collection that the job is in; the job itself does not say it. */
	readonly type: JobType;
	/** May be empty on copy jobs of older builds. */
	readonly name: Field<string>;
	/** v8; in v6 and v7 from `_links.organization`; copy jobs have it through `backupJobId`. */
	readonly organizationId: Field<string>;
	readonly repositoryId: Field<string>;
	/** Copy jobs only: the backup job whose data is copied. */
	readonly backupJobId: Field<string>;
	readonly isEnabled: Field<boolean>;
	/** The same open enum as a session's status. */
	readonly lastStatus: Field<string>;
	/** Milliseconds since 1970, UTC. */
	readonly lastRunAt: Field<number>;
	/** Milliseconds since 1970, UTC; a manual or disabled job has none. */
	readonly nextRunAt: Field<number>;
	/** When the last run that succeeded ended, in milliseconds since 1970, UTC; v7 and v8. */
	readonly lastBackupAt: Field<number>;
	readonly schedule: Field<Schedule>;
	/** Milliseconds between two starts by the schedule, the longest that it leaves (Friday to Monday of workdays); absent without a clock. */
	readonly everyMs: Field<number>;
	/** The hours in which runs may go on: 168 characters from Sunday 00:00, `1` where they may; absent where they always may. */
	readonly windowHours: Field<string>;
	/** Minutes that the window's clock is ahead of UTC. */
	readonly windowOffsetMinutes: Field<number>;
	/** How often a run is tried again; 0 where the schedule retries nothing, absent where the job has none (copy jobs). */
	readonly retryTimes: Field<number>;
	/** Milliseconds from the end of an attempt to the next one. */
	readonly retryWaitMs: Field<number>;
};
