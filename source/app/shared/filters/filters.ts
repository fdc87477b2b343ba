import {valueOf} from '../../../model/field.js';
import type {Now} from '../../../model/now.js';
import {statusClass} from '../../../model/session.js';
import type {Row} from '../rows/rows.js';
import {parseFilter, type RowTest} from './filter-language.js';

/** What the list is limited to; each is one entry in the table below. */
export type Filters = {
	/** `all` or a job type. */
	readonly jobType: string;
	readonly status: StatusChoice;
	/** Words of the filter language that must all hold; empty for all. */
	readonly text: string;
};

type Filter = {
	readonly id: keyof Filters;
	/** How the filter is named on screen, undefined while it lets everything pass. */
	readonly label: (filters: Filters) => string | undefined;
	/** How it is got rid of in the list. */
	readonly wayOut: string;
	/** A test for rows, made once for a set of filters. */
	readonly test: (filters: Filters) => RowTest;
};

/** The choices of status, in the order in which the monitor offers them. */
export const statusChoices = ['all', 'active', 'problems', 'finished'] as const;

export type StatusChoice = typeof statusChoices[number];

// A row without a session is none of a run, so neither active nor finished.
const statusTests: Record<StatusChoice, (row: Row) => boolean> = {
	all: () => true,
	active: ({session}) => statusClass(session?.status) === 'active',
	problems: isProblem,
	finished: ({session}) => statusClass(session?.status) === 'finished',
};

const problemStatuses = new Set(['Failed', 'Disconnected', 'NotConfigured']);

function isProblem({isProblem: verdict, session}: Row): boolean {
	return verdict ?? problemStatuses.has(valueOf(session?.status) ?? '');
}

/** Every filter that a list can have. */
export const filterKinds: readonly Filter[] = [
	{
		id: 'jobType',
		label: ({jobType}) => jobType === 'all' ? undefined : `${jobType} only`,
		wayOut: 't changes the job type',
		test: ({jobType}) => row => jobType === 'all' || valueOf(row.jobType) === jobType,
	},
	{
		id: 'status',
		label: ({status}) => status === 'all' ? undefined : `${status} only`,
		wayOut: 'T changes the status',
		test: ({status}) => statusTests[status],
	},
	{
		id: 'text',
		label({text}) {
			const {words} = parseFilter(text);
			return words.length === 0 ? undefined : `filter "${words.join(' ')}"`;
		},
		wayOut: 'Esc clears the filter',
		test: ({text}) => parseFilter(text).test,
	},
];

/** The names of the filters that limit the list now; of a text, the words that ask for something. */
export function activeFilters(filters: Filters): string[] {
	return filterKinds.map(filter => filter.label(filters)).filter(label => label !== undefined);
}

/** What can be done about each of them in the list: `t changes the job type`. */
export function waysOut(filters: Filters): string[] {
	return filterKinds.filter(filter => filter.label(filters) !== undefined).map(({wayOut}) => wayOut);
}

/** Whether a row can pass at one moment and not at the next, though nothing of it changed. */
export function changesByClock({text}: Filters): boolean {
	return parseFilter(text).dependsOnTime;
}

/** The rows that every filter lets pass, in the order given. */
export function applyFilters(rows: readonly Row[], filters: Filters, now: Now): readonly Row[] {
	if (activeFilters(filters).length === 0) {
		return rows;
	}

	const tests = filterKinds.map(filter => filter.test(filters));
	return rows.filter(row => tests.every(test => test(row, now)));
}
