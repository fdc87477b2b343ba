import {isIPv6} from 'node:net';
import {UsageError} from '../../model/errors.js';

/** Where a server's REST API is. */
export type ServerAddress = {
	/** Scheme, host and port: `https://vb365.example:4443`. */
	readonly origin: string;
	/** Path before `/vN`, without a slash at its end; mostly empty. */
	readonly prefix: string;
	/** The host without brackets. */
	readonly hostname: string;
	readonly port: number;
	readonly isEncrypted: boolean;
};

const defaultPort = 4443;

const example = 'Give it as HOST, HOST:PORT or https://HOST:PORT/PATH.';

const parts = /^(?:(?<scheme>[a-z][\d+\-.a-z]*):\/\/)?(?<host>\[[^\]]*\]|[^#\/:?]*)(?::(?<port>\d{1,5}))?(?<path>\/[^#?]*)?(?<rest>[#?].*)?$/iv;

/**
The server address that the user typed: `host`, `host:port`, an IPv4 or IPv6
address (with or without brackets), or a URL with or without a path prefix; port
4443 and https unless given. Throws `UsageError`, whose message never repeats what
was typed, since that may contain a password.
*/
export function parseServerAddress(text: string): ServerAddress {
	const written = text.trim();
	refuse(written === '', 'The server address is empty.');
	refuse(/[\s\p{Control}\\]/v.test(written), 'The server address has a space or a backslash in it.');
	refuse(written.includes('@'), 'The server address has a user name or password in it.', 'Leave them out; they are asked for apart.');

	const fields = parts.exec(isIPv6(written) ? `[${written}]` : written)?.groups;
	refuse(!fields, 'The server address cannot be read.');
	refuse(fields?.['rest'] !== undefined, 'The server address has a query or fragment (? or #) in it.', 'Leave out what begins with ? or #.');
	const scheme = fields?.['scheme']?.toLowerCase() ?? 'https';
	refuse(scheme !== 'https' && scheme !== 'http', 'The server address is neither https nor http.');
	const port = Number(fields?.['port'] ?? defaultPort);
	refuse(port < 1 || port > 65_535, 'The port of the server address is not between 1 and 65535.', 'The REST API listens on 4443 unless it was changed.');
	return addressOf(scheme, fields?.['host'] ?? '', port, fields?.['path'] ?? '');
}

function addressOf(scheme: string, host: string, port: number, path: string): ServerAddress {
	const url = URL.parse(`${scheme}://${host}:${port}${path}`);
	if (!url || host === '') {
		throw new UsageError('The host of the server address cannot be read.', example);
	}

	const isEncrypted = scheme === 'https';
	const hostname = url.hostname.replaceAll(/[\[\]]/gv, '');
	refuse(!isEncrypted && !isLoopback(hostname), 'Plain http is for this machine only: it would send the password unencrypted.', 'Use https, which is also the default.');
	return {
		origin: `${scheme}://${url.hostname}:${port}`,
		prefix: url.pathname.split('/').filter(Boolean).map(segment => `/${segment}`).join(''),
		hostname,
		port,
		isEncrypted,
	};
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/v.test(hostname);
}

function refuse(isWrong: boolean, message: string, advice = example): void {
	if (isWrong) {
		throw new UsageError(message, advice);
	}
}
