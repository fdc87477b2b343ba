import {hash} from 'node:crypto';

/** The same parts always give the same hexadecimal digits. */
export function digits(...parts: ReadonlyArray<string | number>): string {
	return hash('sha1', parts.join('\u{1F}'), 'hex');
}

/** A number from 0 up to, not including, 1, the same for the same parts. */
export function fraction(...parts: ReadonlyArray<string | number>): number {
	return fractionOf(digits(...parts), 0);
}

/** A number between two bounds, the same for the same parts. */
export function numberBetween(low: number, high: number, ...parts: ReadonlyArray<string | number>): number {
	return low + ((high - low) * fraction(...parts));
}

/** A version 4 UUID, the same for the same parts. */
export function uuid(...parts: ReadonlyArray<string | number>): string {
	const hex = digits(...parts);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Three numbers from 0 up to, not including, 1, from one hash. */
export function fractions(...parts: ReadonlyArray<string | number>): [number, number, number] {
	const hex = digits(...parts);
	return [fractionOf(hex, 0), fractionOf(hex, 12), fractionOf(hex, 24)];
}

/** The 12 digits at an index as a number from 0 up to, not including, 1. */
function fractionOf(hex: string, index: number): number {
	return Number.parseInt(hex.slice(index, index + 12), 16) / (2 ** 48);
}

/** One of the choices by weight, for a number from 0 up to 1. */
export function weighted<Choice extends string>(weights: Readonly<Partial<Record<Choice, number>>>, chance: number): Choice | undefined {
	const choices = Object.keys(weights) as Choice[];
	let total = 0;
	for (const choice of choices) {
		total += weights[choice] ?? 0;
	}

	let left = total * chance;
	for (const choice of choices) {
		left -= weights[choice] ?? 0;
		if (left < 0) {
			return choice;
		}
	}

	return choices.at(-1);
}
