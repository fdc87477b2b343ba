import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {startSimulator} from '../../source/simulator/server/server.js';
import {bareEnvironment, call, program, startCall, temporaryFolder, unbuilt, until} from './support/program.js';

const account = {username: String.raw`DEMO\operator`, password: 'Marked-4711-Secret'};

async function setUp(t: TestContext) {
	const folder = await temporaryFolder(t);
	return {folder, env: {XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_STATE_HOME: path.join(folder, 'state')}};
}

async function crashReports(folder: string): Promise<readonly string[]> {
	return (await readdir(folder, {recursive: true})).filter(name => name.includes('crash-'));
}

const full = 'vbtop: The output cannot be written: the disk is full.\n';

for (const line of ['--help', 'help login', '--version', 'info', 'servers', 'simulate --port 0']) {
	test(`vbtop ${line}: ends quietly where its output is closed, with one line where the disk is full`, async (t: TestContext) => {
		const {folder, env} = await setUp(t);
		t.assert.deepStrictEqual(await call(line.split(' '), {env, outputFault: 'EPIPE'}), {code: 0, stdout: '', stderr: '', output: ''});
		t.assert.deepStrictEqual(await call(line.split(' '), {env, outputFault: 'ENOSPC'}), {code: 2, stdout: '', stderr: full, output: full});
		t.assert.deepStrictEqual(await crashReports(folder), []);
	});
}

test('login and logout do all their work, whatever becomes of their output', async (t: TestContext) => {
	const {folder, env} = await setUp(t);
	const server = await startSimulator({account, scenario: 'clean'});
	t.after(async () => server.close());
	const login = ['login', server.url, '--user', account.username, '--keep'];
	const secret = {...env, VBTOP_PASSWORD: account.password};
	t.assert.strictEqual((await call(login, {env: secret, outputFault: 'EPIPE'})).code, 0);
	t.assert.match((await call(['servers'], {env})).stdout, / kept /v);
	const loggedOut = await call(['logout', '--forget'], {env, outputFault: 'EPIPE'});
	t.assert.deepStrictEqual([loggedOut.code, loggedOut.output], [0, '']);
	t.assert.match((await call(['servers'], {env})).stdout, /No server is kept/v);
	const onFullDisk = await call(login, {env: secret, outputFault: 'ENOSPC'});
	t.assert.strictEqual(onFullDisk.code, 2);
	t.assert.ok(onFullDisk.stderr.endsWith(`\n${full}`), onFullDisk.stderr);
	t.assert.deepStrictEqual([(await call(['logout'], {env, outputFault: 'ENOSPC'})).stderr, await crashReports(folder)], [full, []]);
});

test('a simulator whose address was read runs on until a signal', async (t: TestContext) => {
	const simulator = startCall(['simulate', '--port', '0']);
	await until(() => simulator.stdout().includes('Without questions'), () => simulator.stdout());
	let isEnded = false;
	void simulator.ended.then(() => {
		isEnded = true;
	});
	const [url] = /http:\/\/127\.0\.0\.1:\d+/v.exec(simulator.stdout())!;
	t.assert.strictEqual((await fetch(`${url}/v8/Jobs`)).status, 401);
	t.assert.ok(!isEnded);
	simulator.send('SIGTERM');
	t.assert.deepStrictEqual([(await simulator.ended).code, (await simulator.ended).stderr], [0, '']);
});

test('the program itself: into a pipe that nobody reads, and onto a full disk', {skip: unbuilt || (!existsSync('/dev/full') && 'there is no /dev/full')}, async (t: TestContext) => {
	const {folder, env} = await setUp(t);
	const script = ['{ "$0" "$1" servers; echo "servers $?" >&2; } | true', '{ "$0" "$1" simulate --port 0; echo "simulate $?" >&2; } | true', '"$0" "$1" --help >/dev/full; echo "help $?" >&2'].join('\n');
	const {stdout, stderr} = spawnSync('sh', ['-c', script, process.execPath, program], {env: {...bareEnvironment(), ...env}, encoding: 'utf8'});
	t.assert.deepStrictEqual([stdout, stderr], ['', `servers 0\nsimulate 0\n${full}help 2\n`]);
	t.assert.deepStrictEqual(await crashReports(folder), []);
});
