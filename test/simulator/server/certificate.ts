import {X509Certificate} from 'node:crypto';
import {test, type TestContext} from 'node:test';
import {makeCertificate} from '../../../source/simulator/server/certificate.js';

const day = 86_400_000;

/** Days from now until a date of a certificate. */
const daysUntil = (date: string) => Math.round((Date.parse(date) - Date.now()) / day);

test('a certificate is for the loopback names, from a day ago to 10 years ahead', async (t: TestContext) => {
	const {certificate, key} = await makeCertificate();
	const {subject, subjectAltName, validFrom, validTo} = new X509Certificate(certificate);
	t.assert.deepStrictEqual({subject, subjectAltName}, {
		subject: 'CN=localhost',
		subjectAltName: 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
	});
	t.assert.deepStrictEqual([validFrom, validTo].map(date => daysUntil(date)), [-1, 3652]);
	t.assert.match(key, /^-----BEGIN PRIVATE KEY-----/v);
});

test('hosts, name and dates of a certificate can be given', async (t: TestContext) => {
	const [notBefore, notAfter] = [new Date('2020-02-01T00:00:00Z'), new Date('2020-03-01T00:00:00Z')];
	const {certificate} = await makeCertificate({hosts: ['vb365.example.com', '192.0.2.7'], notBefore, notAfter, commonName: 'Backup'});
	const {subject, subjectAltName, validFrom, validTo} = new X509Certificate(certificate);
	t.assert.deepStrictEqual({subject, subjectAltName}, {subject: 'CN=Backup', subjectAltName: 'DNS:vb365.example.com, IP Address:192.0.2.7'});
	t.assert.deepStrictEqual([validFrom, validTo].map(date => Date.parse(date)), [notBefore.getTime(), notAfter.getTime()]);
});

test('the first host is the common name, and no two certificates are the same', async (t: TestContext) => {
	const made = await Promise.all([1, 2].map(async () => makeCertificate({hosts: ['vb365.example.com']})));
	const [first, second] = made.map(({certificate}) => new X509Certificate(certificate)) as [X509Certificate, X509Certificate];
	t.assert.strictEqual(first.subject, 'CN=vb365.example.com');
	t.assert.notStrictEqual(first.fingerprint256, second.fingerprint256);
	t.assert.notStrictEqual(made[0]?.key, made[1]?.key);
});
