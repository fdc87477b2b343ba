import type {Wire} from '../wire/wire.js';

/** Whether a list of sessions is read there, or one session. */
export function isOfSessions(path: string): boolean {
	return /^\/[^\/]+\/jobsessions(?:\/[^\/]+)?$/iv.test(path);
}

/** A page, or a bare list, with other rows; anything else as it is. */
export function withRows(json: unknown, edit: (rows: readonly unknown[]) => readonly unknown[]): unknown {
	if (Array.isArray(json)) {
		return edit(json);
	}

	const page = json as {results?: unknown};
	return Array.isArray(page.results) ? {...page, results: edit(page.results)} : json;
}

/** The same for each row by itself, and for an answer that is one. */
export function withEachRow(json: unknown, edit: (row: Wire, index: number) => Wire): unknown {
	const page = withRows(json, rows => rows.map((row, index) => edit(row as Wire, index)));
	return page === json ? edit(json as Wire, 0) : page;
}

/** The fields with other values; undefined leaves one out. */
export function fieldsOf(wire: Wire, edit: (value: unknown, name: string) => unknown): Wire {
	return Object.fromEntries(Object.entries(wire).map(([name, value]) => [name, edit(value, name)]));
}
