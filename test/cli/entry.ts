import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {cp, mkdir, readFile} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import {get} from 'node:https';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {transform} from 'esbuild';
import {program, programText, root, run, start, temporaryFolder, unbuilt, until} from './support/program.js';

/** A Node of this machine that is too old for the program. */
function findOldNode(): string | undefined {
	const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin'];
	const candidates = folders.filter(folder => path.isAbsolute(folder) && !folder.includes('node_modules')).map(folder => path.join(folder, 'node'));
	return candidates.find(candidate => {
		const {status, stdout} = spawnSync(candidate, ['--version'], {encoding: 'utf8'});
		const [major = 0, minor = 0] = status === 0 ? stdout.slice(1).split('.').map(Number) : [];
		return major >= 14 && (major < 22 || (major === 22 && minor < 19));
	});
}

const oldNode = findOldNode();

test('an old Node is told so in one line', {skip: unbuilt || (oldNode === undefined && 'this machine has no Node older than 22.19')}, async (t: TestContext) => {
	const {code, stdout, stderr} = await run(t, ['--help'], {node: oldNode!});
	t.assert.deepStrictEqual({code, stdout}, {code: 1, stdout: ''});
	t.assert.match(stderr, /^vbtop needs Node 22\.19 or newer; this is \d+\.\d+\.\d+\.\n$/v);
});

test('an old Node can parse the entry: nothing in it is newer than Node 14', {skip: unbuilt}, async (t: TestContext) => {
	const entry = await readFile(program, 'utf8');
	const [asIs, forOld] = await Promise.all(['esnext', 'node14'].map(async target => transform(entry, {target})));
	t.assert.strictEqual(forOld!.code, asIs!.code);
	t.assert.doesNotMatch(entry, /^\s*await /mv, 'no top-level await');
	t.assert.match(entry, /^#!\/usr\/bin\/env node\n/v);
});

// Says at the program's end what its environment was.
const probe = ['--import', 'data:text/javascript,process.on("exit",()=>console.error("NODE_ENV="+process.env.NODE_ENV))'];

test('NODE_ENV is production unless it is set; the exit code is that of the run', {skip: unbuilt}, async (t: TestContext) => {
	const refused = await run(t, ['--no-such-flag'], {nodeArguments: probe});
	t.assert.match(refused.stderr, /^vbtop: There is no flag --no-such-flag\.\n[\s\S]*^NODE_ENV=production$/mv);
	t.assert.deepStrictEqual([refused.code, refused.stdout], [2, '']);
	t.assert.match((await run(t, ['--version'], {nodeArguments: probe, env: {NODE_ENV: 'test'}})).stderr, /^NODE_ENV=test$/mv);
});

test('no warning of Node is written, also where it calls NO_COLOR ignored', {skip: unbuilt}, async (t: TestContext) => {
	const warned = ['--import', 'data:text/javascript,process.emitWarning("planted")'];
	const {code, stderr} = await run(t, ['servers'], {nodeArguments: warned, env: {NO_COLOR: '1', FORCE_COLOR: '3'}});
	t.assert.deepStrictEqual({code, stderr}, {code: 0, stderr: ''});
});

test('the bundle holds React\'s production build alone', {skip: unbuilt}, async (t: TestContext) => {
	const bundle = await programText();
	t.assert.match(bundle, /react-reconciler\.production/v);
	t.assert.doesNotMatch(bundle, /react[\w\-]*\.development/v);
});

test('the files of dist alone work, in a folder with spaces', {skip: unbuilt}, async (t: TestContext) => {
	const folder = path.join(await temporaryFolder(t, 'vbtop test '), 'node_modules', 'vb top');
	await mkdir(folder, {recursive: true});
	await cp(path.join(root, 'dist'), path.join(folder, 'dist'), {recursive: true});
	const copy = {program: path.join(folder, 'dist', 'vbtop.js')};
	t.assert.match((await run(t, ['--version'], copy)).output, /^\d+\.\d+\.\d+\n$/v);
	const simulator = start(t, ['simulate', '--port', '0', '--tls'], copy);
	const url = await until(() => /https:\/\/127\.0\.0\.1:\d+/v.exec(simulator.stdout())?.[0], () => `no address: ${simulator.stdout()}`);
	const [response] = await once(get(`${url}/v8/Jobs`, {rejectUnauthorized: false}), 'response') as [IncomingMessage];
	response.resume();
	t.assert.strictEqual(response.statusCode, 401);
	simulator.child.kill('SIGTERM');
	t.assert.strictEqual((await simulator.ended).code, 0);
});
