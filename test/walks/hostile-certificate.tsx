import {test, type TestContext} from 'node:test';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {inspectServer} from '../../source/api/transport/inspect.js';
import {makeCertificate} from '../../source/simulator/server/certificate.js';
import {startConnect} from '../helpers/connect.js';
import {fault} from '../helpers/fault.js';
import {simulator} from '../helpers/monitor.js';
import {apiTo} from '../helpers/secure-server.js';

const names = ['\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}6n', 'a\u{202E}gpj.exe\u{202C}', 'x\r\nissuer     CN=Good CA', 'e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}'.repeat(40), '👩‍👩‍👧\u{1F972}\u{FDFD}'.repeat(20), 'x'.repeat(3000)];
const steering = /[\p{Control}\u{61C}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2066}-\u{2069}]/v;

for (const name of names) {
	test(`a certificate whose subject is ${JSON.stringify(name.slice(0, 30))} leaves the question where it is`, async (t: TestContext) => {
		const certificate = await makeCertificate({commonName: name});
		const server = await simulator(t, {scenario: 'empty', tls: true, certificate});
		const {screen, press, until} = startConnect(t, {server: server.url, account: server.account.username});
		await press('simulated', 'enter');
		await until(/Trust the certificate/v);
		const lines = screen.lines();
		const labels = lines.map(line => /^ {2}(?<label>SHA-256|subject|issuer|names|valid) /v.exec(line)?.groups?.['label']).filter(label => label !== undefined);
		t.assert.deepStrictEqual(labels, ['SHA-256', 'subject', 'issuer', 'names', 'valid']);
		t.assert.strictEqual(lines[1], '-'.repeat(79));
		t.assert.strictEqual(lines.at(-3), '-'.repeat(79));
		t.assert.ok(lines.every((line, row) => screen.cell(row, 79).trim() === '' && !steering.test(line)));
		t.assert.deepStrictEqual(screen.effects, []);
	});
}

test('names of a certificate are made visible where they are told, in the question and in a fault', async (t: TestContext) => {
	const certificate = await makeCertificate({hosts: ['\u{1B}[2J.test', 'b\u{7}.test']});
	const server = await simulator(t, {scenario: 'empty', tls: true, certificate});
	const {signal} = new AbortController();
	const route = {address: parseServerAddress(server.url), ca: [], proxy: undefined};
	const inspection = await inspectServer({...route, connectMs: 10_000, onReached: () => undefined, signal});
	const {subject, issuer, names: told} = inspection!.certificate;
	t.assert.ok([subject, issuer, ...told].every(text => !steering.test(text)));
	await t.assert.rejects(apiTo(t, server, {ca: [certificate.certificate]}).jobs(), fault('tlsName', /^\P{Control}+$/v));
});
