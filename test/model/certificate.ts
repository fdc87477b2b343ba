import {test, type TestContext} from 'node:test';
import {expiresSoon, fingerprintOf, type Certificate} from '../../source/model/certificate.js';

const pairs = Array.from({length: 32}, (_pair, index) => (index * 8).toString(16).padStart(2, '0').toUpperCase());
const fingerprint = pairs.join(':');
const digits = pairs.join('');

const written: ReadonlyArray<readonly [what: string, text: string, found: string | undefined]> = [
	['as it is kept', fingerprint, fingerprint],
	['without colons', digits, fingerprint],
	['in lower case', fingerprint.toLowerCase(), fingerprint],
	['with spaces in place of colons', pairs.join(' '), fingerprint],
	['in two lines', `${pairs.slice(0, 16).join(':')}:\n  ${pairs.slice(16).join(':')}\r\n`, fingerprint],
	['with spaces around', `  ${digits}\t`, fingerprint],
	['as OpenSSL prints it', `sha256 Fingerprint=${fingerprint}\n`, fingerprint],
	['as older OpenSSL prints it', `SHA256 Fingerprint=${fingerprint}`, fingerprint],
	['as the view shows it', `SHA-256      ${fingerprint}`, fingerprint],
	['behind its algorithm and a colon', `SHA256:${digits}`, fingerprint],
	['behind its name', `Fingerprint: ${fingerprint}`, fingerprint],
	['a pair short', pairs.slice(1).join(':'), undefined],
	['a pair long', `${fingerprint}:00`, undefined],
	['a digit short', digits.slice(1), undefined],
	['a digit that is none', `G${digits.slice(1)}`, undefined],
	['a SHA-1', pairs.slice(0, 20).join(':'), undefined],
	['a SHA-1 behind its algorithm', `SHA1 Fingerprint=${pairs.slice(0, 20).join(':')}`, undefined],
	['in base64', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', undefined],
	['nothing', '', undefined],
];

for (const [what, text, found] of written) {
	test(`a fingerprint ${what}`, (t: TestContext) => {
		t.assert.strictEqual(fingerprintOf(text), found);
	});
}

const day = 86_400_000;
const validTo = Date.UTC(2026, 2, 2);
const certificate: Certificate = {fingerprint, subject: 'CN=vb365', issuer: 'CN=vb365', names: ['vb365'], validFrom: 0, validTo};

for (const [what, now, isSoon] of [
	['14 days before', validTo - (14 * day), false],
	['a millisecond later', validTo - (14 * day) + 1, true],
	['a year before', validTo - (365 * day), false],
	['at its end', validTo, true],
	['after its end', validTo + day, true],
] as const) {
	test(`${what}, a certificate ${isSoon ? 'ends soon' : 'does not end soon'}`, (t: TestContext) => {
		t.assert.strictEqual(expiresSoon(certificate, now), isSoon);
	});
}
