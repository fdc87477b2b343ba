const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** How far back the list can look, in milliseconds. */
export const ranges = [hour, 6 * hour, day, 3 * day, 7 * day, 30 * day] as const;

/** How often the server can be asked, in milliseconds. */
export const refreshIntervals = [2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000] as const;

/** The next step above or below a value that need not be a step itself; where there is none, the value stays. */
export function step(steps: readonly number[], value: number, direction: 1 | -1): number {
	const next = direction === 1 ? steps.find(candidate => candidate > value) : steps.findLast(candidate => candidate < value);
	return next ?? value;
}

const unitMs = {m: 60_000, h: hour, d: day, w: 7 * day} as const;

/**
A length of time as users write it: `90m`, `6h`, `3d`, `1w`.
@returns milliseconds between one minute and 53 weeks (what a server keeps), or undefined
*/
export function parseSpan(text: string): number | undefined {
	const match = /^(?<amount>\d{1,5})(?<unit>[dhmw])$/v.exec(text.trim().toLowerCase());
	const amount = Number(match?.groups?.['amount'] ?? 0);
	const ms = amount * unitMs[(match?.groups?.['unit'] ?? 'm') as keyof typeof unitMs];
	return ms >= unitMs.m && ms <= 53 * unitMs.w ? ms : undefined;
}

/** A span as it is said on screen: `1 h`, `24 h`, `3 d`, `90 m`. */
export function spanWord(ms: number): string {
	if (ms % day === 0 && ms > day) {
		return `${ms / day} d`;
	}

	return ms % hour === 0 ? `${ms / hour} h` : `${Math.round(ms / unitMs.m)} m`;
}
