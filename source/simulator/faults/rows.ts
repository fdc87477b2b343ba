import {jsonType} from '../server/exchange.js';
import type {Wire} from '../wire/wire.js';
import {editedJson, editedText, type Fault} from './fault.js';
import {fieldsOf, isSessionPath, withEachRow, withRows} from './json-edits.js';

// A number that JSON can express, but no double and so not JSON.stringify.
const beyondDouble = '1e400';
// One more than a session has numbers, so that no field has the same value in every row.
const strangeNumbers: readonly unknown[] = ['NaN', -1, 1e300, '-Infinity', (2 ** 53) + 2, beyondDouble, '12 apples', 0.5, 2 ** 63, ''];
const strangeDates = ['0001-01-01T00:00:00', '9999-12-31T23:59:59.9999999Z', 'yesterday', '2026-02-30T12:00:00Z', '', '+275760-09-13T00:00:00.001Z'];
const isTime = /^\d{4}-\d\d-\d\dT/v;

/** Pages with impossible rows. */
export const rowFaults = {
	wrongTypes: {
		about: 'the fields of sessions have wrong types',
		middleware: editedJson((json, {exchange}) => isSessionPath(exchange.path) ? withEachRow(json, row => wrongTypes(row)) : json),
	},
	badRow: {
		about: 'one row of each page is null, a number or has no id',
		middleware: editedJson((json, {ordinal}) => withRows(json, rows => withBadRow(rows, ordinal))),
	},
	strangeNumbers: {
		about: 'sessions with negative, endless and unreadable numbers',
		middleware: editedText((text, {exchange}) => isSessionPath(exchange.path) ? {status: 200, text: withStrangeNumbers(text), headers: {'Content-Type': jsonType}} : undefined),
	},
	strangeDates: {about: 'times of the year 1, of 30 February, of "yesterday"', middleware: editedJson(json => withStrangeDates(json))},
	nullPage: {about: 'pages whose rows are null', middleware: editedJson(() => ({results: null}))},
	emptyList: {
		about: 'no session is listed, though there are some',
		middleware: editedJson((json, {exchange}) => isSessionPath(exchange.path) ? withRows(json, () => []) : json),
	},
} as const satisfies Record<string, Fault>;

function wrongTypes(row: Wire): Wire {
	return fieldsOf(row, (value, name) => name.startsWith('_') || /id$/iv.test(name) ? value : wrongly(value));
}

function wrongly(value: unknown): unknown {
	if (typeof value === 'object' && value !== null) {
		return fieldsOf(value as Wire, field => wrongly(field));
	}

	return typeof value === 'number' ? {value} : [value];
}

function withBadRow(rows: readonly unknown[], ordinal: number): readonly unknown[] {
	const middle = Math.floor(rows.length / 2);
	const row = rows[middle];
	const bad = [null, 42, fieldsOf(row as Wire ?? {}, (value, name) => name === 'id' ? undefined : value)];
	return row === undefined ? rows : rows.with(middle, bad[ordinal % bad.length]);
}

function withStrangeNumbers(text: string): string {
	let count = 0;
	const strange = () => strangeNumbers[count++ % strangeNumbers.length];
	const sessions = withEachRow(JSON.parse(text), (row, index) => ({
		...fieldsOf(row, value => typeof value === 'number' ? strange() : value),
		statistics: fieldsOf(row['statistics'] as Wire, value => typeof value === 'number' ? strange() : value),
		// A run of four centuries.
		...(index % 5 === 4 && {creationTime: '1601-01-01T00:00:00Z'}),
	}));
	return JSON.stringify(sessions).replaceAll(`"${beyondDouble}"`, () => beyondDouble);
}

function withStrangeDates(json: unknown): unknown {
	let count = 0;
	const strange = (value: unknown) => typeof value === 'string' && isTime.test(value) ? strangeDates[count++ % strangeDates.length] : value;
	return withEachRow(json, row => fieldsOf(row, strange));
}
