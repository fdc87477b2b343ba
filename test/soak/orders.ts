/** How far back the list looks. */
export const rangeMs = 24 * 3_600_000;

/** What the soak tells its server to do. */
export type Order = {readonly name: 'faults'; readonly faults: readonly string[]} | {readonly name: 'freeze'};

/** A session as the server has it, or as the monitor holds it. */
export type Told = {
	readonly id: string;
	readonly status: string;
	/** Milliseconds since 1970, as `endedAt`. */
	readonly createdAt: number | undefined;
	readonly endedAt: number | undefined;
	readonly progress: number | undefined;
};

/** Requests since the start; after `freeze` the time at which the server stands still, and what it has then. */
export type Report = {
	readonly requests: number;
	readonly signIns: number;
	readonly tokenRequests: number;
	readonly now?: number;
	readonly truth?: readonly Told[];
};
