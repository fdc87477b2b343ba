import {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';

const mostBodyBytes = 64 * 1024;

/** The body as text; undefined if it has more than 64 KiB. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Uint8Array>) {
		bytes += chunk.byteLength;
		if (bytes > mostBodyBytes) {
			return undefined;
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString('utf8');
}

/** The fields of a form, or of the flat JSON object that the API takes too. */
export function formOf(body: string, contentType: string): Record<string, string> {
	if (!contentType.toLowerCase().startsWith('application/json')) {
		return Object.fromEntries(new URLSearchParams(body));
	}

	try {
		const fields: unknown = JSON.parse(body);
		return typeof fields === 'object' && fields !== null ? Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])) : {};
	} catch {
		return {};
	}
}
