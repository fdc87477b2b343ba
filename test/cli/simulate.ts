import {existsSync} from 'node:fs';
import {mkdir, readdir} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {run, start, temporaryFolder, unbuilt, until, type RunOptions} from './support/program.js';
import {noTerminal, openTerminal} from './support/terminal.js';

/** Starts the simulator and waits for what it says: its address, and the line that watches it. */
async function startSimulate(t: TestContext, flags: readonly string[] = [], options: RunOptions = {}) {
	const running = start(t, ['simulate', '--port', '0', ...flags], options);
	const command = await until(() => /^ *(?<line>VBTOP_SERVER=.*)\n/mv.exec(running.stdout())?.groups?.['line'], () => `no command line: ${running.stdout()}`);
	const url = /^Simulated VB365 server at (?<url>\S+),/mv.exec(running.stdout())?.groups?.['url'];
	t.assert.ok(url);
	return {...running, url, command};
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

	test(`--tls leaves no certificate behind after ${signal}`, {skip: unbuilt}, async (t: TestContext) => {
		const folder = await temporaryFolder(t);
		const {child, url, command, ended} = await startSimulate(t, ['--tls'], {env: {TMPDIR: folder}});
		t.assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/v);
		const certificate = /--ca '(?<file>[^']+)'/v.exec(command)?.groups?.['file'];
		t.assert.ok(certificate);
		t.assert.ok(certificate.startsWith(folder));
		t.assert.ok(existsSync(certificate));
		child.kill(signal);
		t.assert.strictEqual((await ended).code, 0);
		t.assert.deepStrictEqual(await readdir(folder), []);
	});
}

for (const flags of [[], ['--tls']]) {
	test(`the line that ${['simulate', ...flags].join(' ')} says shows its sessions`, {skip: noTerminal}, async (t: TestContext) => {
		const folder = path.join(await temporaryFolder(t), 'with a space');
		await mkdir(folder);
		const {command} = await startSimulate(t, flags, {env: {TMPDIR: folder}});
		const terminal = await openTerminal(t, command, {columns: 80, rows: 24});
		await terminal.see(/LIVE[\s\S]* Running /v);
		terminal.press('q');
		t.assert.match(await terminal.ended(), /^code 0$/mv);
	});
}

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
	const {url, child, ended} = await startSimulate(t, ['--api', 'v7', '--night', 'empty', '--seed', '3']);
	const statuses = await Promise.all(['v8', 'v7', 'v6'].map(async version => (await fetch(`${url}/${version}/Jobs`)).status));
	t.assert.deepStrictEqual(statuses, [404, 401, 401]);
	child.kill();
	t.assert.match((await ended).stdout, /night empty/v);
});
