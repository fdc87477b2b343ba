import {valueOf} from '../model/field.js';
import type {Job} from '../model/job.js';

/** How a job's backup window stands at one moment; times are milliseconds since 1970, UTC. */
export type WindowState = {
	readonly isOpen: boolean;
	/** When it closes next; of a window that is closed, the end of its next opening. Undefined where it is always open, or never. */
	readonly closesAt: number | undefined;
	/** When it opens next, or opened last where it is open; undefined where it always is, or never. */
	readonly opensAt: number | undefined;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const weekHours = 168;
/** 1970 began on a Thursday, four days into a week that begins on Sunday. */
const hoursBefore1970 = 4 * 24;

/**
The backup window of a job at a moment. Its clock is a fixed number of minutes ahead of UTC all year: neither the time zone of
the screen nor daylight saving changes it.
@param now - milliseconds since 1970 by the clock of the job's server
@returns undefined where the job has no window, or where its hours or its clock are not known
*/
export function backupWindowAt({windowHours, windowOffsetMinutes}: Pick<Job, 'windowHours' | 'windowOffsetMinutes'>, now: number): WindowState | undefined {
	const hours = valueOf(windowHours);
	const offsetMinutes = valueOf(windowOffsetMinutes);
	if (hours === undefined || offsetMinutes === undefined) {
		return undefined;
	}

	const offset = offsetMinutes * minuteMs;
	const hour = Math.floor((now + offset) / hourMs);
	const hourOfWeek = (((hour + hoursBefore1970) % weekHours) + weekHours) % weekHours;
	const state = hours.charAt(hourOfWeek);
	const isOpen = state === '1';
	const other = isOpen ? '0' : '1';
	// A week before and a week after, so that an opening or a gap across the end of a week is found whole.
	const weeks = hours.repeat(3);
	const current = weekHours + hourOfWeek;
	const changesAt = weeks.indexOf(other, current);
	if (changesAt === -1) {
		return {isOpen, closesAt: undefined, opensAt: undefined};
	}

	const timeOf = (index: number) => ((hour + index - current) * hourMs) - offset;
	return isOpen
		? {isOpen, closesAt: timeOf(changesAt), opensAt: timeOf(weeks.lastIndexOf(other, current) + 1)}
		: {isOpen, closesAt: timeOf(weeks.indexOf(state, changesAt)), opensAt: timeOf(changesAt)};
}

/** The longest time in milliseconds for which the window of a job stays closed; 0 where it has none, or where it cannot be read. */
export function longestClosedMs({windowHours}: Pick<Job, 'windowHours'>): number {
	const hours = valueOf(windowHours) ?? '';
	// Twice, since the window may stay closed across the end of the week.
	const gaps = hours.repeat(2).split('1');
	return Math.max(...gaps.map(({length}) => length)) * hourMs;
}
