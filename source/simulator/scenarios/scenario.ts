import type {Rhythm} from '../faults/fault-switch.js';
import type {FaultName} from '../faults/faults.js';
import type {Delay, Middleware} from '../server/exchange.js';
import type {ApiName} from '../wire/versions.js';
import type {WorldPlan} from '../world/plan.js';
import type {SessionStatus} from '../world/values.js';

export type ExpectedVerdict =
	'none' | 'failed' | 'retrying' | 'healed' | 'missed' | 'stuck' | 'throttled' | 'waiting' | 'late' | 'behind' | 'disconnected' | 'notConfigured'
	| 'newWarning' | 'knownWarning' | 'wontFit';

/** What a monitor that watches the scenario should find out about a job. */
export type Truth = {
	job: string;
	/** The worst verdict that is true of it; `none`: nothing is wrong with it, or nothing that a person could change. */
	verdict: ExpectedVerdict;
	needsAttention: boolean;
	/** Why, in words of the server where it says so: in a log line, in details, in the reason of a repository. */
	cause?: string;
	/** Truths with the same group have one cause; the name is the server's. */
	group?: {of: 'organization' | 'proxy' | 'repository'; name: string};
	/** Minutes of script time from the epoch since when it is so; absent: at the epoch. */
	from?: number;
	/** The API versions that say enough to know it; absent: all. */
	apis?: readonly ApiName[];
	/** How a session of it ends, within ten hours of script time. */
	ends?: SessionStatus;
};

/** A world to play, what goes wrong with its server meanwhile, and what is true of its jobs. */
export type Scenario = WorldPlan & {
	/** A sentence for people. */
	about: string;
	/** Faults of the server, unless it is started with others; without a rhythm they are always on. */
	faults?: readonly FaultName[];
	rhythm?: Rhythm;
	/** Called in order before routing, created anew for each server. */
	middleware?: (delay: Delay) => readonly Middleware[];
	truth: readonly Truth[];
	/** No job without a truth needs attention. */
	othersNeedNothing?: true;
};
