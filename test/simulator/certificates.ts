import {X509Certificate} from 'node:crypto';
import {test, type TestContext} from 'node:test';
import {Agent, request} from 'undici';
import {certificates, type CertificateName} from '../helpers/certificates.js';
import {simulate} from './support/api.js';

const read = (name: CertificateName) => new X509Certificate(certificates[name].certificate);

test('the good and the other certificate differ in nothing but the key', (t: TestContext) => {
	const [good, other] = [read('good'), read('other')];
	t.assert.deepStrictEqual([good.subject, good.subjectAltName], [other.subject, other.subjectAltName]);
	t.assert.notStrictEqual(good.fingerprint256, other.fingerprint256);
	t.assert.ok(!good.publicKey.equals(other.publicKey));
});

test('the one that expires soon does so in 5 days', (t: TestContext) => {
	const until = Date.parse(read('expiresSoon').validTo);
	t.assert.strictEqual(Math.round((until - Date.now()) / 86_400_000), 5);
});

for (const [name, code] of [
	['good', undefined],
	['other', undefined],
	['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
	['expired', 'CERT_HAS_EXPIRED'],
	['notYetValid', 'CERT_NOT_YET_VALID'],
	['expiresSoon', undefined],
] as const) {
	test(`a client that trusts the certificate ${name}: ${code ?? 'no fault'}`, async (t: TestContext) => {
		const certificate = certificates[name];
		const {simulator} = await simulate(t, {tls: true, certificate});
		const agent = new Agent({connect: {ca: certificate.certificate}});
		t.after(async () => agent.destroy());
		const answer = request(`${simulator.url}/v8/Health`, {dispatcher: agent});
		if (code === undefined) {
			t.assert.strictEqual((await answer).statusCode, 200);
		} else {
			await t.assert.rejects(answer, {code});
		}
	});
}
