export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
/** No run takes longer, in ms. */
export const longestRun = 7 * day;

/** Script time is in milliseconds from the epoch; after the epoch it runs `pace` times as fast as the wall clock. */
export type Pacing = {epoch: number; pace: number};

export function wallTime({epoch, pace}: Pacing, script: number): number {
	return Math.floor(epoch + (script <= 0 ? script : script / pace));
}

export function scriptTime({epoch, pace}: Pacing, wall: number): number {
	return wall <= epoch ? wall - epoch : (wall - epoch) * pace;
}

/** ISO 8601 as .NET writes it: seven fractional digits, trailing zeros trimmed. `ticks` are the four digits below the millisecond. */
export function timestamp(wall: number, ticks = 0): string {
	const text = `${new Date(wall).toISOString().slice(0, -1)}${String(ticks).padStart(4, '0')}`;
	let end = text.length;
	while (text[end - 1] === '0') {
		end--;
	}

	return `${text.slice(0, text[end - 1] === '.' ? end - 1 : end)}Z`;
}

// Making one takes longer than a hundred dates.
const localeFormat = new Intl.DateTimeFormat('en-US', {dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC'});

/** The date as a server with an English (United States) locale puts it into a message. */
export function localeDate(wall: number): string {
	return localeFormat.format(wall).replaceAll('\u{202F}', ' ').replace(',', '').replace(/\/(?=\d\d )/v, '/20');
}
