/**
The times that pure parts take as an argument; they never read a clock.
*/
export type Now = {
	/** Milliseconds since 1970 by the server's clock (its `Date` header): for durations and times of day. With several servers, that of the first. */
	readonly server: number;
	/** Milliseconds that the server's clock is ahead of this machine's, to about a second; undefined before its first answer. */
	readonly skewMs?: number;
	/** Milliseconds of a monotonic clock of this machine: for the age of answers and for waiting. */
	readonly monotonic: number;
	/** By server id, milliseconds that the clock of that server is ahead of `server`; a server that is not in the map has the same time. */
	readonly clocks?: ReadonlyMap<string, number>;
};

/** Milliseconds since 1970 by the clock of the server with that id. */
export function serverTime(now: Now, serverId: string): number {
	return now.server + (now.clocks?.get(serverId) ?? 0);
}
