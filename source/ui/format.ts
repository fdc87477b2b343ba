const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365.25 * day;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/**
A duration, in five characters: `9s`, `3m36`, `4h14`, `1d22h`, `450d`, from 10,000 days on `27y`.
@param ms - milliseconds; negative counts as 0
*/
export function duration(ms: number): string {
	const rest = Math.max(0, ms);
	const days = Math.floor(rest / day);
	const hours = Math.floor((rest % day) / hour);
	const minutes = Math.floor((rest % hour) / minute);
	const seconds = Math.floor((rest % minute) / second);
	if (days >= 10_000) {
		return `${Math.floor(rest / year)}y`;
	}

	if (days >= 10) {
		return `${days}d`;
	}

	if (days > 0) {
		return `${days}d${hours}h`;
	}

	if (hours > 0) {
		return `${hours}h${twoDigits(minutes)}`;
	}

	return minutes > 0 ? `${minutes}m${twoDigits(seconds)}` : `${seconds}s`;
}

/**
A duration to the second: `9s`, `3m36s`, `4h14m34s`, `1d22h05m09s`.
@param ms - milliseconds; negative counts as 0
*/
export function longDuration(ms: number): string {
	const rest = Math.max(0, ms);
	if (rest < hour) {
		return rest < minute ? duration(rest) : `${duration(rest)}s`;
	}

	const tail = `${twoDigits(Math.floor((rest % hour) / minute))}m${twoDigits(Math.floor((rest % minute) / second))}s`;
	const days = Math.floor(rest / day);
	const hours = Math.floor((rest % day) / hour);
	return days > 0 ? `${days}d${hours}h${tail}` : `${hours}h${tail}`;
}

const wholeNumbers = new Intl.NumberFormat('en', {maximumFractionDigits: 0});

const sizeUnits = ['KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/**
A size: 1024-based, one decimal from KB up (36924 is `36.1 KB`); at most eight characters, since
the next unit is used before there are four digits.
@param bytes - may be negative
*/
export function size(bytes: number): string {
	if (Math.abs(bytes) < 1000) {
		return `${Math.round(bytes)} B`;
	}

	let value = bytes;
	let unit = -1;
	do {
		value /= 1024;
		unit++;
	} while (Math.abs(value) >= 999.95 && unit < sizeUnits.length - 1);

	return `${value.toFixed(1)} ${sizeUnits[unit]!}`;
}

/** A rate in bytes per second: `4.9 MB/s`. */
export function rate(bytesPerSecond: number): string {
	return `${size(bytesPerSecond)}/s`;
}

/** A whole number with thousands separated by commas: `912,442`. */
export function count(value: number): string {
	return wholeNumbers.format(Math.round(value));
}

/** A count with a noun: `1 item`, `1,214 items`. */
export function counted(value: number, word: string): string {
	return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}

/** A count with all digits if it has at most `width` characters, else the short form. */
export function countWithin(value: number, width: number): string {
	const whole = count(value);
	return whole.length <= width ? whole : shortCount(value);
}

/** A count of at most six characters: `8,123`, `41,205`, `912k`, `1.2M`, `48G`. */
export function shortCount(value: number): string {
	const whole = count(value);
	if (whole.length <= 6) {
		return whole;
	}

	let rest = Math.round(value);
	for (const unit of ['k', 'M', 'G', 'T']) {
		rest /= 1000;
		if (Math.abs(rest) < 999.5) {
			return `${Math.abs(rest) < 9.95 ? rest.toFixed(1) : Math.round(rest)}${unit}`;
		}
	}

	return value.toExponential(0);
}
