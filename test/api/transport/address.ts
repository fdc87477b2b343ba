import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {parseServerAddress} from '../../../source/api/transport/address.js';
import {UsageError} from '../../../source/model/errors.js';

const read: ReadonlyArray<readonly [written: string, origin: string, prefix?: string]> = [
	['vb365', 'https://vb365:4443'],
	['  vb365.contoso.test ', 'https://vb365.contoso.test:4443'],
	['VB365.Contoso.Test', 'https://vb365.contoso.test:4443'],
	['vb365:443', 'https://vb365:443'],
	['vb365:9443', 'https://vb365:9443'],
	['10.0.0.7', 'https://10.0.0.7:4443'],
	['10.0.0.7:80', 'https://10.0.0.7:80'],
	['fe80::1', 'https://[fe80::1]:4443'],
	['::1', 'https://[::1]:4443'],
	['[2001:db8::7]', 'https://[2001:db8::7]:4443'],
	['[2001:db8::7]:443', 'https://[2001:db8::7]:443'],
	['https://vb365', 'https://vb365:4443'],
	['https://vb365:443/', 'https://vb365:443'],
	['HTTPS://vb365/backup/', 'https://vb365:4443', '/backup'],
	['https://gate.test/a/b', 'https://gate.test:4443', '/a/b'],
	['gate.test:443/a', 'https://gate.test:443', '/a'],
	['http://localhost', 'http://localhost:4443'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
	['http://127.3.2.1:8080', 'http://127.3.2.1:8080'],
	['http://[::1]:8080', 'http://[::1]:8080'],
	['bücher.test', 'https://xn--bcher-kva.test:4443'],
];

for (const [written, origin, prefix = ''] of read) {
	test(`${written} is ${origin}${prefix}`, (t: TestContext) => {
		const address = parseServerAddress(written);
		t.assert.strictEqual(address.origin, origin);
		t.assert.strictEqual(address.prefix, prefix);
		t.assert.strictEqual(address.isEncrypted, origin.startsWith('https:'));
	});
}

test('hostname is without brackets', (t: TestContext) => {
	const {hostname, port} = parseServerAddress('[::1]:99');
	t.assert.deepStrictEqual({hostname, port}, {hostname: '::1', port: 99});
});

const refused: ReadonlyArray<readonly [written: string, message: RegExp]> = [
	['', /empty/v],
	[' '.repeat(3), /empty/v],
	['http://vb365', /Plain http/v],
	['http://128.0.0.1', /Plain http/v],
	['http://127.0.0.1.evil.test', /Plain http/v], // eslint-disable-line unicorn/prefer-https -- plain http is what is refused
	['http://localhost.evil.test', /Plain http/v], // eslint-disable-line unicorn/prefer-https -- plain http is what is refused
	['http://0.0.0.0', /Plain http/v],
	['ftp://vb365', /neither https nor http/v],
	['vb365:0', /port/v],
	['vb365:65536', /port/v],
	['vb365:port', /cannot be read/v],
	['vb365:', /cannot be read/v],
	[':4443', /cannot be read/v],
	['https://', /cannot be read/v],
	['a b', /space/v],
	['vb365\u{1B}[2J', /space|control/v],
	[String.raw`\\vb365`, /backslash/v],
	['[::1', /cannot be read/v],
	['fe80::1%eth0', /cannot be read/v],
	['https://vb365?x=secret', /query/v],
	['https://vb365/#secret', /fragment/v],
	['https://admin:secret@vb365', /password/v],
	['admin:secret@vb365', /password/v],
	['https://admin:se/cret@vb365', /password/v],
	['https://admin:secret', /cannot be read/v],
];

for (const [written, message] of refused) {
	test(`${JSON.stringify(written)} is refused with advice and without repeating it`, (t: TestContext) => {
		t.assert.throws(() => parseServerAddress(written), (error: unknown) => {
			t.assert.ok(error instanceof UsageError);
			t.assert.match(error.message, message);
			t.assert.notStrictEqual(error.advice, '');
			t.assert.doesNotMatch(inspect(error, {depth: 9}), /secret|se\/cret/v);
			return true;
		});
	});
}
