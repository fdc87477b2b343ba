/** One line of the table. */
export type Figure = {
	readonly what: string;
	readonly median: number;
	/** Left out where it says nothing. */
	readonly p95?: number;
	readonly unit: 'ms' | 'µs' | 'bytes' | '%' | 'min' | 'times';
	/** What it is compared with, measured in the same run. */
	readonly against?: {readonly what: string; readonly median: number};
};

export type Bench = {
	readonly name: string;
	readonly title: string;
	readonly measure: () => Promise<Measured>;
};

export type Measured = {
	/** What it was measured with. */
	readonly by: string;
	readonly figures: readonly Figure[];
};

/** The value that this share (0 to 1) of the samples do not exceed. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** Median and p95 of samples. */
export function spread(samples: readonly number[]): {readonly median: number; readonly p95: number} {
	return {median: quantile(samples, 0.5), p95: quantile(samples, 0.95)};
}

/** Milliseconds that each of `times` calls takes, after one that does not count. */
export function timed(times: number, work: (round: number) => void): number[] {
	work(-1);
	return Array.from({length: times}, (_sample, round) => {
		const start = performance.now();
		work(round);
		return performance.now() - start;
	});
}

/** The figures as aligned lines. */
export function table(figures: readonly Figure[]): string {
	const cells = [
		['', 'median', 'p95', '', 'ratio', ''],
		...figures.map(({what, median, p95, unit, against}) => [
			what,
			number(median),
			p95 === undefined ? '' : number(p95),
			unit,
			against ? `${number(median / against.median)} x` : '',
			against ? `of ${against.what} (${number(against.median)} ${unit})` : '',
		]),
	];
	const widths = cells[0]!.map((_cell, column) => Math.max(...cells.map(row => row[column]!.length)));
	const isNumber = (column: number) => [1, 2, 4].includes(column);
	return cells.map(row => `  ${row.map((cell, column) => isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)).join('  ').trimEnd()}`).join('\n');
}

function number(value: number): string {
	const digits = value >= 100 ? 0 : (value >= 10 ? 1 : 2);
	return value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
}
