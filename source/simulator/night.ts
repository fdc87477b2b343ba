import type {Outcome, OutcomeName} from './outcomes.js';

export type Workload = 'mail' | 'oneDrive' | 'sites' | 'teams' | 'all';
export type JobType = 'Backup' | 'Copy';
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
	type: JobType;
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
	/** These three override the night's. */
	mix?: Mix;
	historyDays?: number;
	goesOn?: boolean;
};

/** Weights of chains by name. */
export type Mix = Readonly<Partial<Record<ChainName, number>>>;
export type ChainName = 'success' | 'nothing' | 'noise' | 'access' | 'changed' | 'healed' | 'healedLate' | 'usedUp' | 'stopped' | 'disconnected';

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
	oddity?: Oddity;
	/** Log messages of its own, one an object, repeated as needed. */
	messages?: readonly string[];
};

/** What whoever watches the night should come to know. */
export type Truth = {job: string; ends?: SessionStatus; needs?: string};

export type Night = {
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
	script: readonly RunPlan[];
	truth: readonly Truth[];
};
