import {valueOf} from '../model/field.js';
import type {Row} from './rows.js';

/** What the list is narrowed to; each is one entry in the table below. */
export type Narrowing = {
	/** `all` or a job type. */
	readonly jobType: string;
	/** Words that must all be found, case-insensitively, some of them behind a prefix (`server:name`); empty for all. */
	readonly text: string;
};

type Filter = {
	readonly id: keyof Narrowing;
	/** How the filter is named on screen, undefined while it lets everything pass. */
	readonly label: (narrowing: Narrowing) => string | undefined;
	/** A test for rows, made once for a narrowing. */
	readonly test: (narrowing: Narrowing) => (row: Row) => boolean;
};

type PrefixWord = {
	/** What stands before the colon. */
	readonly prefix: string;
	/** Whether a row has what stands behind it, in lower case. */
	readonly finds: (row: Row, wanted: string) => boolean;
};

/** Every word that looks in one place only. */
export const prefixWords: readonly PrefixWord[] = [
	{prefix: 'server', finds: ({serverName}, wanted) => serverName.toLowerCase().includes(wanted)},
];

// A prefix that nothing stands behind yet is still being typed: it asks for nothing.
function testOf(word: string): ((row: Row) => boolean) | undefined {
	const prefixed = prefixWords.find(({prefix}) => word.startsWith(`${prefix}:`));
	if (!prefixed) {
		return row => row.haystack.includes(word);
	}

	const wanted = word.slice(prefixed.prefix.length + 1);
	return wanted === '' ? undefined : row => prefixed.finds(row, wanted);
}

const testsOf = (text: string) => text.toLowerCase().split(/\s+/v).filter(Boolean).map(word => testOf(word)).filter(test => test !== undefined);

/** Every filter that a list can have. */
export const filters: readonly Filter[] = [
	{
		id: 'jobType',
		label: ({jobType}) => jobType === 'all' ? undefined : `${jobType} only`,
		test: ({jobType}) => row => jobType === 'all' || valueOf(row.jobType) === jobType,
	},
	{
		id: 'text',
		label: ({text}) => testsOf(text).length === 0 ? undefined : `filter "${text.trim()}"`,
		test({text}) {
			const tests = testsOf(text);
			return row => tests.every(test => test(row));
		},
	},
];

/** The names of the filters that narrow the list now. */
export function activeFilters(narrowing: Narrowing): string[] {
	return filters.map(filter => filter.label(narrowing)).filter(label => label !== undefined);
}

/** The rows that every filter lets pass, in the order given. */
export function narrow(rows: readonly Row[], narrowing: Narrowing): readonly Row[] {
	if (activeFilters(narrowing).length === 0) {
		return rows;
	}

	const tests = filters.map(filter => filter.test(narrowing));
	return rows.filter(row => tests.every(test => test(row)));
}
