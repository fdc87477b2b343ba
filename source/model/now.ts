/**
The one contract of time. Pure parts take it as an argument and never read a clock.
*/
export type Now = {
	/** Milliseconds since 1970 by the server's clock (its `Date` header): for durations and times of day. Of several servers it is the first one's. */
	readonly server: number;
	/** Milliseconds that the server's clock is ahead of this machine's, to about a second; undefined before its first answer. */
	readonly skewMs?: number;
	/** Milliseconds of a monotonic clock of ours: for the age of answers and for waiting. */
	readonly monotonic: number;
	/** By server id, milliseconds that the clock of that server is ahead of `server`; one that is not here goes with it. */
	readonly clocks?: ReadonlyMap<string, number>;
};

/** Milliseconds since 1970 by the clock of the server with that id. */
export function serverTime(now: Now, serverId: string): number {
	return now.server + (now.clocks?.get(serverId) ?? 0);
}
