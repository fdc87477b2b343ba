import type {Middleware} from '../server/exchange.js';
import type {Rhythm} from '../faults/fault-switch.js';
import type {FaultName} from '../faults/faults.js';
import type {Outcome, OutcomeName} from '../world/outcomes.js';

export type Workload = 'mail' | 'oneDrive' | 'sites' | 'teams' | 'all';
export type JobKind = 'Backup' | 'Copy';
export type Kind = 'Full' | 'Incremental';
export type SessionStatus = 'Stopped' | 'Running' | 'Success' | 'Failed' | 'Warning' | 'NotConfigured' | 'Disconnected' | 'Queued';
export type Bottleneck = 'NA' | 'Detecting' | 'Source' | 'Target';

export type OrganizationPlan = {name: string; officeName?: string; region?: 'Worldwide' | 'Germany' | 'USGovernment'};
export type ProxyPoolPlan = {name: string; description?: string};
export type ProxyPlan = {hostName: string; operatingSystem: 'Windows' | 'Linux'; status?: 'Online' | 'Offline'; pool?: string};
export type ObjectStorageType = 'AzureBlob' | 'AmazonS3' | 'AmazonS3Compatible' | 'AmazonS3Glacier' | 'WasabiCloud';
export type RepositoryPlan = {
	name: string;
	description?: string;
	/** Absent: JET-based, on a disk of the proxy. */
	objectStorage?: ObjectStorageType;
	/** A key of the night's proxies; else `pool` is one of its proxy pools. */
	proxy?: string;
	pool?: string;
	outOfOrderReason?: string;
};

/** Names of outcomes, one an attempt: the first run, then its retries. */
export type Attempts = ReadonlyArray<OutcomeName | Outcome>;

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
	/** What a usual run takes and moves. */
	minutes: number;
	objects: number;
	items: number;
	bytes: number;
	isEnabled?: boolean;
	/** Its sessions remain, the job itself is not served. */
	isDeleted?: boolean;
	/** A copy job that starts as a new restore point appears has no next run. */
	isImmediate?: boolean;
	/** Minutes from the epoch to the run that never came; no run follows. */
	missedAt?: number;
	/** Runs may go on until then, in minutes from the epoch, and began so many hours before at the earliest, each day. */
	window?: {closesAt: number; hours: number};
	/** How it goes from the epoch on. */
	mixAfter?: Mix;
	/** These three override the night's. */
	mix?: Mix;
	historyDays?: number;
	goesOn?: boolean;
};

/** Weights of chains by name. */
export type Mix = Readonly<Partial<Record<ChainName, number>>>;
export type ChainName = 'success' | 'nothing' | 'noise' | 'access' | 'changed' | 'healed' | 'healedLate' | 'usedUp' | 'stopped' | 'disconnected' | 'certificate' | 'storage';

/** How the wire is bent for one session. */
export type Oddity = {
	status?: string;
	bottleneck?: string;
	details?: string;
	/** Numbers are sent as strings. */
	areNumbersText?: boolean;
	/** Only these fields are sent. */
	only?: readonly string[];
};

/** Times are in the unit of what it stands in. */
export type SlowSpell = {from: number; until: number; objectEvery: number; warning: string; warningEvery: number};

export type RunPlan = {
	job: string;
	/** Minutes of script time from the epoch. */
	at: number;
	/** Minutes in the queue, minutes at work. */
	waits?: number;
	takes: number;
	attempts: Attempts;
	/** Minutes between attempts. */
	retryWait?: number;
	kind?: Kind;
	objects?: number;
	items?: number;
	bytes?: number;
	bottleneck?: Bottleneck;
	/** Minutes from the epoch; from then on nothing moves until the end. */
	quietFrom?: number;
	/** It creeps: minutes from the epoch, and minutes an object. */
	slow?: SlowSpell;
	oddity?: Oddity;
	/** Log messages of its own, one an object, repeated as needed. */
	messages?: readonly string[];
};

export type ExpectedVerdict =
	'none' | 'failed' | 'retrying' | 'healed' | 'missed' | 'stuck' | 'throttled' | 'waiting' | 'late' | 'behind' | 'disconnected' | 'notConfigured'
	| 'newWarning' | 'knownWarning' | 'wontFit';

/** What whoever watches the night should come to know of a job. */
export type Truth = {
	job: string;
	/** The worst that can be said of it; `none`: it is well, or it is as it has to be. */
	verdict: ExpectedVerdict;
	needsAttention: boolean;
	/** Why, in words of the server where it says so: in a log line, in details, in the reason of a repository. */
	cause?: string;
	/** Those of one group have one cause; the name is the server's. */
	group?: {of: 'organization' | 'proxy' | 'repository'; name: string};
	/** Minutes of script time from the epoch since which it is so; absent: at the epoch. */
	from?: number;
	/** The API versions that say enough to know it; absent: all. */
	apis?: ReadonlyArray<'v6' | 'v7' | 'v8'>;
	/** How a session of it ends, within ten hours of script time. */
	ends?: SessionStatus;
};

export type Scenario = {
	about: string;
	organizations: Readonly<Record<string, OrganizationPlan>>;
	proxyPools: Readonly<Record<string, ProxyPoolPlan>>;
	proxies: Readonly<Record<string, ProxyPlan>>;
	repositories: Readonly<Record<string, RepositoryPlan>>;
	jobs: Readonly<Record<string, JobPlan>>;
	/** Days of history by the schedules; 0: the script is all there is before the epoch. */
	historyDays: number;
	/** Whether jobs keep running by their schedules after the epoch. */
	goesOn: boolean;
	mix: Mix;
	/** Runs by schedule may be active at the epoch; absent: the script alone says what is. */
	runsThrough?: true;
	/** How much longer than usual a rare run takes, as a share; absent: 0. */
	tail?: number;
	script: readonly RunPlan[];
	/** What befalls the server while it plays, unless it is started with others; the rhythm absent: all the time. */
	faults?: readonly FaultName[];
	rhythm?: Rhythm;
	/** Called in order before routing, made anew for each server. */
	middleware?: () => readonly Middleware[];
	truth: readonly Truth[];
	/** No job that the truth leaves out needs anything. */
	othersNeedNothing?: true;
};
