import process from 'node:process';
import type {StoredServer} from '../../storage/credentials.js';
import {UsageError} from '../../model/errors.js';
import {fitText, textWidth} from '../../ui/text/text.js';
import type {LocalData} from '../local-data.js';

/** Prints the servers that are kept, a line each. */
export function servers({credentials: {servers: kept, problem}}: LocalData): void {
	if (problem) {
		throw new UsageError(problem.message, problem.advice);
	}

	process.stdout.write(kept.length === 0 ? 'No server is kept. vbtop login adds one.\n' : `${table(kept)}\n`);
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

function table(kept: readonly StoredServer[]): string {
	const texts = [columns.map(([heading]) => heading), ...kept.map(server => columns.map(([, text]) => text(server)))];
	const widths = columns.map((_column, index) => Math.max(...texts.map(row => textWidth(row[index]!))));
	return texts.map(row => row.map((text, index) => fitText(text, widths[index]!)).join('  ').trimEnd()).join('\n');
}
