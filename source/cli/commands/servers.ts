import type {StoredServer} from '../../storage/credentials.js';
import {UsageError} from '../../model/errors.js';
import {fitText, textWidth} from '../../ui/text/text.js';
import type {Output} from '../io.js';
import type {LocalData} from '../local-data.js';

/** Prints the stored servers, a line each. Throws `UsageError` where they cannot be read. */
export async function servers({print}: Output, {credentials: {servers: stored, problem}}: LocalData): Promise<void> {
	if (problem) {
		throw new UsageError(problem.message, problem.advice);
	}

	await print(stored.length === 0 ? 'No server is kept. vbtop login adds one.\n' : `${table(stored)}\n`);
}

function certificateWords({id, pin}: StoredServer): string {
	if (pin !== undefined) {
		return `pinned ${pin.slice(0, 23)}..`;
	}

	return id.startsWith('https:') ? 'trusted by its issuer' : 'none (http)';
}

const columns: ReadonlyArray<readonly [heading: string, text: (server: StoredServer) => string]> = [
	['NAME', ({name}) => name],
	['ADDRESS', ({id}) => id],
	['ACCOUNT', ({account}) => account ?? '(bearer token)'],
	['PASSWORD', ({secret}) => secret ? 'kept' : 'asked'],
	['API', ({version}) => version ?? '-'],
	['CERTIFICATE', certificateWords],
];

function table(stored: readonly StoredServer[]): string {
	const texts = [columns.map(([heading]) => heading), ...stored.map(server => columns.map(([, text]) => text(server)))];
	const widths = columns.map((_column, index) => Math.max(...texts.map(row => textWidth(row[index]!))));
	return texts.map(row => row.map((text, index) => fitText(text, widths[index]!)).join('  ').trimEnd()).join('\n');
}
