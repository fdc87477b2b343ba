import {ServerFault, type FaultKind} from '../../model/errors.js';
import {visibleText} from '../wire/visible-text.js';

/** An answer of the server, its body read. */
export type Answer = {
	readonly status: number;
	/** The body of a 200; empty for any other status. */
	readonly body: string;
	/** The error message in the body of another status: short, drawable, without any secret of the request. */
	readonly message: string;
	/** Milliseconds, from `Retry-After`. */
	readonly retryAfterMs: number | undefined;
};

const longestMessage = 200;

/**
The server's sentence in an error body, in any of its shapes (`message`, or OAuth's
`error_description` and `error`); never its `stackTrace`. Empty where there is none, or
where it repeats one of `secrets`.
*/
export function serverMessage(body: string, secrets: readonly string[]): string {
	const wire = jsonOrUndefined(body);
	const {message, error_description: description, error} = (typeof wire === 'object' && wire !== null ? wire : {}) as Record<string, unknown>;
	const text = [message, description, error].find(part => typeof part === 'string' && part !== '');
	if (typeof text !== 'string' || secrets.some(secret => secret !== '' && hasSecret(text, secret))) {
		return '';
	}

	const visible = [...visibleText(text).trim()];
	return visible.length > longestMessage ? `${visible.slice(0, longestMessage).join('')}...` : visible.join('');
}

function hasSecret(text: string, secret: string): boolean {
	const encoded = [secret, encodeURIComponent(secret.toWellFormed()), new URLSearchParams({secret}).toString().slice('secret='.length)];
	const variants = [text, text.replaceAll('+', ' '), decoded(text), decoded(text.replaceAll('+', ' '))];
	// A server that repeats the form may have decoded any part of it.
	return variants.some(words => /(?:password|refresh_token|grant_type)=/iv.test(words) || encoded.some(form => words.includes(form)));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function jsonOrUndefined(body: string): unknown {
	if (shapeFault(body) !== undefined) {
		return undefined;
	}

	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/**
The largest answer that is read, in MB. The largest that is requested, 1,000 sessions, has
about 1.5 MB; the lists of v6, which have no pages, about 4 KB for each job. Six answers may come
at once, and each is in memory as bytes, as text and as objects.
*/
export const mostMegabytes = 16;

// A session has four levels. JSON.parse makes an object of about 60 bytes for each bracket.
const deepest = 64;
const mostContainers = 500_000;

const quote = 0x22;
const backslash = 0x5C;

// Finds JSON that would be too large to parse, before it is parsed: one pass over the text, without strings.
function shapeFault(body: string): string | undefined {
	let depth = 0;
	let containers = 0;
	for (let index = 0; index < body.length; index++) {
		const code = body.charCodeAt(index); // eslint-disable-line unicorn/prefer-code-point -- all that is looked for is ASCII
		if (code === quote) {
			index = endOfString(body, index + 1);
			continue;
		}

		// `[` and `{`, then `]` and `}`.
		if (code === 0x5B || code === 0x7B) {
			depth++;
			containers++;
		} else if (code === 0x5D || code === 0x7D) {
			depth--;
		}

		if (depth > deepest || containers > mostContainers) {
			return depth > deepest ? 'nested too deep' : 'too many parts';
		}
	}

	return undefined;
}

function endOfString(body: string, start: number): number {
	let end = body.indexOf('"', start);
	while (end !== -1 && isEscaped(body, end)) {
		end = body.indexOf('"', end + 1);
	}

	return end === -1 ? body.length : end;
}

function isEscaped(body: string, at: number): boolean {
	let start = at;
	while (body.charCodeAt(start - 1) === backslash) { // eslint-disable-line unicorn/prefer-code-point -- ASCII
		start--;
	}

	return (at - start) % 2 === 1;
}

const longestWait = 24 * 60 * 60 * 1000;

/** Milliseconds from `Retry-After` (seconds or an HTTP date, taken from `now` in ms since 1970), at most a day. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	const wait = /^\d+(?:\.\d+)?$/v.test(text) ? Number(text) * 1000 : (httpDate(text) ?? NaN) - now;
	return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, Math.ceil(wait)), longestWait);
}

// A date outside these bounds is an error.
const firstDate = new Date(Date.UTC(2000, 0));
const lastDate = new Date(Date.UTC(2100, 0));

/** Milliseconds since 1970 of a date as HTTP writes it. JavaScript reads much more as a date: `-5`, and the year 1 as 2001. */
export function httpDate(header: string): number | undefined {
	const date = new Date(header);
	return date >= firstDate && date < lastDate && date.toUTCString() === header ? date.getTime() : undefined;
}

/** Whether the server rejects the token: 401, or a 200 without a body (seen on old builds). */
export function isTokenRejected(answer: Answer): boolean {
	return answer.status === 401 || (answer.status === 200 && answer.body.trim() === '');
}

const statusKinds: ReadonlyMap<number, FaultKind> = new Map<number, FaultKind>([
	[403, 'forbidden'],
	[404, 'notServed'],
	[429, 'busy'],
	[503, 'busy'],
]);

/** The fault that a status other than 200 stands for, with the server's own words. */
export function statusFault(answer: Answer): ServerFault {
	const kind = statusKinds.get(answer.status) ?? (answer.status >= 500 ? 'serverError' : 'badAnswer');
	const what = answer.message === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${answer.message}`;
	return new ServerFault(kind, what, {retryAfterMs: answer.retryAfterMs});
}

/** The JSON of a 200, whatever content type it says. Throws `ServerFault` for any other status and for no JSON. */
export function jsonOf(answer: Answer): unknown {
	if (answer.status !== 200) {
		throw statusFault(answer);
	}

	const wire = jsonOrUndefined(answer.body);
	if (wire === undefined) {
		throw new ServerFault('badAnswer', answer.body.trim() === '' ? 'empty answer' : shapeFault(answer.body) ?? 'no JSON');
	}

	return wire;
}
