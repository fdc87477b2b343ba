/** What is shown behind a comparison: from `least` on, and below `end` where only the units that were typed are compared. */
export type Amount = {
	readonly least: number;
	/** The next amount that could have been typed in the same units: `2h` ends where `3h` begins. */
	readonly end: number;
};

/** How amounts of one sort are typed. */
export type AmountKind = {
	/** What is expected, with an example, for who typed something else. */
	readonly expected: string;
	/** @param text - in lower case; undefined comes back for what is no such amount */
	readonly parse: (text: string) => Amount | undefined;
};

const units = {w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000} as const;
const belowUnit = {w: 'd', d: 'h', h: 'm', m: 's', s: undefined} as const;

type Unit = keyof typeof units;

const timeShape = /^(?:\d{1,6}(?:\.\d{1,3})?[dhmsw]){1,5}\d{0,2}$/v;
const timeParts = /(?<figure>[\d.]+)(?<unit>[dhmsw]?)/gv;

// As the list writes it: a last figure without a unit is in the next lower one (`1h30`, `3m36`, `1d22`).
function time(text: string): Amount | undefined {
	if (!timeShape.test(text)) {
		return undefined;
	}

	let least = 0;
	let end = 0;
	let unit: Unit | undefined;
	for (const {groups} of text.matchAll(timeParts)) {
		unit = groups!['unit'] === '' ? unit && belowUnit[unit] : groups!['unit'] as Unit;
		if (unit === undefined) {
			return undefined;
		}

		const amount = scaled(groups!['figure']!, units[unit]);
		end = least + amount.end;
		least += amount.least;
	}

	return {least, end};
}

const powers = ['', 'k', 'm', 'g', 't', 'p'];

function size(text: string): Amount | undefined {
	const match = /^(?<figure>\d{1,9}(?:\.\d{1,3})?)(?:(?<unit>[gkmpt])(?:i?b)?|b)?(?:\/s)?$/v.exec(text);
	return match ? scaled(match.groups!['figure']!, 1024 ** powers.indexOf(match.groups!['unit'] ?? '')) : undefined;
}

function count(text: string): Amount | undefined {
	const match = /^(?<figure>\d{1,12}(?:\.\d{1,3})?)(?<unit>[gkmt]?)$/v.exec(text.replaceAll(',', ''));
	return match ? scaled(match.groups!['figure']!, 1000 ** powers.indexOf(match.groups!['unit']!)) : undefined;
}

// The last decimal that was typed is the finest thing that was said.
function scaled(figure: string, unit: number): Amount {
	const decimals = figure.split('.', 2)[1]?.length ?? 0;
	const finest = unit / (10 ** decimals);
	return {least: Number(figure) * unit, end: (Number(figure) * unit) + finest};
}

/** Times in milliseconds, sizes in bytes (1024-based, as the list writes them; a rate may say `/s`), counts (`50,000`, `50k`). */
export const amounts = {
	time: {expected: 'a time such as 2h', parse: time},
	size: {expected: 'a size such as 10MB', parse: size},
	count: {expected: 'a number such as 100', parse: count},
} as const satisfies Record<string, AmountKind>;
