import {type X509Certificate} from 'node:crypto';
import {once} from 'node:events';
import {cp, readdir} from 'node:fs/promises';
import {get} from 'node:https';
import {createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {connect} from 'node:tls';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {program, root, run, start, temporaryFolder, unbuilt, until, type RunOptions} from './support/program.js';

// How it calls itself where the tests run.
const command = `node ${path.relative('', program)}`;

/** Starts the simulator and waits for all that it says. */
async function startSimulate(t: TestContext, flags: readonly string[] = [], options: RunOptions = {}) {
	const running = start(t, ['simulate', '--port', '0', ...flags], options);
	await until(() => /^Without questions: .*\n/mv.test(running.stdout()), () => `not all is said: ${running.stdout()}`);
	const url = /^Simulated VB365 server at (?<url>\S+),/mv.exec(running.stdout())?.groups?.['url'];
	t.assert.ok(url);
	return {...running, url};
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
	test(`says its address, and ends with ${signal} and exit code 0`, {skip: unbuilt}, async (t: TestContext) => {
		const {child, url, ended} = await startSimulate(t);
		t.assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/v);
		t.assert.strictEqual((await fetch(`${url}/v8/Jobs`)).status, 401);
		child.kill(signal);
		const {code, stderr} = await ended;
		t.assert.deepStrictEqual({code, stderr}, {code: 0, stderr: ''});
	});
}

test('says how it is watched: what can be typed, and a line that asks nothing', {skip: unbuilt}, async (t: TestContext) => {
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

test('--tls: says the fingerprint of the certificate that it shows, and writes no file', {skip: unbuilt}, async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const {url, stdout, child, ended} = await startSimulate(t, ['--tls'], {env: {TMPDIR: folder}});
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
	child.kill();
	t.assert.strictEqual((await ended).code, 0);
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

test('a program in a folder with a space is named so that a shell finds it', {skip: unbuilt}, async (t: TestContext) => {
	const folder = await temporaryFolder(t, 'vbtop test ');
	await cp(path.join(root, 'dist'), path.join(folder, 'dist'), {recursive: true});
	await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'));
	const {stdout} = await startSimulate(t, [], {program: path.join(folder, 'dist', 'vbtop.js')});
	t.assert.match(stdout(), /^To watch it: {3}node '[^\n']*vbtop test [^\n']*dist\/vbtop\.js' {3}\(in another terminal\)$/mv);
	t.assert.match(stdout(), /^Without questions: .* node '[^\n']*dist\/vbtop\.js'$/mv);
});

test('a port in use: refused with advice', {skip: unbuilt}, async (t: TestContext) => {
	const server = createServer();
	const {promise: listening, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await listening;
	t.after(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	const {code, stdout, stderr} = await run(t, ['simulate', '--port', String(port)]);
	t.assert.deepStrictEqual({code, stdout}, {code: 2, stdout: ''});
	t.assert.match(stderr, new RegExp(String.raw`^vbtop: Port ${port} is in use\.\n.*--port.*\n$`, 'v'));
});

test('the flags of the simulator reach it', {skip: unbuilt}, async (t: TestContext) => {
	const {url, child, ended} = await startSimulate(t, ['--api', 'v7', '--scenario', 'empty', '--seed', '3']);
	const statuses = await Promise.all(['v8', 'v7', 'v6'].map(async version => (await fetch(`${url}/${version}/Jobs`)).status));
	t.assert.deepStrictEqual(statuses, [404, 401, 401]);
	child.kill();
	t.assert.match((await ended).stdout, /scenario empty/v);
});

test('--scenario: a name of several words is written with hyphens', {skip: unbuilt}, async (t: TestContext) => {
	const {child, ended} = await startSimulate(t, ['--scenario', 'used-up']);
	child.kill();
	t.assert.match((await ended).stdout, /scenario used-up\./v);
	const {code, stderr} = await run(t, ['simulate', '--port', '0', '--scenario', 'usedUp']);
	t.assert.strictEqual(code, 2);
	t.assert.match(stderr, /no scenario "usedUp"[\s\S]*used-up/v);
});

test('--help names all scenarios', {skip: unbuilt}, async (t: TestContext) => {
	const {stdout} = await run(t, ['--help']);
	const [, said = ''] = /--scenario NAME (?<names>[^\(]*)\(demo\)/v.exec(stdout) ?? [];
	t.assert.deepStrictEqual(said.split(/[\s,]+/v).filter(Boolean), Object.keys(scenarios));
});

test('--fault: says what befalls it and when; it begins with calm, and a lasting fault is there at once', {skip: unbuilt}, async (t: TestContext) => {
	const {url, stdout, child, ended} = await startSimulate(t, ['--fault', 'notFound,shortTokens']);
	t.assert.match(stdout(), /^Again and again 20 s of calm, then 20 s of trouble: notFound, shortTokens\.$/mv);
	const form = new URLSearchParams({grant_type: 'password', username: String.raw`DEMO\operator`, password: 'simulated', disable_antiforgery_token: 'true'});
	const token = await fetch(`${url}/v8/token`, {method: 'POST', body: form});
	t.assert.strictEqual(((await token.json()) as {expires_in: number}).expires_in, 20);
	child.kill();
	t.assert.strictEqual((await ended).code, 0);
});
