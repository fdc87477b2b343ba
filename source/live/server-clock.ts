import type {DateReading} from '../api/server-api.js';
import type {Now} from '../model/now.js';

export type ServerClock = {
	/** Takes what one answer said of the server's clock. */
	readonly observe: (reading: DateReading) => void;
	readonly now: () => Now;
};

/** Readings that the clock is made from; older ones are forgotten, since clocks drift. */
const mostReadings = 8;
const largestStandstillMs = 1000;

/**
The server's clock, from the `Date` headers of its answers. A header has whole seconds: an
answer that came at `receivedAt` was dated no later than that, and no earlier than the
request left. Where these bounds of several answers meet, the clock is known to better than
a second; where they no longer meet, the server's clock was set or drifts, and the oldest are forgotten
until they do.
@param monotonic - milliseconds of a clock that only goes forward
@param wall - milliseconds since 1970 by this machine: used until the first answer, then to tell how far the clocks are apart
*/
export function createServerClock(monotonic: () => number, wall: () => number): ServerClock {
	let readings: DateReading[] = [];
	let offset = wall() - monotonic();
	let skewMs: number | undefined;
	let shown = -Infinity;

	return {
		observe(reading) {
			readings = [...readings, reading].slice(-mostReadings);
			let [low, high] = boundsOf(readings);
			while (low > high && readings.length > 1) {
				readings = readings.slice(1);
				[low, high] = boundsOf(readings);
			}

			offset = (low + high) / 2;
			skewMs = offset - (wall() - monotonic());
		},
		now() {
			const at = monotonic();
			const server = at + offset;
			// Better bounds move it by less than a second: it then stands still rather than go back.
			shown = server < shown && shown - server < largestStandstillMs ? shown : server;
			return {server: shown, monotonic: at, ...(skewMs !== undefined && {skewMs})};
		},
	};
}

function boundsOf(readings: readonly DateReading[]): [number, number] {
	return [
		Math.max(...readings.map(({date, receivedAt}) => date - receivedAt)),
		Math.min(...readings.map(({date, sentAt}) => date + 1000 - sentAt)),
	];
}
