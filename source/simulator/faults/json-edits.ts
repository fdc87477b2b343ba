import type {Wire} from '../wire/wire.js';

/** Whether the path is that of a list of sessions, or of one session. */
export function isSessionPath(path: string): boolean {
	return /^\/[^\/]+\/jobsessions(?:\/[^\/]+)?$/iv.test(path);
}

/** A page, or a bare list, with its rows changed; any other JSON unchanged. */
export function withRows(json: unknown, edit: (rows: readonly unknown[]) => readonly unknown[]): unknown {
	if (Array.isArray(json)) {
		return edit(json);
	}

	const page = json as {results?: unknown};
	return Array.isArray(page.results) ? {...page, results: edit(page.results)} : json;
}

/** A page, a bare list, or a single row, with each row changed. */
export function withEachRow(json: unknown, edit: (row: Wire, index: number) => Wire): unknown {
	const page = withRows(json, rows => rows.map((row, index) => edit(row as Wire, index)));
	return page === json ? edit(json as Wire, 0) : page;
}

/** The fields with changed values; a field that becomes undefined is left out. */
export function fieldsOf(wire: Wire, edit: (value: unknown, name: string) => unknown): Wire {
	return Object.fromEntries(Object.entries(wire).map(([name, value]) => [name, edit(value, name)]));
}
