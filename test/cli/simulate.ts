import {type X509Certificate} from 'node:crypto';
import {once} from 'node:events';
import {readdir} from 'node:fs/promises';
import {get} from 'node:https';
import {createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {connect} from 'node:tls';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {setVariable} from '../helpers/secure-server.js';
import {call, program, start, startCall, temporaryFolder, unbuilt, until, type CallOptions} from './support/program.js';

// How it calls itself where the tests run.
const command = `node ${path.relative('', program)}`;

const address = /^Simulated VB365 server at (?<url>\S+),/mv;

/** Starts the simulator in this process and waits for all that it says; it ends with the test. */
async function startSimulate(t: TestContext, flags: readonly string[] = [], options: CallOptions = {}) {
	const running = startCall(['simulate', '--port', '0', ...flags], options);
	t.after(async () => {
		running.send('SIGTERM');
		t.assert.strictEqual((await running.ended).code, 0);
	});
	await until(() => /^Without questions: .*\n/mv.test(running.stdout()), () => `not all is said: ${running.stdout()}`);
	return {...running, url: address.exec(running.stdout())!.groups!['url']!};
}

test('says its address, and ends with a signal and exit code 0', {skip: unbuilt}, async (t: TestContext) => {
	const runs = (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(signal => ({signal, running: start(t, ['simulate', '--port', '0'])}));
	for (const {signal, running: {child, stdout, ended}} of runs) {
		const url = await until(() => address.exec(stdout())?.groups?.['url'], () => 'no address is said');
		t.assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/v);
		t.assert.strictEqual((await fetch(`${url}/v8/Jobs`)).status, 401);
		child.kill(signal);
		const {code, stderr} = await ended;
		t.assert.deepStrictEqual({code, stderr}, {code: 0, stderr: ''}, signal);
	}
});

test('says how it is watched: what can be typed, and a line that asks nothing', async (t: TestContext) => {
	const {url, stdout} = await startSimulate(t);
	t.assert.strictEqual(stdout(), String.raw`Simulated VB365 server at ${url}, scenario demo. It ends with Ctrl-C.

To watch it:   ${command}   (in another terminal)
  server       ${url}
  account      DEMO\operator
  password     simulated

Without questions: VBTOP_SERVER=${url} VBTOP_USER='DEMO\operator' VBTOP_PASSWORD=simulated ${command}
`);
	const {origin, prefix} = parseServerAddress(url);
	t.assert.strictEqual(`${origin}${prefix}`, url);
	const form = new URLSearchParams({grant_type: 'password', username: String.raw`DEMO\operator`, password: 'simulated', disable_antiforgery_token: 'true'});
	t.assert.strictEqual((await fetch(`${url}/v8/token`, {method: 'POST', body: form})).status, 200);
});

test('--tls: says the fingerprint of the certificate that it shows, and writes no file', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	setVariable(t, 'TMPDIR', folder);
	const {url, stdout} = await startSimulate(t, ['--tls']);
	const server = /^ {2}server {7}(?<server>127\.0\.0\.1:\d+)$/mv.exec(stdout())?.groups?.['server'];
	t.assert.ok(server);
	t.assert.strictEqual(url, `https://${server}`);
	t.assert.strictEqual(parseServerAddress(server).origin, url);
	const certificate = await certificateOf(parseServerAddress(server).port);
	t.assert.strictEqual(/^ {2}certificate {2}SHA-256 (?<fingerprint>[\d:A-F]+)$/mv.exec(stdout())?.groups?.['fingerprint'], certificate.fingerprint256);
	const line = String.raw`Without questions: VBTOP_SERVER=${server} VBTOP_USER='DEMO\operator' VBTOP_PASSWORD=simulated ${command} --pin ${certificate.fingerprint256}`;
	t.assert.ok(stdout().endsWith(`\n\n${line}\n`));
	t.assert.strictEqual(await statusOf(`${url}/v8/Jobs`, certificate), 401);
	t.assert.deepStrictEqual(await readdir(folder), []);
});

/** The certificate that is shown there, trusted or not. */
async function certificateOf(port: number): Promise<X509Certificate> {
	const socket = connect({port, host: '127.0.0.1', rejectUnauthorized: false});
	await once(socket, 'secureConnect');
	const certificate = socket.getPeerX509Certificate();
	socket.destroy();
	return certificate!;
}

async function statusOf(url: string, certificate: X509Certificate): Promise<number | undefined> {
	const {promise, resolve, reject} = Promise.withResolvers<number | undefined>();
	get(url, {ca: certificate.toString(), agent: false}, response => {
		response.resume();
		resolve(response.statusCode);
	}).once('error', reject);
	return promise;
}

test('a program in a folder with a space is named so that a shell finds it; an installed one by its name', async (t: TestContext) => {
	const {stdout} = await startSimulate(t, [], {program: '/srv/vbtop test/dist/vbtop.js'});
	t.assert.match(stdout(), /^To watch it: {3}node '[^\n']*vbtop test\/dist\/vbtop\.js' {3}\(in another terminal\)$/mv);
	t.assert.match(stdout(), /^Without questions: .* node '[^\n']*dist\/vbtop\.js'$/mv);
	const installed = await startSimulate(t, [], {program: '/usr/local/bin/vbtop'});
	t.assert.match(installed.stdout(), /^Without questions: .* vbtop$/mv);
});

test('a port in use: refused with advice', async (t: TestContext) => {
	const server = createServer();
	const {promise: listening, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await listening;
	t.after(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	const {code, stdout, stderr} = await call(['simulate', '--port', String(port)]);
	t.assert.deepStrictEqual({code, stdout}, {code: 2, stdout: ''});
	t.assert.match(stderr, new RegExp(String.raw`^vbtop: Port ${port} is in use\.\n.*--port.*\n$`, 'v'));
});

test('the flags of the simulator reach it', async (t: TestContext) => {
	const {url, stdout} = await startSimulate(t, ['--api', 'v7', '--scenario', 'used-up', '--seed', '3']);
	const statuses = await Promise.all(['v8', 'v7', 'v6'].map(async version => (await fetch(`${url}/${version}/Jobs`)).status));
	t.assert.deepStrictEqual(statuses, [404, 401, 401]);
	t.assert.match(stdout(), /, scenario used-up\./v);
});

test('--fault: says what befalls it and when; it begins with calm, and a lasting fault is there at once', async (t: TestContext) => {
	const {url, stdout} = await startSimulate(t, ['--fault', 'notFound,shortTokens']);
	t.assert.match(stdout(), /^Again and again 20 s of calm, then 20 s of trouble: notFound, shortTokens\.$/mv);
	const form = new URLSearchParams({grant_type: 'password', username: String.raw`DEMO\operator`, password: 'simulated', disable_antiforgery_token: 'true'});
	const token = await fetch(`${url}/v8/token`, {method: 'POST', body: form});
	t.assert.strictEqual(((await token.json()) as {expires_in: number}).expires_in, 20);
});
