/**
The one contract of time. Pure parts take it as an argument and never read a clock.
*/
export type Now = {
	/** Milliseconds since 1970 by the server's clock (its `Date` header): for durations and times of day. */
	readonly server: number;
	/** Milliseconds of a monotonic clock of ours: for the age of answers and for waiting. */
	readonly monotonic: number;
};
