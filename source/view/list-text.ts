import type {Now} from '../model/now.js';
import {forClipboard} from './copy-text.js';
import {fitCell} from './fit-cell.js';
import type {FittedColumn} from './fit-columns.js';
import {counted} from './format.js';
import {activeFilters, type Narrowing} from './filters.js';
import type {Row} from './rows.js';
import {isOpenProblem} from './screen-problems.js';
import {spanWord} from './steps.js';
import {textWidth} from './text.js';
import {fullTime, zoneName} from './times.js';

export type ListTextOptions = {
	/** The rows that the filters let pass, in the order on screen. */
	readonly rows: readonly Row[];
	/** Columns on screen. */
	readonly columns: readonly FittedColumn[];
	/** Names of the servers watched. */
	readonly servers: readonly string[];
	readonly list: string;
	readonly narrowing: Narrowing;
	readonly rangeMs: number;
	readonly now: Now;
	/** IANA name of the zone in which times of day are told. */
	readonly zone: string;
};

/** The whole list as text: servers, time and filter, the headings, a line a row with `!` for a problem that is not acknowledged. Ends in a line break. */
export function listText({rows, columns, servers, list, narrowing, rangeMs, now, zone}: ListTextOptions): string {
	const wide = columns.map(({column, width}) => ({
		column, width: column.id === 'job' ? Math.max(width, ...rows.map(({jobName}) => textWidth(jobName))) : Math.max(width, column.comfortable ?? 0),
	}));
	const filtered = activeFilters(narrowing);
	const lines = [
		`${servers.join(', ')}  ${list}  ${fullTime(now.server, undefined, zone)} ${zoneName(now.server, zone)}`,
		[counted(rows.length, 'row'), spanWord(rangeMs), ...(filtered.length === 0 ? ['all types'] : filtered)].join(', '),
		'',
		`  ${wide.map(({column, width}) => textOf([{text: column.heading}], width, column)).join(' ')}`,
		...rows.map(row => `${isOpenProblem(row) ? '!' : ' '} ${wide.map(({column, width}) => textOf(column.cell(row, {now, zone, width}), width, column)).join(' ')}`),
	];
	return `${forClipboard(lines.join('\n'))}\n`;
}

function textOf(...[cell, width, column]: [...Parameters<typeof fitCell>]): string {
	return fitCell(cell, width, column).map(({text}) => text).join('');
}
