import type {Now} from '../../model/now.js';
import {forClipboard} from '../../model/clipboard-text.js';
import {fitCell} from '../../ui/text/fit-cell.js';
import type {FittedColumn} from '../shared/columns/fit-columns.js';
import {counted} from '../../ui/format.js';
import {activeFilters, type Filters} from '../shared/filters/filters.js';
import type {Row} from '../shared/rows/rows.js';
import {spanWord} from '../shared/filters/steps.js';
import {textWidth} from '../../ui/text/text.js';
import {fullTime, zoneName} from '../../ui/times.js';
import {isOpenProblem} from '../shared/rows/mark.js';

export type ListTextOptions = {
	/** The rows that the filters let pass, in the order on screen. */
	readonly rows: readonly Row[];
	/** Columns on screen. */
	readonly columns: readonly FittedColumn[];
	/** Names of the servers watched. */
	readonly servers: readonly string[];
	readonly list: string;
	readonly filters: Filters;
	readonly rangeMs: number;
	readonly now: Now;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
};

/** The whole list as text: servers, time and filter, the headings, a line a row with `!` for a problem that is not acknowledged. Ends in a line break. */
export function listText({rows, columns, servers, list, filters, rangeMs, now, zone}: ListTextOptions): string {
	const wide = columns.map(({column, width}) => ({
		column, width: column.id === 'job' ? Math.max(width, ...rows.map(({jobName}) => textWidth(jobName))) : Math.max(width, column.comfortable ?? 0),
	}));
	const filtered = activeFilters(filters);
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
