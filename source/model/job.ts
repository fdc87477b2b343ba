import type {Field} from './field.js';

export type JobType = 'Backup' | 'Copy';

/** The job types of the API, in the order in which the monitor offers them. */
export const jobTypes = ['Backup', 'Copy'] as const satisfies readonly JobType[];

/** A backup job or a backup copy job, as far as a session's row needs it. */
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
	/** How often a run is tried again; 0 where the schedule retries nothing, absent where the job has none (copy jobs). */
	readonly retryTimes: Field<number>;
	/** Milliseconds from the end of an attempt to the next one. */
	readonly retryWaitMs: Field<number>;
};
