import {createServer, type AddressInfo} from 'node:net';
import {test, type TestContext} from 'node:test';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {statusFault} from '../../source/api/transport/answer.js';
import type {DateReading} from '../../source/api/server-api.js';
import {createTransport} from '../../source/api/transport/transport.js';
import {ServerFault} from '../../source/model/errors.js';

/** What came of one GET to a server that answers with these bytes (one per character): the fault with its words and its wait, and the dates told. */
async function told(t: TestContext, answer: string) {
	const server = createServer(socket => {
		socket.on('error', () => undefined);
		socket.once('data', () => {
			socket.end(answer, 'latin1');
		});
	});
	const {promise, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	t.after(() => {
		server.close();
	});
	const dates: DateReading[] = [];
	const transport = createTransport({
		address: parseServerAddress(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), ca: [], monotonic: () => 0, connectMs: 5000, totalMs: 20_000,
		onDate(reading) {
			dates.push(reading);
		},
	});
	t.after(async () => transport.close());
	const found = await transport.get('v8', {path: 'Jobs'}).catch((error: unknown) => error as ServerFault);
	const fault = found instanceof ServerFault ? found : statusFault(found);
	return {fault, dates};
}

// Bytes above 7F may stand in a header, those below 20 may not.
const nasty = '\u{9B}2J\u{9D}0;t\u{9C}\u{85}\u{E9}';
const headers: readonly string[] = [
	`Date: ${nasty}`,
	`Retry-After: ${nasty}`,
	`Content-Type: ${nasty}`,
	`Server: ${nasty}`,
	`Location: ${nasty}`,
	`X-${'y'.repeat(200)}: ${nasty}`,
	'Date: \u{1B}[2J',
	'Server: \u{1B}]0;t\u{7}',
	'Retry-After: 7\u{0}',
	'\u{1B}[2J: x',
	`Server: ${'z'.repeat(100_000)}`,
	'Retry-After: -5',
	'Retry-After: 1e9',
	'Retry-After: 1000000000',
	'Retry-After: Fri, 31 Dec 9999 23:59:59 GMT',
	'Retry-After: Mon, 01 Jan 0001 00:00:00 GMT',
	'Retry-After: soon 12',
	'Date: Fri, 31 Dec 9999 23:59:59 GMT',
	'Date: Mon, 01 Jan 0001 00:00:00 GMT',
	'Date: Thu, 99 Foo 2026 99:99:99 GMT',
	'Date: NaN',
	'Content-Length: -1',
	'Content-Length: 9007199254740993',
	'Content-Length: \u{9B}2J',
	'Transfer-Encoding: \u{9B}2J',
];

for (const header of headers) {
	test(`a header ${JSON.stringify(header.slice(0, 40))} is never on screen raw, and no wait is longer than a day`, async (t: TestContext) => {
		const {fault: {message, retryAfterMs: wait}, dates} = await told(t, `HTTP/1.1 503 ${nasty}\r\n${header}\r\nConnection: close\r\n\r\n`);
		t.assert.match(message, /^[\u{20}-\u{7E}]+$/v);
		t.assert.ok(wait === undefined || (wait >= 0 && wait <= 86_400_000), String(wait));
		t.assert.ok(dates.every(({date}) => Number.isSafeInteger(date)));
	});
}

for (const start of ['\u{1B}[2J\u{1B}]0;t\u{7}', 'HTTP/1.1 \u{9B}2J OK', 'HTTP/9.9 200 OK', '\u{16}\u{3}\u{1}', '']) {
	test(`an answer that begins with ${JSON.stringify(start)} is told in plain words`, async (t: TestContext) => {
		const {fault: {message}} = await told(t, `${start}\r\n\r\n`);
		t.assert.match(message, /^[\u{20}-\u{7E}]+$/v);
	});
}
