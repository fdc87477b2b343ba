import {kept} from './kept.js';

// By zone, then by second: no zone changes within one.
const partsIn = kept((zone: string) => partsBy(new Intl.DateTimeFormat('en-GB', {
	timeZone: zone, hourCycle: 'h23', weekday: 'short', year: 'numeric', month: 'short', day: 'numeric',
	hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
})));

function partsBy(format: Intl.DateTimeFormat): (second: number) => Readonly<Record<string, string>> {
	return kept(second => {
		const found = format.formatToParts(second * 1000);
		return Object.fromEntries(found.map(({type, value}) => [type, value]));
	});
}

function parts(ms: number, zone: string): Readonly<Record<string, string>> {
	// `Date` ends at 8.64e15 ms; beyond it the nearest date is formatted.
	const formatted = Math.max(-8.64e15, Math.min(8.64e15, ms));
	return partsIn(zone)(Math.floor(formatted / 1000));
}

/** `02:14:37`, in the zone given by its IANA name. */
export function timeOfDay(ms: number, zone: string): string {
	const {hour, minute, second} = parts(ms, zone);
	return `${hour}:${minute}:${second}`;
}

/** The zone's short name at that moment: `UTC`, `CET`, `GMT+2`. */
export function zoneName(ms: number, zone: string): string {
	return parts(ms, zone)['timeZoneName'] ?? zone;
}

const day = 24 * 60 * 60 * 1000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function monthNumber(ms: number, zone: string): string {
	const month = months.indexOf(parts(ms, zone)['month']!.slice(0, 3)) + 1;
	return String(month).padStart(2, '0');
}

/**
A moment, in at most `width` characters: the time where it was today or less
than twelve hours ago, weekday and hour where it was less than a day ago (`Sun 22h`), else
the date (`16 Nov`, `2025-11`); from 9 characters weekday and time for the last week (`Sun
22:00`), from 12 date and time (`16 Nov 22:00`) before that.
*/
export function startTime(ms: number, now: number, zone: string, width: number): string {
	const {weekday, day: dayOfMonth, month, year, hour, minute} = parts(ms, zone);
	const today = parts(now, zone);
	const time = `${hour}:${minute}`;
	const isToday = dayOfMonth === today['day'] && month === today['month'] && year === today['year'];
	const date = `${dayOfMonth} ${month!.slice(0, 3)}`;
	const ago = Math.abs(now - ms);
	if (isToday || (width < 9 && ago < day / 2)) {
		return time;
	}

	// The time alone could be read as a time in the future.
	if (width >= 7 && width < 9 && ago < day) {
		return `${weekday} ${hour}h`;
	}

	if (width < 9) {
		return year === today['year'] ? date : `${year}-${monthNumber(ms, zone)}`.slice(0, width);
	}

	if (year !== today['year']) {
		return width < 12 ? `${date} ${year!.slice(-2)}` : `${date} ${year}`;
	}

	if (Math.abs(now - ms) < 6 * day) {
		return `${weekday} ${time}`;
	}

	return width < 12 ? date : `${date} ${time}`;
}

/** Weekday, date and time to the second: `Sun 22 Nov 22:00:03`; with the year if it differs from that of `now`. */
export function fullTime(ms: number, now: number | undefined, zone: string): string {
	const {weekday, day: dayOfMonth, month, year} = parts(ms, zone);
	const yearOnScreen = now !== undefined && year === parts(now, zone)['year'] ? '' : ` ${year}`;
	return `${weekday} ${dayOfMonth} ${month!.slice(0, 3)}${yearOnScreen} ${timeOfDay(ms, zone)}`;
}
