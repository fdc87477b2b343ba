import type {ChainName, Outcome, OutcomeName} from './outcomes.js';
import type {Bottleneck, JobKind, ObjectStorageType, SessionKind, Workload} from './values.js';

/*
What a world is made from. The records of a plan name each other by their keys, and its times are in minutes of script time
from the epoch, negative before it.
*/

export type OrganizationPlan = {name: string; officeName?: string; region?: 'Worldwide' | 'Germany' | 'USGovernment'};
export type ProxyPoolPlan = {name: string; description?: string};
export type ProxyPlan = {hostName: string; operatingSystem: 'Windows' | 'Linux'; status?: 'Online' | 'Offline'; pool?: string};
export type RepositoryPlan = {
	name: string;
	description?: string;
	/** Absent: JET-based, on a disk of the proxy. */
	objectStorage?: ObjectStorageType;
	/** A key of the plan's proxies; else `pool` is one of its proxy pools. */
	proxy?: string;
	pool?: string;
	outOfOrderReason?: string;
};

export type JobPlan = {
	name: string;
	type: JobKind;
	organization: string;
	repository: string;
	workload: Workload;
	/** The key of the backup job that a copy job copies. */
	source?: string;
	/** Minutes from run to run; absent: no schedule. */
	every?: number;
	/** Minutes from the epoch to some run of the schedule. */
	offset?: number;
	/** What a normal run takes (in minutes) and moves. */
	minutes: number;
	objects: number;
	items: number;
	bytes: number;
	isEnabled?: boolean;
	/** Its sessions remain, the job itself is not served. */
	isDeleted?: boolean;
	/** A copy job that starts as a new restore point appears has no next run. */
	isImmediate?: boolean;
	/** Minutes from the epoch to a scheduled run that does not start; no run follows. */
	missedAt?: number;
	/** Each day runs must end at `closesAt`, in minutes from the epoch, and may start in the `hours` before it. */
	window?: {closesAt: number; hours: number};
	/** The mix from the epoch on. */
	mixAfter?: Mix;
	/** These three replace the values of the whole plan. */
	mix?: Mix;
	historyDays?: number;
	goesOn?: boolean;
};

/** Weights of chains by name. */
export type Mix = Readonly<Partial<Record<ChainName, number>>>;

/** One outcome an attempt: the first run, then its retries. */
export type Attempts = ReadonlyArray<OutcomeName | Outcome>;

/** What the rows of one session say in place of the values that the world has for it. */
export type RowOverrides = {
	status?: string;
	bottleneck?: string;
	details?: string;
	/** Numbers are sent as strings. */
	areNumbersText?: boolean;
	/** Only these fields are sent. */
	only?: readonly string[];
};

/** A part of a run that is slowed down. Times are in the unit of the object that it is part of: minutes in a plan, ms in a run. */
export type SlowPeriod = {from: number; until: number; objectEvery: number; warning: string; warningEvery: number};

/** A scripted run: a chain of attempts at given times. */
export type RunPlan = {
	job: string;
	/** Minutes of script time from the epoch. */
	at: number;
	/** Minutes in the queue. */
	waits?: number;
	/** Minutes at work. */
	takes: number;
	attempts: Attempts;
	/** Minutes between attempts. */
	retryWait?: number;
	kind?: SessionKind;
	objects?: number;
	items?: number;
	bytes?: number;
	bottleneck?: Bottleneck;
	/** Minutes from the epoch; from then on nothing moves until the end. */
	quietFrom?: number;
	slow?: SlowPeriod;
	overrides?: RowOverrides;
	/** Log messages in place of the usual ones, one an object, repeated as needed. */
	messages?: readonly string[];
};

export type WorldPlan = {
	organizations: Readonly<Record<string, OrganizationPlan>>;
	proxyPools: Readonly<Record<string, ProxyPoolPlan>>;
	proxies: Readonly<Record<string, ProxyPlan>>;
	repositories: Readonly<Record<string, RepositoryPlan>>;
	jobs: Readonly<Record<string, JobPlan>>;
	/** Days of scheduled history; 0: before the epoch there are only the scripted runs. */
	historyDays: number;
	/** Whether jobs continue to run by their schedules after the epoch. */
	goesOn: boolean;
	mix: Mix;
	/** Scheduled runs may be active at the epoch; absent: only scripted runs are. */
	runsThrough?: true;
	/** How much longer than normal a rare run takes, as a share; absent: 0. */
	tail?: number;
	script: readonly RunPlan[];
};
